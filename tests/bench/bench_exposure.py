#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A year of possible disruptions drawn many times: the library beside vectorised numpy, random numbers included.

    python tests/bench/bench_exposure.py BUILD/lib/libcritmin.so [--draws 200000] [--threads 2] [--runs 3]

20 producers deliver to 30 buyers over 52 weeks. In each draw each producer is hit with probability 0.4, from a random week
on, for a random number of weeks, by a random share; what is lacking is first made up for by the spare capacity of all, in
proportion, then drawn from the buyer's own stock, and what remains is unmet. numpy goes through the weeks with all
draws of a chunk at once, in double and in single precision, for chunks of several sizes; the library goes from event
to event. Candidates take turns and medians are printed, none is asserted; that all find the same unmet demand within
the errors of drawing is.
"""
import argparse
import ctypes
import statistics
import time

import numpy as np

PRODUCERS, BUYERS, WEEKS = 20, 30, 52
CHUNKS = (256, 512, 1024, 2048, 4096, 20000)


def make():
    random = np.random.default_rng(5)
    flow = random.lognormal(0, 1.5, (PRODUCERS, BUYERS)) * (random.random((PRODUCERS, BUYERS)) < 0.5)
    flow += 1e-3
    flow /= flow.sum() / WEEKS
    return flow, 0.03 * flow.sum(1), flow.sum(0) * random.uniform(1, 10, BUYERS)


def chunk(n, random, kind, flow, spare, stock):
    hit = random.random((n, PRODUCERS)) < 0.4
    start = random.integers(0, WEEKS, (n, PRODUCERS)).astype(np.int32)
    end = (start + random.geometric(1 / 12, (n, PRODUCERS))).astype(np.int32)
    share = (random.beta(2, 2, (n, PRODUCERS)) * hit).astype(kind)
    flow, spare = flow.astype(kind), spare.astype(kind)
    left = np.tile(stock.astype(kind), (n, 1))
    unmet = np.zeros((n, BUYERS), kind)
    for week in range(WEEKS):
        withheld = np.where((start <= week) & (week < end), share, 0).astype(kind)
        lack = withheld @ flow
        part = np.minimum(1, ((1 - withheld) @ spare) / np.maximum(lack.sum(1), 1e-12)).astype(kind)
        lack *= (1 - part)[:, None]
        drawn = np.minimum(lack, left)
        left -= drawn
        unmet += lack - drawn
    return unmet


def by_numpy(draws, size, kind, world):
    random = np.random.default_rng(9)
    total, squares, done = np.zeros(BUYERS), np.zeros(BUYERS), 0
    while done < draws:
        n = min(size, draws - done)
        unmet = chunk(n, random, kind, *world)
        total += unmet.sum(0, dtype=np.float64)
        squares += np.square(unmet, dtype=np.float64).sum(0)
        done += n
    mean = total / draws
    return mean, np.sqrt((squares / draws - mean**2) / draws)


class Law(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_int32), ("reserved", ctypes.c_int32)] + [
        (name, ctypes.c_double) for name in ("value", "low", "high", "deviation")]


class Ensemble(ctypes.Structure):
    _fields_ = [
        ("struct_size", ctypes.c_uint32), ("suppliers", ctypes.c_int32), ("users", ctypes.c_int32),
        ("inventory_first", ctypes.c_int32), ("horizon", ctypes.c_double), ("flow", ctypes.c_void_p),
        ("spare", ctypes.c_void_p), ("inventory", ctypes.c_void_p), ("reserve", ctypes.c_double),
        ("reserve_rate", ctypes.c_double), ("served", ctypes.c_void_p), ("worth", ctypes.c_void_p),
        ("shocks", ctypes.c_int64), ("supplier", ctypes.c_void_p), ("probability", ctypes.c_void_p),
        ("withheld", ctypes.c_void_p), ("start", ctypes.c_void_p), ("duration", ctypes.c_void_p),
    ] + [(f"rest{i}", ctypes.c_void_p) for i in range(11)]


def library(path, world):
    lib = ctypes.CDLL(path)
    flow, spare, stock = (np.ascontiguousarray(a) for a in world)
    at = lambda array: array.ctypes.data
    laws = lambda *law: (Law * PRODUCERS)(*[Law(*law)] * PRODUCERS)
    keep = [np.arange(PRODUCERS, dtype=np.int32), np.full(PRODUCERS, 0.4), laws(5, 0, 0.5, 0, 1, 0.05**0.5),
            laws(6, 0, 0, 0, WEEKS - 1, 0), laws(7, 0, 12, 0, 0, 0), flow, spare, stock]
    ensemble = Ensemble()
    assert lib.critmin_ensemble_size() == ctypes.sizeof(ensemble), "the structure has another layout"
    lib.critmin_ensemble_init(ctypes.byref(ensemble))
    ensemble.suppliers, ensemble.users, ensemble.horizon, ensemble.shocks = PRODUCERS, BUYERS, WEEKS, PRODUCERS
    ensemble.flow, ensemble.spare, ensemble.inventory = at(flow), at(spare), at(stock)
    ensemble.supplier, ensemble.probability = at(keep[0]), at(keep[1])
    ensemble.withheld, ensemble.start, ensemble.duration = (ctypes.addressof(law) for law in keep[2:5])

    def run(draws, threads, kept=keep):
        made = ctypes.c_void_p()
        status = lib.critmin_ensemble_run(ctypes.byref(ensemble), ctypes.c_uint64(1), ctypes.c_int64(0),
                                          ctypes.c_int64(draws), threads, None, None, None, None,
                                          ctypes.byref(made), None)
        assert status == 0, status
        mean, error = np.empty(BUYERS), np.empty(BUYERS)
        lib.critmin_draws_users(made, ctypes.c_void_p(at(mean)), ctypes.c_void_p(at(error)), None, None)
        lib.critmin_draws_free(made)
        return mean, error

    return run


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("library")
    arguments.add_argument("--draws", type=int, default=200_000)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    world = make()
    ours = library(given.library, world)
    candidates = {"library, 1 thread": lambda: ours(given.draws, 1),
                  f"library, {given.threads} threads": lambda: ours(given.draws, given.threads)}
    for size in CHUNKS:
        for kind in (np.float64, np.float32):
            candidates[f"numpy, {kind.__name__}, chunks of {size}"] = lambda s=size, k=kind: by_numpy(given.draws, s, k, world)
    times, found = {name: [] for name in candidates}, {}
    for _ in range(given.runs):
        for name, candidate in candidates.items():
            start = time.perf_counter()
            found[name] = candidate()
            times[name].append(time.perf_counter() - start)
    wanted, error = found["library, 1 thread"]
    for name, (mean, its_error) in found.items():
        off = np.abs(mean - wanted) / np.maximum(np.hypot(error, its_error), 1e-12)
        assert off.max() < 5, (name, off.max())
    median = {name: statistics.median(t) for name, t in times.items()}
    print(f"{given.draws} draws; unmet {wanted.sum():.4f} of {world[0].sum() * WEEKS:.0f}")
    for name, seconds in median.items():
        print(f"{seconds:9.3f} s  {name}")
    fastest = median[f"library, {given.threads} threads"]
    for kind in ("float64", "float32"):
        best = min(seconds for name, seconds in median.items() if kind in name)
        print(f"numpy in {kind} at its best chunk takes {best / fastest:.1f} times as long as the library")
    print(f"{given.threads} threads are {median['library, 1 thread'] / fastest:.2f} times as fast as one")


if __name__ == "__main__":
    main()
