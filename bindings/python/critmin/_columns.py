# SPDX-License-Identifier: MIT
"""Columns that one hands to the library: dicts of lists or arrays, DataFrames, Arrow tables."""
from __future__ import annotations

import numbers
from ctypes import POINTER, c_char_p, cast
from typing import Any, Dict, List, Mapping, Union

from . import _ffi
from ._arrays import doubles, int32s, int64s
from ._call import MISSING_TYPES, call, encode, is_missing, plain
from ._errors import argument_error
from ._handle import Handle
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
    kinds = {kind for kind in set(map(type, values)) if kind.__name__ not in MISSING_TYPES}
    has_missing = len(kinds) < len(set(map(type, values)))
    if kinds and all(issubclass(kind, numbers.Integral) for kind in kinds):
        whole = (_ffi.CRITMIN_INTEGER_MISSING if is_missing(v) else v for v in values) if has_missing else values
        integers = int64s(whole, name)
        call(library.critmin_columns_integer, pointer, label, integers.pointer)
        return integers
    if all(issubclass(kind, numbers.Real) for kind in kinds):
        lent = doubles(values, name)
        call(library.critmin_columns_number, pointer, label, lent.pointer)
        return lent
    texts = values if kinds == {str} else [plain(value) for value in values]
    words = [text for text in dict.fromkeys(texts) if not is_missing(text)]
    code_of = {word: code for code, word in enumerate(words)}
    codes = int32s(code_of.get(text, -1) for text in texts)
    encoded = (c_char_p * max(len(words), 1))(*(encode(word, f"a value of {name}") for word in words))
    call(library.critmin_columns_coded, pointer, label, codes.pointer, cast(encoded, POINTER(c_char_p)), len(words))
    return codes, encoded
