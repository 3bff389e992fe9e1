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
from ._bill import (
    Ledger,
    Limiting,
    bill_fill,
    bill_leverage,
    bill_limiting,
    bill_score,
    bill_share,
    bill_touch,
    ledger_origin,
)
from ._composite import Robustness, Scores, composite_score, leave_one_out, normalise, rank_robustness
from ._criticality import (
    Benchmark,
    bgs_risk,
    crma_benchmark,
    eu_bottleneck,
    eu_economic_importance,
    eu_group,
    eu_supply_risk,
    geopolrisk_cf,
    geopolrisk_midpoint,
    geopolrisk_risk,
    geopolrisk_score,
    hhi_wgi_t,
    hoskins,
    nstc_criticality_potential,
    path_to_target,
    preset,
    presets,
    scarce_supply_risk,
    time_to_target,
    trade_parameter,
    usgs_disruption_potential,
    usgs_expected_effect,
    usgs_supply_risk,
)
from ._dependency import (
    Corrected,
    apparent_consumption,
    import_reliance,
    n_minus_1_net,
    net_import_reliance,
    partner_share,
    reexport_correction,
    self_sufficiency,
    trade_exposure,
)
from ._effective import Chain, chain_tonnes, committed_tonnes, effective_dependency, effective_dependency_law, ramp
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
from ._network import AllOrigins, Network, Origins, Pool, Stage
from ._ownership import owner_hhi, owner_share, ownership
from ._record import Item, Items, Record, fields
from ._scenario import Outcome, Scenario, scenario_keys
from ._store import Store, init, open
from ._table import Row, Table
from ._uncertainty import (
    Beta,
    Exponential,
    Geometric,
    Gradient,
    Lognormal,
    Moments,
    Quantiles,
    Rows,
    Sobol,
    Whole,
    corners,
    draw_shares,
    draw_terms,
    evaluate,
    gradient,
    moments,
    quantiles,
    sobol,
    sobol_draws,
    sobol_indices,
    tornado,
)

if TYPE_CHECKING:
    from ._statuses import *

__version__ = "0.1.0"

__all__ = [
    "AllOrigins", "Answer", "Batch", "Benchmark", "Beta", "Chain", "Corrected", "Error", "Exponential", "FLAGS", "Geometric", "Gradient", "Item",
    "Items", "Ledger", "Limiting", "Lognormal", "Model", "Moments", "Network", "Origins", "Outcome", "Pool",
    "Quantiles", "Record", "Robustness", "Row", "Rows", "Scenario", "Scores", "Sobol", "Stage", "Store", "Table", "Whole",
    "apparent_consumption", "bgs_risk", "bill_fill", "bill_leverage", "bill_limiting", "bill_score", "bill_share",
    "bill_touch", "chain_tonnes", "committed_tonnes", "composite_score", "concentration_batch",
    "concentration_ratio", "corners", "cr1", "cr3", "cr5", "crma_benchmark", "draw_shares", "draw_terms",
    "effective_dependency", "effective_dependency_law", "effective_number", "eu_bottleneck",
    "eu_economic_importance", "eu_group", "eu_supply_risk", "evaluate", "evenness", "fields", "geopolrisk_cf",
    "geopolrisk_midpoint", "geopolrisk_risk", "geopolrisk_score", "governance", "gradient", "hhi", "hhi_normalised",
    "hhi_wgi", "hhi_wgi_t", "hoskins", "import_reliance", "init", "leave_one_out", "ledger_origin", "metrics",
    "moments", "n_minus_1", "n_minus_1_net", "net_import_reliance", "normalise", "nstc_criticality_potential",
    "open", "owner_hhi", "owner_share", "ownership", "parameters", "partner_share", "path_to_target", "preset",
    "presets", "quantiles", "ramp", "rank_robustness", "reexport_correction", "scarce_supply_risk", "scenario_keys",
    "self_sufficiency", "shannon", "share", "shares", "sobol", "sobol_draws", "sobol_indices", "time_to_target",
    "tornado", "trade_exposure", "trade_parameter", "usgs_disruption_potential", "usgs_expected_effect", "usgs_supply_risk", "version",
]

globals().update({made.__name__: made for made in _errors.CLASSES.values()})


def version() -> str:
    """The version of the library that runs."""
    text: bytes = _library.library.critmin_version()
    return text.decode()
