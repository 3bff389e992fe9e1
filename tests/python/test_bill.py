# SPDX-License-Identifier: MIT
import math
import unittest

import critmin

MASS, PRICE, SHARE = [.6, .03, 5], [80, 300, 9], [.76, .95, .10]


class Bills(unittest.TestCase):
    """A motor of neodymium, a little dysprosium, and copper."""

    def test_the_worked_example(self):
        self.assertAlmostEqual(critmin.bill_share(MASS, SHARE).value, .1749, 4)
        self.assertAlmostEqual(critmin.bill_share(MASS, SHARE, by="cost", price=PRICE).value, .4856, 4)
        touch = critmin.bill_touch(MASS, SHARE)
        self.assertAlmostEqual(touch.value, .9892)
        self.assertEqual((touch.low, touch.high), (.95, 1))
        limiting = critmin.bill_limiting(MASS, SHARE)
        self.assertEqual((limiting.answer.value, limiting.material), (.95, 1))
        self.assertEqual(critmin.bill_limiting(MASS, SHARE, essential=[True, False, True]).material, 0)
        self.assertAlmostEqual(critmin.bill_leverage(MASS, SHARE, value_added=180, price=PRICE).value, 20)

    def test_fill_and_scores(self):
        self.assertEqual(critmin.bill_fill(MASS, [.5, (.1, .3), 1]).answer.low, .1)
        self.assertEqual(critmin.bill_fill(MASS, [.5, .2, 1], group=[0, 0, None]).material, 0)
        self.assertAlmostEqual(critmin.bill_score(MASS, [4, 9, 1]).value, .6 * 4 + .03 * 9 + 5)
        self.assertEqual(critmin.bill_score(MASS, [4, 9, 1], how="greatest").value, 9)

    def test_what_is_not_known_leaves_an_interval(self):
        answer = critmin.bill_share(MASS, [.76, .95, None])
        self.assertTrue(math.isnan(answer.value))
        self.assertLess(answer.low, answer.high)
        self.assertEqual(answer.flags, ("NO_DATA",))

    def test_a_ledger(self):
        network = critmin.Network(["US", "China", "Japan", "Australia"], [
            critmin.Stage({"China": 15, "Australia": 10}, [("China", "Japan", 15), ("Australia", "Japan", 10)]),
            critmin.Stage({"Japan": 6}),
        ])
        bought = critmin.ledger_origin(network, [("Japan", 5), ("Japan", 3, "Australia"), ("US", 2)])
        self.assertAlmostEqual(bought.share["China"], .3)
        self.assertAlmostEqual(bought.share["Australia"], .5)
        self.assertAlmostEqual(bought.unknown, .2)
        self.assertAlmostEqual(bought.imputed, .5)

    def test_what_is_refused(self):
        with self.assertRaises(critmin.ArgumentError):
            critmin.bill_share(MASS, SHARE, by="cost")
        with self.assertRaises(critmin.ArgumentError):
            critmin.bill_share(MASS, SHARE[:2])
        with self.assertRaises(critmin.ArgumentError):
            critmin.bill_share(MASS, SHARE, by="colour")
        with self.assertRaises(critmin.ShareRangeError):
            critmin.bill_touch(MASS, [2, 0, 0])


if __name__ == "__main__":
    unittest.main()
