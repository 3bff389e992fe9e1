# SPDX-License-Identifier: MIT
import math
import unittest

import critmin

PI = math.pi


class Draws(unittest.TestCase):
    def test_shares_scatter_as_the_law_says(self):
        shares = critmin.draw_shares([50, 30, 20], concentration=50, draws=20000, seed=1)
        self.assertEqual((len(shares), shares.width), (20000, 4))
        moments = critmin.moments(shares.column(0))
        self.assertAlmostEqual(moments.mean, .5, delta=4 * moments.standard_error)
        self.assertAlmostEqual(moments.deviation, .07, delta=.002)
        self.assertAlmostEqual(critmin.moments(critmin.evaluate("hhi", shares)).mean, (50 * .38 + 1) / 51, delta=.002)
        self.assertEqual(moments.known, 20000)
        again = critmin.draw_shares([50, 30, 20], concentration=50, draws=10, seed=1, first=100, threads=3)
        self.assertEqual(again[0], shares[100])
        self.assertEqual(again[-1], shares[109])
        self.assertEqual(len(again[2:4]), 2)

    def test_withheld_cells_stay_within_their_bounds(self):
        shares = critmin.draw_shares([60, 20, None, None], low=[None, None, 0, 5], high=[None, None, 15, 20], total=100,
                                     concentration=math.inf, draws=2000)
        answers = critmin.evaluate("hhi", shares)
        self.assertGreaterEqual(min(answers), .42 - 1e-12)
        self.assertLessEqual(max(answers), .44 + 1e-12)

    def test_terms_have_laws(self):
        terms = critmin.draw_terms([(2, 1, 6), (0, 1), 3, critmin.Lognormal(10, 1.5)], draws=20000)
        self.assertAlmostEqual(critmin.moments(terms.column(0)).mean, 3, delta=.05)
        self.assertEqual(set(terms.column(2)), {3})
        median = critmin.quantiles(terms.column(3), [.5])
        self.assertAlmostEqual(median.quantile[0], 10, delta=4 * median.standard_error[0])

    def test_every_law_of_the_library_has_a_name(self):
        laws = [critmin.Exponential(4), critmin.Beta(.3, .1), critmin.Beta(15, 2, 10, 30), critmin.Whole(2, 5), critmin.Geometric(3)]
        terms = critmin.draw_terms(laws, draws=20000)
        for k, mean in enumerate((4, .3, 15, 3.5, 3)):
            found = critmin.moments(terms.column(k))
            self.assertAlmostEqual(found.mean, mean, delta=5 * found.standard_error)
        self.assertAlmostEqual(critmin.moments(terms.column(1)).deviation, .1, delta=.005)
        self.assertTrue(10 <= min(terms.column(2)) and max(terms.column(2)) <= 30)
        self.assertEqual(set(terms.column(3)), {2, 3, 4, 5})
        self.assertEqual(min(terms.column(4)), 1)
        kinds = {name for name in dir(critmin._ffi) if name.startswith("CRITMIN_LAW_")}
        by_shape = {"CRITMIN_LAW_FIXED", "CRITMIN_LAW_UNIFORM", "CRITMIN_LAW_TRIANGULAR"}
        self.assertEqual({name[len("CRITMIN_LAW_"):].title() for name in kinds - by_shape},
                         {law.__name__ for law in critmin._uncertainty._KINDS})
        with self.assertRaises(critmin.Error) as caught:
            critmin.draw_terms([critmin.Beta(.5, .6)], draws=1)
        self.assertIn("deviation", str(caught.exception))

    def test_quantiles_are_drawn_values(self):
        found = critmin.quantiles(range(1, 101), [.05, 1])
        self.assertEqual(list(found.quantile), [5, 100])


class Sensitivity(unittest.TestCase):
    def test_gradient(self):
        found = critmin.gradient("hhi", [50, 30, 20])
        self.assertAlmostEqual(found.value, .38)
        self.assertAlmostEqual(found.gradient[0], 2 * (.5 - .38) / 100)

    def test_own_function_has_its_indices(self):
        def ishigami(x):
            return math.sin(x[0]) + 7 * math.sin(x[1]) ** 2 + .1 * x[2] ** 4 * math.sin(x[0])

        found = critmin.sobol([(-PI, PI)] * 3, ishigami, draws=5000, seed=3)
        for k, wanted in enumerate((.3139, .4424, 0)):
            self.assertAlmostEqual(found.first_order[k], wanted, delta=4 * found.first_error[k])
        for k, wanted in enumerate((.5576, .4424, .2437)):
            self.assertAlmostEqual(found.total[k], wanted, delta=4 * found.total_error[k])

    def test_parts_are_joined(self):
        laws = [(5, 15), (0, 4), 80, (2, 1, 6), 0]
        whole = critmin.sobol_draws(laws, "net_import_reliance", draws=100, seed=9)
        parts = [critmin.sobol_draws(laws, "net_import_reliance", draws=n, first=first, seed=9)
                 for first, n in ((0, 40), (40, 60))]
        self.assertEqual(list(parts[0]) + list(parts[1]), list(whole))
        self.assertEqual(critmin.sobol_indices(list(whole)).total, critmin.sobol_indices(whole).total)

    def test_ends(self):
        low, high = critmin.corners([(10, 40), 0, 70, 0, 0], "net_import_reliance")
        self.assertAlmostEqual(low, 70 / 110)
        self.assertAlmostEqual(high, .875)
        table = critmin.tornado([(1, .5, 1.5), (3, 2, 4)], lambda x: x[0] + 2 * x[1], names=["ore", "metal"])
        self.assertEqual([row.term for row in table], ["metal", "ore"])
        self.assertEqual(table[0].swing, 4)
        self.assertEqual(critmin.tornado([(1, .5, 1.5), 2], "hhi")[0].term, "quantity 1")

    def test_what_a_function_raises_comes_out(self):
        def stumble(_terms):
            raise KeyError("terms")

        for run in (lambda: critmin.sobol([(0, 1)], stumble, draws=10), lambda: critmin.corners([(0, 1)], stumble),
                    lambda: critmin.tornado([(1, 0, 2)], stumble), lambda: critmin.evaluate(stumble, [[1]])):
            with self.assertRaises(KeyError):
                run()

    def test_progress_can_cancel(self):
        with self.assertRaises(critmin.CancelledError):
            critmin.sobol([(0, 1), (0, 1)], "hhi", progress=lambda done, total: True)


class BadInput(unittest.TestCase):
    def test_each_has_its_exception(self):
        with self.assertRaises(critmin.NegativeError):
            critmin.gradient("hhi", [1, -1])
        with self.assertRaises(critmin.InvalidValueError):
            critmin.draw_terms([(3, 1, 2)], draws=1)
        with self.assertRaises(critmin.InvalidValueError):
            critmin.draw_shares([1, None], concentration=10, draws=1)
        for call in (
            lambda: critmin.gradient("hhj", [1]),
            lambda: critmin.gradient("eu_supply_risk", [1]),
            lambda: critmin.evaluate(5, [[1]]),
            lambda: critmin.draw_terms([1], draws=0),
            lambda: critmin.draw_terms([(1, 2, 3, 4)], draws=1),
            lambda: critmin.draw_shares([1], concentration=1, draws=1, unlisted=-1),
            lambda: critmin.draw_terms([1], draws=1).column(1),
            lambda: critmin.sobol_indices([[1, 2]]),
            lambda: critmin.tornado([1], "hhi", names=["a", "b"]),
        ):
            with self.assertRaises(critmin.ArgumentError):
                call()
        with self.assertRaises(IndexError):
            critmin.draw_terms([1], draws=1)[1]


if __name__ == "__main__":
    unittest.main()
