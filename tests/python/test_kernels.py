# SPDX-License-Identifier: MIT
import array
import math
import random
import unittest

import critmin

from support import numpy

NAN = math.nan


class WorkedExamples(unittest.TestCase):
    """The examples of the methods manual, A1 to A8 and A11."""

    def answer(self, answer, value, low=None, high=None, flags=()):
        low, high = (value, value) if low is None else (low, high)
        for name, expected in (("value", value), ("low", low), ("high", high)):
            found = getattr(answer, name)
            self.assertTrue(math.isclose(found, expected, rel_tol=0, abs_tol=5e-5), f"{name}: {found}, not {expected}")
        self.assertLessEqual(set(flags), set(answer.flags))

    def test_hhi_is_the_sum_of_squared_shares(self):
        self.answer(critmin.hhi([50, 30, 20]), 0.38)

    def test_hhi_normalised(self):
        self.answer(critmin.hhi_normalised([50, 30, 20]), 0.07)

    def test_a_residual_is_an_interval(self):
        listed = [50, 20, 10]
        self.answer(critmin.hhi(listed, total=100), 0.32, 0.30, 0.34, {"RESIDUAL_USED"})
        self.answer(critmin.hhi(listed, total=100, residual="lower"), 0.30, 0.30, 0.34)
        self.answer(critmin.hhi(listed, total=100, residual="upper"), 0.34, 0.30, 0.34)
        self.answer(critmin.hhi(listed, total=100, unlisted_cutoff=0.1), 0.31, 0.30, 0.32)
        self.answer(critmin.hhi(listed, total=100, unlisted_max=4), 0.325, 0.31, 0.34)

    def test_the_residual_may_be_left_out(self):
        self.answer(critmin.hhi([25, 15, 10], total=100, listed_only=True), 0.38)
        self.assertIn("LISTED_ONLY", critmin.hhi([25, 15, 10], total=100, listed_only=True).flags)

    def test_withheld_cells_with_a_total(self):
        answer = critmin.hhi([60, 20, None, None], low=[NAN, NAN, 0, 5], high=[NAN, NAN, 15, 20], total=100)
        self.assertAlmostEqual(answer.low, 0.42)
        self.assertAlmostEqual(answer.high, 0.44)
        self.assertIn("WITHHELD_USED", answer.flags)

    def test_a_withheld_cell_without_a_total(self):
        answer = critmin.hhi([60, 20, NAN], high=[NAN, NAN, 40])
        self.assertAlmostEqual(answer.low, 0.3889, places=4)
        self.assertAlmostEqual(answer.high, 0.625)

    def test_concentration_ratios(self):
        self.answer(critmin.cr1([50, 30, 20]), 0.5)
        self.answer(critmin.concentration_ratio([50, 30, 20], 2), 0.8)
        self.answer(critmin.cr3([50, 30, 10, 10]), 0.9)
        self.answer(critmin.cr5([50, 30, 10, 5, 4, 1]), 0.99)

    def test_shannon_and_evenness(self):
        self.answer(critmin.shannon([50, 30, 20]), 1.02965)
        self.answer(critmin.evenness([50, 30, 20]), 0.93723)

    def test_effective_numbers(self):
        for order, expected in ((0, 3), (1, 2.8001), (2, 2.6316), (math.inf, 2)):
            self.answer(critmin.effective_number([50, 30, 20], order), expected)
        self.answer(critmin.effective_number([50, 30, 20]), 2.6316)

    def test_governance_weighted(self):
        self.answer(critmin.hhi_wgi([50, 30, 20], [6, 3, 1]), 1.81)
        self.answer(critmin.hhi_wgi([50, 30, 20], [6, None, 1]), 1.54 + 0.09 * 32 / 7, 1.54, 2.44, {"WGI_IMPUTED"})

    def test_governance_of_a_country(self):
        self.answer(critmin.governance([0, 0, 0, 0, 0, 0]), 5)
        self.answer(critmin.governance([-2.7] * 6), 10, flags={"CLAMPED"})
        self.assertIn("WGI_PARTIAL", critmin.governance([0.5, None, None, None, None, None]).flags)
        self.answer(critmin.governance([0] * 6, worst=-3, best=3), 5)

    def test_n_minus_1(self):
        self.answer(critmin.n_minus_1([60, 30, 10], 0, demand=90), 0.4444)
        self.answer(critmin.n_minus_1([60, 30, 10], 0), 0.4)

    def test_shares(self):
        self.answer(critmin.share([50, 30, 20], 1), 0.3)
        self.assertEqual([round(answer.value, 12) for answer in critmin.shares([50, 30, 20])], [0.5, 0.3, 0.2])

    def test_a_producer_outside_the_total_adds_to_it(self):
        self.answer(critmin.share([50, 30, 20], 2, total=80, outside=[False, False, True]), 0.2)


class Answers(unittest.TestCase):
    def test_an_answer_is_a_number_with_an_interval(self):
        answer = critmin.hhi([50, 20, 10], total=100)
        self.assertEqual(float(answer), answer.value)
        self.assertEqual(answer.n_used, 3)
        self.assertAlmostEqual(answer.coverage, 0.8)
        self.assertEqual(str(answer), "0.32 [0.3, 0.34] RESIDUAL_USED")
        with self.assertRaises(AttributeError):
            answer.value = 1

    def test_every_flag_has_a_name(self):
        self.assertEqual(len(set(critmin.FLAGS)), len(critmin.FLAGS))
        self.assertIn("BASIS_CONVERTED", critmin.FLAGS)

    def test_what_cannot_be_computed_is_nan_and_says_why(self):
        self.assertTrue(math.isnan(critmin.hhi([0, 0]).value))
        self.assertIn("ZERO_TOTAL", critmin.hhi([0, 0]).flags)
        self.assertTrue(math.isnan(critmin.hhi([]).value))
        self.assertIn("NO_DATA", critmin.hhi([]).flags)
        self.assertIn("UNDEFINED", critmin.hhi_normalised([50, 20], total=100).flags)


class Refused(unittest.TestCase):
    def test_each_fault_has_its_class(self):
        for expected, ask in (
            (critmin.NegativeError, lambda: critmin.hhi([50, -1])),
            (critmin.NegativeError, lambda: critmin.n_minus_1([50, 1], 0, demand=-1)),
            (critmin.InvalidValueError, lambda: critmin.hhi([50, math.inf])),
            (critmin.InvalidValueError, lambda: critmin.hhi([50, None], low=[NAN, 9], high=[NAN, 3])),
            (critmin.InvalidValueError, lambda: critmin.hhi_wgi([50, 50], [11, 0])),
            (critmin.ArgumentError, lambda: critmin.share([50, 50], 2)),
            (critmin.ArgumentError, lambda: critmin.share([50, 50], 1 << 64)),
            (critmin.ArgumentError, lambda: critmin.share([50, 50], 0.5)),
            (critmin.ArgumentError, lambda: critmin.concentration_ratio([50, 50], 0)),
            (critmin.ArgumentError, lambda: critmin.effective_number([50, 50], -1)),
            (critmin.ArgumentError, lambda: critmin.governance([0], worst=1, best=1)),
            (critmin.ArgumentError, lambda: critmin.hhi(["much"])),
            (critmin.ArgumentError, lambda: critmin.hhi("50")),
            (critmin.ArgumentError, lambda: critmin.hhi(50)),
            (critmin.ArgumentError, lambda: critmin.hhi({"CHN": 50})),
            (critmin.ArgumentError, lambda: critmin.hhi([50, 50], low=[1])),
            (critmin.ArgumentError, lambda: critmin.hhi([50, 50], outside=[True])),
            (critmin.ArgumentError, lambda: critmin.hhi([50, 50], residual="most")),
            (critmin.ArgumentError, lambda: critmin.hhi_wgi([50, 50], [1])),
            (TypeError, lambda: critmin.hhi([50, 50], totl=100)),
        ):
            with self.subTest(expected=expected.__name__), self.assertRaises(expected) as caught:
                ask()
            if expected is not TypeError:
                self.assertIs(type(caught.exception), expected)
                self.assertTrue(str(caught.exception))


class Arrays(unittest.TestCase):
    def test_any_sequence_of_numbers_will_do(self):
        expected = critmin.hhi([50.0, 30.0, 20.0])
        for quantity in ((50, 30, 20), array.array("d", [50, 30, 20]), array.array("i", [50, 30, 20]),
                         (value for value in (50, 30, 20)), memoryview(array.array("d", [50, 30, 20]))):
            with self.subTest(quantity=type(quantity).__name__):
                self.assertEqual(critmin.hhi(quantity), expected)

    @unittest.skipUnless(numpy, "numpy is not there")
    def test_numpy_arrays_of_any_type_and_stride(self):
        expected = critmin.hhi([50, 30, 20])
        wide = numpy.zeros((3, 4))
        wide[:, 1] = 50, 30, 20
        frozen = numpy.array([50.0, 30.0, 20.0])
        frozen.flags.writeable = False
        for quantity in (numpy.array([50.0, 30.0, 20.0]), numpy.array([50, 30, 20]), wide[:, 1], frozen,
                         numpy.array([50, 30, 20], dtype=">f8"), numpy.array([50, 30, 20], dtype="f4")):
            self.assertEqual(critmin.hhi(quantity), expected)
        self.assertEqual(critmin.hhi(numpy.array([50, 20, NAN]), total=100), critmin.hhi([50, 20, None], total=100))
        with self.assertRaises(critmin.ArgumentError):
            critmin.hhi(wide)

    @unittest.skipUnless(numpy, "numpy is not there")
    def test_a_contiguous_array_is_lent_not_copied(self):
        import ctypes

        from critmin._arrays import doubles
        values = numpy.arange(1000.0)
        lent = doubles(values, "quantity")
        self.assertEqual(ctypes.cast(lent.pointer, ctypes.c_void_p).value, values.ctypes.data)
        self.assertIs(lent.owner, values)


class Batches(unittest.TestCase):
    def test_a_batch_is_each_market_by_itself(self):
        numbers = random.Random(1)
        markets = [[numbers.choice((0.0, numbers.random() * 100)) for _ in range(12)] for _ in range(50)]
        markets[7] = [0.0] * 12
        weights = [[numbers.random() * 10 for _ in range(12)] for _ in range(5)]
        batch = critmin.concentration_batch(markets, weights)
        for market, quantities in enumerate(markets):
            for values, alone in ((batch.hhi, critmin.hhi(quantities)), (batch.cr1, critmin.cr1(quantities)),
                                  (batch.hhi_wgi, critmin.hhi_wgi(quantities, weights[market % 5]))):
                if market == 7:
                    self.assertTrue(math.isnan(values[market]))
                else:
                    self.assertAlmostEqual(values[market], alone.value, places=12)

    def test_the_bits_do_not_depend_on_the_threads(self):
        numbers = random.Random(2)
        markets = [[numbers.random() for _ in range(30)] for _ in range(40)]
        one, several = (critmin.concentration_batch(markets, threads=threads) for threads in (1, 4))
        self.assertEqual((one.hhi.tobytes(), one.cr1.tobytes()), (several.hhi.tobytes(), several.cr1.tobytes()))
        self.assertIsNone(one.hhi_wgi)

    def test_shapes_that_do_not_fit_are_refused(self):
        with self.assertRaises(critmin.ArgumentError):
            critmin.concentration_batch([[1, 2], [3]])
        with self.assertRaises(critmin.ArgumentError):
            critmin.concentration_batch([[1, 2], [3, 4]], [[1, 2, 3]])

    @unittest.skipUnless(numpy, "numpy is not there")
    def test_numpy_matrices(self):
        markets = numpy.random.default_rng(3).random((20, 8))
        weights = numpy.full(8, 5.0)
        batch = critmin.concentration_batch(markets, weights)
        shares = markets / markets.sum(axis=1, keepdims=True)
        numpy.testing.assert_allclose(numpy.asarray(batch.hhi), (shares**2).sum(axis=1), rtol=1e-12)
        numpy.testing.assert_allclose(numpy.asarray(batch.hhi_wgi), 5 * (shares**2).sum(axis=1), rtol=1e-12)
        self.assertEqual(batch, critmin.concentration_batch(numpy.asfortranarray(markets), weights))


if __name__ == "__main__":
    unittest.main()
