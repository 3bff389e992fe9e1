# SPDX-License-Identifier: MIT
import math
import os
import tempfile
import unittest
from pathlib import Path

import critmin

EXAMPLES = Path(os.environ["CRITMIN_SOURCE"]) / "examples" / "composites"


class OwnComposite(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        path = os.path.join(self.folder.name, "own.db")
        critmin.init(path).close()
        self.store = critmin.open(path, write=True)
        self.addCleanup(self.store.close)

    def test_an_example_is_answered_like_a_metric(self):
        audit = self.store.import_composite(EXAMPLES / "supply_concentration.json")
        self.assertEqual((audit[0].relation, audit[0].new), ("composite", 1))
        self.assertEqual(list(self.store.metrics())[-1].metric, "supply_concentration")
        table = self.store.metric("supply_concentration", mineral="cobalt", stage="mining", year=2022)
        row = table[0]
        self.assertEqual(len(table), 1)
        self.assertTrue(0 < row.low <= row.value <= row.high < 1)
        terms = {r.metric: r.value for r in self.store.metric("hhi", "hhi_wgi", "n_minus_1", mineral="cobalt", stage="mining", year=2022)}
        wanted = (2 * math.log(math.log(terms["hhi"] / .05) / math.log(20)) + math.log(terms["hhi_wgi"] / 10)
                  + math.log(1 - terms["n_minus_1"])) / 4
        self.assertAlmostEqual(row.value, math.exp(wanted))
        self.assertEqual([r.role for r in table.explain(0)].count("criterion"), 3)

    def test_criteria_of_a_country_are_of_the_one_asked_for(self):
        self.store.import_composite(EXAMPLES / "import_dependence.json")
        rows = self.store.metric("import_dependence", mineral=["cobalt", "gallium"], country="USA", year=2022)
        self.assertEqual({row.country for row in rows}, {"USA"})
        with self.assertRaises(critmin.ArgumentError):
            self.store.metric("import_dependence", mineral="cobalt", year=2022)

    def test_it_can_be_taken_apart(self):
        self.store.import_composite(EXAMPLES / "supply_concentration.json")
        model = self.store.model(year=2022)
        table = model.composite_detail("supply_concentration", top=10, draws=500, seed=3, stage="mining")
        again = model.composite_detail("supply_concentration", top=10, draws=500, seed=3, stage="mining", threads=1)
        self.assertEqual([row.probability for row in table], [row.probability for row in again])
        criteria = 3
        self.assertAlmostEqual(sum(row.probability for row in table if row.score == row.score) / criteria, 10, delta=.5)
        self.assertEqual({round(row.weight, 9) for row in table}, {.5, .25})

    def test_a_bad_document_says_where(self):
        path = Path(self.folder.name) / "bad.json"
        path.write_text('{\n  "criteria": [{"metric": "hhu"}]\n}\n', encoding="utf-8")
        with self.assertRaises(critmin.UnknownNameError) as caught:
            self.store.import_composite(path)
        self.assertIn("bad.json, line 2, column 27, `criteria[0].metric`", str(caught.exception))
        self.assertEqual((caught.exception.row, caught.exception.column), (2, 27))


if __name__ == "__main__":
    unittest.main()
