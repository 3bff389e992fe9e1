# SPDX-License-Identifier: MIT
"""The store: facts with their sources, in one file or in the image inside the library."""
from __future__ import annotations

from contextlib import contextmanager
from ctypes import byref, c_char_p, c_int64
from types import TracebackType
from typing import Any, Dict, Iterator, Mapping, Optional, Tuple, Type

from . import _ffi
from ._call import Path, call, encode, encode_path, plain
from ._columns import Columns, columns_handle
from ._errors import argument_error
from ._handle import Handle
from ._library import library
from ._model import Model
from ._progress import CALLBACK, Progress, call_with
from ._query import Names, Query, Years
from ._record import fields, keyword
from ._record_methods import RecordMethods
from ._scenario import Document, Scenario, as_json
from ._table import Table

Text = Optional[Mapping[str, Any]]


class Store(RecordMethods):
    """
    An open store: made by open() or init(). It serves one thread at a time; it closes itself when nothing refers to it,
    close() or `with` does so earlier. Models and tables made from it live on; records end with it.

    Selectors are keywords: `mineral`, `stage`, `country`, `partner`, `measure`, `status`, `indicator`, `key`, `kind`
    take one name or a list; `year` one year, a pair (first, last), or of metrics "newest"; `source` a source key; `edition` and `date` a
    date.
    """

    def __init__(self, handle: Handle, path: str) -> None:
        self._handle = handle
        self.path = path

    # ---- questions

    def metric(self, *metrics: str, mineral: Optional[Names] = None, stage: Optional[Names] = None,
               country: Optional[Names] = None, partner: Optional[Names] = None, year: Optional[Years] = None,
               source: Optional[str] = None, edition: Any = None, date: Any = None,
               params: Optional[Mapping[str, Any]] = None, threads: int = 0, progress: Optional[Progress] = None,
               **parameters: Any) -> Table:
        """
        Computes metrics by name, one row a cell, over a model of what they need: see Model.metric(). `source` overrides
        the choice of one source for each market and year, `edition` takes the newest by that date.
        """
        model = self.model(mineral=mineral, year=year, source=source, edition=edition, date=date, progress=progress)
        return model.metric(*metrics, mineral=mineral, stage=stage, country=country, partner=partner, year=year,
                            params=params, threads=threads, progress=progress, **parameters)

    def origin(self, *, mineral: Names, stage: Names, country: Names, year: Years, at: Optional[str] = None,
               partner: Optional[Names] = None, source: Optional[str] = None, edition: Any = None, date: Any = None,
               **parameters: Any) -> Table:
        """
        Where what a country has was made, looked through trade and stages: the metric origin_share, one row for each
        stage of the chain, or that `at` names, and each country that anything comes from.
        """
        if at is not None:
            parameters["at"] = at
        return self.metric("origin_share", mineral=mineral, stage=stage, country=country, partner=partner, year=year,
                           source=source, edition=edition, date=date, **parameters)

    def compare(self, *methods: str, year: int, country: Optional[str] = None, mineral: Optional[Names] = None,
                stage: Optional[Names] = None, source: Optional[str] = None, edition: Any = None,
                params: Optional[Mapping[str, Any]] = None, threads: int = 0,
                progress: Optional[Progress] = None) -> Table:
        """Methods side by side, over a model of all minerals: see Model.compare()."""
        model = self.model(source=source, edition=edition, progress=progress)
        return model.compare(*methods, year=year, country=country, mineral=mineral, stage=stage, params=params,
                             threads=threads, progress=progress)

    def explain(self, metric: str, *, mineral: Optional[Names] = None, stage: Optional[Names] = None,
                country: Optional[Names] = None, partner: Optional[Names] = None, year: Optional[Years] = None,
                source: Optional[str] = None, edition: Any = None, date: Any = None,
                params: Optional[Mapping[str, Any]] = None, **parameters: Any) -> Table:
        """Names every row and source behind one cell."""
        model = self.model(mineral=mineral, year=year, source=source, edition=edition, date=date)
        return model.explain(metric, mineral=mineral, stage=stage, country=country, partner=partner, year=year,
                             params=params, **parameters)

    def model(self, *, mineral: Optional[Names] = None, year: Optional[Years] = None, source: Optional[str] = None,
              edition: Any = None, date: Any = None, progress: Optional[Progress] = None) -> Model:
        """Loads a model of the whole store, or of minerals and years, that any number of threads may ask."""
        options = {"source": source, "edition": edition, "date": date}
        selection = Query.of({"mineral": mineral}, year, options).selection()
        with self._handle as store, selection as pointer:
            handle = Handle.made_by(library.critmin_model_load, store, pointer, CALLBACK, None,
                                    free=library.critmin_model_free, what="model", progress=progress)
        return Model(handle, options)

    def scenario(self, document: Optional[Document] = None, *, restriction: Optional[str] = None) -> Scenario:
        """
        Reads a scenario: a dict, its JSON, or the path of a file that holds it. With `restriction` it is made of a
        restriction on record, by its key.
        """
        if (document is None) == (restriction is None):
            raise argument_error("a scenario is made of a document, or of a restriction: give one of the two")
        with self._handle as store:
            if restriction is not None:
                handle = Handle.made_by(library.critmin_scenario_of_restriction, store, encode(restriction, "a key"),
                                        free=library.critmin_scenario_free, what="scenario")
            else:
                assert document is not None
                handle = Handle.made_by(library.critmin_scenario_read, store, encode(as_json(document), "a scenario"),
                                        free=library.critmin_scenario_free, what="scenario")
        return Scenario(handle, self)

    def figures(self, **selectors: Any) -> Table:
        """The figures themselves, every edition, with status, source and edition, as import_csv() reads them back."""
        selection = Query.selecting(selectors).selection()
        with self._handle as store, selection as pointer:
            return Table.made_by(library.critmin_store_figures, store, pointer)

    def list(self, what: str, **selectors: Any) -> Table:
        """
        Lists a relation as a table: minerals, stages, countries, groups, producers, agreements, commitments, reserves,
        restrictions, sources, editions, indicators, assumptions, relations, or the singular name of any. With `date`
        agreements, commitments, reserves and restrictions are those of that day, with their state and whom and what
        they are about; `partner` finds the restrictions that bind it, those against everybody included.
        """
        selection = Query.selecting(selectors).selection()
        with self._handle as store, selection as pointer:
            return Table.made_by(library.critmin_store_list, store, encode(what, "a relation"), pointer)

    def changes(self, *, since: Any, until: Any, **selectors: Any) -> Table:
        """
        What happened from one day to another, both included, to agreements, commitments, reserves and restrictions: an
        event a row, by day. The days are dates, or texts as 2026-01-11.
        """
        selection = Query.selecting(selectors).selection()
        with self._handle as store, selection as pointer:
            return Table.made_by(library.critmin_store_changes, store, encode(plain(since), "a day"),
                                 encode(plain(until), "a day"), pointer)

    def stages(self, **selectors: Any) -> Table:
        """The stages of the minerals' chains, as a table."""
        return self.list("stages", **selectors)

    def countries(self, **selectors: Any) -> Table:
        """The countries, as a table."""
        return self.list("countries", **selectors)

    def editions(self, **selectors: Any) -> Table:
        """The editions of the sources, as a table."""
        return self.list("editions", **selectors)

    def indicators(self, **selectors: Any) -> Table:
        """What is scored by country and year, as a table."""
        return self.list("indicators", **selectors)

    def assumptions(self, **selectors: Any) -> Table:
        """What is taken where nobody published, with its reason, as a table."""
        return self.list("assumptions", **selectors)

    def fields(self, relation: str) -> Table:
        """The fields of a relation: field, type, unit, required, low, high, words, text."""
        return fields(relation)

    def info(self) -> Table:
        """Facts about the store: path, versions, digest of the reference data, rows of each relation."""
        with self._handle as store:
            return Table.made_by(library.critmin_store_info, store)

    def check(self) -> Table:
        """What is damaged, doubtful or missing, and what is there for each mineral and stage."""
        with self._handle as store:
            return Table.made_by(library.critmin_store_check, store)

    # ---- changes

    def set(self, relation: str, row: Text = None, **fields: Any) -> None:
        """
        Writes one row of a relation, such as `figure` or `assumption`; a row with the same key is replaced. Fields are
        keywords, or a dict where a name is Python's own: `{"from": 2024}`, or the keyword `from_`.
        """
        names, values, n = _pairs(row, fields)
        with self._handle as store:
            call(library.critmin_store_set, store, encode(relation, "a relation"), names, values, n)

    def remove(self, relation: str, row: Text = None, **fields: Any) -> int:
        """Removes the rows of a relation whose fields equal all the given ones, at least one; says how many."""
        names, values, n = _pairs(row, fields)
        removed = c_int64()
        with self._handle as store:
            call(library.critmin_store_remove, store, encode(relation, "a relation"), names, values, n, byref(removed))
        return removed.value

    def append(self, relation: str, columns: Columns, progress: Optional[Progress] = None) -> None:
        """
        Appends many rows to a relation, such as `figure`, `flow` or `indicator`, all or none. Columns are a dict of
        lists or numpy arrays, a DataFrame, or an Arrow table, named as fields() says; None and NaN are missing.
        """
        made, borrowed = columns_handle(columns)
        with self._handle as store, made as pointer:
            call_with(progress, library.critmin_store_append, store, encode(relation, "a relation"), pointer, CALLBACK,
                      None)
        del borrowed

    def import_csv(self, path: Path, progress: Optional[Progress] = None) -> Table:
        """
        Reads a file in the project's own CSV layout, all of it or nothing: the header says which relation the rows are
        of. Gives the audit: relation, rows, new, replaced.
        """
        with self._handle as store:
            return Table.made_by(library.critmin_store_import, store, b"critmin", encode_path(path), CALLBACK, None,
                                 progress=progress)

    def import_composite(self, path: Path) -> Table:
        """Reads the JSON definition of a composite; the file's name, without what follows its last point, is its key."""
        with self._handle as store:
            return Table.made_by(library.critmin_store_import, store, b"composite", encode_path(path), CALLBACK, None,
                                 progress=None)

    def metrics(self) -> Table:
        """The metrics there are: those of critmin.metrics(), and after them the store's composites."""
        return self.model(year=1500).metrics()  # which has no figures

    def begin(self) -> None:
        """Begins a transaction: what follows is written together by commit(), or not at all."""
        with self._handle as store:
            call(library.critmin_store_begin, store)

    def commit(self) -> None:
        """Commits the open transaction."""
        with self._handle as store:
            call(library.critmin_store_commit, store)

    def rollback(self) -> None:
        """Undoes all that the open transaction wrote."""
        with self._handle as store:
            call(library.critmin_store_rollback, store)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """`with store.transaction():` commits at the end, and undoes everything when an exception leaves it."""
        self.begin()
        try:
            yield
        except BaseException:
            self.rollback()
            raise
        self.commit()

    def backup(self, path: Path, progress: Optional[Progress] = None) -> None:
        """Copies the store, as last committed, to a new file."""
        with self._handle as store:
            call_with(progress, library.critmin_store_backup, store, encode_path(path), CALLBACK, None)

    def close(self) -> None:
        """Closes the store, once the call under way has returned; an open transaction is rolled back."""
        self._handle.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], value: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<critmin.Store {self.path!r}{' (closed)' if self._handle.closed else ''}>"


def _pairs(row: Text, fields: Mapping[str, Any]) -> Tuple[Any, Any, int]:
    """Names and texts of a row's fields."""
    given: Dict[str, Any] = {**(row or {}), **{keyword(name): value for name, value in fields.items()}}
    texts = {name: plain(value) for name, value in given.items()}
    names = (c_char_p * max(len(texts), 1))(*(encode(name, "a field") for name in texts))
    values = (c_char_p * max(len(texts), 1))(
        *(b"" if text is None else encode(text, f"the value of {name}") for name, text in texts.items())
    )
    return names, values, len(texts)


def open(path: Path, write: bool = False) -> Store:
    """
    Opens a store: a file, `":reference:"` for the data inside the library, or `":memory:"` for an empty one that lasts
    as long as it is open. A file is only read unless `write` is true.
    """
    mode = _ffi.CRITMIN_OPEN_WRITE if write or path == ":memory:" else _ffi.CRITMIN_OPEN_READ
    encoded = encode_path(path)
    handle = Handle.made_by(library.critmin_store_open, encoded, mode, free=library.critmin_store_close, what="store")
    return Store(handle, encoded.decode("utf-8", "replace"))


def init(path: Path, reference: bool = True) -> Store:
    """
    Creates a store file, with a copy of the reference data or with `reference=False` an empty one, and opens it to
    write.
    """
    content = _ffi.CRITMIN_INIT_REFERENCE if reference else _ffi.CRITMIN_INIT_EMPTY
    call(library.critmin_store_init, encode_path(path), content)
    return open(path, write=True)
