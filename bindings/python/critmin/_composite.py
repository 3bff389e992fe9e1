# SPDX-License-Identifier: MIT
"""Kernels: one's own composite indicator, and how far it hangs on its weights."""
from __future__ import annotations

import array
import math
from ctypes import POINTER, byref, c_double, c_uint64, cast, sizeof
from typing import Any, List, NamedTuple, Optional, Tuple

from . import _ffi
from ._arrays import Doubles, Numbers, doubles, matrix, number
from ._call import INT32, INT64, call, clamp
from ._errors import argument_error
from ._kernels import FLAGS
from ._library import library
from ._progress import CALLBACK, Progress, call_with

NORMALISE = {
    "min_max": _ffi.CRITMIN_NORMALISE_MIN_MAX, "log_min_max": _ffi.CRITMIN_NORMALISE_LOG_MIN_MAX,
    "z": _ffi.CRITMIN_NORMALISE_Z, "rank": _ffi.CRITMIN_NORMALISE_RANK, "steps": _ffi.CRITMIN_NORMALISE_STEPS,
    "piecewise": _ffi.CRITMIN_NORMALISE_PIECEWISE,
}
AGGREGATE = {
    "arithmetic": _ffi.CRITMIN_AGGREGATE_ARITHMETIC, "geometric": _ffi.CRITMIN_AGGREGATE_GEOMETRIC,
    "power": _ffi.CRITMIN_AGGREGATE_POWER, "greatest": _ffi.CRITMIN_AGGREGATE_GREATEST,
}
MISSING = {"renormalise": _ffi.CRITMIN_MISSING_RENORMALISE, "interval": _ffi.CRITMIN_MISSING_INTERVAL}


def _word(words: "dict[str, int]", word: str, what: str) -> int:
    if word not in words:
        raise argument_error(f"{what} is one of {', '.join(words)}, not {word!r}")
    return words[word]


def _room(made: "array.array[Any]", kind: Any = c_double) -> Any:
    return cast(made.buffer_info()[0], POINTER(kind))


def _blank(n: int) -> "array.array[float]":
    return array.array("d", [math.nan]) * n


def normalise(raw: Numbers, kind: str = "min_max", *, low: Optional[float] = None, high: Optional[float] = None,
              limit: Numbers = (), score: Numbers = (), falling: bool = False) -> "array.array[float]":
    """
    One criterion brought to a common scale. Bounds that are given stay when items are added; without them they are the
    items' own. For `z`, low is the mean and high the standard deviation; `steps` and `piecewise` take a table.
    """
    criterion = _ffi.critmin_criterion()
    library.critmin_criterion_init(byref(criterion))
    criterion.struct_size = sizeof(criterion)
    criterion.normalise = _word(NORMALISE, kind, "kind")
    criterion.low, criterion.high = number(low, "low"), number(high, "high")
    limits, scores, values = doubles(limit, "limit"), doubles(score, "score"), doubles(raw, "raw")
    if limits.length != scores.length:
        raise argument_error(f"limit has {limits.length} entries, score {scores.length}: give one for each")
    criterion.limit, criterion.score, criterion.points = limits.pointer, scores.pointer, limits.length
    criterion.falling = 1 if falling else 0
    made = _blank(values.length)
    call(library.critmin_normalise, byref(criterion), values.pointer, values.length, _room(made))
    return made


def _composite(rows: Doubles, weight: Optional[Numbers], aggregate: str, power: float, missing: str) -> Tuple[Any, object]:
    criteria = rows.shape[1]
    composite = _ffi.critmin_composite()
    library.critmin_composite_init(byref(composite))
    composite.struct_size = sizeof(composite)
    composite.aggregate = _word(AGGREGATE, aggregate, "aggregate")
    composite.missing = _word(MISSING, missing, "missing")
    composite.power = number(power, "power")
    composite.criteria = criteria
    if weight is None:
        return composite, None
    weights = doubles(weight, "weight")
    if weights.length != criteria:
        raise argument_error(f"weight has {weights.length} entries, and there are {criteria} criteria: give one for each")
    composite.weight = weights.pointer
    return composite, weights


class Scores(NamedTuple):
    """One entry for each item."""

    value: "array.array[float]"
    low: "array.array[float]"
    high: "array.array[float]"
    flags: List[Tuple[str, ...]]


def composite_score(normalised: Any, *, weight: Optional[Numbers] = None, aggregate: str = "arithmetic",
                    power: float = 2.0, missing: str = "renormalise") -> Scores:
    """Scores of items, one row of normalised criteria each; None or NaN where one is not known."""
    rows = matrix(normalised, "normalised")
    composite, borrowed = _composite(rows, weight, aggregate, power, missing)
    items = rows.shape[0]
    value, low, high, flags = _blank(items), _blank(items), _blank(items), array.array("Q", bytes(8 * items))
    call(library.critmin_composite_score, byref(composite), rows.pointer, items, _room(value), _room(low), _room(high),
         _room(flags, c_uint64))
    del borrowed
    return Scores(value, low, high, [tuple(name for bit, name in enumerate(FLAGS) if bits >> bit & 1) for bits in flags])


def leave_one_out(normalised: Any, *, weight: Optional[Numbers] = None, aggregate: str = "arithmetic",
                  power: float = 2.0) -> List[List[float]]:
    """What each criterion does: each item's score less its score without the criterion."""
    rows = matrix(normalised, "normalised")
    composite, borrowed = _composite(rows, weight, aggregate, power, "renormalise")
    items, criteria = rows.shape
    effect = _blank(items * criteria)
    call(library.critmin_leave_one_out, byref(composite), rows.pointer, items, _room(effect))
    del borrowed
    return [list(effect[item * criteria:(item + 1) * criteria]) for item in range(items)]


class Robustness(NamedTuple):
    """One entry for each item: how often it is among the first, and its mean rank from 1."""

    probability: "array.array[float]"
    mean_rank: "array.array[float]"


def rank_robustness(normalised: Any, *, top: int, concentration: Optional[Numbers] = None, draws: int = 10000, seed: int = 0,
                    first: int = 0, aggregate: str = "arithmetic", power: float = 2.0, threads: int = 0,
                    progress: Optional[Progress] = None) -> Robustness:
    """
    How often each item is among the first `top` when weights are drawn from a Dirichlet law; without a `concentration`
    every set of weights is as likely as any other. The same seed gives the same answer on any number of threads.
    """
    rows = matrix(normalised, "normalised")
    composite, borrowed = _composite(rows, None, aggregate, power, "renormalise")
    items, criteria = rows.shape
    law = doubles([1.0] * criteria if concentration is None else concentration, "concentration")
    if law.length != criteria:
        raise argument_error(f"concentration has {law.length} entries, and there are {criteria} criteria: give one for each")
    made = Robustness(_blank(items), _blank(items))
    call_with(progress, library.critmin_rank_robustness, byref(composite), rows.pointer, items, law.pointer,
              clamp(top, INT64, "top"), clamp(seed, (0, (1 << 64) - 1), "seed"), clamp(first, INT64, "first"),
              clamp(draws, INT64, "draws"), clamp(threads, INT32, "threads"), CALLBACK, None,
              _room(made.probability), _room(made.mean_rank))
    del borrowed
    return made
