# SPDX-License-Identifier: MIT
"""Kernels: what is left of a dependency once commitments are counted."""
from __future__ import annotations

import array
from ctypes import POINTER, byref, c_double, c_int32, cast, sizeof
from typing import TYPE_CHECKING, Any, List, NamedTuple, Optional, Sequence, Tuple

from . import _ffi
from ._arrays import Numbers, doubles, int32s, number, same_length
from ._call import INT32, call, clamp
from ._dependency import Quantity, _interval
from ._errors import argument_error
from ._kernels import Answer, _answer
from ._library import library

if TYPE_CHECKING:
    from typing import TypedDict

    from typing_extensions import Unpack

    from ._network import Countries, Network

    class Terms(TypedDict, total=False):
        """Terms of commitments besides their tonnes, each a number for every commitment; all of it optional."""

        probability: Numbers
        ramp: Numbers
        additional: Numbers
        reaches: Numbers
        correlation: float
        displacement: str

DISPLACEMENT = {
    "targeted": _ffi.CRITMIN_DISPLACE_TARGETED, "proportional": _ffi.CRITMIN_DISPLACE_PROPORTIONAL,
}


class Chain(NamedTuple):
    """What commitments bring through a chain."""

    tonnes: float
    binding: Optional[int]
    """The stage that holds back most of what does not arrive; None where all does."""


def _commitments(tonnes: Numbers, borrowed: List[object], probability: Optional[Numbers] = None,
                 ramp: Optional[Numbers] = None, additional: Optional[Numbers] = None, reaches: Optional[Numbers] = None,
                 correlation: float = 0.0, displacement: str = "targeted") -> Any:
    if displacement not in DISPLACEMENT:
        raise argument_error(f"displacement is one of {', '.join(DISPLACEMENT)}, not {displacement!r}")
    commitments = _ffi.critmin_commitments()
    library.critmin_commitments_init(byref(commitments))
    commitments.struct_size = sizeof(commitments)
    amounts = doubles(tonnes, "tonnes")
    commitments.tonnes, commitments.count = amounts.pointer, amounts.length
    borrowed.append(amounts)
    for name, values in (("probability", probability), ("ramp", ramp), ("additional", additional), ("reaches", reaches)):
        if values is not None:
            lent = doubles(values, name)
            same_length(range(lent.length), amounts.length, name)
            setattr(commitments, name, lent.pointer)
            borrowed.append(lent)
    commitments.correlation = number(correlation, "correlation")
    commitments.displacement = DISPLACEMENT[displacement]
    return commitments


def ramp(start: float, months: float, year: int) -> float:
    """Share of a contract's yearly tonnes due in a year, where deliveries grow evenly over some months from `start` (2024.5)."""
    share = c_double()
    call(library.critmin_ramp, number(start, "start"), number(months, "months"), clamp(year, INT32, "year"), byref(share))
    return share.value


def committed_tonnes(tonnes: Numbers, **terms: Unpack[Terms]) -> Answer:
    """Tonnes to be expected of commitments, and the least and most that they can bring."""
    borrowed: List[object] = []
    return _answer(library.critmin_committed_tonnes, byref(_commitments(tonnes, borrowed, **terms)))


def _places(network: Network, places: Sequence[Tuple[int, Any, Any]], commitments: Any, borrowed: List[object]) -> None:
    same_length(places, commitments.count, "places")
    if any(len(place) != 3 for place in places):
        raise argument_error("a place is (stage, seller, buyer)")
    for name, values in (("stage", [place[0] for place in places]),
                         ("seller", [network._names.at(place[1]) for place in places]),
                         ("buyer", [network._names.at(place[2]) for place in places])):
        lent = int32s(values)
        setattr(commitments, name, lent.pointer)
        borrowed.append(lent)


def effective_dependency(exposed: Quantity, tonnes: Numbers, *, demand: float, network: Optional[Network] = None,
                         buyer: Optional[Countries] = None, origin: Optional[Countries] = None,
                         places: Sequence[Tuple[int, Any, Any]] = (), stage: int = -1, at: int = 0,
                         **terms: Unpack[Terms]) -> Answer:
    """
    The mean, over all that commitments may bring, of what is still exposed, as a share of demand. With a `network`, its
    `buyer` and the countries of `origin` that one depends on, `places` says (stage, seller, buyer) of each commitment, and what
    cannot come through the chain without these countries does not count.
    """
    borrowed: List[object] = []
    commitments = _commitments(tonnes, borrowed, **terms)
    amount = byref(_interval(exposed, "exposed"))
    if network is None:
        return _answer(library.critmin_effective_dependency, amount, number(demand, "demand"), byref(commitments))
    trace, origins, count = _chain(network, buyer, origin, places, stage, at, commitments, borrowed)
    with network._handle as handle:
        return _answer(library.critmin_effective_dependency_chain, handle, byref(trace), origins.pointer, count, amount,
                       number(demand, "demand"), byref(commitments))


def _chain(network: Network, buyer: Optional[Countries], origin: Optional[Countries], places: Sequence[Tuple[int, Any, Any]],
           stage: int, at: int, commitments: Any, borrowed: List[object]) -> "Tuple[Any, Any, int]":
    if buyer is None or origin is None:
        raise argument_error("through a network, `buyer` and `origin` must be said")
    _places(network, places, commitments, borrowed)
    trace = network._trace(buyer, stage, at, None, False, False, borrowed)
    origins, count = network._names.places(origin)
    return trace, origins, count


def chain_tonnes(network: Network, buyer: Countries, origin: Countries, tonnes: Numbers, *,
                 places: Sequence[Tuple[int, Any, Any]], stage: int = -1, at: int = 0, **terms: Unpack[Terms]) -> Chain:
    """What commitments bring to the buyers, all performing, with the countries of `origin` taken out of the chain."""
    borrowed: List[object] = []
    commitments = _commitments(tonnes, borrowed, **terms)
    trace, origins, count = _chain(network, buyer, origin, places, stage, at, commitments, borrowed)
    arrives, binding = c_double(), c_int32()
    with network._handle as handle:
        call(library.critmin_chain_tonnes, handle, byref(trace), origins.pointer, count, byref(commitments), byref(arrives),
             byref(binding))
    return Chain(arrives.value, None if binding.value < 0 else binding.value)


def effective_dependency_law(exposed: float, tonnes: Numbers, levels: Numbers, *, demand: float,
                             **terms: Unpack[Terms]) -> List[float]:
    """The probability that the effective dependency is at most each of the levels."""
    borrowed: List[object] = []
    commitments = _commitments(tonnes, borrowed, **terms)
    asked = doubles(levels, "levels")
    made = array.array("d", bytes(8 * asked.length))
    call(library.critmin_effective_dependency_law, byref(_interval(exposed, "exposed")), number(demand, "demand"),
         byref(commitments), asked.pointer, asked.length, cast(made.buffer_info()[0], POINTER(c_double)))
    return list(made)
