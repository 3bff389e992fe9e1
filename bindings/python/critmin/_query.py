# SPDX-License-Identifier: MIT
"""
What one asks about: names along dimensions, years, and options, from keyword arguments to a selection of the library.
"""
from __future__ import annotations

from typing import Any, Dict, Iterable, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

from ._call import INT32, call, clamp, encode, is_missing, plain
from ._errors import argument_error
from ._handle import Handle
from ._library import library

Names = Union[str, Iterable[str]]
"""One name or several; every name the library knows the thing by will do."""

Years = Union[int, Sequence[int], str]
"""One year, a pair of the first and the last, or of metrics "newest"."""

OPTIONS = ("source", "edition", "date")
"""Options that choose among figures; a model has them from when it is loaded."""


def names(value: Names, dimension: str) -> Tuple[str, ...]:
    several = (value,) if isinstance(value, str) else value
    try:
        found = tuple(several)
    except TypeError:
        raise argument_error(f"{dimension} takes a name or a list of names, not {value!r}") from None
    for name in found:
        encode(name, f"a name along {dimension}")
    return found


def years(value: Years) -> Tuple[int, int]:
    if isinstance(value, str):
        raise argument_error(f'year takes one year, a pair (first, last) or "newest", not {value!r}')
    pair = value if isinstance(value, (tuple, list)) else (value, value)
    if len(pair) != 2:
        raise argument_error(f"year takes one year or a pair (first, last), not {value!r}")
    return clamp(pair[0], INT32, "a year"), clamp(pair[1], INT32, "a year")


class Query(NamedTuple):
    """What was asked, unchanging: a selection of the library is built from it for each call."""

    dimensions: Dict[str, Tuple[str, ...]]
    years: Optional[Tuple[int, int]]
    options: Dict[str, str]

    @classmethod
    def of(cls, dimensions: Mapping[str, Optional[Names]], year: Optional[Years] = None,
           options: Mapping[str, Any] = {}) -> Query:
        named = {dimension: names(value, dimension) for dimension, value in dimensions.items() if value is not None}
        texts = {option: plain(value) for option, value in options.items()}
        given = {option: text for option, text in texts.items() if text is not None}
        if year == "newest":
            return cls(named, None, {**given, "year": "newest"})
        return cls(named, None if year is None else years(year), given)

    @classmethod
    def selecting(cls, selectors: Mapping[str, Any]) -> Query:
        """From keywords as they come: `year`, `source`, `edition` and `date`; all others are dimensions."""
        others = {name: value for name, value in selectors.items() if name not in ("year", *OPTIONS)}
        return cls.of(others, selectors.get("year"), {option: selectors.get(option) for option in OPTIONS})

    def cell(self, row: Any) -> Query:
        """The same question about one cell of its answer."""
        narrowed = dict(self.dimensions)
        for dimension in ("metric", "mineral", "stage", "country", "partner"):
            # A market's row names no country; those that were asked about still say how it is counted.
            if row[dimension]:
                narrowed[dimension] = (row[dimension],)
        year = row["year"]
        if is_missing(year):
            return Query(narrowed, self.years, self.options)
        options = {option: value for option, value in self.options.items() if option != "year"}
        for parameter in (row["params"] or "").split(";"):
            # An origin that was asked for at every stage says of each row at which.
            if parameter.startswith("at=") and "at" not in options:
                options["at"] = parameter[3:]
        return Query(narrowed, (int(year), int(year)), options)

    def selection(self) -> Handle:
        made = Handle.made_by(library.critmin_selection_new, free=library.critmin_selection_free, what="selection")
        with made as pointer:
            for dimension, alternatives in self.dimensions.items():
                for name in alternatives:
                    call(library.critmin_selection_add, pointer, encode(dimension), encode(name))
            if self.years is not None:
                call(library.critmin_selection_years, pointer, *self.years)
            for option, value in self.options.items():
                call(library.critmin_selection_set, pointer, encode(option, "an option"), encode(value, "a value"))
        return made
