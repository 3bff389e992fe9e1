#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Look-through origin: the library beside numpy, on the same networks.

    python tests/bench/bench_origin.py BUILD/lib/libcritmin.so [--threads 2] [--runs 5] [--networks 100] [--whole 20]

100 minerals x 5 stages x 250 countries, all of which make something at each stage and re-export to one another, so that the whole
matrix of 1250 pools is 1.6 per cent dense. numpy solves stage by stage with its dense solver, or inverts the whole matrix
(`--whole` of the networks only, scaled up). Candidates take turns; medians are printed and none is asserted; that all give the same
figures is.
"""
import argparse
import os
import statistics
import sys
import time
from ctypes import POINTER, byref, c_double, c_void_p

import numpy as np

STAGES, COUNTRIES, DENSITY = 5, 250, 0.016
POOLS = STAGES * COUNTRIES
# Besides flows the matrix holds what each pool is made from, one entry a row from the second stage on.
WITHIN = (DENSITY * POOLS**2 - (STAGES - 1) * COUNTRIES) / STAGES / COUNTRIES**2


def draw(random):
    """Stages of one mineral: quantities by importer and exporter, and output."""
    stages = []
    for _ in range(STAGES):
        quantity = random.lognormal(0, 1.5, (COUNTRIES, COUNTRIES)) * (random.random((COUNTRIES, COUNTRIES)) < WITHIN)
        np.fill_diagonal(quantity, 0)
        stages.append((quantity, random.lognormal(1, 1, COUNTRIES)))
    return stages


def shares(stages):
    """T and D of each stage as numpy wants them, the unknown in what is left."""
    made = []
    intake = [output for _, output in stages[1:]] + [0]  # nothing is lost
    for (quantity, output), use in zip(stages, intake):
        total = np.maximum(quantity.sum(1) + output, quantity.sum(0) + use)
        made.append((quantity / total[:, None], output / total))
    return made


def stage_by_stage(matrices):
    """Shares of all pools by country of mining."""
    found, one = [], np.eye(COUNTRIES)
    for t, d in matrices:
        before = np.diag(d) if not found else d[:, None] * found[-1]
        found.append(np.linalg.solve(one - t, before))
    return np.stack(found)


def one_buyer(matrices, buyer):
    """The same of one pool of the last stage, from the buyer downwards."""
    row, one = np.zeros(COUNTRIES), np.eye(COUNTRIES)
    row[buyer] = 1
    for t, d in reversed(matrices):
        row = np.linalg.solve((one - t).T, row) * d
    return row


def whole_inverse(matrices):
    """All stages as one matrix, inverted."""
    a = np.zeros((POOLS, POOLS))
    for k, (t, d) in enumerate(matrices):
        here = slice(k * COUNTRIES, (k + 1) * COUNTRIES)
        a[here, here] = t
        if k:
            a[here, (k - 1) * COUNTRIES:k * COUNTRIES] = np.diag(d)
    inverse = np.linalg.inv(np.eye(POOLS) - a)
    return (inverse[:, :COUNTRIES] * matrices[0][1]).reshape(STAGES, COUNTRIES, COUNTRIES)


class Library:
    def __init__(self, path, threads):
        os.environ["CRITMIN_LIBRARY"] = os.path.abspath(path)
        here = os.path.dirname(os.path.abspath(__file__))
        sys.path.insert(0, os.path.join(here, "..", "..", "bindings", "python"))
        import critmin

        self.critmin, self.threads = critmin, threads

    def columns(self, stages):
        """What a caller has: flows as columns."""
        made = []
        for quantity, output in stages:
            importer, exporter = (at.astype(np.int32) for at in np.nonzero(quantity))
            flows = {"exporter": exporter, "importer": importer, "quantity": quantity[importer, exporter]}
            made.append(self.critmin.Stage(output, flows, yields=1.0))
        return made

    def make(self, columns):
        return [self.critmin.Network(COUNTRIES, stages, threads=self.threads) for stages in columns]

    def all(self, networks, share):
        """Straight into an array, as numpy's results are not asked to be copied either."""
        to = share.ctypes.data_as(POINTER(c_double))
        for network in networks:
            with network._handle as handle:
                status = self.critmin._library.library.critmin_origin_all(handle, 0, None, 0, to, None, None, self.threads, None)
            assert status == 0, status

    def one(self, networks, buyer, share):
        from critmin import _ffi

        borrowed = []
        trace = networks[0]._trace(buyer, -1, 0, None, False, False, borrowed)
        handles = [network._handle.__enter__() for network in networks]
        status = self.critmin._library.library.critmin_origin_batch(
            (c_void_p * len(handles))(*handles), len(handles), byref(trace), share.ctypes.data_as(POINTER(c_double)), None,
            self.threads, byref(_ffi.critmin_error()))
        for network in networks:
            network._handle.__exit__(None, None, None)
        assert status == 0, status


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("library")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--networks", type=int, default=100)
    arguments.add_argument("--whole", type=int, default=20)
    given = arguments.parse_args()
    random = np.random.default_rng(3)
    minerals = [draw(random) for _ in range(given.networks)]
    matrices = [shares(stages) for stages in minerals]
    library = Library(given.library, given.threads)
    columns = [library.columns(stages) for stages in minerals]
    networks = library.make(columns)
    buyer, whole = COUNTRIES - 1, min(given.whole, given.networks)
    share, row = np.empty((STAGES, COUNTRIES, COUNTRIES)), np.empty((given.networks, COUNTRIES))

    library.one(networks, buyer, row)
    for at in range(min(5, given.networks)):
        library.all(networks[at:at + 1], share)
        np.testing.assert_allclose(share, stage_by_stage(matrices[at]), atol=1e-12)
        np.testing.assert_allclose(share, whole_inverse(matrices[at]), atol=1e-12)
        np.testing.assert_allclose(row[at], one_buyer(matrices[at], buyer), atol=1e-12)

    candidates = {
        "numpy, all origins, stage by stage": (lambda: [stage_by_stage(m) for m in matrices], 1),
        "numpy, all origins, whole inverse": (lambda: [whole_inverse(m) for m in matrices[:whole]], given.networks / whole),
        "numpy, one buyer, stage by stage": (lambda: [one_buyer(m, buyer) for m in matrices], 1),
        "library, making the networks": (lambda: library.make(columns), 1),
        "library, all origins": (lambda: library.all(networks, share), 1),
        "library, one buyer": (lambda: library.one(networks, buyer, row), 1),
        "library, bounds, one buyer and one country": (lambda: networks[0].origin_bounds(buyer, 3), 1),
    }
    times = {name: [] for name in candidates}
    for _ in range(given.runs):
        for name, (candidate, scale) in candidates.items():
            start = time.perf_counter()
            candidate()
            times[name].append((time.perf_counter() - start) * scale)
    median = {name: 1000 * statistics.median(t) for name, t in times.items()}
    flows = sum(np.count_nonzero(quantity) for stages in minerals for quantity, _ in stages)
    print(f"{given.networks} networks, {flows} flows, {sum(n.size() for n in networks) / flows:.0f} bytes a flow, "
          f"{given.threads} threads")
    for name, ms in median.items():
        print(f"{ms:9.1f} ms  {name}")
    make, everything, one = (median["library, " + name] for name in ("making the networks", "all origins", "one buyer"))
    for name, ours in (("all origins, stage by stage", everything), ("all origins, whole inverse", everything),
                       ("one buyer, stage by stage", one)):
        theirs = median["numpy, " + name]
        print(f"{name}: numpy takes {theirs / ours:.1f} times as long, {theirs / (ours + make):.1f} when networks are made anew")


if __name__ == "__main__":
    main()
