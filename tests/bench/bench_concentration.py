#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""HHI, governance-weighted HHI and largest share of many markets: the library beside numpy, on the same array.

    python tests/bench/bench_concentration.py BUILD/lib/libcritmin.so [--threads 2] [--runs 21]

100 minerals x 5 stages x 30 years over 250 countries, a quarter of the cells above zero. The candidates take turns, so
that a slow moment of the machine falls on all of them. Medians are printed and none is asserted; that all give the
same figures is.
"""
import argparse
import ctypes
import statistics
import time

import numpy as np

MINERALS, STAGES, YEARS, COUNTRIES = 100, 5, 30, 250


def make():
    random = np.random.default_rng(20)
    shape = (MINERALS, STAGES, YEARS, COUNTRIES)
    quantity = random.lognormal(0, 2.5, shape) * (random.random(shape) < 0.25)
    quantity[..., 0] += 1e-3  # no market of nobody
    return np.ascontiguousarray(quantity), 10 * random.random((YEARS, COUNTRIES))


def by_shares(x, w):
    """Shares first, as the formula is written."""
    share = x / x.sum(axis=-1, keepdims=True)
    square = share * share
    return square.sum(axis=-1), (square * w).sum(axis=-1), share.max(axis=-1)


def by_einsum(x, w):
    """Contractions without an intermediate array."""
    total = x.sum(axis=-1)
    square = total * total
    return (np.einsum("msyc,msyc->msy", x, x) / square, np.einsum("msyc,msyc,yc->msy", x, x, w) / square,
            x.max(axis=-1) / total)


def by_product(x, w, room):
    """Squares into a kept array, then both sums as one matrix product a year."""
    ones = np.ones(COUNTRIES)
    total = x @ ones
    np.multiply(x, x, out=room)
    weights = np.stack([np.ones_like(w), w], axis=-1)
    flat = room.reshape(-1, YEARS, COUNTRIES).transpose(1, 0, 2)
    sums = np.matmul(flat, weights).transpose(1, 0, 2).reshape(MINERALS, STAGES, YEARS, 2) / (total * total)[..., None]
    return sums[..., 0], sums[..., 1], x.max(axis=-1) / total


def by_product_in_cache(x, w, at_once=4):
    """The same in pieces that stay in the processor's cache."""
    flat = x.reshape(-1, YEARS, COUNTRIES)
    ones, room = np.ones(COUNTRIES), np.empty((at_once, YEARS, COUNTRIES))
    weights = np.stack([np.ones_like(w), w], axis=-1)
    result = [np.empty(flat.shape[:2]) for _ in range(3)]
    for i in range(0, len(flat), at_once):
        piece = flat[i:i + at_once]
        total = piece @ ones
        np.multiply(piece, piece, out=room)
        sums = np.matmul(room.transpose(1, 0, 2), weights)
        result[0][i:i + at_once] = sums[..., 0].T / (total * total)
        result[1][i:i + at_once] = sums[..., 1].T / (total * total)
        result[2][i:i + at_once] = piece.max(axis=-1) / total
    return [r.reshape(MINERALS, STAGES, YEARS) for r in result]


def by_rows(key, q, w):
    """Only the cells above zero, as rows of (market, quantity, weight) kept ready: bincount and a maximum by market."""
    n = MINERALS * STAGES * YEARS
    total = np.bincount(key, q, n)
    square = q * q
    starts = np.searchsorted(key, np.arange(n))
    shape = (MINERALS, STAGES, YEARS)
    return [r.reshape(shape) for r in (np.bincount(key, square, n) / total**2, np.bincount(key, square * w, n) / total**2,
                                       np.maximum.reduceat(q, starts) / total)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=21)
    options = parser.parse_args()
    library = ctypes.CDLL(options.library)

    x, w = make()
    room = np.empty_like(x)
    places = np.nonzero(x)
    key = (places[0] * STAGES + places[1]) * YEARS + places[2]
    rows, weights = x[places], w[places[2], places[3]]
    out = [np.empty(x.shape[:-1]) for _ in range(3)]

    def pointer(array):
        return ctypes.c_void_p(array.ctypes.data)

    def by_library(threads):
        status = library.critmin_concentration_batch(
            pointer(x), ctypes.c_int64(x[..., 0].size), ctypes.c_int64(COUNTRIES), pointer(w), ctypes.c_int64(YEARS),
            pointer(out[0]), pointer(out[1]), pointer(out[2]), ctypes.c_int32(threads), None)
        if status:
            raise SystemExit(f"critmin_concentration_batch: status {status}")
        return out

    candidates = {
        "numpy, shares first": lambda: by_shares(x, w),
        "numpy, einsum": lambda: by_einsum(x, w),
        "numpy, matrix product": lambda: by_product(x, w, room),
        "numpy, matrix product in cache": lambda: by_product_in_cache(x, w),
        "numpy, rows above zero": lambda: by_rows(key, rows, weights),
        "library, 1 thread": lambda: by_library(1),
        f"library, {options.threads} threads": lambda: by_library(options.threads),
    }
    wanted = [r.copy() for r in by_shares(x, w)]
    for name, work in candidates.items():
        for found, want in zip(work(), wanted):
            np.testing.assert_allclose(found, want, rtol=1e-12, err_msg=name)

    taken = {name: [] for name in candidates}
    for _ in range(options.runs):
        for name, work in candidates.items():
            work()  # its own arrays in the cache, not those of the last one
            before = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - before)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, median in medians.items():
        print(f"{name:34s} median {median * 1e3:8.2f} ms   least {min(taken[name]) * 1e3:8.2f} ms")
    best = min((n for n in medians if n.startswith("numpy")), key=medians.get)
    last = list(medians)[-1]
    print(f"{last} is {medians[best] / medians[last]:.1f} times as fast as {best}")


if __name__ == "__main__":
    main()
