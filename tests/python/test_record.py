# SPDX-License-Identifier: MIT
import datetime
import unittest

import critmin

from support import StoreCase


class Records(StoreCase):
    def setUp(self):
        super().setUp()
        self.pact = self.store.new_agreement("pact", name="A pact", kind="offtake", signed=datetime.date(2024, 5, 1))
        self.pact["party"] = [{"country": "USA", "role": "buyer"}, {"country": "AUS", "role": "seller"}]
        self.pact["commitment"] = [{"kind": "tonnes", "mineral": "cobalt", "stage": "refined", "buyer": "USA",
                                    "seller": "AUS", "tonnes": 12.5, "from_": 2025}]

    def test_nothing_is_stored_before_write(self):
        with self.assertRaises(critmin.NotFoundError):
            self.store.agreement("pact")
        self.pact.write()
        self.assertEqual(self.store.agreement("pact")["name"], "A pact")

    def test_what_was_written_is_read(self):
        self.pact.write()
        read = self.store.agreement("pact")
        self.assertEqual(read.key, "pact")
        self.assertEqual((read["kind"], read["signed"], read["until"]), ("offtake", "2024-05-01", None))
        self.assertEqual({(party["country"], party["role"]) for party in read["party"]},
                         {("USA", "buyer"), ("AUS", "seller")})
        commitment = read["commitment"][0]
        self.assertEqual((commitment["tonnes"], commitment["from"], commitment["share"]), (12.5, "2025", None))
        self.pact["party"] = reversed(list(self.pact["party"]))  # in order of key, as they are stored
        self.assertEqual(read.to_dict(), self.pact.to_dict())
        self.assertIn("pact", repr(read))

    def test_a_record_is_a_mapping(self):
        self.assertEqual(set(self.pact), set(critmin.fields("agreement")["field"]) |
                         {"party", "scope", "commitment", "citation"})
        self.assertEqual(len(self.pact), len(list(self.pact)))
        self.assertIn("name", self.pact)
        self.assertNotIn("colour", self.pact)
        self.pact.update(name="Another", note="n")
        del self.pact["note"]
        self.assertEqual((self.pact["name"], self.pact["note"]), ("Another", None))
        self.assertNotIn("agreement", self.pact["party"][0])

    def test_lists_behave_like_lists(self):
        parties = self.pact["party"]
        parties.append({"country": "COD"})
        self.assertEqual([party["country"] for party in self.pact["party"]], ["USA", "AUS", "COD"])
        parties[0]["role"] = "observer"
        self.assertEqual(self.pact["party"][0]["role"], "observer")
        del parties[1]
        parties.insert(0, {"name": "A company"})
        parties[-1] = {"country": "CHN"}
        self.assertEqual([(party["country"], party["name"]) for party in parties],
                         [(None, "A company"), ("USA", None), ("CHN", None)])
        self.pact["party"] = reversed(list(parties))
        self.assertEqual(self.pact["party"][0]["country"], "CHN")
        self.assertEqual(parties[:1], [{"country": "CHN", "name": None, "role": None}])
        del self.pact["party"]
        self.assertEqual(len(parties), 0)
        with self.assertRaises(IndexError):
            parties[0]

    def test_a_refused_item_leaves_the_list_as_it_was(self):
        before = self.pact.to_dict()
        for expected, items in ((critmin.UnknownNameError, [{"country": "CHN"}, {"colour": "blue"}]),
                                (critmin.ArgumentError, [{}]), (critmin.ArgumentError, "CHN"),
                                (critmin.ArgumentError, {"country": "CHN"}), (critmin.ArgumentError, ["CHN"])):
            with self.subTest(items=items), self.assertRaises(expected):
                self.pact["party"] = items
            self.assertEqual(self.pact.to_dict(), before)

    def test_changing_and_deleting(self):
        self.pact.write()
        read = self.store.agreement("pact")
        read["name"] = "Renamed"
        read["party"].append({"country": "COD"})
        read.write()
        again = self.store.agreement("pact")
        self.assertEqual((again["name"], len(again["party"])), ("Renamed", 3))
        self.store.delete_agreement("pact")
        for gone in (self.store.agreement, self.store.delete_agreement):
            with self.assertRaises(critmin.NotFoundError):
                gone("pact")

    def test_a_write_that_fails_writes_nothing(self):
        self.pact["party"].append({"country": "Narnia"})
        before = self.dump()
        with self.assertRaises(critmin.UnknownNameError):
            self.pact.write()
        self.assertEqual(self.dump(), before)

    def test_iteration(self):
        self.pact.write()
        self.store.new_agreement("loan", name="A loan", kind="loan", party=[{"name": "A bank"}]).write()
        self.assertEqual([record.key for record in self.store.agreements()], ["loan", "pact"])
        self.assertEqual([record["name"] for record in self.store.agreements(key="pact")], ["A pact"])
        self.assertEqual(list(self.store.restrictions()), [])
        for record in self.store.agreements():  # a change on the way is seen
            self.store.delete_agreement(record.key)
        self.assertEqual(list(self.store.agreements()), [])

    def test_every_kind_of_record(self):
        store = self.store
        for kind, fields, item in (
            ("mineral", {"name": "Tin"}, ("alias", {"word": "stannum"})),
            ("producer", {"name": "Mine", "kind": "facility", "country": "COD"},
             ("owner", {"country": "CHN", "share": 0.5})),
            ("agreement", {"name": "B", "kind": "loan"}, ("party", {"country": "CHN"})),
            ("reserve", {"kind": "strategic", "holder": "USA", "mineral": "cobalt", "from": 2024, "to": 2024,
                         "days_of_cover": 30}, ("citation", {"source": "paper"})),
            ("restriction", {"kind": "ban", "country": "CHN"}, ("target", {"country": "USA"})),
            ("group", {"name": "G"}, ("member", {"country": "USA", "from_": "1990"})),
            ("source", {"publisher": "P", "title": "T", "licence": "CC0-1.0"},
             ("edition", {"edition": "1", "date": "2025-01-01"})),
        ):
            with self.subTest(kind=kind):
                key = f"a_{kind}"
                fields = {"from_" if name == "from" else name: value for name, value in fields.items()}
                record = getattr(store, f"new_{kind}")(key, **fields)
                record[item[0]].append(item[1])
                record.write()
                read = getattr(store, kind)(key)
                self.assertEqual(len(read[item[0]]), 1)
                self.assertEqual(read.to_dict()[kind], key)
                self.assertIn(key, [each.key for each in getattr(store, f"{kind}s")()])
                getattr(store, f"delete_{kind}")(key)
                with self.assertRaises(critmin.NotFoundError):
                    getattr(store, kind)(key)

    def test_numbers_come_back_as_they_went(self):
        reserve = self.store.new_reserve("r", kind="strategic", holder="USA", mineral="cobalt", from_=2024, to=2024)
        reserve["value"], reserve["unit"], reserve["money_year"] = 0.1 + 0.2, "t", 2023
        reserve["basis"] = "content"
        reserve.write()
        read = self.store.reserve("r")
        self.assertEqual((read["value"], read["money_year"], read["low"]), (0.1 + 0.2, 2023, None))
        self.assertIsInstance(read["money_year"], int)


if __name__ == "__main__":
    unittest.main()
