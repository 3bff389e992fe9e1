# SPDX-License-Identifier: MIT
import gc
import threading
import unittest

import critmin
from support import numpy

US, CHINA, JAPAN, AUSTRALIA = COUNTRIES = ["US", "China", "Japan", "Australia"]


def magnets(**more):
    return critmin.Network(COUNTRIES, [
        critmin.Stage({CHINA: 100, AUSTRALIA: 10}, [(CHINA, JAPAN, 15), (AUSTRALIA, JAPAN, 10)]),
        critmin.Stage({CHINA: 4, JAPAN: 6}, [(CHINA, US, 4), (JAPAN, US, 6)], **more),
    ])


class Networks(unittest.TestCase):
    def test_look_through(self):
        with magnets() as network:
            self.assertAlmostEqual(network.face_share(US, CHINA).value, .40)
            self.assertAlmostEqual(network.origin_share(US, CHINA).value, .76)
            self.assertAlmostEqual(network.origin_share(US, CHINA, at=1).value, .40)
            self.assertAlmostEqual(network.origin_share(US, [CHINA, AUSTRALIA]).value, 1)
            self.assertAlmostEqual(network.hidden_exposure(US, CHINA).value, .36)
            self.assertAlmostEqual(network.touch_share(US, JAPAN).value, .6)
            self.assertEqual(network.touch_share(US, US, transit=True).value, 1)
            found = network.origins(US)
            self.assertAlmostEqual(found.share[AUSTRALIA], .24)
            self.assertAlmostEqual(sum(found.share.values()) + sum(found.other.values()) + found.unknown, 1)
            self.assertAlmostEqual(network.origins([US, JAPAN], weight=[1, 0]).share[CHINA], .76)

    def test_pools(self):
        network = magnets(use={US: 12})
        pool = network.pool(1, US)
        self.assertEqual((pool.imports, pool.unknown, pool.total, pool.use), (10, 2, 12, 12))
        self.assertEqual(pool.flags, ("UNKNOWN_ORIGIN",))
        answer = network.origin_share(US, CHINA)
        self.assertAlmostEqual(answer.high - answer.low, 2 / 12)
        self.assertAlmostEqual(network.origin_share(US, CHINA, unknown_elsewhere=True).high, answer.low)
        self.assertGreater(network.size(), 0)
        self.assertIn("2 stages and 4 countries", repr(network))

    def test_bounds(self):
        network = critmin.Network(3, [critmin.Stage([20, 30, 30], [(1, 2, 20), (2, 1, 10), (2, 0, 20)])])
        answer = network.origin_bounds(0, 1)
        self.assertAlmostEqual(answer.value, 1 / 6)
        self.assertAlmostEqual(answer.low, 0)
        self.assertAlmostEqual(answer.high, .5)
        self.assertEqual(network.touch_bounds(0, 1), answer)
        self.assertEqual(network.countries, [0, 1, 2])

    def test_bounds_where_yields_differ(self):
        # Two mines feed one hub, which feeds two smelters; the second loses half.
        ore = critmin.Stage([10, 10, 0, 0, 0, 0], [(0, 2, 10), (1, 2, 10), (2, 3, 10), (2, 4, 10)])
        metal = critmin.Stage([0, 0, 0, 10, 5, 0], [(3, 5, 10), (4, 5, 5)], yields=[1, 1, 1, 1, .5, 1])
        network = critmin.Network(6, [ore, metal])
        try:
            answer = network.origin_bounds(5, 0)
        except critmin.UnsupportedError:
            self.skipTest("this library solves no linear programmes")
        self.assertAlmostEqual(answer.value, .5)
        self.assertAlmostEqual(answer.low, 1 / 3, 6)
        self.assertAlmostEqual(answer.high, 2 / 3, 6)

    def test_yields(self):
        network = magnets(yields=.5)
        self.assertAlmostEqual(network.origin_share(US, CHINA, needed=True).value, 2 * network.origin_share(US, CHINA).value)
        with self.assertRaises(critmin.MissingValueError):
            magnets().origin_share(US, CHINA, needed=True)

    def test_two_inputs(self):
        network = critmin.Network(3, [
            critmin.Stage([0, 4, 0], [(1, 0, 4)]), critmin.Stage([0, 0, 6], [(2, 0, 6)], inputs=[]),
            critmin.Stage([8, 0, 0], inputs=[0, 1], input_share=[[.25, 0, 0], [.75, 0, 0]]),
        ])
        found = network.origins(0)
        self.assertAlmostEqual(found.share[1], .25)
        self.assertAlmostEqual(found.other[0], .75)

    def test_shares(self):
        network = critmin.Network(2, [critmin.Stage([0, 1], [(1, 0, .4)], in_shares=True)])
        answer = network.origin_share(0, 1)
        self.assertEqual((answer.value, answer.high), (.4, 1))
        bounds = network.origin_bounds(0, 1)
        self.assertEqual((bounds.low, bounds.high), (.4, 1))  # six tenths of the pool are of nobody on record

    def test_all_origins(self):
        network = magnets()
        found = network.all_origins(threads=2)
        self.assertEqual((len(found.share), len(found.unknown)), (2 * 4 * 4, 2 * 4))
        self.assertAlmostEqual(found.share[4 * 4 + 1], .76)
        self.assertAlmostEqual(network.all_origins(origin=[CHINA]).share[4], .76)

    @unittest.skipUnless(numpy, "numpy is not installed")
    def test_columns_of_numpy_are_taken(self):
        flows = {"exporter": numpy.array([1, 2, 2], numpy.int32), "importer": numpy.array([2, 1, 0], numpy.int64),
                 "quantity": numpy.array([20.0, 10, 20])}
        network = critmin.Network(3, [critmin.Stage(numpy.array([20.0, 30, 30]), flows)])
        self.assertAlmostEqual(network.origin_share(0, 1).value, 1 / 6)
        share = numpy.asarray(network.all_origins().share).reshape(3, 3)
        self.assertTrue(numpy.allclose(share.sum(axis=1), 1))

    def test_what_is_refused(self):
        network = magnets()
        with self.assertRaises(critmin.ArgumentError):
            network.origin_share("Mars", CHINA)
        with self.assertRaises(critmin.ArgumentError):
            network.origin_share(US, CHINA, at=5)
        with self.assertRaises(critmin.ArgumentError):
            critmin.Network(["A", "A"], [critmin.Stage([1, 1])])
        with self.assertRaises(critmin.ArgumentError):
            critmin.Network(2, [critmin.Stage([1])])
        with self.assertRaises(critmin.ArgumentError):
            critmin.Network(2, [])
        with self.assertRaises(critmin.NegativeError) as caught:
            critmin.Network(2, [critmin.Stage([1, 1], [(0, 1, 2), (1, 0, -3)])])
        self.assertEqual(caught.exception.row, 2)
        network.close()
        with self.assertRaises(critmin.ArgumentError):
            network.origin_share(US, CHINA)

    def test_many_threads_ask_one_network(self):
        network = magnets()
        found = []

        def ask():
            found.extend(network.origin_share(US, CHINA).value for _ in range(200))

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual((len(found), len(set(found))), (800, 1))
        del network
        gc.collect()


class Effective(unittest.TestCase):
    TERMS = {"probability": [.9, .6], "ramp": [1, .5]}

    def test_the_worked_example(self):
        self.assertAlmostEqual(critmin.committed_tonnes([100, 150], **self.TERMS).value, 135)
        ask = lambda **more: critmin.effective_dependency(450, [100, 150], demand=500, **self.TERMS, **more).value
        self.assertAlmostEqual(ask(), .63)
        self.assertAlmostEqual(ask(displacement="proportional"), .657)
        law = critmin.effective_dependency_law(450, [100, 150], [.75, .9], demand=500, **self.TERMS)
        self.assertAlmostEqual(law[0], .96)
        self.assertAlmostEqual(law[1], 1)
        self.assertAlmostEqual(critmin.ramp(2024.5, 24, 2024), .0625)

    def test_through_a_chain(self):
        network = critmin.Network(COUNTRIES, [
            critmin.Stage({AUSTRALIA: 100, CHINA: 60}, [(AUSTRALIA, CHINA, 60)]),
            critmin.Stage({CHINA: 100, AUSTRALIA: 40}, [(CHINA, JAPAN, 60), (AUSTRALIA, JAPAN, 40)], yields=1),
        ])
        chain = critmin.chain_tonnes(network, JAPAN, CHINA, [50], places=[(0, AUSTRALIA, CHINA)])
        self.assertEqual(chain, (0, 1))
        chain = critmin.chain_tonnes(network, JAPAN, CHINA, [50], places=[(1, AUSTRALIA, JAPAN)])
        self.assertEqual(chain, (50, None))
        answer = critmin.effective_dependency(60, [50], demand=100, probability=[.5], network=network, buyer=JAPAN,
                                              origin=CHINA, places=[(1, AUSTRALIA, JAPAN)])
        self.assertAlmostEqual(answer.value, .35)

    def test_what_is_refused(self):
        with self.assertRaises(critmin.ArgumentError):
            critmin.effective_dependency(1, [1], demand=2, displacement="none")
        with self.assertRaises(critmin.ArgumentError):
            critmin.effective_dependency(1, [1], demand=2, probability=[1, 1])
        with self.assertRaises(critmin.ShareRangeError):
            critmin.effective_dependency(1, [1], demand=2, probability=[2])
        with self.assertRaises(critmin.ArgumentError):
            critmin.effective_dependency(1, [1], demand=2, network=magnets())


if __name__ == "__main__":
    unittest.main()
