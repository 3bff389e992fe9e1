# SPDX-License-Identifier: MIT
"""What must hold of any network, tried on networks drawn at random; and that numpy, solving densely, says the same."""
import random
import unittest

import critmin
from support import numpy


def drawn(seed, countries, stages, density):
    """Outputs, uses and flows of each stage: some make nothing, some use nothing, loops as they come."""
    draw = random.Random(seed)
    found = []
    for _ in range(stages):
        output = [draw.expovariate(.1) if draw.random() < .4 else 0 for _ in range(countries)]
        use = [draw.expovariate(.1) if draw.random() < .7 else 0 for _ in range(countries)]
        flows = [(seller, buyer, draw.expovariate(.2)) for seller in range(countries) for buyer in range(countries)
                 if seller != buyer and draw.random() < density]
        found.append((output, use, flows))
    return found


def dense(stages, countries):
    """R_k = (I - T_k)^-1 [D_k | u_k / Q_k] of each stage and their product, the unknown in the last column."""
    origin, told = None, []
    for output, use, flows in stages:
        output, sent = numpy.array(output), numpy.zeros((countries, countries))
        for seller, buyer, tonnes in flows:
            sent[buyer, seller] += tonnes
        supply = output + sent.sum(axis=1)
        unknown = sent.sum(axis=0) + numpy.array(use) - supply
        unknown[unknown <= 1e-12 * supply] = 0
        pool = supply + unknown
        there = pool > 0
        size = numpy.where(there, pool, 1)
        right = numpy.hstack([numpy.diag(output / size), (unknown / size)[:, None]])
        share = numpy.linalg.solve(numpy.eye(countries) - sent / size[:, None], right)
        if origin is not None:  # a producer with nothing to work works what is unknown
            before = origin.copy()
            before[numpy.isnan(before[:, -1])] = [0] * countries + [1]
            share = numpy.hstack([share[:, :-1] @ before[:, :-1], share[:, -1:] + share[:, :-1] @ before[:, -1:]])
        share[~there] = numpy.nan
        origin = share
        told.append(share)
    return numpy.array(told)


def network_of(stages, countries, **more):
    return critmin.Network(countries, [critmin.Stage(output, flows, use=use, **more) for output, use, flows in stages])


class Random(unittest.TestCase):
    @unittest.skipUnless(numpy, "numpy is not installed")
    def test_networks_equal_a_dense_solution(self):
        sizes = [(1, 2, 1, .5), (2, 12, 5, .2), (3, 40, 3, .1), (4, 60, 5, .03), (5, 25, 4, .6), (6, 250, 5, .016)]
        for seed, countries, stages, density in sizes:
            with self.subTest(countries=countries, stages=stages):
                given = drawn(seed, countries, stages, density)
                wanted = dense(given, countries)
                found = network_of(given, countries).all_origins(threads=2)
                share = numpy.asarray(found.share).reshape(stages, countries, countries)
                unknown = numpy.asarray(found.unknown).reshape(stages, countries)
                numpy.testing.assert_allclose(share, wanted[:, :, :-1], rtol=0, atol=1e-12)
                numpy.testing.assert_allclose(unknown, wanted[:, :, -1], rtol=0, atol=1e-12)
                there = ~numpy.isnan(unknown)
                numpy.testing.assert_allclose((share.sum(axis=2) + unknown)[there], 1, rtol=0, atol=1e-12)

    def test_the_ends_hold_every_way_to_part_the_pools(self):
        """Without loops a way is drawn by letting every pool part its lots in an order of its own."""
        for seed in range(20):
            draw, countries = random.Random(seed), 8
            output = [draw.uniform(1, 9) if c < 3 or draw.random() < .3 else 0 for c in range(countries)]
            left, flows = list(output), []
            for buyer in range(1, countries):
                for seller in range(buyer):
                    if draw.random() < .6 and left[seller] > 0:
                        tonnes = left[seller] * draw.uniform(.1, .6)
                        left[seller] -= tonnes
                        left[buyer] += tonnes
                        flows.append((seller, buyer, tonnes))
            network = critmin.Network(countries, [critmin.Stage(output, flows, use=left)])
            ends = {(c, q): network.origin_bounds(c, q) for c in range(countries) for q in range(countries) if left[c]}
            widest = max(answer.high - answer.low for answer in ends.values())
            self.assertGreater(widest, .01)
            for (buyer, origin), answer in ends.items():
                mixed = network.origin_share(buyer, origin).value
                self.assertLessEqual(answer.low, mixed + 1e-12)
                self.assertGreaterEqual(answer.high, mixed - 1e-12)
            for _ in range(40):
                lots = [[[c, output[c]]] for c in range(countries)]
                for c in range(countries):
                    draw.shuffle(lots[c])
                    sales = [sale for sale in flows if sale[0] == c]
                    draw.shuffle(sales)
                    for _seller, buyer, tonnes in sales:
                        while tonnes > 1e-12 and lots[c]:
                            lot = lots[c][-1]
                            taken = min(tonnes, lot[1])
                            lots[buyer].append([lot[0], taken])
                            tonnes -= taken
                            lot[1] -= taken
                            if lot[1] <= 1e-12:
                                lots[c].pop()
                for (buyer, origin), answer in ends.items():
                    share = sum(tonnes for made_in, tonnes in lots[buyer] if made_in == origin) / left[buyer]
                    self.assertGreaterEqual(share, answer.low - 1e-9)
                    self.assertLessEqual(share, answer.high + 1e-9)

    def test_one_agreement_more_never_raises_dependency(self):
        for seed in range(60):
            draw = random.Random(seed)
            count, demand = draw.randint(1, 7), draw.uniform(50, 150)
            exposed = demand * draw.uniform(.2, 1)
            terms = [(draw.uniform(0, 60), draw.random(), draw.random(), draw.random()) for _ in range(count)]
            for how in ("targeted", "proportional"):
                for correlation in (0, .5):
                    before = exposed / demand
                    for size in range(1, count + 1):
                        tonnes, probability, ramp, additional = map(list, zip(*terms[:size]))
                        now = critmin.effective_dependency(exposed, tonnes, demand=demand, probability=probability,
                                                           ramp=ramp, additional=additional, displacement=how,
                                                           correlation=correlation).value
                        self.assertLessEqual(now, before + 1e-9)
                        before = now

    def test_one_agreement_more_through_a_chain_never_raises_dependency(self):
        for seed in range(12):
            draw, countries = random.Random(seed), 6
            given = drawn(seed, countries, 2, .5)
            given[1][0][0] = 10  # somebody works up what is delivered
            network = network_of(given, countries, yields=1)
            buyer, origin = 4, 1
            demand = network.pool(1, buyer).use
            if not demand:
                continue
            exposed = demand * network.touch_share(buyer, origin).value
            places, tonnes, probability = [], [], []
            before = exposed / demand
            for _ in range(5):
                seller, receiver = draw.sample([c for c in range(countries) if c != origin], 2)
                places.append((draw.randrange(2), seller, receiver))
                tonnes.append(draw.uniform(1, 20))
                probability.append(draw.choice([.3, .8, 1]))
                now = critmin.effective_dependency(exposed, tonnes, demand=demand, probability=probability,
                                                   network=network, buyer=buyer, origin=origin, places=places).value
                self.assertLessEqual(now, before + 1e-9)
                before = now

    def test_a_group_uses_what_its_members_use(self):
        for seed in range(10):
            network = network_of(drawn(seed, 10, 3, .3), 10)
            members = [1, 4, 7]
            use = [network.pool(2, c).use for c in members]
            if not all(use):
                continue
            group = network.origins(members).share
            alone = [network.origins(c).share for c in members]
            for origin in range(10):
                wanted = sum(u * row[origin] for u, row in zip(use, alone)) / sum(use)
                self.assertAlmostEqual(group[origin], wanted, 12)


class Refused(unittest.TestCase):
    """What cannot be is refused, with its place; what can be, but should not, is flagged, with its tonnes."""

    def test_what_cannot_be(self):
        with self.assertRaises(critmin.NegativeError):
            critmin.Network(2, [critmin.Stage([1, -1])])
        with self.assertRaises(critmin.InvalidValueError):
            critmin.Network(2, [critmin.Stage([1, 1]), critmin.Stage([1, 1], yields=1.01)])
        with self.assertRaises(critmin.ArgumentError) as caught:
            critmin.Network(2, [critmin.Stage([1, 1]), critmin.Stage([1, 1], inputs=[1])])
        self.assertIn("cycle", str(caught.exception))
        with self.assertRaises(critmin.MissingValueError) as caught:
            critmin.Network(2, [critmin.Stage([1, 1], [(0, 1, 1), (1, 0, float("nan"))])])
        self.assertEqual(caught.exception.row, 2)

    def test_what_should_not_be(self):
        network = critmin.Network(4, [critmin.Stage([3, 0, 0, 0], [(0, 1, 3), (1, 2, 5)], use=[0, 1, 0, 0]),
                                      critmin.Stage([0, 0, 0, 0])])
        pool = network.pool(0, 1)
        self.assertEqual((pool.unknown, pool.flags), (3, ("UNKNOWN_ORIGIN", )))
        self.assertEqual(network.pool(1, 0).flags, ("NO_DATA", ))
        self.assertNotEqual(network.origin_share(0, 0).value, network.origin_share(0, 0).value)  # the empty stage: NaN
        passes = critmin.Network(3, [critmin.Stage([3, 0, 0], [(0, 1, 3), (1, 2, 3)])]).pool(0, 1)
        self.assertEqual((passes.imports, passes.flags), (3, ("TRANSIT_ONLY", )))
        loop = critmin.Network(3, [critmin.Stage([1, 0, 0], [(1, 2, 4), (2, 1, 4)])]).pool(0, 1)
        self.assertEqual(loop.total, 4)
        self.assertIn("SINGULAR_LOOP", loop.flags)


if __name__ == "__main__":
    unittest.main()
