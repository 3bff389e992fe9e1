# SPDX-License-Identifier: MIT
import math
import unittest

import critmin


class WorkedExamples(unittest.TestCase):
    """The examples of the methods manual."""

    def test_european_union(self):
        tungsten = {"global_supply": 7.5, "eu_sourcing": 1.9, "import_reliance": .44, "recycling": .42, "substitution": 1}
        self.assertAlmostEqual(critmin.eu_supply_risk(edition=2017, **tungsten).value, 1.81656)
        alone = critmin.eu_supply_risk(global_supply=7.5, recycling=.42, substitution=1)
        self.assertAlmostEqual(alone.value, 7.5 * .58)
        self.assertIn("NOT_AVAILABLE", alone.flags)
        importance = critmin.eu_economic_importance(
            [.08, .06, .06, .79], [132361, 163568, 89422, 204200], denominator=204200, substitution=1)
        self.assertAlmostEqual(importance.value, 9.161914, 6)
        answer, part = critmin.eu_bottleneck([1.2, None, (1.3, 1.5)])
        self.assertEqual((answer.high, part), (1.5, 2))
        self.assertAlmostEqual(critmin.eu_group([1, 2, 3]).value, 2)
        self.assertIsNone(critmin.eu_bottleneck([None])[1])
        old = critmin.eu_supply_risk(global_supply=5, recycling=.1, substitution=.8, edition=2010)
        self.assertAlmostEqual(old.value, 3.6)
        self.assertIn("UNVERIFIED_PRESET", old.flags)

    def test_trade_weighted_index(self):
        self.assertAlmostEqual(critmin.hhi_wgi_t([50, 30, 20], [6, 3, 1], [1.1, 1, .8]).value, 1.952)
        table = [("export_tax", 0, None, 1.1), ("export_tax", .25, False, 1.3), ("ban", 0, None, 1.5)]
        self.assertEqual(critmin.trade_parameter(table, "export_tax", .3), 1.3)
        self.assertEqual(critmin.trade_parameter(table, "export_tax", .3, agreement=True), 1.1)
        self.assertEqual(critmin.trade_parameter(table, "quota"), 1)

    def test_geopolrisk(self):
        terms = {"hhi": .2035183372902862, "price": .40073488389883327}
        self.assertAlmostEqual(critmin.geopolrisk_cf([100], [.5451887492289689], **terms).value, .108604, 6)
        self.assertAlmostEqual(critmin.geopolrisk_midpoint([100], [.5451887492289689], **terms).value, .0444639, 6)
        self.assertAlmostEqual(critmin.geopolrisk_cf([100], [.5], reference=.5, hhi=1, price=1).value, 1)
        unscored = critmin.geopolrisk_score([60, 40], [.5, None], hhi=1)
        self.assertEqual((unscored.value, unscored.low, unscored.high), (.5, .3, .7))
        self.assertAlmostEqual(critmin.geopolrisk_score([None], [.5], low=[1], high=[9], hhi=1, production=5).value, .25)
        self.assertAlmostEqual(critmin.geopolrisk_risk(-.522584).value, .604517, 6)

    def test_united_states(self):
        answer = critmin.usgs_supply_risk(.6, .8, .5)
        self.assertAlmostEqual(answer.value, .621447, 6)
        self.assertIn("UNVERIFIED_PRESET", answer.flags)
        self.assertAlmostEqual(critmin.nstc_criticality_potential(.6, .8, .5).value, answer.value)
        self.assertAlmostEqual(critmin.usgs_expected_effect([1, .2], [-4498, -100]).value, -4518)
        self.assertAlmostEqual(critmin.usgs_disruption_potential([50, 50], [.5, 0], [.8, 1]).value, .1)

    def test_indices_of_scores(self):
        self.assertAlmostEqual(critmin.bgs_risk([3, 3, 3, 3, 3, 3, 2]).value, 200 / 21)
        self.assertAlmostEqual(critmin.bgs_risk([4, 5, 5, 3], edition=2011).value, 8.5)
        self.assertAlmostEqual(critmin.hoskins([50, 30, 20], [6, 3, 1]).value, .985)
        self.assertAlmostEqual(critmin.hoskins([50, 30, 20], [6, 3, 1], own=0).value, .085)
        scores = critmin.scarce_supply_risk([[.30, 25], [.15, 100], [.10, 50]], [.15, 50], [True, False])
        self.assertEqual((scores[0], min(scores)), (1, 0))

    def test_targets(self):
        cap = critmin.crma_benchmark("imports", 720, 1000)
        self.assertAlmostEqual(cap.share.value, .72)
        self.assertAlmostEqual(cap.gap.value, .07)
        self.assertAlmostEqual(cap.tonnes.value, 70)
        self.assertAlmostEqual(critmin.time_to_target(.04, .15, .10).value, 6.556, 3)
        self.assertTrue(math.isinf(critmin.time_to_target(.12, -.1, .10, stay=True).value))
        self.assertEqual(critmin.time_to_target(.5, .1, .65, cap=True).value, 0)
        self.assertEqual(critmin.path_to_target([.05, .11, .09, .12], .10, stay=True).value, 3)

    def test_re_exports(self):
        left = critmin.reexport_correction(production=30, imports=90, exports=20)
        self.assertEqual((left.imports[0], left.exports[0]), (75, 5))
        self.assertAlmostEqual(critmin.import_reliance(production=30, imports=left.imports, exports=left.exports).value, .7)
        self.assertEqual(critmin.reexport_correction(imports=90, exports=20, rule="largest").exports[0], 0)

    def test_presets(self):
        self.assertEqual(critmin.preset("eu_2017", "governance_best"), 3)
        rows = {(row.method, row.constant): row for row in critmin.presets()}
        self.assertEqual(rows["eu_2020", "governance_best"].verified, 0)
        self.assertEqual(rows["crma", "imports"].value, .65)


class Ownership(unittest.TestCase):
    def test_a_loop_of_holdings(self):
        shares = critmin.ownership([[0, .5], [.1, 0]], [[.6, 0], [.3, .5]])
        self.assertAlmostEqual(shares[0][0], 12 / 19)
        self.assertAlmostEqual(shares[1][1], 13 / 19)
        self.assertEqual(shares[2], [0, 0])
        self.assertEqual(critmin.ownership([[0, .6], [0, 0]], [[.7, .1]], rule="control"), [[1, 1], [0, 0]])

    def test_concentration_by_owner(self):
        shares = [[.8, .25], [.2, 0], [0, .5], [0, .25]]
        answer = critmin.owner_hhi([60, 40], shares)
        self.assertAlmostEqual(answer.low, .3908)
        self.assertAlmostEqual(answer.high, .5168)
        self.assertAlmostEqual(critmin.owner_share([60, 40], shares, 0).high, .68)


class Composite(unittest.TestCase):
    def test_from_raw_numbers_to_ranks(self):
        self.assertAlmostEqual(critmin.normalise([1800], "log_min_max", low=33, high=10000)[0], .70, 2)
        self.assertEqual(list(critmin.normalise([29, 80], "steps", limit=[0, 30, 75], score=[1, 2, 5])), [1, 5])
        rows = [[.6, .4, .8], [.6, None, .8]]
        self.assertAlmostEqual(critmin.composite_score(rows, aggregate="power").value[0], .621825, 6)
        scores = critmin.composite_score(rows, weight=[1, 2, 1], missing="interval")
        self.assertAlmostEqual(scores.low[1], .35)
        self.assertEqual(scores.flags, [(), ("NOT_AVAILABLE",)])
        self.assertAlmostEqual(critmin.leave_one_out([[.9, .3]])[0][0], .3)
        robust = critmin.rank_robustness([[1, 0], [0, 1]], top=1, draws=20000, seed=1)
        self.assertAlmostEqual(robust.probability[0], .5, 1)
        again = critmin.rank_robustness([[1, 0], [0, 1]], top=1, draws=20000, seed=1, threads=3)
        self.assertEqual(list(robust.probability), list(again.probability))

    def test_progress_can_cancel(self):
        with self.assertRaises(critmin.CancelledError):
            critmin.rank_robustness([[1, 0]], top=1, progress=lambda done, total: True)


class BadInput(unittest.TestCase):
    def test_each_has_its_exception(self):
        with self.assertRaises(critmin.ShareRangeError):
            critmin.eu_economic_importance([.8, .8], [1, 1], denominator=1, substitution=1)
        with self.assertRaises(critmin.InvalidValueError):
            critmin.geopolrisk_score([1], [2], hhi=.5)
        with self.assertRaises(critmin.UnknownNameError):
            critmin.preset("eu_2018", "governance_best")
        with self.assertRaises(critmin.ShareRangeError):
            critmin.ownership([[0]], [[1.2]])
        for call in (
            lambda: critmin.composite_score([[1, 0]], weight=[1]),
            lambda: critmin.rank_robustness([[1, 0]], top=1, concentration=[1]),
            lambda: critmin.composite_score([[1, 0]], aggregate="median"),
            lambda: critmin.normalise([1], limit=[1]),
            lambda: critmin.crma_benchmark("mining", 1, 1),
            lambda: critmin.eu_supply_risk(global_supply=1, recycling=0, substitution=1, edition=2018),
            lambda: critmin.hhi_wgi_t([1, 2], [1, 2], [1]),
            lambda: critmin.geopolrisk_score([1, 2], [1], hhi=1),
            lambda: critmin.scarce_supply_risk([[1, 2]], [1], [True, True]),
            lambda: critmin.ownership([[0, 1]], [[1, 1]]),
            lambda: critmin.ownership([[0]], [[1]], rule="votes"),
            lambda: critmin.owner_hhi([1, 2], [[1], [0]]),
            lambda: critmin.reexport_correction(imports=1, exports=1, rule="none"),
        ):
            with self.assertRaises(critmin.ArgumentError):
                call()


if __name__ == "__main__":
    unittest.main()
