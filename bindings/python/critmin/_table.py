# SPDX-License-Identifier: MIT
"""Result tables: named, typed columns with units."""
from __future__ import annotations

import html
import keyword
import os
from ctypes import byref, c_double, c_int32, c_int64, c_void_p, cast, string_at
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Dict,
    Iterator,
    List,
    Optional,
    Tuple,
    Type,
    Union,
    overload,
)

from . import _arrow, _ffi
from ._call import Path, call
from ._errors import argument_error
from ._handle import Handle
from ._library import library
from ._progress import Progress

if TYPE_CHECKING:
    import pandas

SHOWN_ROWS = 20

MEMORY: Dict[int, Tuple[Any, Any, Any]] = {
    _ffi.CRITMIN_COLUMN_NUMBER: (c_double, library.critmin_table_numbers, "d"),
    _ffi.CRITMIN_COLUMN_INTEGER: (c_int64, library.critmin_table_integers, "q"),
    _ffi.CRITMIN_COLUMN_TEXT: (c_int32, library.critmin_table_codes, "i"),
}


@dataclass(frozen=True)
class Column:
    """What a column is: its place, name, unit and type."""

    index: int
    name: str
    unit: str
    type: int


class Row(Tuple[Any, ...]):
    """
    A row of a table: `row.value`, `row["value"]` and `row[6]` are the same. A missing number is NaN; a missing text or
    integer is None. A column named with a word of Python's own is read with an underscore after it: `row.from_`.
    """

    __slots__ = ()

    _fields: Tuple[str, ...] = ()

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            try:
                key = self._fields.index(key)
            except ValueError:
                raise KeyError(key) from None
        return tuple.__getitem__(self, key)

    if TYPE_CHECKING:
        def __getattr__(self, name: str) -> Any: ...

    def keys(self) -> Tuple[str, ...]:
        """Names of the columns; `dict(row)` is a dict."""
        return self._fields

    def __repr__(self) -> str:
        return "Row(" + ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self)) + ")"

    def __reduce__(self) -> Any:
        return _make_row, (self._fields, tuple(self))


def _row_type(fields: Tuple[str, ...]) -> Type[Row]:
    """A class of rows with those columns as attributes."""
    members: Dict[str, Any] = {"__slots__": (), "_fields": fields, "__module__": __name__, "__doc__": Row.__doc__}
    for index, name in enumerate(fields):
        read = property(itemgetter(index))
        if name.isidentifier() and name != "keys":
            members[name + "_" if keyword.iskeyword(name) else name] = read
    return type("Row", (Row,), members)


def _make_row(fields: Tuple[str, ...], values: Tuple[Any, ...]) -> Row:
    return _row_type(fields)(values)


Explainer = Callable[[int, Row], "Table"]
"""What is behind the cell of a row: of its number, and of what stands in it."""


class Table:
    """
    A result table: a sequence of rows. It prints aligned; becomes CSV, JSON, Markdown, a pandas DataFrame, or whatever
    reads the Arrow interface (`pyarrow.table(t)`, `polars.DataFrame(t)`, DuckDB). Immutable; any number of threads may
    read it.
    """

    def __init__(self, handle: Handle, explainer: Optional[Explainer] = None) -> None:
        self._handle = handle
        self._explainer = explainer
        with handle as pointer:
            self._length: int = library.critmin_table_rows(pointer)
            self._columns = tuple(
                Column(index, library.critmin_table_name(pointer, index).decode(),
                       library.critmin_table_unit(pointer, index).decode(), library.critmin_table_type(pointer, index))
                for index in range(library.critmin_table_columns(pointer))
            )
        self._row_type = _row_type(self.columns)
        self._words: Dict[int, List[Optional[str]]] = {}

    @classmethod
    def made_by(cls, function: Any, *arguments: Any, explainer: Optional[Explainer] = None,
                progress: Optional[Progress] = None) -> Table:
        """Calls a function whose last result is a table."""
        return cls(Handle.made_by(function, *arguments, free=_free, what="table", progress=progress), explainer)

    @property
    def columns(self) -> Tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self._columns)

    @property
    def units(self) -> Dict[str, str]:
        """Units of the columns that have one."""
        return {column.name: column.unit for column in self._columns if column.unit}

    def _column(self, name: str) -> Column:
        for column in self._columns:
            if column.name == name:
                return column
        raise KeyError(f"the table has no column {name!r}; it has {', '.join(self.columns)}")

    def buffer(self, name: str) -> memoryview[Any]:
        """
        The memory of a column, read-only, not copied, valid as long as the view: doubles, integers, or for a text the
        codes of its words(), -1 where it is missing. `numpy.asarray(t.buffer("value"))` is an array of it.
        """
        column = self._column(name)
        kind, pointer_of, letter = MEMORY[column.type]
        with self._handle as pointer:
            if self._length == 0:
                return memoryview(b"").cast(letter)
            start = cast(pointer_of(pointer, column.index), c_void_p).value
        memory = (kind * self._length).from_address(start)
        memory._owner = self._handle  # the view keeps the memory, which keeps the table
        return memoryview(memory).cast("B").cast(letter).toreadonly()

    def words(self, name: str) -> List[str]:
        """The distinct words of a text column, in the order of their codes."""
        return [word for word in self._dictionary(self._column(name)) if word is not None]

    def _dictionary(self, column: Column) -> List[Optional[str]]:
        """The words by code, and None for the code -1."""
        if column.index not in self._words:
            with self._handle as pointer:
                found: List[Optional[str]] = [
                    library.critmin_table_word(pointer, column.index, code).decode()
                    for code in range(library.critmin_table_words(pointer, column.index))
                ]
            self._words[column.index] = [*found, None]
        return self._words[column.index]

    def _values(self, column: Column, part: slice = slice(None)) -> List[Any]:
        """A column as Python values."""
        raw = self.buffer(column.name)[part].tolist()
        if column.type == _ffi.CRITMIN_COLUMN_TEXT:
            words = self._dictionary(column)
            return [words[code] for code in raw]
        if column.type == _ffi.CRITMIN_COLUMN_INTEGER:
            return [None if value == _ffi.CRITMIN_INTEGER_MISSING else value for value in raw]
        return raw

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Row]:
        return map(self._row_type, zip(*(self._values(column) for column in self._columns)))

    @overload
    def __getitem__(self, key: int) -> Row: ...
    @overload
    def __getitem__(self, key: slice) -> List[Row]: ...
    @overload
    def __getitem__(self, key: str) -> List[Any]: ...

    def __getitem__(self, key: Union[int, slice, str]) -> Union[Row, List[Row], List[Any]]:
        """`t[0]` is a row, `t[:5]` a list of rows, `t["value"]` a column as a list."""
        if isinstance(key, str):
            return self._values(self._column(key))
        if isinstance(key, slice):
            return [self._row_type(values) for values in zip(*(self._values(column, key) for column in self._columns))]
        index = key.__index__()
        if not -self._length <= index < self._length:
            raise IndexError(f"the table has {self._length} rows, no row {key}")
        index %= self._length
        return self[index:index + 1][0]

    def explain(self, row: int = 0) -> Table:
        """Names every row and source behind the cell in that row. Only tables of metrics and of scenarios can."""
        if self._explainer is None:
            raise argument_error("only tables of metrics and of scenarios have cells to explain")
        found = self[row]
        return self._explainer(row.__index__() % self._length, found)

    def _format(self, name: str) -> str:
        text = c_void_p()
        with self._handle as pointer:
            call(library.critmin_table_format, pointer, name.encode(), byref(text))
        assert text.value is not None
        try:
            return string_at(text.value).decode()
        finally:
            library.critmin_text_free(text.value)

    def _write(self, name: str, path: Optional[Path]) -> str:
        text = self._format(name)
        if path is not None:
            with open(os.fspath(path), "w", encoding="utf-8", newline="") as file:
                file.write(text)
        return text

    def to_csv(self, path: Optional[Path] = None) -> str:
        """The table as CSV; with a path, written there too."""
        return self._write("csv", path)

    def to_json(self, path: Optional[Path] = None) -> str:
        """The table as JSON, missing values null; with a path, written there too."""
        return self._write("json", path)

    def to_markdown(self, path: Optional[Path] = None) -> str:
        """The table as Markdown; with a path, written there too."""
        return self._write("md", path)

    def to_factors(self, layout: str, path: Optional[Path] = None) -> bytes:
        """The table of a metric as characterisation factors for `brightway`, `openlca` (a zip package) or `simapro`; with a
        path, written there too."""
        data, size = c_void_p(), c_int64()
        with self._handle as pointer:
            call(library.critmin_table_factors, pointer, layout.encode(), byref(data), byref(size))
        assert data.value is not None
        try:
            made = string_at(data.value, size.value)
        finally:
            library.critmin_text_free(data.value)
        if path is not None:
            with open(os.fspath(path), "wb") as file:
                file.write(made)
        return made

    def to_dict(self) -> Dict[str, List[Any]]:
        """The columns as lists, by name."""
        return {column.name: self._values(column) for column in self._columns}

    def to_pandas(self) -> pandas.DataFrame:
        """
        The table as a pandas DataFrame with memory of its own: numbers as float64, integers as int64 (Int64 where one
        is missing), texts as texts. The units are in `.attrs["units"]`.
        """
        import numpy
        import pandas

        columns: Dict[str, Any] = {}
        for column in self._columns:
            raw = numpy.array(self.buffer(column.name))
            if column.type == _ffi.CRITMIN_COLUMN_TEXT:
                columns[column.name] = numpy.array(self._dictionary(column), dtype=object)[raw]
            elif column.type == _ffi.CRITMIN_COLUMN_INTEGER and (raw == _ffi.CRITMIN_INTEGER_MISSING).any():
                columns[column.name] = pandas.arrays.IntegerArray(raw, raw == _ffi.CRITMIN_INTEGER_MISSING)
            else:
                columns[column.name] = raw
        frame = pandas.DataFrame(columns, columns=list(self.columns))
        frame.attrs["units"] = self.units
        return frame

    def _stream(self) -> _arrow.Slot:
        slot = _arrow.Slot(_arrow.ArrowArrayStream)
        with self._handle as pointer:
            call(library.critmin_table_arrow, pointer, slot.address)
        return slot

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """
        The table as a stream of the Arrow C data interface, not copied. A schema that is asked for is not followed.
        """
        return self._stream().give()

    def __arrow_c_schema__(self) -> Any:
        """The types of the columns, as a schema of the Arrow C data interface."""
        return _arrow.schema_of(self._stream())

    def __str__(self) -> str:
        return self._format("text")

    def __repr__(self) -> str:
        lines = list(islice(self._format("text").splitlines(), SHOWN_ROWS + 2))
        return "\n".join([*lines, f"[{self._length} rows, {len(self._columns)} columns]"])

    def _repr_html_(self) -> str:
        head = "".join(
            f"<th>{html.escape(column.name)}{html.escape(f' ({column.unit})') if column.unit else ''}</th>"
            for column in self._columns
        )
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_shown(value))}</td>" for value in row) + "</tr>"
            for row in self[:SHOWN_ROWS]
        )
        return (f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
                f"<p>{self._length} rows, {len(self._columns)} columns</p>")


def _shown(value: Any) -> str:
    if value is None or value != value:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _free(pointer: int) -> None:
    library.critmin_table_free(pointer)
    _arrow.sweep()
