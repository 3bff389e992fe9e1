# SPDX-License-Identifier: MIT
"""Supply networks over one's own numbers: where what a country uses was made, through trade and stages."""
from __future__ import annotations

import array
from ctypes import POINTER, byref, c_double, c_int32, cast, pointer, sizeof
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Dict, Iterable, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Type, Union

from . import _ffi
from ._arrays import Lent, Numbers, doubles, int32s, matrix, same_length
from ._call import INT32, call, clamp
from ._errors import argument_error
from ._handle import Handle
from ._kernels import FLAGS, Answer, _answer
from ._library import library

Country = Union[str, int]
"""One of the network's names, or its place among them."""

Countries = Union[Country, Sequence[Country]]

Flows = Union[Iterable[Tuple[Country, Country, float]], Mapping[str, Any]]
"""(exporter, importer, tonnes) of each flow, or columns: a mapping of `exporter`, `importer` and `quantity`."""


@dataclass(frozen=True)
class Stage:
    """
    One stage of a network. Numbers of countries are a mapping by name, countries left out then being 0 (or not known, for
    `use` and `yields`), or one number for each country.
    """

    output: Union[Mapping[str, float], Numbers]
    """Made in each country from the stages before, or mined."""

    flows: Flows = ()
    """Of one country to another."""

    secondary: Union[Mapping[str, float], Numbers, None] = None
    """Made from scrap."""

    use: Union[Mapping[str, float], Numbers, None] = None
    """Intake of the next stage, or final use; None where it is not known."""

    yields: Union[Mapping[str, float], Numbers, float, None] = None
    """Tonnes of output for a tonne of intake, of each country or of all."""

    inputs: Optional[Sequence[int]] = None
    """Stages that output is made from: the stage before where this is None, none where it is empty."""

    input_share: Any = None
    """With several inputs: a row of shares for each, one entry a country."""

    in_shares: bool = False
    """All numbers are shares of the importer's pool, not tonnes."""


@dataclass(frozen=True)
class Pool:
    """What a network makes of what a country has of a stage."""

    output: float
    secondary: float
    imports: float
    unknown: float
    total: float
    exports: float
    use: float
    flags: Tuple[str, ...]


class Origins(NamedTuple):
    """Shares by country of origin, of one buyer or group. They are 1 together."""

    share: Dict[Country, float]
    other: Dict[Country, float]
    """What came in after the stage traced to, by the country where it did."""
    unknown: float


class AllOrigins(NamedTuple):
    """Of every pool, stage by stage and country by country; arrays of the module array, one row a pool."""

    share: array.array[float]
    unknown: array.array[float]


def _room(n: int) -> "Tuple[array.array[float], Any]":
    made = array.array("d", bytes(8 * n))
    return made, cast(made.buffer_info()[0], POINTER(c_double))


class _Names:
    """The countries of a network."""

    def __init__(self, countries: Union[int, Sequence[str]]) -> None:
        self.names: Optional[List[str]] = None if isinstance(countries, int) else list(countries)
        self.count = countries if isinstance(countries, int) else len(countries)
        self.place = {name: at for at, name in enumerate(self.names or [])}
        if self.names is not None and len(self.place) != self.count:
            raise argument_error("a country is there twice")

    def at(self, country: Country) -> int:
        if not isinstance(country, str):
            return clamp(country, INT32, "a country")
        if country not in self.place:
            raise argument_error(f"no country of the network is called {country!r}")
        return self.place[country]

    def places(self, countries: Countries) -> Tuple[Any, int]:
        """The list to lend, and how many there are."""
        listed = [countries] if isinstance(countries, (str, int)) else list(countries)
        lent = int32s([self.at(country) for country in listed])
        return lent, len(listed)

    def numbers(self, values: Any, what: str, missing: float) -> Any:
        if isinstance(values, Mapping):
            made = [missing] * self.count
            for country, value in values.items():
                at = self.at(country)
                if not 0 <= at < self.count:
                    raise argument_error(f"{what}: no country {country!r}")
                made[at] = value
            values = made
        lent = doubles(values, what)
        same_length(range(lent.length), self.count, what)
        return lent

    def by_name(self, values: "array.array[float]") -> Dict[Country, float]:
        return dict(zip(self.names or range(self.count), values))


def _column(names: _Names, values: Iterable[Any]) -> Lent:
    interface = getattr(values, "__array_interface__", None)
    if interface is not None and interface["typestr"] == "<i4" and interface.get("strides") is None:
        return Lent(cast(interface["data"][0], POINTER(c_int32)), values)
    return int32s([names.at(value) if isinstance(value, str) else int(value) for value in values])


def _flows(names: _Names, flows: Flows) -> Tuple[Lent, Lent, Any]:
    if isinstance(flows, Mapping):
        try:
            columns = [flows[name] for name in ("exporter", "importer", "quantity")]
        except KeyError as error:
            raise argument_error(f"flows have no column {error}") from error
        lengths = {len(column) for column in columns}
        if len(lengths) > 1:
            raise argument_error("the columns of flows are of different lengths")
    else:
        columns = [list(column) for column in zip(*flows)] or [[], [], []]
        if len(columns) != 3:
            raise argument_error("a flow is (exporter, importer, tonnes)")
    return _column(names, columns[0]), _column(names, columns[1]), doubles(columns[2], "quantity")


def _stage(names: _Names, given: Stage, borrowed: List[object]) -> Any:
    stage = _ffi.critmin_network_stage()
    library.critmin_network_stage_init(byref(stage))
    stage.struct_size = sizeof(stage)
    yields = given.yields
    if isinstance(yields, (int, float)):
        yields = [float(yields)] * names.count
    for name, values, missing in (("output", given.output, 0.0), ("secondary", given.secondary, 0.0),
                                  ("use", given.use, float("nan")), ("yield", yields, float("nan"))):
        if values is not None:
            lent = names.numbers(values, name, missing)
            setattr(stage, name, lent.pointer)
            borrowed.append(lent)
    exporter, importer, quantity = _flows(names, given.flows)
    stage.exporter, stage.importer, stage.quantity = exporter.pointer, importer.pointer, quantity.pointer
    stage.flows = quantity.length
    stage.in_shares = 1 if given.in_shares else 0
    borrowed += [exporter, importer, quantity]
    if given.inputs is not None:
        inputs = int32s(given.inputs)
        stage.input, stage.inputs = inputs.pointer, len(given.inputs) or -1
        borrowed.append(inputs)
    if given.input_share is not None:
        share = matrix(given.input_share, "input_share")
        if share.shape != (max(stage.inputs, 1), names.count):
            raise argument_error(f"input_share has {share.shape[0]} rows and {share.shape[1]} columns: give a row for each "
                                 "input, with one entry a country")
        stage.input_share = share.pointer
        borrowed.append(share)
    return stage


class Network:
    """
    The supply network of a mineral: stages of pools, one a country, the earliest stage first. Immutable: any number of threads may
    ask it. It frees itself; close() or `with` does so earlier.

        network = critmin.Network(["US", "China", "Japan", "Australia"], [
            critmin.Stage({"China": 100, "Australia": 10}, [("China", "Japan", 15), ("Australia", "Japan", 10)]),
            critmin.Stage({"China": 4, "Japan": 6}, [("China", "US", 4), ("Japan", "US", 6)]),
        ])
        network.face_share("US", "China"), network.origin_share("US", "China")    # .40 and .76
    """

    def __init__(self, countries: Union[int, Sequence[str]], stages: Sequence[Stage], *, threads: int = 0) -> None:
        self._names = _Names(countries)
        self.stages = len(stages)
        borrowed: List[object] = []
        made = [_stage(self._names, stage, borrowed) for stage in stages]
        pointers = (POINTER(_ffi.critmin_network_stage) * max(len(made), 1))(*map(pointer, made))
        self._handle = Handle.made_by(library.critmin_network_new, pointers, len(made), self._names.count,
                                      clamp(threads, INT32, "threads"), free=library.critmin_network_free, what="network")
        del borrowed

    @property
    def countries(self) -> List[Country]:
        """The names of the countries, or their places where they have none."""
        return list(self._names.names or range(self._names.count))

    def pool(self, stage: int, country: Country) -> Pool:
        """What the network makes of a country's pool."""
        pool = _ffi.critmin_pool()
        library.critmin_pool_init(byref(pool))
        pool.struct_size = sizeof(pool)
        with self._handle as network:
            call(library.critmin_network_pool, network, clamp(stage, INT32, "stage"), self._names.at(country), byref(pool))
        flags = tuple(name for bit, name in enumerate(FLAGS) if pool.flags >> bit & 1)
        return Pool(pool.output, pool.secondary, pool.imports, pool.unknown, pool.total, pool.exports, pool.use, flags)

    def _trace(self, buyer: Countries, stage: int, at: int, weight: Optional[Numbers], unknown_elsewhere: bool,
               needed: bool, borrowed: List[object]) -> Any:
        trace = _ffi.critmin_trace()
        library.critmin_trace_init(byref(trace))
        trace.struct_size = sizeof(trace)
        buyers, count = self._names.places(buyer)
        borrowed.append(buyers)
        trace.buyer, trace.buyers = buyers.pointer, count
        trace.stage = clamp(stage + self.stages if stage < 0 else stage, INT32, "stage")
        trace.at = clamp(at, INT32, "at")
        if weight is not None:
            weights = doubles(weight, "weight")
            same_length(range(weights.length), count, "weight")
            borrowed.append(weights)
            trace.weight = weights.pointer
        trace.unknown_elsewhere, trace.needed = int(unknown_elsewhere), int(needed)
        return trace

    def _ask(self, function: Any, buyer: Countries, origin: Countries, stage: int, at: int, weight: Optional[Numbers],
             unknown_elsewhere: bool, needed: bool, *more: Any) -> Answer:
        borrowed: List[object] = []
        trace = self._trace(buyer, stage, at, weight, unknown_elsewhere, needed, borrowed)
        origins, count = self._names.places(origin)
        with self._handle as network:
            return _answer(function, network, byref(trace), origins.pointer, count, *more)

    def origin_share(self, buyer: Countries, origin: Countries, *, stage: int = -1, at: int = 0,
                     weight: Optional[Numbers] = None, unknown_elsewhere: bool = False, needed: bool = False) -> Answer:
        """
        Share of what the buyers have of a stage (the last, unless said) that was made, at stage `at`, in `origin`. Several buyers are
        a group, several origins count as one.
        """
        return self._ask(library.critmin_origin_share, buyer, origin, stage, at, weight, unknown_elsewhere, needed)

    def face_share(self, buyer: Countries, origin: Countries, *, stage: int = -1, weight: Optional[Numbers] = None,
                   unknown_elsewhere: bool = False) -> Answer:
        """Share of what the buyers have that comes from `origin` as customs see it."""
        return self._ask(library.critmin_face_share, buyer, origin, stage, 0, weight, unknown_elsewhere, False)

    def hidden_exposure(self, buyer: Countries, origin: Countries, *, stage: int = -1, at: int = 0,
                        weight: Optional[Numbers] = None, unknown_elsewhere: bool = False) -> Answer:
        """The share by origin less that at face value."""
        return self._ask(library.critmin_hidden_exposure, buyer, origin, stage, at, weight, unknown_elsewhere, False)

    def touch_share(self, buyer: Countries, origin: Countries, *, stage: int = -1, at: int = 0, transit: bool = False,
                    weight: Optional[Numbers] = None, unknown_elsewhere: bool = False) -> Answer:
        """Share that was made in `origin` at some stage since `at`; with `transit`, or passed through there."""
        return self._ask(library.critmin_touch_share, buyer, origin, stage, at, weight, unknown_elsewhere, False,
                         int(transit))

    def origin_bounds(self, buyer: Countries, origin: Countries, *, stage: int = -1, at: int = 0,
                      unknown_elsewhere: bool = False) -> Answer:
        """origin_share() with the least and the most that it can be if pools do not mix."""
        return self._ask(library.critmin_origin_bounds, buyer, origin, stage, at, None, unknown_elsewhere, False)

    def touch_bounds(self, buyer: Countries, origin: Countries, *, stage: int = -1, at: int = 0,
                     unknown_elsewhere: bool = False) -> Answer:
        """touch_share() with the least and the most that it can be if pools do not mix."""
        return self._ask(library.critmin_touch_bounds, buyer, origin, stage, at, None, unknown_elsewhere, False)

    def origins(self, buyer: Countries, *, stage: int = -1, at: int = 0, weight: Optional[Numbers] = None,
                needed: bool = False) -> Origins:
        """The shares of all countries of origin at once."""
        borrowed: List[object] = []
        trace = self._trace(buyer, stage, at, weight, False, needed, borrowed)
        share, to_share = _room(self._names.count)
        other, to_other = _room(self._names.count)
        unknown = c_double()
        with self._handle as network:
            call(library.critmin_origin_row, network, byref(trace), to_share, to_other, byref(unknown))
        return Origins(self._names.by_name(share), self._names.by_name(other), unknown.value)

    def all_origins(self, *, at: int = 0, origin: Optional[Sequence[Country]] = None, threads: int = 0) -> AllOrigins:
        """
        Shares of all pools of all stages at once: `share` has a row for each, stage by stage, of one entry an origin.
        numpy.asarray(share).reshape(stages, countries, -1) copies nothing.
        """
        origins, count = (None, 0) if origin is None else self._names.places(origin)
        rows = self.stages * self._names.count
        share, to_share = _room(rows * (self._names.count if origin is None else count))
        unknown, to_unknown = _room(rows)
        with self._handle as network:
            call(library.critmin_origin_all, network, clamp(at, INT32, "at"), origins and origins.pointer, count, to_share,
                 None, to_unknown, clamp(threads, INT32, "threads"))
        return AllOrigins(share, unknown)

    def size(self) -> int:
        """Bytes that the network holds."""
        with self._handle as network:
            return int(library.critmin_network_bytes(network))

    def close(self) -> None:
        """Frees the network, once the calls under way have returned."""
        self._handle.close()

    def __enter__(self) -> Network:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], value: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        self.close()

    def __repr__(self) -> str:
        closed = " (closed)" if self._handle.closed else ""
        return f"<critmin.Network of {self.stages} stages and {self._names.count} countries{closed}>"
