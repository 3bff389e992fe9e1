# SPDX-License-Identifier: MIT
"""Kernels: what a product rests on, by its bill of materials, and what a company buys, by its ledger."""
from __future__ import annotations

from ctypes import byref, c_double, c_int64, sizeof
from typing import TYPE_CHECKING, Any, Dict, List, NamedTuple, Optional, Sequence

from . import _ffi
from ._arrays import Numbers, doubles, int32s, number, same_length
from ._call import INT32, call, clamp
from ._dependency import Quantity, _interval
from ._errors import argument_error
from ._kernels import Answer, _answer
from ._library import library
from ._network import Country, Network, _room

if TYPE_CHECKING:
    from typing import TypedDict

    from typing_extensions import Unpack

    class Materials(TypedDict, total=False):
        """What else is known of the materials, each an entry for every one of them; all of it optional."""

        price: Numbers
        essential: Sequence[bool]
        group: Sequence[Optional[int]]

WEIGHTS = {"mass": _ffi.CRITMIN_BY_MASS, "cost": _ffi.CRITMIN_BY_COST}
SCORES = {
    "sum": _ffi.CRITMIN_SCORE_SUM, "mass": _ffi.CRITMIN_SCORE_MASS_MEAN, "cost": _ffi.CRITMIN_SCORE_COST_MEAN,
    "greatest": _ffi.CRITMIN_SCORE_GREATEST, "geometric": _ffi.CRITMIN_SCORE_GEOMETRIC,
}


class Limiting(NamedTuple):
    """An answer and the material it comes from, by its place; None where none is known."""

    answer: Answer
    material: Optional[int]


class Ledger(NamedTuple):
    """Origin of what was bought. Shares, other and unknown are 1 together; `imputed` is what was taken from suppliers' countries."""

    share: Dict[Country, float]
    other: Dict[Country, float]
    unknown: float
    imputed: float


def _bill(mass: Numbers, borrowed: List[object], price: Optional[Numbers] = None, essential: Optional[Sequence[bool]] = None,
          group: Optional[Sequence[Optional[int]]] = None) -> Any:
    bill = _ffi.critmin_bill()
    library.critmin_bill_init(byref(bill))
    bill.struct_size = sizeof(bill)
    masses = doubles(mass, "mass")
    bill.mass, bill.count = masses.pointer, masses.length
    borrowed.append(masses)
    if price is not None:
        prices = doubles(price, "price")
        same_length(range(prices.length), masses.length, "price")
        bill.price = prices.pointer
        borrowed.append(prices)
    for name, values in (("essential", None if essential is None else [int(mark) for mark in essential]),
                         ("group", None if group is None else [-1 if member is None else member for member in group])):
        if values is not None:
            same_length(values, masses.length, name)
            lent = int32s(values)
            setattr(bill, name, lent.pointer)
            borrowed.append(lent)
    return bill


def _intervals(values: Sequence[Quantity], bill: Any, what: str) -> Any:
    same_length(values, bill.count, what)
    return (_ffi.critmin_interval * max(len(values), 1))(*(_interval(value, what) for value in values))


def bill_share(mass: Numbers, share: Sequence[Quantity], *, by: str = "mass", **materials: Unpack[Materials]) -> Answer:
    """Share of a product, by `mass` or `cost`, that comes from the countries which each material's `share` is of."""
    if by not in WEIGHTS:
        raise argument_error(f"by is one of {', '.join(WEIGHTS)}, not {by!r}")
    borrowed: List[object] = []
    bill = _bill(mass, borrowed, **materials)
    return _answer(library.critmin_bill_share, byref(bill), _intervals(share, bill, "share"), WEIGHTS[by])


def bill_touch(mass: Numbers, share: Sequence[Quantity], **materials: Unpack[Materials]) -> Answer:
    """Probability that some of the materials, one lot each, is from these countries."""
    borrowed: List[object] = []
    bill = _bill(mass, borrowed, **materials)
    return _answer(library.critmin_bill_touch, byref(bill), _intervals(share, bill, "share"))


def _limiting(function: Any, mass: Numbers, values: Sequence[Quantity], what: str, materials: Any) -> Limiting:
    borrowed: List[object] = []
    bill = _bill(mass, borrowed, **materials)
    material = c_int64()
    answer = _answer(function, byref(bill), _intervals(values, bill, what), byref(material))
    return Limiting(answer, None if material.value < 0 else material.value)


def bill_limiting(mass: Numbers, share: Sequence[Quantity], **materials: Unpack[Materials]) -> Limiting:
    """The greatest share among the materials that the product cannot be built without."""
    return _limiting(library.critmin_bill_limiting, mass, share, "share", materials)


def bill_fill(mass: Numbers, fill: Sequence[Quantity], **materials: Unpack[Materials]) -> Limiting:
    """What part of the product can still be built when each material arrives by its part `fill`."""
    return _limiting(library.critmin_bill_fill, mass, fill, "fill", materials)


def bill_leverage(mass: Numbers, share: Sequence[Quantity], *, value_added: float, **materials: Unpack[Materials]) -> Answer:
    """Value added by the product over the cost of its limiting material."""
    borrowed: List[object] = []
    bill = _bill(mass, borrowed, **materials)
    return _answer(library.critmin_bill_leverage, byref(bill), _intervals(share, bill, "share"),
                   number(value_added, "value_added"))


def bill_score(mass: Numbers, score: Sequence[Quantity], *, how: str = "sum", **materials: Unpack[Materials]) -> Answer:
    """Score of a product from those of its materials: their `sum` by mass, a `mass`, `cost` or `geometric` mean, or the `greatest`."""
    if how not in SCORES:
        raise argument_error(f"how is one of {', '.join(SCORES)}, not {how!r}")
    borrowed: List[object] = []
    bill = _bill(mass, borrowed, **materials)
    return _answer(library.critmin_bill_score, byref(bill), _intervals(score, bill, "score"), SCORES[how])


def ledger_origin(network: Network, purchases: Sequence[Any], *, stage: int = -1, at: int = 0) -> Ledger:
    """
    Origin of what a company bought: (supplier's country, tonnes) of each purchase, or (supplier's country, tonnes, origin) where the
    origin is known. Elsewhere the supplier's country answers with the mix of its pool.
    """
    names = network._names
    rows = [(*purchase, None)[:3] for purchase in purchases]
    supplier = int32s([names.at(row[0]) for row in rows])
    tonnes = doubles([row[1] for row in rows], "tonnes")
    origin = int32s([-1 if row[2] is None else names.at(row[2]) for row in rows])
    share, to_share = _room(names.count)
    other, to_other = _room(names.count)
    unknown, imputed = c_double(), c_double()
    with network._handle as handle:
        call(library.critmin_ledger_origin, handle, clamp(stage + network.stages if stage < 0 else stage, INT32, "stage"),
             clamp(at, INT32, "at"), supplier.pointer, tonnes.pointer, origin.pointer, len(rows), to_share, to_other,
             byref(unknown), byref(imputed))
    return Ledger(names.by_name(share), names.by_name(other), unknown.value, imputed.value)
