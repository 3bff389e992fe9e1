# SPDX-License-Identifier: MIT
"""Kernels: measures of concentration over one's own numbers, no store needed."""
from __future__ import annotations

import array
import math
from ctypes import POINTER, byref, c_double, cast, sizeof
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, List, NamedTuple, Optional, Sequence, Tuple

from . import _ffi
from ._arrays import Numbers, doubles, int32s, matrix, number, same_length
from ._call import INT32, INT64, call, clamp
from ._errors import argument_error
from ._library import library

if TYPE_CHECKING:
    from typing import TypedDict

    from typing_extensions import Unpack

    class Known(TypedDict, total=False):
        """What is known of a market besides the quantities; all of it optional."""

        low: Numbers
        high: Numbers
        outside: Sequence[bool]
        total: Optional[float]
        total_low: Optional[float]
        total_high: Optional[float]
        other: Optional[float]
        unlisted_max: int
        unlisted_cutoff: float
        listed_only: bool
        residual: str

RESIDUAL = {
    "mid": _ffi.CRITMIN_RESIDUAL_MID, "lower": _ffi.CRITMIN_RESIDUAL_LOWER, "upper": _ffi.CRITMIN_RESIDUAL_UPPER,
}


def _flag_names() -> Tuple[str, ...]:
    found: List[str] = []
    while True:
        name = library.critmin_flag_name(len(found))
        if name is None:
            return tuple(found)
        found.append(name.decode())


FLAGS = _flag_names()


@dataclass(frozen=True)
class Answer:
    """What a kernel says: a value, the interval it must lie in, and what it rests on. float(answer) is the value."""

    value: float
    """The value; NaN where there is none, never 0 for "could not be computed"."""

    low: float
    """Least value that the inputs allow."""

    high: float
    """Greatest value that the inputs allow."""

    flags: Tuple[str, ...]
    """Names of the flags, such as RESIDUAL_USED."""

    coverage: float
    """Share of the total that rests on known cells, 0 to 1."""

    n_used: int
    """Number of cells that entered."""

    def __float__(self) -> float:
        return self.value

    def __str__(self) -> str:
        interval = "" if self.low == self.high else f" [{self.low:g}, {self.high:g}]"
        return f"{self.value:g}{interval}" + "".join(f" {flag}" for flag in self.flags)


def _supply(
    n: int,
    low: Optional[Numbers] = None,
    high: Optional[Numbers] = None,
    outside: Optional[Sequence[bool]] = None,
    total: Optional[float] = None,
    total_low: Optional[float] = None,
    total_high: Optional[float] = None,
    other: Optional[float] = None,
    unlisted_max: int = 0,
    unlisted_cutoff: float = 0.0,
    listed_only: bool = False,
    residual: str = "mid",
) -> Tuple[Any, List[object]]:
    """The library's supply, and the memory that it borrows."""
    supply = _ffi.critmin_supply()
    library.critmin_supply_init(byref(supply))
    supply.struct_size = sizeof(supply)
    borrowed: List[object] = []
    for name, values in (("low", low), ("high", high)):
        if values is not None:
            bounds = doubles(values, name)
            same_length(range(bounds.length), n, name)
            setattr(supply, name, bounds.pointer)
            borrowed.append(bounds)
    if outside is not None:
        same_length(outside, n, "outside")
        marks = int32s(1 if mark else 0 for mark in outside)
        supply.outside = marks.pointer
        borrowed.append(marks)
    for name, value in (("total", total), ("total_low", total_low), ("total_high", total_high), ("other", other)):
        setattr(supply, name, number(value, name))
    if residual not in RESIDUAL:
        raise argument_error(f"residual is one of {', '.join(RESIDUAL)}, not {residual!r}")
    supply.residual_value = RESIDUAL[residual]
    supply.unlisted_max = clamp(unlisted_max, INT64, "unlisted_max")
    supply.unlisted_cutoff = number(unlisted_cutoff, "unlisted_cutoff")
    supply.listed_only = 1 if listed_only else 0
    return supply, borrowed


def _to_answer(answer: Any) -> Answer:
    flags = tuple(name for bit, name in enumerate(FLAGS) if answer.flags >> bit & 1)
    return Answer(answer.value, answer.low, answer.high, flags, answer.coverage, answer.n_used)


def _answer(function: Any, *arguments: Any) -> Answer:
    answer = _ffi.critmin_answer()
    library.critmin_answer_init(byref(answer))
    answer.struct_size = sizeof(answer)
    call(function, *arguments, byref(answer))
    return _to_answer(answer)


def _market(function: Any, quantity: Numbers, known: Any, *arguments: Any) -> Answer:
    """Runs a kernel of the usual order of arguments: quantities, their number, its own, what else is known."""
    quantities = doubles(quantity, "quantity")
    supply, borrowed = _supply(quantities.length, **known)
    answer = _answer(function, quantities.pointer, quantities.length, *arguments, byref(supply))
    del borrowed
    return answer


def share(quantity: Numbers, index: int, **known: Unpack[Known]) -> Answer:
    """Share of the producer at `index` in the total, 0 to 1."""
    return _market(library.critmin_share, quantity, known, clamp(index, INT64, "index"))


def shares(quantity: Numbers, **known: Unpack[Known]) -> List[Answer]:
    """Share of every producer in the total, 0 to 1."""
    quantities = list(quantity)
    return [share(quantities, index, **known) for index in range(len(quantities))]


def hhi(quantity: Numbers, **known: Unpack[Known]) -> Answer:
    """Herfindahl-Hirschman index, the sum of squared shares, 0 to 1 (10,000 times that on the percent scale)."""
    return _market(library.critmin_hhi, quantity, known)


def hhi_normalised(quantity: Numbers, **known: Unpack[Known]) -> Answer:
    """Normalised index (H - 1/N) / (1 - 1/N), N the producers above zero."""
    return _market(library.critmin_hhi_normalised, quantity, known)


def concentration_ratio(quantity: Numbers, k: int, **known: Unpack[Known]) -> Answer:
    """Concentration ratio: the sum of the `k` largest shares, 0 to 1."""
    return _market(library.critmin_concentration_ratio, quantity, known, clamp(k, INT64, "k"))


def cr1(quantity: Numbers, **known: Unpack[Known]) -> Answer:
    """The largest share, 0 to 1."""
    return concentration_ratio(quantity, 1, **known)


def cr3(quantity: Numbers, **known: Unpack[Known]) -> Answer:
    """The sum of the three largest shares, 0 to 1."""
    return concentration_ratio(quantity, 3, **known)


def cr5(quantity: Numbers, **known: Unpack[Known]) -> Answer:
    """The sum of the five largest shares, 0 to 1."""
    return concentration_ratio(quantity, 5, **known)


def shannon(quantity: Numbers, **known: Unpack[Known]) -> Answer:
    """Shannon index, - sum s ln s, in nats."""
    return _market(library.critmin_shannon, quantity, known)


def evenness(quantity: Numbers, **known: Unpack[Known]) -> Answer:
    """Evenness, the Shannon index over ln N, 0 to 1."""
    return _market(library.critmin_evenness, quantity, known)


def effective_number(quantity: Numbers, order: float = 2.0, **known: Unpack[Known]) -> Answer:
    """
    Hill number of the given order: how many equal producers would be as concentrated. Order 0 counts, 1 is
    exp(Shannon), 2 is 1/HHI, infinity 1/(largest share).
    """
    return _market(library.critmin_effective_number, quantity, known, number(order, "order"))


def hhi_wgi(quantity: Numbers, governance: Numbers, **known: Unpack[Known]) -> Answer:
    """
    Governance-weighted index, the sum of squared shares times W, 0 to 10. `governance` is the W of each producer, 0
    (well governed) to 10, None or NaN where there is no score: see governance().
    """
    quantities = doubles(quantity, "quantity")
    weights = doubles(governance, "governance")
    same_length(range(weights.length), quantities.length, "governance")
    supply, borrowed = _supply(quantities.length, **known)
    answer = _answer(library.critmin_hhi_wgi, quantities.pointer, weights.pointer, quantities.length, byref(supply))
    del borrowed
    return answer


def governance(estimates: Numbers, worst: float = -2.5, best: float = 2.5) -> Answer:
    """W of a country, 0 to 10, from governance estimates (the six World Bank dimensions, None or NaN where missing)."""
    scores = doubles(estimates, "estimates")
    ends = number(worst, "worst"), number(best, "best")
    return _answer(library.critmin_governance, scores.pointer, scores.length, *ends)


def n_minus_1(quantity: Numbers, index: int, demand: Optional[float] = None, **known: Unpack[Known]) -> Answer:
    """
    What is left of supply when the producer at `index` stops, over all demand, gross: (S - S_index) / D. Without a
    `demand`, D is the whole supply.
    """
    return _market(library.critmin_n_minus_1, quantity, known, clamp(index, INT64, "index"), number(demand, "demand"))


class Batch(NamedTuple):
    """One number for each market: arrays of the module array, which numpy.asarray() takes without copying."""

    hhi: array.array[float]
    hhi_wgi: Optional[array.array[float]]
    cr1: array.array[float]


def concentration_batch(quantity: Any, governance: Any = None, threads: int = 0) -> Batch:
    """
    HHI, governance-weighted HHI and largest share of many markets in one pass, values only, no bounds. `quantity` is a
    numpy array, or a list of lists, of one row a market; `governance` of weights 0 to 10 for its columns, one row for
    all markets or rows that they take in turn. `threads` 0 is one per processor; the bits do not depend on it.
    """
    quantities = matrix(quantity, "quantity")
    markets, producers = quantities.shape
    weights = None if governance is None else matrix(governance, "governance")
    if weights is not None and weights.shape[1] != producers:
        raise argument_error(
            f"governance has {weights.shape[1]} columns, quantity {producers}: give one for each producer"
        )
    blank = array.array("d", [math.nan]) * markets
    batch = Batch(blank[:], None if weights is None else blank[:], blank[:])
    results = [None if made is None else cast(made.buffer_info()[0], POINTER(c_double)) for made in batch]
    call(
        library.critmin_concentration_batch, quantities.pointer, markets, producers,
        None if weights is None else weights.pointer, 0 if weights is None else weights.shape[0], *results,
        clamp(threads, INT32, "threads"),
    )
    return batch
