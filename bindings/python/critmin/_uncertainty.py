# SPDX-License-Identifier: MIT
"""Kernels: what follows for a result from what is not known exactly, and which term it hangs on."""
from __future__ import annotations

import array
import math
from ctypes import POINTER, byref, c_char_p, c_double, c_int64, cast
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Iterator, List, NamedTuple, Optional, Sequence, Tuple, Union

from . import _ffi
from ._arrays import Doubles, Numbers, doubles, matrix, number
from ._call import INT32, INT64, SEED, call, clamp, encode
from ._dependency import Quantity, _interval
from ._errors import argument_error
from ._kernels import _supply
from ._library import library
from ._progress import CALLBACK, Progress, call_with
from ._table import Table

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._kernels import Known

FORMULAS = {
    "hhi": _ffi.CRITMIN_FORMULA_HHI, "hhi_of_shares": _ffi.CRITMIN_FORMULA_HHI_OF_SHARES,
    "hhi_wgi": _ffi.CRITMIN_FORMULA_HHI_WGI, "share": _ffi.CRITMIN_FORMULA_SHARE,
    "net_import_reliance": _ffi.CRITMIN_FORMULA_NET_IMPORT_RELIANCE,
    "import_reliance": _ffi.CRITMIN_FORMULA_IMPORT_RELIANCE, "eu_supply_risk": _ffi.CRITMIN_FORMULA_EU_SUPPLY_RISK,
    "geopolrisk_score": _ffi.CRITMIN_FORMULA_GEOPOLRISK_SCORE,
}

Function = Union[str, Callable[[List[float]], float]]
"""A formula by name, such as "hhi", or a function of a list of terms."""


class Lognormal(NamedTuple):
    """The law of a term with that median and geometric standard deviation."""

    median: float
    deviation: float


class Exponential(NamedTuple):
    """The law of a term of 0 and more with that mean."""

    mean: float


class Beta(NamedTuple):
    """The law of a term from low to high with that mean and standard deviation."""

    mean: float
    deviation: float
    low: float = 0.0
    high: float = 1.0


class Whole(NamedTuple):
    """The law of a whole number from low to high, all alike."""

    low: int
    high: int


class Geometric(NamedTuple):
    """The law of a whole number from 1 with that mean."""

    mean: float


Law = Union[Quantity, Lognormal, Exponential, Beta, Whole, Geometric]
"""A number; (low, high), anything between them alike; (likeliest, low, high), a triangle; or a law by its name."""


class Rows(Sequence[Any]):
    """Rows of numbers, one after the other in memory; `numpy.asarray(rows)` is an array of them, not copied."""

    def __init__(self, rows: int, width: int) -> None:
        self.values = array.array("d", [math.nan]) * (rows * width)
        self.width = width

    def __len__(self) -> int:
        return len(self.values) // self.width

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return [self[i] for i in range(*row.indices(len(self)))]
        if not -len(self) <= row < len(self):
            raise IndexError(row)
        first = row % len(self) * self.width
        return self.values[first:first + self.width]

    def __iter__(self) -> Iterator[Any]:
        return (self[i] for i in range(len(self)))

    def column(self, k: int) -> "array.array[float]":
        """One number of each row."""
        if not 0 <= k < self.width:
            raise argument_error(f"there is no column {k}; the rows have {self.width}")
        return self.values[k::self.width]

    @property
    def __array_interface__(self) -> Dict[str, Any]:
        return {"version": 3, "typestr": "<f8", "shape": (len(self), self.width), "data": (self.values.buffer_info()[0], False)}


def _room(made: "array.array[float]") -> Any:
    return cast(made.buffer_info()[0], POINTER(c_double))


def _blank(n: int) -> "array.array[float]":
    return array.array("d", [math.nan]) * n


def _matrix(values: Any, what: str) -> Doubles:
    """Rows that were drawn are lent as they are."""
    if isinstance(values, Rows):
        return doubles(values.values, what)._replace(shape=(len(values), values.width))
    return matrix(values, what)


class _Called:
    """A function as the library calls it. What it raises is kept, and raised once the library is back."""

    def __init__(self, function: Function) -> None:
        self.raised: List[BaseException] = []
        self.formula = 0
        self.pointer = _ffi.critmin_function()
        if isinstance(function, str):
            if function not in FORMULAS:
                raise argument_error(f"a formula is one of {', '.join(FORMULAS)}, not {function!r}")
            self.formula = FORMULAS[function]
        elif callable(function):
            own = function

            def run(terms: Any, n: int, _user: object) -> float:
                if self.raised:
                    return math.nan
                try:
                    return float(own(terms[:n]))
                except BaseException as exception:
                    self.raised.append(exception)
                    return math.nan

            self.pointer = _ffi.critmin_function(run)
        else:
            raise argument_error(f"a function is the name of a formula or can be called, not {function!r}")

    def threads(self, threads: int) -> int:
        """Python runs one thread at a time; a formula of the library's runs on as many as are asked for."""
        return 1 if self.pointer else clamp(threads, INT32, "threads")

    def settle(self) -> None:
        if self.raised:
            raise self.raised.pop()


_NAMED = (Lognormal, Exponential, Beta, Whole, Geometric)
_KINDS: Dict[type, int] = {
    Lognormal: _ffi.CRITMIN_LAW_LOGNORMAL, Exponential: _ffi.CRITMIN_LAW_EXPONENTIAL, Beta: _ffi.CRITMIN_LAW_BETA,
    Whole: _ffi.CRITMIN_LAW_WHOLE, Geometric: _ffi.CRITMIN_LAW_GEOMETRIC,
}


def _laws(laws: Iterable[Law]) -> Tuple[Any, int]:
    made = []
    for law in laws:
        if isinstance(law, _NAMED):
            of = {field: number(value, f"a {field}") for field, value in law._asdict().items()}
            made.append(_ffi.critmin_law(_KINDS[type(law)], 0, of.get("mean", of.get("median", math.nan)), of.get("low", math.nan),
                                         of.get("high", math.nan), of.get("deviation", math.nan)))
            continue
        interval = _interval(law, "a law")
        kind = _ffi.CRITMIN_LAW_FIXED
        if isinstance(law, tuple):
            kind = _ffi.CRITMIN_LAW_UNIFORM if len(law) == 2 else _ffi.CRITMIN_LAW_TRIANGULAR
        made.append(_ffi.critmin_law(kind, 0, interval.value, interval.low, interval.high, math.nan))
    return (_ffi.critmin_law * len(made))(*made), len(made)


def _rows(draws: int, width: int) -> Rows:
    """Room for the draws asked for; for less than one the library refuses."""
    return Rows(max(clamp(draws, INT64, "draws"), 1), max(width, 1))


class Gradient(NamedTuple):
    """A formula's value, and its derivative by each term."""

    value: float
    gradient: "array.array[float]"


def gradient(formula: str, terms: Numbers) -> Gradient:
    """Derivatives of a formula in closed form; of quantities the others' shares move too."""
    called = _Called(formula)
    values = doubles(terms, "terms")
    made, value = _blank(values.length), c_double()
    call(library.critmin_gradient, called.formula, values.pointer, values.length, byref(value), _room(made))
    return Gradient(value.value, made)


def draw_terms(laws: Iterable[Law], *, draws: int, seed: int = 0, first: int = 0, threads: int = 0) -> Rows:
    """Draws of terms, each from its law by itself. The same seed gives the same draws, whatever the threads."""
    listed, n = _laws(laws)
    made = _rows(draws, n)
    call(library.critmin_draw_terms, listed, n, clamp(seed, SEED, "seed"), clamp(first, INT64, "first"),
         clamp(draws, INT64, "draws"), clamp(threads, INT32, "threads"), _room(made.values))
    return made


def draw_shares(quantity: Numbers, *, concentration: float, draws: int, unlisted: int = 1, seed: int = 0, first: int = 0,
                threads: int = 0, **known: Unpack[Known]) -> Rows:
    """
    Draws of a market's shares: withheld cells (None) anything that their intervals and the total allow, the residual split
    among `unlisted` producers, and all of that scattered by a Dirichlet law; math.inf: not scattered. The last
    `unlisted` columns are the unlisted.
    """
    quantities = doubles(quantity, "quantity")
    supply, borrowed = _supply(quantities.length, **known)
    unnamed = clamp(unlisted, (-1, 1 << 32), "unlisted")
    made = _rows(draws, quantities.length + max(unnamed, 0))
    call(library.critmin_draw_shares, quantities.pointer, quantities.length, byref(supply), number(concentration, "concentration"),
         unnamed, clamp(seed, SEED, "seed"), clamp(first, INT64, "first"), clamp(draws, INT64, "draws"),
         clamp(threads, INT32, "threads"), _room(made.values))
    del borrowed
    return made


def evaluate(function: Function, terms: Any, *, threads: int = 0) -> "array.array[float]":
    """A function for many rows of terms; NaN where it has no value."""
    called = _Called(function)
    rows = _matrix(terms, "terms")
    made = _blank(rows.shape[0])
    call(library.critmin_evaluate, called.formula, called.pointer, None, rows.pointer, *rows.shape, called.threads(threads),
         _room(made))
    called.settle()
    return made


class Quantiles(NamedTuple):
    """One entry for each probability."""

    quantile: "array.array[float]"
    standard_error: "array.array[float]"


def quantiles(values: Numbers, probability: Numbers) -> Quantiles:
    """Quantiles of draws, and how far the number of draws leaves each open. Draws that are NaN are left out."""
    drawn, asked = doubles(values, "values"), doubles(probability, "probability")
    made = Quantiles(_blank(asked.length), _blank(asked.length))
    call(library.critmin_quantiles, drawn.pointer, drawn.length, asked.pointer, asked.length, _room(made.quantile),
         _room(made.standard_error))
    return made


class Moments(NamedTuple):
    mean: float
    deviation: float
    standard_error: float
    """Of the mean."""
    known: int
    """Draws that are not NaN."""


def moments(values: Numbers) -> Moments:
    """Mean and standard deviation of draws; those that are NaN are left out."""
    drawn = doubles(values, "values")
    mean, deviation, standard_error, known = c_double(), c_double(), c_double(), c_int64()
    call(library.critmin_moments, drawn.pointer, drawn.length, byref(mean), byref(deviation), byref(standard_error), byref(known))
    return Moments(mean.value, deviation.value, standard_error.value, known.value)


def sobol_draws(laws: Iterable[Law], function: Function, *, draws: int, seed: int = 0, first: int = 0, threads: int = 0,
                progress: Optional[Progress] = None) -> Rows:
    """Evaluations for sobol_indices(). Parts made with `first` counting on are joined by putting their rows together."""
    called = _Called(function)
    listed, n = _laws(laws)
    made = _rows(draws, n + 2)
    call_with(progress, library.critmin_sobol_draws, listed, n, called.formula, called.pointer, None, clamp(seed, SEED, "seed"),
              clamp(first, INT64, "first"), clamp(draws, INT64, "draws"), called.threads(threads), CALLBACK, None,
              _room(made.values))
    called.settle()
    return made


class Sobol(NamedTuple):
    """What part of the variance each term makes: by itself, and with all it interacts with; with standard errors."""

    first_order: "array.array[float]"
    first_error: "array.array[float]"
    total: "array.array[float]"
    total_error: "array.array[float]"
    variance: float


def sobol_indices(results: Any) -> Sobol:
    """Indices from evaluations: rows of the function of A, of B, then of A with each term of B."""
    rows = _matrix(results, "results")
    draws, width = rows.shape
    made, variance = [_blank(max(width - 2, 0)) for _ in range(4)], c_double()
    call(library.critmin_sobol_indices, rows.pointer, draws, width - 2, *map(_room, made), byref(variance))
    return Sobol(made[0], made[1], made[2], made[3], variance.value)


def sobol(laws: Iterable[Law], function: Function, *, draws: int = 10000, seed: int = 0, threads: int = 0,
          progress: Optional[Progress] = None) -> Sobol:
    """Sobol indices of first order and in total: draws times the number of terms and two evaluations."""
    return sobol_indices(sobol_draws(laws, function, draws=draws, seed=seed, threads=threads, progress=progress))


def _intervals(terms: Iterable[Quantity]) -> Tuple[Any, int]:
    listed = [_interval(term, "a term") for term in terms]
    return (_ffi.critmin_interval * len(listed))(*listed), len(listed)


def corners(terms: Iterable[Quantity], function: Function) -> Tuple[float, float]:
    """
    Least and greatest value at the corners of a box of intervals: exact where the function rises or falls in each term, as net
    import reliance and supply risk do.
    """
    called = _Called(function)
    listed, n = _intervals(terms)
    low, high = c_double(), c_double()
    call(library.critmin_corners, listed, n, called.formula, called.pointer, None, byref(low), byref(high))
    called.settle()
    return low.value, high.value


def tornado(terms: Iterable[Quantity], function: Function, *, names: Optional[Sequence[str]] = None) -> Table:
    """
    What each term does by itself, the others at their values: a table of the results at both ends of each, the greatest
    swing first. Terms are numbers or (value, low, high).
    """
    called = _Called(function)
    listed, n = _intervals(terms)
    words = None
    if names is not None:
        if len(names) != n:
            raise argument_error(f"names has {len(names)} entries, and there are {n} terms: give one for each")
        words = (c_char_p * n)(*(encode(name) for name in names))
    table = Table.made_by(library.critmin_tornado, listed, n, words, called.formula, called.pointer, None, None)
    called.settle()
    return table
