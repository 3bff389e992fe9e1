# SPDX-License-Identifier: MIT
import math
import unittest

import critmin

BALANCE = {"production": 20, "secondary": 10, "imports": 90, "exports": 15, "stock_change": -5}


class WorkedExamples(unittest.TestCase):
    """The examples of the methods manual, B1 to B7 and the net form of A11."""

    def test_one_balance(self):
        self.assertAlmostEqual(critmin.apparent_consumption(**BALANCE).value, 100)
        self.assertAlmostEqual(critmin.net_import_reliance(**BALANCE).value, 0.70)
        self.assertAlmostEqual(critmin.self_sufficiency(**BALANCE).value, 0.30)
        self.assertAlmostEqual(critmin.trade_exposure(**BALANCE).value, 0.70)
        self.assertAlmostEqual(critmin.import_reliance(production=20, imports=90, exports=15).value, 75 / 95)

    def test_published_consumption_stands_for_production(self):
        answer = critmin.net_import_reliance(imports=90, exports=15, apparent_consumption=100, stock_change=0)
        self.assertAlmostEqual(answer.value, 0.75)

    def test_an_interval_of_production_is_one_of_reliance(self):
        answer = critmin.net_import_reliance(production=(10, 40), imports=70, exports=0)
        self.assertAlmostEqual(answer.low, 70 / 110)
        self.assertAlmostEqual(answer.high, 70 / 80)

    def test_four_denominators(self):
        for over, share in (("imports", 60 / 90), ("consumption", 0.6), ("supply", 0.5)):
            self.assertAlmostEqual(critmin.partner_share(60, over=over, **BALANCE).value, share)
        self.assertAlmostEqual(critmin.partner_share(60, exports_to=10, over="net", **BALANCE).value, 0.5)

    def test_n_minus_1_net(self):
        self.assertAlmostEqual(critmin.n_minus_1_net([60, 30, 10], 0, demand=90, own_demand=45).value, 40 / 45)
        unknown = critmin.n_minus_1_net([60, 30, 10], 0, demand=90, own_demand=None)
        self.assertTrue(math.isnan(unknown.value))
        self.assertIn("NO_DATA", unknown.flags)


class BadInput(unittest.TestCase):
    def test_each_has_its_exception(self):
        with self.assertRaises(critmin.NegativeError):
            critmin.import_reliance(production=20, imports=-1, exports=0)
        with self.assertRaises(critmin.InvalidValueError):
            critmin.import_reliance(production=(40, 10), imports=1, exports=0)
        with self.assertRaises(critmin.InvalidValueError):
            critmin.partner_share(91, **BALANCE)
        with self.assertRaises(critmin.ArgumentError):
            critmin.partner_share(60, over="everything", **BALANCE)
        with self.assertRaises(critmin.ArgumentError):
            critmin.import_reliance(production=(1, 2, 3, 4), imports=1, exports=0)
