# SPDX-License-Identifier: MIT
import unittest

import critmin

ASKED = {"mineral": "rare_earths", "stage": "magnet", "country": "USA", "year": 2024}


class LookThrough(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.store = critmin.open(":reference:")

    @classmethod
    def tearDownClass(cls):
        cls.store.close()

    def test_origin_is_the_metric_at_each_stage(self):
        table = self.store.origin(**ASKED, partner="CHN")
        self.assertEqual([row.params for row in table],
                         ["at=mining", "at=concentrate", "at=separated", "at=metal", "at=magnet"])
        same = self.store.metric("origin_share", **ASKED, partner="CHN", at="separated")[0]
        self.assertEqual(table[2].value, same.value)
        self.assertTrue(0.9 < same.value < 0.96 and same.low < same.value < same.high)

    def test_a_row_of_one_stage_is_explained_as_that(self):
        table = self.store.origin(**ASKED, partner="CHN")
        for index in (2, 4):
            lines = list(table.explain(index))
            adds = sum(line.contribution for line in lines
                       if line.role == "flow" and line.stage == "magnet" and line.country == "USA")
            self.assertAlmostEqual(adds, table[index].value, delta=2e-3)  # flows of less than a ten-thousandth are left out
            self.assertTrue(all(line.publisher for line in lines if line.role != "assumption"))
        self.assertIn("assumption", {line.role for line in table.explain(4)})

    def test_a_stage_that_is_none_is_refused(self):
        with self.assertRaises(critmin.Error):
            self.store.origin(**ASKED, at="separeted")


if __name__ == "__main__":
    unittest.main()
