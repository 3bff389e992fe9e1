# SPDX-License-Identifier: MIT
"""Kernels: who owns what is made, through chains of holdings, and how concentrated that is."""
from __future__ import annotations

import array
from ctypes import POINTER, c_double, cast
from typing import Any, List, Optional

from . import _ffi
from ._arrays import Doubles, Numbers, doubles, matrix, number
from ._call import INT64, call, clamp
from ._errors import argument_error
from ._kernels import RESIDUAL, Answer, _answer
from ._library import library

RULES = {"equity": _ffi.CRITMIN_OWNERSHIP_EQUITY, "control": _ffi.CRITMIN_OWNERSHIP_CONTROL}


def ownership(held: Any, owned: Any, *, rule: str = "equity") -> List[List[float]]:
    """
    Ultimate shares of final owners, one row for each and a last one for what nobody known owns. `held[i][j]` is the share of
    firm j that firm i holds, `owned[o][j]` the share of firm j that owner o holds directly. By `control`, more than half is all.
    """
    if rule not in RULES:
        raise argument_error(f"rule is one of {', '.join(RULES)}, not {rule!r}")
    among, direct = matrix(held, "held"), matrix(owned, "owned")
    firms = among.shape[1]
    if among.shape != (firms, firms):
        raise argument_error(f"held has {among.shape[0]} rows and {firms} columns: give one of each for every firm")
    owners = direct.shape[0]
    if owners and direct.shape[1] != firms:
        raise argument_error(f"owned has {direct.shape[1]} columns, and there are {firms} firms: give one for each")
    made = array.array("d", bytes(8 * (owners + 1) * firms))
    call(library.critmin_ownership, among.pointer, direct.pointer, firms, owners, RULES[rule],
         cast(made.buffer_info()[0], POINTER(c_double)), None)
    return [list(made[row * firms:(row + 1) * firms]) for row in range(owners + 1)]


def _holdings(output: Numbers, share: Any) -> "tuple[Doubles, Doubles, int]":
    outputs, shares = doubles(output, "output"), matrix(share, "share")
    if shares.shape[1] != outputs.length:
        raise argument_error(f"share has {shares.shape[1]} columns, and there are {outputs.length} assets: give one for each")
    return outputs, shares, shares.shape[0] - 1


def owner_hhi(output: Numbers, share: Any, *, total: Optional[float] = None, residual: str = "mid") -> Answer:
    """Concentration by owner: output of each asset, and the rows that ownership() gives, the unknown last."""
    if residual not in RESIDUAL:
        raise argument_error(f"residual is one of {', '.join(RESIDUAL)}, not {residual!r}")
    outputs, shares, owners = _holdings(output, share)
    return _answer(library.critmin_owner_hhi, outputs.pointer, shares.pointer, outputs.length, owners,
                   number(total, "total"), RESIDUAL[residual])


def owner_share(output: Numbers, share: Any, owner: int, *, total: Optional[float] = None) -> Answer:
    """Share of one owner in all output: known at the low end, with all that is unknown at the high end."""
    outputs, shares, owners = _holdings(output, share)
    return _answer(library.critmin_owner_share, outputs.pointer, shares.pointer, outputs.length, owners,
                   number(total, "total"), clamp(owner, INT64, "owner"))
