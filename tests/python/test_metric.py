# SPDX-License-Identifier: MIT
import csv
import io
import math
import subprocess
import sys
import tempfile
import threading
import unittest
import zipfile
from pathlib import Path

import critmin

from support import SOURCE, StoreCase, pandas

COLUMNS = ("metric", "mineral", "stage", "country", "partner", "year", "value", "low", "high", "unit", "flags",
           "coverage", "source", "edition", "params")


class Metrics(StoreCase):
    def test_a_metric_is_its_kernel_over_the_figures(self):
        table = self.store.metric("hhi", "cr1", mineral="cobalt", stage="mined", year=(2023, 2024))
        self.assertEqual(table.columns, COLUMNS)
        cells = {(row.metric, row.year): row for row in table}
        self.assertEqual(set(cells), {(metric, year) for metric in ("hhi", "cr1") for year in (2023, 2024)})
        for year, quantity, known in ((2023, [50, 30, 20], {}), (2024, [50, 20, 10], {"total": 100})):
            for metric in ("hhi", "cr1"):
                row, expected = cells[metric, year], getattr(critmin, metric)(quantity, **known)
                for name in ("value", "low", "high"):
                    self.assertTrue(math.isclose(getattr(row, name), getattr(expected, name), abs_tol=6e-3))
                self.assertEqual((row.source, row.edition), ("paper", "2025"))
        self.assertIn("RESIDUAL_USED", cells["hhi", 2024].flags.split(";"))

    def test_what_is_not_on_record_is_nan_and_says_so(self):
        row = self.store.metric("hhi", mineral="cobalt", stage="mined", year=1999)[0]
        self.assertTrue(math.isnan(row.value))
        self.assertIn("NO_DATA", row.flags)

    def test_a_kind_of_stage_is_a_stage(self):
        by_kind, by_name = (self.store.metric("hhi", mineral="cobalt", stage=stage, year=2023)
                            for stage in ("mining", "mined"))
        self.assertEqual(by_kind.to_csv(), by_name.to_csv())

    def test_shares_of_countries(self):
        table = self.store.metric("share", mineral="Cobalt", stage="mined", country=["cod", "United States"], year=2023)
        self.assertEqual({row.country: round(row.value, 6) for row in table}, {"COD": 0.5, "USA": 0.2})

    def test_explain_names_what_is_behind_a_cell(self):
        table = self.store.metric("hhi", mineral="cobalt", stage="mined", year=(2023, 2024))
        for index, row in enumerate(table):
            explained = table.explain(index)
            self.assertEqual({(line.country, line.value) for line in explained if line.role == "producer"},
                             {(figure.country, figure.value)
                              for figure in self.store.figures(year=row.year, country=["AUS", "COD", "USA"])})
            self.assertEqual(set(explained["source"]) - {None}, {"paper"})
        self.assertEqual(table.explain().to_csv(), table.explain(-2).to_csv())
        asked = self.store.explain("hhi", mineral="cobalt", stage="mined", year=2023)
        self.assertEqual(asked.to_csv(), table.explain(0).to_csv())
        with self.assertRaises(critmin.ArgumentError):
            self.store.explain("hhi", mineral="cobalt", stage="mined")

    def test_rows_come_by_falling_value_and_of_the_newest_year(self):
        table = self.store.metric("share", mineral="cobalt", stage="mined", year="newest", order="value")
        values = [row.value for row in table]
        self.assertEqual(values, sorted(values, reverse=True))
        self.assertEqual({row.year for row in table}, {2024})
        self.assertEqual({line.country for line in table.explain(0) if line.role == "producer"}, {"AUS", "COD", "USA"})
        with self.assertRaises(critmin.ArgumentError):
            self.store.metric("share", mineral="cobalt", year="latest")

    def test_partners_of_a_country(self):
        with critmin.open(":reference:") as store:
            table = store.metric("partner_share", country="USA", mineral="antimony", stage="refined", year=2024,
                                 denominator="imports")
            self.assertTrue(math.isclose(sum(row.value for row in table), 1, rel_tol=1e-9))
            row = store.metric("partner_share", country="USA", partner="CHN", mineral="antimony", stage="refined",
                               year=2024, denominator="imports")
            explained = row.explain(0)
            self.assertEqual({line.partner for line in explained if line.role == "flow"}, {"CHN"})
            self.assertTrue(math.isclose(sum(line.contribution for line in explained if line.role == "flow"),
                                         row[0].value, rel_tol=1e-9))

    def test_explain_keeps_the_country_and_the_parameters(self):
        table = self.store.metric("share", mineral="cobalt", stage="mined", country=["COD", "AUS"], year=2023)
        for index, row in enumerate(table):
            self.assertIn(row.country, table.explain(index)["country"])

    def test_parameters_are_keywords_or_named(self):
        listed = {(row.metric, row.parameter) for row in critmin.parameters()}
        self.assertIn(("hhi", "measure"), listed)
        plain = self.store.metric("hhi", mineral="cobalt", stage="mined", year=2023)
        for asked in ({"measure": "production"}, {"params": {"measure": "production"}},
                      {"params": {"hhi.measure": "production"}}):
            self.assertEqual(self.store.metric("hhi", mineral="cobalt", stage="mined", year=2023, **asked)["value"],
                             plain["value"])
        with self.assertRaises(critmin.ParameterError):
            self.store.metric("hhi", mineral="cobalt", stage="mined", params={"hhi.colour": "blue"})

    def test_the_catalogue_describes_itself(self):
        listed = critmin.metrics()
        named = {"share", "hhi", "hhi_normalised", "cr1", "cr3", "cr5", "effective_number", "hhi_wgi", "n_minus_1"}
        self.assertLessEqual(named, set(listed["metric"]))
        self.assertTrue(all(listed["citation"]))
        self.assertEqual(set(critmin.parameters("hhi")["metric"]), {"hhi"})
        with self.assertRaises(critmin.UnknownNameError):
            critmin.parameters("hhj")

    def test_the_source_and_edition_are_chosen_when_a_model_is_loaded(self):
        self.store.set("edition", source="paper", edition="2026", date="2026-01-31")
        self.store.set("figure", mineral="cobalt", stage="mined", country="COD", from_=2023, to=2023, value=100,
                       unit="t", basis="content", source="paper", edition="2026")
        asked = {"mineral": "cobalt", "stage": "mined", "year": 2023}
        self.assertEqual(self.store.metric("cr1", **asked)[0].edition, "2026")
        old = self.store.metric("cr1", edition="2025-12-31", **asked)
        self.assertEqual((old[0].edition, old[0].value), ("2025", 0.5))
        self.assertEqual(set(old.explain(0)["edition"]) - {None}, {"2025"})
        self.assertEqual(self.store.metric("cr1", source="paper", **asked)[0].source, "paper")
        model = self.store.model(edition="2025-12-31")
        self.assertEqual(model.metric("cr1", **asked)[0].edition, "2025")
        for option in ("source", "edition", "date"):
            with self.assertRaises(critmin.ArgumentError):
                model.metric("cr1", **asked, **{option: "2025-12-31"})

    def test_size(self):
        self.assertIn("figures", self.store.model().size()["part"])

    @unittest.skipUnless(pandas, "pandas is not there")
    def test_answers_become_a_frame(self):
        frame = self.store.metric("hhi", mineral="cobalt", stage="mined").to_pandas()
        self.assertEqual(frame["year"].tolist(), [2023, 2024])
        self.assertAlmostEqual(frame["value"][0], 0.38)


class Reference(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.store = critmin.open(":reference:")
        cls.model = cls.store.model()

    @classmethod
    def tearDownClass(cls):
        cls.store.close()

    def test_the_whole_store_and_a_part_of_it_answer_alike(self):
        for mineral in ("cobalt", "gallium", "lithium"):
            asked = {"mineral": mineral, "year": (2021, 2024)}
            names = ("hhi", "cr3", "hhi_wgi", "n_minus_1")
            self.assertEqual(self.model.metric(*names, **asked).to_csv(), self.store.metric(*names, **asked).to_csv())

    def test_the_screen_of_the_manual(self):
        table = self.store.metric("hhi", "cr3", mineral="cobalt", stage="mining", year=(2021, 2024))
        self.assertEqual({(row.metric, row.mineral, row.year) for row in table},
                         {(metric, "cobalt", year) for metric in ("hhi", "cr3") for year in range(2021, 2025)})
        for row in table:
            self.assertTrue(0 <= row.low <= row.value <= row.high <= 1, row)
            self.assertTrue(row.source and row.edition)
        self.assertIn("COD", table.explain(0)["country"])

    def test_methods_stand_side_by_side(self):
        table = self.store.compare("eu_supply_risk", "hhi_wgi", year=2020, mineral=["cobalt", "tungsten"])
        rows = {(row.mineral, row.kind, row.method): row for row in table}
        risk = rows["cobalt", "score", "eu_supply_risk"]
        self.assertAlmostEqual(risk.value, 2.8, delta=.1)
        self.assertEqual((risk.critical, risk.threshold), (1, 1))
        self.assertLess(risk.rank, risk.ranked)
        apart = rows["tungsten", "difference", "eu_supply_risk - hhi_wgi"]
        self.assertGreater(apart.value, 10)
        self.assertIn(" of ", apart.input)
        self.assertEqual(rows["cobalt", "list", "eu_critical_list"].words, "EU-2020: critical")
        with self.assertRaises(critmin.Error):
            self.store.compare("geopolrisk_score", year=2023)

    def test_factors_are_what_other_programs_read(self):
        table = self.store.metric("geopolrisk_cf", stage="mining", country="USA", year=2023)
        known = {row.mineral: row.value for row in table if not math.isnan(row.value)}
        self.assertGreater(len(known), 10)
        rows = list(csv.DictReader(io.StringIO(table.to_factors("brightway").decode())))
        self.assertEqual([float(row["amount"]) for row in rows], [known[mineral] for mineral in sorted(known)])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "factors.zip"
            made = table.to_factors("openlca", path)
            self.assertEqual(path.read_bytes(), made)
            with zipfile.ZipFile(path) as package:
                self.assertIsNone(package.testzip())
                self.assertEqual(sum(name.startswith("flows/") for name in package.namelist()), len(known))
        with self.assertRaises(critmin.Error):
            table.to_factors("csv")

    def test_a_group_stands_where_a_country_does(self):
        table = self.model.metric("share", mineral="cobalt", stage="mining", country=["EU27", "COD"], year=2024)
        self.assertEqual({row.country for row in table}, {"EU27", "COD"})
        for index in range(len(table)):
            self.assertGreater(len(table.explain(index)), 0)

    def test_the_bits_do_not_depend_on_the_threads(self):
        asked = [self.model.metric("hhi", "hhi_wgi", "cr3", year=(2020, 2024), threads=threads)
                 for threads in (1, 2, 4)]
        for name in ("value", "low", "high"):
            self.assertEqual(len({bytes(table.buffer(name)) for table in asked}), 1)

    def test_any_number_of_threads_may_ask_one_model(self):
        minerals = ["cobalt", "lithium", "copper", "tungsten", "gallium", "antimony", "germanium", "magnesium"]
        expected = {mineral: self.model.metric("hhi", mineral=mineral).to_csv() for mineral in minerals}
        found, failed = {}, []

        def work(mineral):
            try:
                for _ in range(5):
                    table = self.model.metric("hhi", mineral=mineral)
                    table.explain(len(table) - 1)
                    found[mineral] = table.to_csv()
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=work, args=(mineral,)) for mineral in minerals]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failed, [])
        self.assertEqual(found, expected)


class Example(unittest.TestCase):
    def test_it_says_the_same_as_its_twin_in_c(self):
        made = subprocess.run([sys.executable, "-X", "dev", str(SOURCE / "examples" / "concentration.py")],
                              capture_output=True, text=True)
        self.assertEqual((made.returncode, made.stderr), (0, ""))
        lines = made.stdout.splitlines()
        self.assertEqual(len(lines), 2)
        self.assertRegex(lines[0], r"^hhi  cobalt refined 2024: 0\.\d{3}, between 0\.\d{3} and 0\.\d{3} \(.+, .+\)$")
        self.assertRegex(lines[1], r"^share CHN cobalt refined 2024: 0\.\d{3}, between")

    def test_a_bill_of_materials_is_told_by_material_and_together(self):
        made = subprocess.run([sys.executable, "-X", "dev", str(SOURCE / "examples" / "bill.py")], capture_output=True,
                              text=True)
        self.assertEqual((made.returncode, made.stderr), (0, ""))
        self.assertRegex(made.stdout, r"(\w+ +[\d.]+%, between [\d.]+% and [\d.]+%\n){3}Chinese, by mass [\d.]+%, .*\nWithout China")


if __name__ == "__main__":
    unittest.main()
