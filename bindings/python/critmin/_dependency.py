# SPDX-License-Identifier: MIT
"""Kernels: how far a country or a group depends on imports, and on whom, over one's own numbers."""
from __future__ import annotations

from ctypes import byref, sizeof
from typing import TYPE_CHECKING, Any, NamedTuple, Optional, Tuple, Union

from . import _ffi
from ._arrays import Numbers, doubles, number
from ._call import INT64, call, clamp
from ._errors import argument_error
from ._kernels import Answer, _answer, _supply
from ._library import library

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._kernels import Known

Quantity = Union[float, Tuple[float, float], Tuple[Optional[float], float, float], None]
"""A number; or (low, high), the interval it lies in; or (number, low, high); None where it is not known."""

DENOMINATORS = {
    "supply": _ffi.CRITMIN_OVER_SUPPLY, "imports": _ffi.CRITMIN_OVER_IMPORTS,
    "consumption": _ffi.CRITMIN_OVER_CONSUMPTION, "net": _ffi.CRITMIN_NET_OVER_CONSUMPTION,
}


def _interval(quantity: Quantity, name: str) -> Any:
    if not isinstance(quantity, tuple):
        parts: Tuple[Optional[float], ...] = (quantity, None, None)
    elif len(quantity) == 2:
        parts = (None, *quantity)
    elif len(quantity) == 3:
        parts = quantity
    else:
        raise argument_error(f"{name} is a number, (low, high), or (number, low, high), not {quantity!r}")
    return _ffi.critmin_interval(*(number(part, name) for part in parts))


def _balance(**terms: Quantity) -> Any:
    balance = _ffi.critmin_balance()
    library.critmin_balance_init(byref(balance))
    balance.struct_size = sizeof(balance)
    for name, quantity in terms.items():
        setattr(balance, name, _interval(quantity, name))
    return byref(balance)


def apparent_consumption(*, production: Quantity, imports: Quantity, exports: Quantity, secondary: Quantity = 0.0,
                         stock_change: Quantity = 0.0) -> Answer:
    """Apparent consumption P + R + M - X + dS, in the unit of the terms; `stock_change` is above zero for a release."""
    return _answer(library.critmin_apparent_consumption, _balance(
        production=production, imports=imports, exports=exports, secondary=secondary, stock_change=stock_change))


def net_import_reliance(*, imports: Quantity, exports: Quantity, production: Quantity = None, secondary: Quantity = 0.0,
                        stock_change: Quantity = 0.0, apparent_consumption: Quantity = None) -> Answer:
    """Net import reliance (M - X + dS) / AC, at most 1. Either production or the published consumption is needed."""
    return _answer(library.critmin_net_import_reliance, _balance(
        production=production, imports=imports, exports=exports, secondary=secondary, stock_change=stock_change,
        apparent_consumption=apparent_consumption))


def import_reliance(*, production: Quantity, imports: Quantity, exports: Quantity) -> Answer:
    """Import reliance (M - X) / (P + M - X), 0 to 1, as the European Commission defines it."""
    return _answer(library.critmin_import_reliance, _balance(production=production, imports=imports, exports=exports))


def self_sufficiency(*, production: Quantity, imports: Quantity, exports: Quantity, secondary: Quantity = 0.0,
                     stock_change: Quantity = 0.0, apparent_consumption: Quantity = None) -> Answer:
    """Self-sufficiency (P + R) / AC; above 1 for a net exporter."""
    return _answer(library.critmin_self_sufficiency, _balance(
        production=production, imports=imports, exports=exports, secondary=secondary, stock_change=stock_change,
        apparent_consumption=apparent_consumption))


def trade_exposure(*, imports: Quantity, exports: Quantity, production: Quantity = None, secondary: Quantity = 0.0,
                   stock_change: Quantity = 0.0, apparent_consumption: Quantity = None) -> Answer:
    """Trade exposure: the net import reliance cut to 0 to 1."""
    return _answer(library.critmin_trade_exposure, _balance(
        production=production, imports=imports, exports=exports, secondary=secondary, stock_change=stock_change,
        apparent_consumption=apparent_consumption))


def partner_share(imports_from: Quantity, *, imports: Quantity, production: Quantity = None, exports: Quantity = None,
                  secondary: Quantity = 0.0, stock_change: Quantity = 0.0, apparent_consumption: Quantity = None,
                  exports_to: Quantity = None, over: str = "supply") -> Answer:
    """
    Dependence on one partner: its deliveries over the `supply`, the `imports`, or the `consumption`; or `net`, less what is
    exported to it, over the consumption.
    """
    if over not in DENOMINATORS:
        raise argument_error(f"over is one of {', '.join(DENOMINATORS)}, not {over!r}")
    balance = _balance(production=production, imports=imports, exports=exports, secondary=secondary, stock_change=stock_change,
                       apparent_consumption=apparent_consumption)
    return _answer(library.critmin_partner_share, balance, byref(_interval(imports_from, "imports_from")),
                   byref(_interval(exports_to, "exports_to")), DENOMINATORS[over])


class Corrected(NamedTuple):
    """Imports and exports without re-exports, each (number, low, high), as the other kernels take them."""

    imports: Tuple[float, float, float]
    exports: Tuple[float, float, float]


REEXPORTS = {
    "reported": _ffi.CRITMIN_REEXPORT_REPORTED, "proportional": _ffi.CRITMIN_REEXPORT_PROPORTIONAL,
    "largest": _ffi.CRITMIN_REEXPORT_LARGEST,
}


def reexport_correction(*, imports: Quantity, exports: Quantity, production: Quantity = None, secondary: Quantity = 0.0,
                        rule: str = "proportional", reported: Quantity = None) -> Corrected:
    """
    Takes re-exports out of both imports and exports: what is `reported` as such, the part that a well-mixed pool re-exports
    (`proportional`), or all that can be (`largest`).
    """
    if rule not in REEXPORTS:
        raise argument_error(f"rule is one of {', '.join(REEXPORTS)}, not {rule!r}")
    made = _ffi.critmin_balance()
    library.critmin_balance_init(byref(made))
    call(library.critmin_reexport_correction,
         _balance(production=production, secondary=secondary, imports=imports, exports=exports), REEXPORTS[rule],
         byref(_interval(reported, "reported")), byref(made))
    return Corrected(*((left.value, left.low, left.high) for left in (made.imports, made.exports)))


def n_minus_1_net(quantity: Numbers, index: int, *, demand: float, own_demand: Optional[float], **known: Unpack[Known]) -> Answer:
    """What is left of supply when the producer at `index` stops, over the demand of everybody else (IEA's N-1)."""
    quantities = doubles(quantity, "quantity")
    supply, borrowed = _supply(quantities.length, **known)
    answer = _answer(library.critmin_n_minus_1_net, quantities.pointer, quantities.length, clamp(index, INT64, "index"),
                     number(demand, "demand"), number(own_demand, "own_demand"), byref(supply))
    del borrowed
    return answer
