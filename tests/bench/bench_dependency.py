#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Import dependency of every country and group over five million flows: the library beside numpy, on the same columns.

    python tests/bench/bench_dependency.py BUILD/lib/libcritmin.so [--threads 2] [--runs 5]

100 minerals x 30 years over 250 countries, flows drawn so that few exporters hold most, three groups of several members
beside the countries that stand alone. Asked for are, of each importer, the concentration and the risk of what it buys,
and of each group taken as one the concentration, the largest supplier and net imports. Candidates take turns; medians are
printed and none is asserted; that all give the same figures is.
"""
import argparse
import ctypes
import statistics
import time

import numpy as np

FLOWS, MINERALS, YEARS, COUNTRIES = 5_000_000, 100, 30, 250
MARKETS = YEARS * MINERALS


def make():
    """Flows by market and importer, as a store keeps them, with 32-bit columns."""
    random = np.random.default_rng(11)
    weight = 1 / np.arange(1, COUNTRIES + 1) ** 0.9
    weight /= weight.sum()
    drawn = FLOWS * 14 // 10
    market = random.integers(0, MARKETS, drawn)
    exporter = random.choice(COUNTRIES, drawn, p=weight)
    importer = random.choice(COUNTRIES, drawn, p=weight**0.5 / (weight**0.5).sum())
    key = (market * COUNTRIES + importer) * COUNTRIES + exporter
    key = np.sort(random.permutation(np.unique(key[exporter != importer]))[:FLOWS])
    columns = (key // COUNTRIES // COUNTRIES, key // COUNTRIES % COUNTRIES, key % COUNTRIES)
    group = np.arange(COUNTRIES)
    group[:27], group[27:31], group[40:50] = 0, 27, 40
    group = np.unique(group, return_inverse=True)[1]
    return ([np.ascontiguousarray(c, dtype=np.int32) for c in columns], random.lognormal(0, 2, len(key)),
            random.random((YEARS, COUNTRIES)), group.astype(np.int32))


def of_countries(flows, quantity, governance):
    market, importer, exporter = flows
    at = market.astype(np.int64) * COUNTRIES + importer
    n = MARKETS * COUNTRIES
    total = np.bincount(at, quantity, n)
    squares = np.bincount(at, quantity * quantity, n)
    risk = np.bincount(at, quantity * governance[market % YEARS, exporter], n)
    with np.errstate(invalid="ignore", divide="ignore"):
        return squares / total**2, risk / total


def outside(flows, quantity, group):
    market, importer, exporter = flows
    buyer, seller = group[importer], group[exporter]
    keep = np.flatnonzero(buyer != seller)
    return market[keep].astype(np.int64), buyer[keep], seller[keep], quantity[keep]


def of_groups_dense(flows, quantity, group):
    """All pairs of groups as one cube."""
    n = int(group.max()) + 1
    market, buyer, seller, q = outside(flows, quantity, group)
    cube = np.bincount((market * n + buyer) * n + seller, q, MARKETS * n * n).reshape(MARKETS, n, n)
    total = cube.sum(-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (cube * cube).sum(-1) / total**2, cube.max(-1) / total, total - cube.sum(1)


def of_groups_sorted(flows, quantity, group):
    """The pairs that are there, brought together by sorting."""
    n = int(group.max()) + 1
    market, buyer, seller, q = outside(flows, quantity, group)
    key = (market * n + buyer) * n + seller
    order = np.argsort(key, kind="stable")
    key = key[order]
    start = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    pair = np.add.reduceat(q[order], start)
    at = key[start] // n
    first = np.flatnonzero(np.r_[True, at[1:] != at[:-1]])
    total, size = np.add.reduceat(pair, first), MARKETS * n
    hhi, top = np.full(size, np.nan), np.full(size, np.nan)
    hhi[at[first]] = np.add.reduceat(pair * pair, first) / total**2
    top[at[first]] = np.maximum.reduceat(pair, first) / total
    sold = np.bincount(market * n + seller, q, size)
    net = np.bincount(at[first], total, size) - sold
    return [a.reshape(MARKETS, n) for a in (hhi, top, net)]


def library(path):
    call = ctypes.CDLL(path).critmin_dependency_batch
    call.restype = ctypes.c_int32
    at = lambda array: array.ctypes.data_as(ctypes.c_void_p)

    def run(flows, quantity, governance, group, results, threads):
        status = call(*map(at, flows), at(quantity), ctypes.c_int64(len(quantity)), MARKETS, COUNTRIES, at(governance),
                      YEARS, at(group), int(group.max()) + 1, *map(at, results), threads, None)
        assert status == 0, status

    return run


def same(a, b):
    np.testing.assert_allclose(np.nan_to_num(np.ravel(a), nan=-1), np.nan_to_num(np.ravel(b), nan=-1), rtol=1e-9,
                               atol=1e-6)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("library")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--runs", type=int, default=5)
    given = arguments.parse_args()
    flows, quantity, governance, group = make()
    n = int(group.max()) + 1
    results = [np.empty((MARKETS, COUNTRIES)) for _ in range(2)] + [np.empty((MARKETS, n)) for _ in range(3)]
    run = library(given.library)
    ours = lambda threads: run(flows, quantity, governance, group, results, threads)
    candidates = {
        "numpy, countries": lambda: of_countries(flows, quantity, governance),
        "numpy, groups as a cube": lambda: of_groups_dense(flows, quantity, group),
        "numpy, groups by sorting": lambda: of_groups_sorted(flows, quantity, group),
        "library, 1 thread": lambda: ours(1),
        f"library, {given.threads} threads": lambda: ours(given.threads),
    }
    ours(given.threads)
    for mine, theirs in zip(results, [*candidates["numpy, countries"](), *candidates["numpy, groups as a cube"]()]):
        same(mine, theirs)
    for mine, theirs in zip(results[2:], candidates["numpy, groups by sorting"]()):
        same(mine, theirs)
    times = {name: [] for name in candidates}
    for _ in range(given.runs):
        for name, candidate in candidates.items():
            start = time.perf_counter()
            candidate()
            times[name].append(time.perf_counter() - start)
    median = {name: 1000 * statistics.median(t) for name, t in times.items()}
    print(f"{len(quantity)} flows, {MARKETS} markets, {COUNTRIES} countries, {n} groups")
    for name, ms in median.items():
        print(f"{ms:9.0f} ms  {name}")
    numpy_best = median["numpy, countries"] + min(median["numpy, groups as a cube"], median["numpy, groups by sorting"])
    print(f"the best numpy of both together takes {numpy_best / median[f'library, {given.threads} threads']:.1f} times "
          "as long as the library")


if __name__ == "__main__":
    main()
