# SPDX-License-Identifier: MIT
"""Columns that one hands to the library: dicts of lists or arrays, DataFrames, Arrow tables."""
from __future__ import annotations

import numbers
from ctypes import POINTER, c_char_p, c_int32, c_int64, cast
from typing import Any, Dict, List, Mapping, Union

from . import _ffi
from ._arrays import doubles, int32s, int64s
from ._call import INT64, Handle, call, clamp, encode, is_missing, plain
from ._errors import argument_error
from ._library import library

Columns = Union[Mapping[str, Any], Any]
"""A dict of lists or arrays, a DataFrame of pandas or polars, an Arrow table, or a Table."""


def as_columns(columns: Columns) -> Dict[str, Any]:
    """The columns by name, whatever they came in."""
    for method in ("to_pydict", "items", "to_dict"):  # Arrow; a mapping, or pandas; polars, or a Table
        if hasattr(columns, method):
            return dict(getattr(columns, method)())
    raise argument_error(f"columns are a dict of lists or arrays, or a DataFrame, not {type(columns).__name__}")


def columns_handle(columns: Columns) -> "tuple[Handle, List[object]]":
    """The library's list of columns, and the memory that it borrows."""
    named = {name: column if hasattr(column, "__len__") else list(column)
             for name, column in as_columns(columns).items()}
    lengths = {len(column) for column in named.values()}
    if len(lengths) > 1:
        raise argument_error("the columns have different lengths: " +
                             ", ".join(f"{name} {len(column)}" for name, column in named.items()))
    length = lengths.pop() if lengths else 0
    handle = Handle.made_by(library.critmin_columns_new, length, free=library.critmin_columns_free,
                            what="list of columns")
    with handle as pointer:
        borrowed = [_add(pointer, name, column) for name, column in named.items()]
    return handle, borrowed


def _add(pointer: int, name: str, column: Any) -> object:
    """Adds a column of the type its values have; gives the memory that must outlive its use."""
    label = encode(name, "the name of a column")
    if str(getattr(column, "dtype", "")) == "float64" or getattr(column, "typecode", None) == "d":
        lent = doubles(column.to_numpy() if hasattr(column, "to_numpy") else column, name)
        call(library.critmin_columns_number, pointer, label, lent.pointer)
        return lent
    values = column.tolist() if hasattr(column, "tolist") else list(column)
    present = [value for value in values if not is_missing(value)]
    if all(isinstance(value, numbers.Integral) for value in present) and present:
        memory: Any = int64s(_ffi.CRITMIN_INTEGER_MISSING if is_missing(v) else clamp(v, INT64, name) for v in values)
        call(library.critmin_columns_integer, pointer, label, cast(memory, POINTER(c_int64)))
        return memory
    if all(isinstance(value, numbers.Real) and not isinstance(value, bool) for value in present):
        lent = doubles(values, name)
        call(library.critmin_columns_number, pointer, label, lent.pointer)
        return lent
    codes: Dict[str, int] = {}
    texts = [plain(value) for value in values]
    coded = int32s(-1 if text is None else codes.setdefault(text, len(codes)) for text in texts)
    words = (c_char_p * max(len(codes), 1))(*(encode(text, f"a value of {name}") for text in codes))
    call(library.critmin_columns_coded, pointer, label, cast(coded, POINTER(c_int32)), cast(words, POINTER(c_char_p)),
         len(codes))
    return coded, words
