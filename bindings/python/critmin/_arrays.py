# SPDX-License-Identifier: MIT
"""Arrays across the border: borrowed where their memory is what the library reads, copied elsewhere."""
from __future__ import annotations

import array
from ctypes import POINTER, c_double, c_int32, c_int64, cast
from typing import Any, Iterable, Mapping, NamedTuple, Optional, Sized, Tuple, Union

from ._call import is_missing
from ._errors import argument_error

Numbers = Union[Iterable[Optional[float]], Iterable[float]]
"""Numbers, None or NaN where one is withheld: a list, an array, a pandas Series, ..."""


class Doubles(NamedTuple):
    pointer: Any
    length: int
    shape: Tuple[int, ...]
    owner: object  # keeps the memory alive


class Lent(NamedTuple):
    pointer: Any
    owner: object  # keeps the memory alive


def doubles(values: Any, what: str) -> Doubles:
    """Doubles to lend to the library. A contiguous float64 array of numpy, or of the module array, is not copied."""
    interface = getattr(values, "__array_interface__", None)
    if (interface is not None and interface["typestr"] == "<f8" and interface.get("strides") is None
            and len(interface["shape"]) == 1):
        length = interface["shape"][0]
        return Doubles(cast(interface["data"][0], POINTER(c_double)), length, (length,), values)
    if getattr(values, "typecode", None) == "d":
        return Doubles(cast(values.buffer_info()[0], POINTER(c_double)), len(values), (len(values),), values)
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise argument_error(f"{what} must be a list or array of numbers, not {values!r}")
    listed = list(values)
    try:
        copied = array.array("d", listed)
    except (TypeError, OverflowError):  # some are missing, or are no numbers
        copied = array.array("d", [number(value, what) for value in listed])
    return doubles(copied, what)


def matrix(values: Any, what: str) -> Doubles:
    """Doubles in rows and columns; numbers that are not in rows are one row."""
    if hasattr(values, "__array_interface__"):
        if len(values.shape) not in (1, 2):
            raise argument_error(f"{what} must have rows and columns, not {len(values.shape)} dimensions")
        # A contiguous array of one dimension is lent as it is; ravel() copies what is not contiguous.
        return doubles(values.ravel(), what)._replace(shape=(1, *values.shape)[-2:])
    rows = list(values)
    if rows and not isinstance(rows[0], Iterable):
        rows = [rows]
    rows = [list(row) for row in rows]
    width = len(rows[0]) if rows else 0
    if any(len(row) != width for row in rows):
        raise argument_error(f"{what} has rows of different lengths")
    return doubles([value for row in rows for value in row], what)._replace(shape=(len(rows), width))


def number(value: Any, what: str) -> float:
    if is_missing(value):
        return float("nan")
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise argument_error(f"{what} must be of numbers, and {value!r} is none") from error


def same_length(values: Sized, length: int, what: str) -> None:
    if len(values) != length:
        raise argument_error(f"{what} has {len(values)} entries, the quantities {length}: give one for each")


def int32s(values: Iterable[int]) -> Lent:
    made = array.array("i", values)
    return Lent(cast(made.buffer_info()[0], POINTER(c_int32)), made)


def int64s(values: Iterable[int], what: str) -> Lent:
    try:
        made = array.array("q", values)
    except OverflowError as error:
        raise argument_error(f"{what} holds an integer of more than 64 bits") from error
    return Lent(cast(made.buffer_info()[0], POINTER(c_int64)), made)
