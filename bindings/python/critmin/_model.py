# SPDX-License-Identifier: MIT
"""A model: an immutable picture of a store, which everything that computes reads."""
from __future__ import annotations

from types import TracebackType
from typing import Any, Dict, Mapping, Optional, Type

from ._arrays import number
from ._call import INT32, INT64, SEED, clamp, encode
from ._errors import argument_error
from ._handle import Handle
from ._library import library
from ._progress import CALLBACK, Progress
from ._query import OPTIONS, Names, Query, Years
from ._table import Table


class Model:
    """
    An immutable, columnar picture of a store or a part of it: any number of threads may ask it, and it outlives its
    store. Made by Store.model(). It frees itself; close() or `with` does so earlier.
    """

    def __init__(self, handle: Handle, options: Mapping[str, Any]) -> None:
        self._handle = handle
        self._options = dict(options)

    def metric(self, *metrics: str, mineral: Optional[Names] = None, stage: Optional[Names] = None,
               country: Optional[Names] = None, partner: Optional[Names] = None, year: Optional[Years] = None,
               params: Optional[Mapping[str, Any]] = None, threads: int = 0, progress: Optional[Progress] = None,
               **parameters: Any) -> Table:
        """
        Computes metrics by name, one row a cell: metric, mineral, stage, country, partner, year, value, low, high,
        unit, flags, coverage, source, edition, params. Other keywords are parameters of every metric that has them, as
        `measure="capacity"`; `params={"hhi.measure": "capacity"}` sets one metric's. `order="value"` orders the rows by
        falling value.
        """
        query = self._query(metrics, mineral, stage, country, partner, year, params, parameters)
        selection = query.selection()
        with self._handle as model, selection as pointer:
            return Table.made_by(
                library.critmin_metric_compute, model, pointer, clamp(threads, INT32, "threads"), CALLBACK, None,
                explainer=lambda index, row: self._explain(query.cell(row)), progress=progress,
            )

    def explain(self, metric: str, *, mineral: Optional[Names] = None, stage: Optional[Names] = None,
                country: Optional[Names] = None, partner: Optional[Names] = None, year: Optional[Years] = None,
                params: Optional[Mapping[str, Any]] = None, **parameters: Any) -> Table:
        """Names every row and source behind one cell."""
        return self._explain(self._query((metric,), mineral, stage, country, partner, year, params, parameters))

    def compare(self, *methods: str, year: int, country: Optional[str] = None, mineral: Optional[Names] = None,
                stage: Optional[Names] = None, params: Optional[Mapping[str, Any]] = None, threads: int = 0,
                progress: Optional[Progress] = None) -> Table:
        """
        Methods side by side for a country and a year, the usual ones unless named: each mineral's score and rank by each, with
        the input that moves the rank most, and the official lists it is on. Of two methods also how far apart their
        ranks are, and which input brings them closest. Ranks are among all minerals of the model, whichever are shown.
        """
        selection = self._query(methods, mineral, stage, country, None, year, params, {}).selection()
        with self._handle as model, selection as pointer:
            return Table.made_by(library.critmin_metric_compare, model, pointer, clamp(threads, INT32, "threads"),
                                 CALLBACK, None, progress=progress)

    def composite_detail(self, composite: str, *, top: int = 10, concentration: float = 0.0, draws: int = 0, seed: int = 0,
                         mineral: Optional[Names] = None, stage: Optional[Names] = None, country: Optional[Names] = None,
                         partner: Optional[Names] = None, year: Optional[Years] = None, threads: int = 0,
                         progress: Optional[Progress] = None) -> Table:
        """
        A composite of the store taken apart, a row for each cell and criterion: what the criterion is, on the common scale,
        and does; with `draws` how often the cell is among the first `top` when weights are drawn, around those of the
        definition as closely as `concentration` says, or with 0 any weights.
        """
        selection = self._query((composite,), mineral, stage, country, partner, year, None, {}).selection()
        with self._handle as model, selection as pointer:
            return Table.made_by(
                library.critmin_composite_detail, model, pointer, clamp(top, INT64, "top"), number(concentration, "concentration"),
                clamp(seed, SEED, "seed"), clamp(draws, INT64, "draws"), clamp(threads, INT32, "threads"), CALLBACK, None,
                progress=progress,
            )

    def _query(self, metrics: Names, mineral: Optional[Names], stage: Optional[Names], country: Optional[Names],
               partner: Optional[Names], year: Optional[Years], params: Optional[Mapping[str, Any]],
               parameters: Mapping[str, Any]) -> Query:
        for name in OPTIONS:
            if name in parameters or name in (params or {}):
                raise argument_error(f"a model has its {name} already: give it to Store.model(), or ask the store")
        dimensions: Dict[str, Optional[Names]] = {
            "metric": metrics, "mineral": mineral, "stage": stage, "country": country, "partner": partner,
        }
        return Query.of(dimensions, year, {**self._options, **(params or {}), **parameters})

    def _explain(self, query: Query) -> Table:
        selection = query.selection()
        with self._handle as model, selection as pointer:
            return Table.made_by(library.critmin_metric_explain, model, pointer)

    def metrics(self) -> Table:
        """The metrics there are: those of critmin.metrics(), and after them the composites of the store."""
        with self._handle as model:
            return Table.made_by(library.critmin_metric_list_of, model)

    def size(self) -> Table:
        """Rows and bytes of the parts of the model."""
        with self._handle as model:
            return Table.made_by(library.critmin_model_size, model)

    def close(self) -> None:
        """Frees the model, once the calls under way have returned. Its tables live on, but explain() needs it."""
        self._handle.close()

    def __enter__(self) -> Model:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], value: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<critmin.Model{' (closed)' if self._handle.closed else ''}>"


def metrics() -> Table:
    """The metrics there are: name, unit, range, subject, citation."""
    return Table.made_by(library.critmin_metric_list)


def parameters(metric: Optional[str] = None) -> Table:
    """The parameters of a metric, or of all: type, default, bounds, source."""
    return Table.made_by(library.critmin_metric_parameters, None if metric is None else encode(metric, "a metric"))
