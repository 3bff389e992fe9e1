# SPDX-License-Identifier: MIT
import json
import math
import tempfile
import unittest
from pathlib import Path

import critmin
from support import SOURCE

JAPAN = SOURCE / "examples" / "scenarios" / "japan-rare-earths.json"
BAN = {
    "users": [{"country": "JPN", "mineral": "dysprosium", "stage": "separated", "demand": 365, "inventory": 30}],
    "shocks": [{"kind": "ban", "countries": "CHN", "minerals": "dysprosium", "share": 1, "leak": 0, "dependence": .95}],
    "reserves": [{"holder": "JPN", "days": 60, "held": 1, "release": 10, "delay": 0}],
}


def days(outcome):
    return {row.case: row.value for row in outcome.summary if row.measure == "days_to_shortage"}


class Scenarios(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.store = critmin.open(":reference:")
        cls.model = cls.store.model()

    @classmethod
    def tearDownClass(cls):
        cls.store.close()

    def test_a_dict_a_text_and_a_file_are_the_same_scenario(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ban.json"
            path.write_text(json.dumps(BAN), encoding="utf-8")
            read = [self.store.scenario(given) for given in (BAN, json.dumps(BAN), path)]
        self.assertEqual({scenario.json() for scenario in read}, {read[0].json()})
        self.assertEqual(read[0].document, BAN)

    def test_the_worked_example(self):
        found = days(self.store.scenario(BAN).run(self.model))
        self.assertEqual(list(found), ["neither", "reserve"])
        self.assertAlmostEqual(found["neither"], 30 / .95)
        self.assertAlmostEqual(found["reserve"], 90 / .95)

    def test_values_are_set_and_removed(self):
        scenario = self.store.scenario(BAN)
        found = days(scenario.set("users[0].inventory", 60).set("reserves", None).run(self.model))
        self.assertEqual(list(found), ["neither"])
        self.assertAlmostEqual(found["neither"], 60 / .95)
        with self.assertRaises(critmin.ShareRangeError):
            scenario.set("shocks[0].share", 2)
        self.assertEqual(scenario.document["shocks"][0]["share"], 1)

    def test_a_restriction_makes_a_scenario(self):
        scenario = self.store.scenario(restriction="chn_usa_ban_2024")
        self.assertEqual(scenario.document["shocks"][0]["targets"], ["USA"])
        with self.assertRaises(critmin.NotFoundError):
            self.store.scenario(restriction="chn_usa_ban_2042")
        with self.assertRaises(critmin.ArgumentError):
            self.store.scenario(BAN, restriction="chn_usa_ban_2024")
        with self.assertRaises(critmin.ArgumentError):
            self.store.scenario()

    def test_draws_are_those_of_the_seed_and_can_be_stopped(self):
        scenario = self.store.scenario(JAPAN)
        one = scenario.run(self.model, draws=500, seed=3, threads=1).draws.to_csv()
        self.assertEqual(one, scenario.run(self.model, draws=500, seed=3, threads=3).draws.to_csv())
        self.assertNotEqual(one, scenario.run(self.model, draws=500, seed=4).draws.to_csv())
        with self.assertRaises(critmin.CancelledError):
            scenario.run(self.model, draws=100000, progress=lambda done, total: done > 0)

    def test_tables_outlive_everything(self):
        with critmin.open(":reference:") as store:
            scenario = store.scenario(BAN)
            outcome = scenario.run()
        weeks = outcome.weeks
        outcome.close()
        scenario.close()
        self.assertEqual(len(weeks), 2 * math.ceil(365 / 7))
        with self.assertRaises(critmin.ArgumentError):
            outcome.summary

    def test_any_cell_is_explained(self):
        outcome = self.store.scenario(JAPAN).run(self.model)
        for what in ("summary", "users", "weeks", "reserves", "attribution", "worth"):
            table = outcome.table(what)
            rows = table.explain(len(table) - 1)
            self.assertEqual({"input", "day"} - {row.role for row in rows}, set(), what)
            self.assertEqual(rows.to_csv(), outcome.explain(what, len(table) - 1).to_csv())
        summary = outcome.summary
        first = next(index for index, row in enumerate(summary) if row.case == "both")
        inputs = [row for row in summary.explain(first) if row.role == "input"]
        stock = next(row for row in inputs if row.path == "users[0].inventory")
        self.assertLess(stock.at_low, summary[first].value)
        self.assertGreater(stock.at_high, summary[first].value)
        self.assertTrue(stock.key and stock.note and stock.origin == "assumption")
        self.assertEqual([row.path for row in outcome.inputs.explain(0)], [outcome.inputs[0].path])
        with self.assertRaises(IndexError):
            summary.explain(len(summary))
        with self.assertRaises(critmin.ArgumentError):
            outcome.explain("summary", len(summary))
        with self.assertRaises(critmin.ArgumentError):
            self.store.list("minerals").explain(0)

    def test_ranges_of_draws_are_put_together(self):
        scenario = self.store.scenario(JAPAN)
        whole = scenario.run(self.model, draws=300, seed=5)
        parts = [scenario.run(self.model, draws=n, first=first, seed=5).saved_draws for first, n in ((100, 200), (0, 100))]
        merged = scenario.run(self.model, seed=5, drawn=parts)
        self.assertEqual(merged.draws.to_csv(), whole.draws.to_csv())
        self.assertEqual(merged.tail.to_csv(), whole.tail.to_csv())
        self.assertEqual(merged.saved_draws, whole.saved_draws)
        self.assertEqual(scenario.run(self.model).saved_draws, b"")
        with self.assertRaises(critmin.ArgumentError):
            scenario.run(self.model, seed=6, drawn=parts)
        with self.assertRaises(critmin.FormatError):
            scenario.run(self.model, drawn=[b"nothing"])

    def test_a_country_is_enough_of_a_user(self):
        scenario = self.store.scenario(restriction="chn_gallium_germanium_licence_2023")
        with self.assertRaises(critmin.MissingValueError):
            scenario.run(self.model)
        summary = scenario.set("users", [{"country": "JPN"}]).run(self.model).summary
        self.assertEqual({row.mineral for row in summary}, {"gallium", "germanium"})

    def test_an_error_has_its_place(self):
        with self.assertRaises(critmin.UnknownNameError) as caught:
            self.store.scenario('{"shocks": [\n {"kind": "war", "countries": "CHN", "minerals": "cobalt"}]}')
        self.assertIn("shocks[0].kind", str(caught.exception))
        self.assertEqual((caught.exception.row, caught.exception.column), (2, 11))

    def test_every_table_has_rows(self):
        outcome = self.store.scenario(JAPAN).run(self.model, draws=10)
        for what in ("summary", "users", "weeks", "reserves", "attribution", "worth", "cost", "draws", "tail", "inputs"):
            self.assertTrue(len(outcome.table(what)), what)
            self.assertEqual(getattr(outcome, what).to_csv(), outcome.table(what).to_csv())
        with self.assertRaises(critmin.UnknownNameError):
            outcome.table("week")

    def test_what_could_be_bought_has_rows(self):
        scenario = self.store.scenario(JAPAN.with_name("usa-antimony-mitigation.json"))
        try:
            outcome = scenario.run(self.model, draws=10)
        except critmin.UnsupportedError as refused:
            self.assertIn("built without a solver", str(refused))
            return
        for what in ("mitigation", "cost_curve"):
            self.assertTrue(len(outcome.table(what)), what)
            self.assertEqual(getattr(outcome, what).to_csv(), outcome.table(what).to_csv())


class Manual(unittest.TestCase):
    def test_the_manual_lists_every_key_as_the_library_does(self):
        page = (SOURCE / "docs" / "scenarios.md").read_text(encoding="utf-8")

        def bounds(key):
            if key.words:
                return key.words.replace("|", ", ")
            if math.isnan(key.low):
                return ""
            return f"from {key.low:g}" if math.isinf(key.high) else f"{key.low:g} to {key.high:g}"

        keys = critmin.scenario_keys()
        self.assertGreater(len(keys), 50)
        for key in keys:
            default = "needed" if key.required else key.default or ""
            line = f"| `{key.key}` | {key.type} | {key.unit or ''} | {default} | {bounds(key)} | {key.text} |"
            self.assertIn(line, page)

    def test_the_smallest_document_of_the_manual_runs(self):
        page = (SOURCE / "docs" / "scenarios.md").read_text(encoding="utf-8")
        document = page.split("```json\n")[1].split("```")[0]
        with critmin.open(":reference:") as store:
            self.assertEqual(list(days(store.scenario(document).run())), ["neither"])


if __name__ == "__main__":
    unittest.main()
