# SPDX-License-Identifier: MIT
"""Kernels: the published criticality methods, and targets, over one's own numbers."""
from __future__ import annotations

import array
from ctypes import POINTER, byref, c_char_p, c_double, c_int32, c_int64, cast, sizeof
from typing import TYPE_CHECKING, Any, Iterable, List, NamedTuple, Optional, Sequence, Tuple

from . import _ffi
from ._arrays import Numbers, doubles, int32s, matrix, number, same_length
from ._call import INT32, INT64, call, clamp, encode
from ._dependency import Quantity, _interval
from ._errors import argument_error
from ._kernels import Answer, _answer, _supply, _to_answer
from ._library import library
from ._table import Table

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._kernels import Known


def presets() -> Table:
    """Every constant of every published method: its value, its source, and whether it was read there."""
    return Table.made_by(library.critmin_preset_list)


def preset(method: str, constant: str) -> float:
    """One constant, such as preset("eu_2017", "governance_best")."""
    value = c_double()
    call(library.critmin_preset, encode(method), encode(constant), byref(value), None)
    return value.value


def hhi_wgi_t(quantity: Numbers, governance: Numbers, trade: Numbers, *, trade_highest: float = 1.5,
              **known: Unpack[Known]) -> Answer:
    """
    Governance- and trade-weighted index, the sum of squared shares times W times t. `trade` is the t of each producer, 1
    where nothing applies; `trade_highest` the greatest of the table in use, for producers that are not listed.
    """
    quantities, weights, measures = doubles(quantity, "quantity"), doubles(governance, "governance"), doubles(trade, "trade")
    same_length(range(weights.length), quantities.length, "governance")
    same_length(range(measures.length), quantities.length, "trade")
    supply, borrowed = _supply(quantities.length, **known)
    answer = _answer(library.critmin_hhi_wgi_t, quantities.pointer, weights.pointer, measures.pointer, quantities.length,
                     number(trade_highest, "trade_highest"), byref(supply))
    del borrowed
    return answer


def trade_parameter(table: Iterable[Tuple[str, float, Optional[bool], float]], measure: str, rate: float = 0.0, *,
                    agreement: bool = False) -> float:
    """
    t of a country from a table of trade measures: rows of measure, rate it holds from, whether a trade agreement has to be
    in force (None: either), and t. The row of the measure with the greatest rate not above; 1 where none applies.
    """
    rows = list(table)
    names = [encode(row[0]) for row in rows]
    value = c_double()
    call(library.critmin_trade_parameter, (c_char_p * len(rows))(*names), (c_double * len(rows))(*(row[1] for row in rows)),
         (c_int32 * len(rows))(*(-1 if row[2] is None else int(row[2]) for row in rows)),
         (c_double * len(rows))(*(row[3] for row in rows)), len(rows), encode(measure), number(rate, "rate"),
         int(agreement), byref(value), None)
    return value.value


def _terms(structure: Any, start: Any, edition: Optional[int] = None, **terms: Quantity) -> Any:
    made = structure()
    start(byref(made))
    made.struct_size = sizeof(made)
    if edition is not None:
        made.edition = clamp(edition, INT32, "edition")
    for name, quantity in terms.items():
        setattr(made, name, _interval(quantity, name))
    return made


def _intervals(quantities: Iterable[Quantity], name: str) -> Tuple[Any, int]:
    listed = [_interval(quantity, name) for quantity in quantities]
    return (_ffi.critmin_interval * len(listed))(*listed), len(listed)


def eu_supply_risk(*, global_supply: Quantity, recycling: Quantity, substitution: Quantity, eu_sourcing: Quantity = None,
                   import_reliance: Quantity = None, edition: int = 2023) -> Answer:
    """
    Supply risk of the European Commission at one stage, critical from 1, from the weighted indices of world production and
    of what the EU uses, its import reliance, the recycling input rate and the substitution index.
    """
    terms = _terms(_ffi.critmin_eu_supply, library.critmin_eu_supply_init, edition, global_supply=global_supply,
                   eu_sourcing=eu_sourcing, import_reliance=import_reliance, recycling=recycling, substitution=substitution)
    return _answer(library.critmin_eu_supply_risk, byref(terms))


def eu_bottleneck(scores: Iterable[Quantity]) -> Tuple[Answer, Optional[int]]:
    """The greatest of the scores of a material's stages, and its index."""
    listed, n = _intervals(scores, "scores")
    part = c_int64()
    answer = _answer(library.critmin_eu_combine, listed, n, _ffi.CRITMIN_COMBINE_GREATEST, byref(part))
    return answer, None if part.value < 0 else part.value


def eu_group(scores: Iterable[Quantity]) -> Answer:
    """The mean of the scores of a group's members."""
    listed, n = _intervals(scores, "scores")
    return _answer(library.critmin_eu_combine, listed, n, _ffi.CRITMIN_COMBINE_MEAN, None)


def eu_economic_importance(share: Numbers, value_added: Numbers, *, denominator: float, substitution: Quantity = None,
                           renormalise: bool = False, edition: int = 2023) -> Answer:
    """
    Economic importance of the European Commission, 0 to 10, critical from 2.8: shares of use, the value added of the sector
    of each (None: no sector), and the greatest value added of a manufacturing sector; before 2017, GDP.
    """
    uses = _terms(_ffi.critmin_eu_uses, library.critmin_eu_uses_init, edition, substitution=substitution)
    shares, added = doubles(share, "share"), doubles(value_added, "value_added")
    same_length(range(added.length), shares.length, "value_added")
    uses.share, uses.value_added, uses.n = shares.pointer, added.pointer, shares.length
    uses.denominator = number(denominator, "denominator")
    uses.renormalise = 1 if renormalise else 0
    return _answer(library.critmin_eu_economic_importance, byref(uses))


def geopolrisk_risk(stability: Optional[float]) -> Answer:
    """Risk of a partner, 0 to 1, from its estimate of political stability, -2.5 to 2.5."""
    return _answer(library.critmin_geopolrisk_risk, number(stability, "stability"))


def _geopolrisk(function: Any, imports: Numbers, risk: Numbers, low: Optional[Numbers], high: Optional[Numbers],
                reference: Optional[float] = None, **terms: Quantity) -> Answer:
    made = _terms(_ffi.critmin_geopolrisk, library.critmin_geopolrisk_init, None, **terms)
    bought = doubles(imports, "imports")
    borrowed = [bought]
    made.imports, made.n = bought.pointer, bought.length
    for name, values in (("risk", risk), ("low", low), ("high", high)):
        if values is not None:
            lent = doubles(values, name)
            same_length(range(lent.length), bought.length, name)
            setattr(made, name, lent.pointer)
            borrowed.append(lent)
    if reference is not None:
        made.reference = number(reference, "reference")
    answer = _answer(function, byref(made))
    del borrowed
    return answer


def geopolrisk_score(imports: Numbers, risk: Numbers, *, hhi: Quantity, production: Quantity = 0.0,
                     low: Optional[Numbers] = None, high: Optional[Numbers] = None) -> Answer:
    """
    GeoPolRisk score, 0 to 1: imports from each partner and its risk (None: no score), the index of world production, and
    one's own production in the unit of the imports.
    """
    return _geopolrisk(library.critmin_geopolrisk_score, imports, risk, low, high, hhi=hhi, production=production)


def geopolrisk_midpoint(imports: Numbers, risk: Numbers, *, hhi: Quantity, price: Quantity, production: Quantity = 0.0,
                        low: Optional[Numbers] = None, high: Optional[Numbers] = None) -> Answer:
    """GeoPolRisk score times price."""
    return _geopolrisk(library.critmin_geopolrisk_midpoint, imports, risk, low, high, hhi=hhi, production=production,
                       price=price)


def geopolrisk_cf(imports: Numbers, risk: Numbers, *, hhi: Quantity, price: Quantity, production: Quantity = 0.0,
                  low: Optional[Numbers] = None, high: Optional[Numbers] = None,
                  reference: Optional[float] = None) -> Answer:
    """GeoPolRisk characterisation factor in kg copper equivalents per kg; `price` in USD per kg."""
    return _geopolrisk(library.critmin_geopolrisk_cf, imports, risk, low, high, reference, hhi=hhi, production=production,
                       price=price)


def usgs_disruption_potential(quantity: Numbers, ability: Numbers, willingness: Numbers, **known: Unpack[Known]) -> Answer:
    """The sum of squared shares times ability times willingness to supply, both 0 (able, willing) to 1, not scaled."""
    quantities, able, willing = doubles(quantity, "quantity"), doubles(ability, "ability"), doubles(willingness, "willingness")
    same_length(range(able.length), quantities.length, "ability")
    same_length(range(willing.length), quantities.length, "willingness")
    supply, borrowed = _supply(quantities.length, **known)
    answer = _answer(library.critmin_usgs_disruption_potential, quantities.pointer, able.pointer, willing.pointer,
                     quantities.length, byref(supply))
    del borrowed
    return answer


def usgs_supply_risk(disruption_potential: Quantity, trade_exposure: Quantity, economic_vulnerability: Quantity) -> Answer:
    """Supply risk of the US Geological Survey: the geometric mean of three factors, each scaled to 0 to 1."""
    return _answer(library.critmin_usgs_supply_risk, byref(_interval(disruption_potential, "disruption_potential")),
                   byref(_interval(trade_exposure, "trade_exposure")),
                   byref(_interval(economic_vulnerability, "economic_vulnerability")))


def usgs_expected_effect(probability: Iterable[Quantity], effect: Iterable[Quantity]) -> Answer:
    """Expected economic effect: the sum over scenarios of probability times change of GDP."""
    likely, n = _intervals(probability, "probability")
    effects, other = _intervals(effect, "effect")
    same_length(range(other), n, "effect")
    return _answer(library.critmin_usgs_expected_effect, likely, effects, n)


def nstc_criticality_potential(supply_risk: Quantity, production_growth: Quantity, market_dynamics: Quantity) -> Answer:
    """Early-warning screening: the geometric mean of three indicators, each scaled to 0 to 1."""
    return _answer(library.critmin_nstc_criticality_potential, byref(_interval(supply_risk, "supply_risk")),
                   byref(_interval(production_growth, "production_growth")),
                   byref(_interval(market_dynamics, "market_dynamics")))


def bgs_risk(scores: Numbers, *, edition: int = 2015) -> Answer:
    """Risk list of the British Geological Survey, up to 10, from the scores of its criteria; None where there is none."""
    given = doubles(scores, "scores")
    return _answer(library.critmin_bgs_risk, clamp(edition, INT32, "edition"), given.pointer, given.length)


def hoskins(quantity: Numbers, risk: Numbers, *, own: Optional[int] = None, **known: Unpack[Known]) -> Answer:
    """Hoskins index, 0 to 10; `risk` 0 to 10 of each producer, `own` the index of the country that looks."""
    quantities, risks = doubles(quantity, "quantity"), doubles(risk, "risk")
    same_length(range(risks.length), quantities.length, "risk")
    supply, borrowed = _supply(quantities.length, **known)
    answer = _answer(library.critmin_hoskins, quantities.pointer, risks.pointer, quantities.length,
                     -1 if own is None else clamp(own, INT64, "own"), byref(supply))
    del borrowed
    return answer


def scarce_supply_risk(indicators: Any, target: Numbers, rising: Sequence[bool]) -> List[float]:
    """Supply risk of SCARCE, 0 to 1 over the materials given: one row of indicators for each material."""
    rows, targets = matrix(indicators, "indicators"), doubles(target, "target")
    materials, n = rows.shape
    for values, name in ((range(targets.length), "target"), (rising, "rising")):
        if len(values) != n:
            raise argument_error(f"{name} has {len(values)} entries, a row of indicators {n}: give one for each")
    marks = int32s(1 if mark else 0 for mark in rising)
    scores = array.array("d", bytes(8 * materials))
    call(library.critmin_scarce_supply_risk, rows.pointer, materials, n, targets.pointer, marks.pointer,
         cast(scores.buffer_info()[0], POINTER(c_double)))
    return list(scores)


class Benchmark(NamedTuple):
    """Where one stands against a benchmark: a share, how far it is on the wrong side, and that in tonnes."""

    share: Answer
    gap: Answer
    tonnes: Answer


CRMA = {"extraction": _ffi.CRITMIN_CRMA_EXTRACTION, "processing": _ffi.CRITMIN_CRMA_PROCESSING,
        "recycling": _ffi.CRITMIN_CRMA_RECYCLING, "imports": _ffi.CRITMIN_CRMA_IMPORTS}


def crma_benchmark(benchmark: str, amount: Quantity, consumption: Quantity) -> Benchmark:
    """A benchmark of Regulation (EU) 2024/1252: `extraction`, `processing`, `recycling`, or `imports` from one country."""
    if benchmark not in CRMA:
        raise argument_error(f"benchmark is one of {', '.join(CRMA)}, not {benchmark!r}")
    answers = [_ffi.critmin_answer() for _ in Benchmark._fields]
    for answer in answers:
        library.critmin_answer_init(byref(answer))
        answer.struct_size = sizeof(answer)
    call(library.critmin_crma_benchmark, CRMA[benchmark], byref(_interval(amount, "amount")),
         byref(_interval(consumption, "consumption")), *(byref(answer) for answer in answers))
    return Benchmark(*(_to_answer(answer) for answer in answers))


def _how(cap: bool, stay: bool) -> c_int32:
    return c_int32((_ffi.CRITMIN_TARGET_CAP if cap else 0) | (_ffi.CRITMIN_TARGET_STAY if stay else 0))


def time_to_target(start: Quantity, growth: Quantity, target: float, *, cap: bool = False, stay: bool = False) -> Answer:
    """Years until a value that grows at a constant yearly rate is at the target: 0 when it is, infinity when never."""
    return _answer(library.critmin_time_to_target, byref(_interval(start, "start")), byref(_interval(growth, "growth")),
                   number(target, "target"), _how(cap, stay))


def path_to_target(path: Numbers, target: float, *, cap: bool = False, stay: bool = False) -> Answer:
    """Index of the first value of the path that is at the target, infinity when none is."""
    values = doubles(path, "path")
    return _answer(library.critmin_path_to_target, values.pointer, values.length, number(target, "target"), _how(cap, stay))
