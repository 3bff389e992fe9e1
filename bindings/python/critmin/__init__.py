# SPDX-License-Identifier: MIT
"""
Who depends on whom for critical minerals.

    import critmin
    with critmin.open(":reference:") as store:
        t = store.metric("hhi", "cr3", mineral="cobalt", stage="mining", year=(2021, 2024))
        for row in t:
            print(row.mineral, row.year, row.value, row.low, row.high)
        print(t.explain(0))

A Store holds facts with their sources; store.metric() computes, in one call, a Table of answers, each with its
interval, flags, source and edition. The kernels, such as critmin.hhi([50, 30, 20]), do without a store. Every failure
is a critmin.Error, of a subclass for each status.
"""
from typing import TYPE_CHECKING

from . import _errors, _library
from ._dependency import (
    apparent_consumption,
    import_reliance,
    n_minus_1_net,
    net_import_reliance,
    partner_share,
    self_sufficiency,
    trade_exposure,
)
from ._errors import Error
from ._kernels import (
    FLAGS,
    Answer,
    Batch,
    concentration_batch,
    concentration_ratio,
    cr1,
    cr3,
    cr5,
    effective_number,
    evenness,
    governance,
    hhi,
    hhi_normalised,
    hhi_wgi,
    n_minus_1,
    shannon,
    share,
    shares,
)
from ._model import Model, metrics, parameters
from ._record import Item, Items, Record, fields
from ._store import Store, init, open
from ._table import Row, Table

if TYPE_CHECKING:
    from ._statuses import *

__version__ = "0.1.0"

__all__ = [
    "FLAGS", "Answer", "Batch", "Error", "Item", "Items", "Model", "Record", "Row", "Store", "Table",
    "apparent_consumption", "concentration_batch", "concentration_ratio", "cr1", "cr3", "cr5", "effective_number", "evenness", "fields",
    "governance", "hhi", "hhi_normalised", "hhi_wgi", "import_reliance", "init", "metrics", "n_minus_1", "n_minus_1_net",
    "net_import_reliance", "open", "parameters", "partner_share", "self_sufficiency", "shannon", "share", "shares",
    "trade_exposure", "version",
]

globals().update({made.__name__: made for made in _errors.CLASSES.values()})


def version() -> str:
    """The version of the library that runs."""
    text: bytes = _library.library.critmin_version()
    return text.decode()
