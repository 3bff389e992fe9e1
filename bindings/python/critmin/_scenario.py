# SPDX-License-Identifier: MIT
"""Scenarios: what stops, whom it hits and what answers it; how long users last."""
from __future__ import annotations

import json
import os
from ctypes import byref, c_char_p, c_int64, cast, create_string_buffer
from ctypes import c_void_p
from pathlib import Path as FilePath
from types import TracebackType
from typing import TYPE_CHECKING, Any, Dict, Iterable, Mapping, Optional, Type, Union

from . import _ffi
from ._call import INT32, INT64, SEED, call, clamp, encode
from ._handle import Handle
from ._library import library
from ._progress import CALLBACK, Progress
from ._table import Table

if TYPE_CHECKING:
    from ._model import Model
    from ._store import Store

Document = Union[Mapping[str, Any], str, "os.PathLike[str]"]
"""A scenario: a dict, its JSON as text, or a path of a file that holds it."""


def as_json(document: Document) -> str:
    if isinstance(document, str):
        return document
    if isinstance(document, Mapping):
        return json.dumps(document, allow_nan=False)
    return FilePath(document).read_text(encoding="utf-8")


class Scenario:
    """
    A scenario, made by Store.scenario(): see docs/scenarios.md, or scenario_keys(), for what may stand in one. Any number
    of threads may run it while none changes it.
    """

    def __init__(self, handle: Handle, store: Store) -> None:
        self._handle = handle
        self._store = store

    def set(self, path: str, value: Any) -> Scenario:
        """
        Sets one value, such as `scenario.set("users[0].inventory", 45)`; None removes it. The scenario is checked as a
        whole, and left as it was where the value will not do. Returns the scenario.
        """
        text = None if value is None else encode(json.dumps(value, allow_nan=False), "a value")
        with self._store._handle as store, self._handle as pointer:
            call(library.critmin_scenario_set, pointer, store, encode(path, "a path"), text)
        return self

    def json(self) -> str:
        """The document, as JSON that reads back as the same scenario."""
        text = c_void_p()
        with self._handle as pointer:
            call(library.critmin_scenario_write, pointer, byref(text))
        try:
            return (cast(text, c_char_p).value or b"").decode()
        finally:
            library.critmin_text_free(text)

    @property
    def document(self) -> Dict[str, Any]:
        """The document as a dict: a copy, set() changes the scenario."""
        made: Dict[str, Any] = json.loads(self.json())
        return made

    def run(self, model: Optional[Model] = None, *, draws: int = 0, seed: int = 0, first: int = 0, threads: int = 0,
            drawn: Iterable[bytes] = (), progress: Optional[Progress] = None) -> Outcome:
        """
        Runs it over a model (that of the whole store unless given): with nothing that answers, with its reserves, with
        its agreements, with both. With `draws` all that is not known is drawn that often, from
        draw `first` on. `drawn` are the draws that other runs with the same seed made, from Outcome.saved_draws: ranges
        that are put together give what one run does, to the last bit.
        """
        options = _ffi.critmin_scenario_options()
        library.critmin_scenario_options_init(byref(options))
        options.draws = clamp(draws, INT64, "draws")
        options.seed = clamp(seed, SEED, "seed")
        options.threads = clamp(threads, INT32, "threads")
        options.first = clamp(first, INT64, "first")
        before = _merged(drawn)
        options.drawn = before.pointer
        over = self._store.model() if model is None else model
        with over._handle as pictured, self._handle as pointer:
            handle = Handle.made_by(library.critmin_scenario_run, pictured, pointer, byref(options), CALLBACK, None,
                                    free=library.critmin_outcome_free, what="outcome", progress=progress)
        return Outcome(handle, over)

    def close(self) -> None:
        """Frees the scenario, once the calls under way have returned. Its outcomes live on."""
        self._handle.close()

    def __enter__(self) -> Scenario:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], value: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<critmin.Scenario{' (closed)' if self._handle.closed else ''}>"


class _Draws:
    """Draws, freed with the object."""

    def __init__(self) -> None:
        self.pointer = c_void_p()

    def __del__(self) -> None:
        library.critmin_draws_free(self.pointer)


def _merged(saved: Iterable[bytes]) -> _Draws:
    """What was saved, put together; nothing of nothing."""
    merged = _Draws()
    for data in saved:
        read = _Draws()
        call(library.critmin_draws_load, data, len(data), byref(read.pointer))
        if merged.pointer:
            call(library.critmin_draws_merge, merged.pointer, read.pointer)
        else:
            merged = read
    return merged


class Outcome:
    """
    What comes of a scenario: tables, which live on without it, but to explain() their rows they need it and the model.
    Any number of threads may ask it.
    """

    def __init__(self, handle: Handle, model: Model) -> None:
        self._handle = handle
        self._model = model

    def table(self, what: str) -> Table:
        """A table by name: summary, users, weeks, reserves, attribution, worth, cost, mitigation,
        cost_curve, draws, tail or inputs."""
        with self._handle as pointer:
            return Table.made_by(library.critmin_outcome_table, pointer, encode(what, "a table"),
                                 explainer=lambda index, row: self.explain(what, index))

    def explain(self, what: str = "summary", row: int = 0) -> Table:
        """
        Names what is behind a row of a table: every number that entered, with who says so or why it is assumed, and what
        the cell would be with that number at its ends; the days on which something changes; the records, figures and
        flows. `outcome.summary.explain(0)` is the same as `outcome.explain("summary", 0)`.
        """
        with self._handle as pointer, self._model._handle as model:
            return Table.made_by(library.critmin_outcome_explain, pointer, model, encode(what, "a table"),
                                 clamp(row, INT64, "a row"))

    @property
    def summary(self) -> Table:
        """When each user runs short and what it lacks in all, in each case, with intervals."""
        return self.table("summary")

    @property
    def users(self) -> Table:
        """All measures of each user."""
        return self.table("users")

    @property
    def weeks(self) -> Table:
        """The share of each week's demand that is unmet: the curves of the cases."""
        return self.table("weeks")

    @property
    def reserves(self) -> Table:
        """What each reserve holds and releases, and when it is empty."""
        return self.table("reserves")

    @property
    def attribution(self) -> Table:
        """The part of each shock in what is unmet: Shapley values."""
        return self.table("attribution")

    @property
    def worth(self) -> Table:
        """What one unit more of each answer brings."""
        return self.table("worth")

    @property
    def cost(self) -> Table:
        """What the shortage costs: price, spending, what users lose, and the value at stake."""
        return self.table("cost")

    @property
    def mitigation(self) -> Table:
        """The cheapest mix of the options of the document that keeps what is missing below its target."""
        return self.table("mitigation")

    @property
    def cost_curve(self) -> Table:
        """What the cheapest mix costs, from nothing bought down to nothing missing."""
        return self.table("cost_curve")

    @property
    def draws(self) -> Table:
        """Mean, quantiles and tail of what was drawn."""
        return self.table("draws")

    @property
    def tail(self) -> Table:
        """The part of each shock in the mean of the worst draws: Euler's rule."""
        return self.table("tail")

    @property
    def saved_draws(self) -> bytes:
        """What was drawn, for `drawn` of another run(), here or on another machine; empty where nothing was."""
        draws, size = c_void_p(), c_int64()
        with self._handle as pointer:
            call(library.critmin_outcome_draws, pointer, byref(draws))
            if not draws:
                return b""
            call(library.critmin_draws_save, draws, None, 0, byref(size))
            data = create_string_buffer(size.value)
            call(library.critmin_draws_save, draws, data, size, byref(size))
        return data.raw

    @property
    def inputs(self) -> Table:
        """Every number that entered, with who says so or why it is assumed."""
        return self.table("inputs")

    def close(self) -> None:
        """Frees the outcome, once the calls under way have returned. Its tables live on."""
        self._handle.close()

    def __enter__(self) -> Outcome:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], value: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<critmin.Outcome{' (closed)' if self._handle.closed else ''}>"


def scenario_keys() -> Table:
    """What may stand in a scenario: object, key, type, required, unit, default, low, high, words, text."""
    return Table.made_by(library.critmin_scenario_keys)
