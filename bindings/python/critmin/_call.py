# SPDX-License-Identifier: MIT
"""Calling the library: values across the border, statuses into exceptions."""
from __future__ import annotations

import datetime
import math
import numbers
import os
from ctypes import byref
from typing import Any, Iterable, Optional, Union

from . import _ffi
from ._errors import argument_error, fail

Path = Union[str, "os.PathLike[str]"]

INT32 = (-(1 << 31), (1 << 31) - 1)
INT64 = (-(1 << 63), (1 << 63) - 1)
SEED = (0, (1 << 64) - 1)


def call(function: Any, *arguments: Any) -> None:
    """Calls a fallible function with an error to write to, and raises what it reports."""
    error = _ffi.critmin_error()
    status = function(*arguments, byref(error))
    if status != _ffi.CRITMIN_OK:
        message = bytes(error.message).decode("utf-8", "replace")
        raise fail(status, message, error.row, error.column, error.system_code)


def encode(text: Optional[str], what: str = "a name") -> bytes:
    """A text as the library takes it."""
    if not isinstance(text, str):
        raise argument_error(f"{what} must be a text, not {text!r}")
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise argument_error(f"{what} is not valid Unicode: {text!r}") from error
    if b"\0" in encoded:
        raise argument_error(f"{what} holds a NUL character: {text!r}")
    return encoded


def encode_path(path: Path) -> bytes:
    encoded = os.fsencode(path)
    if b"\0" in encoded:
        raise argument_error(f"a path holds a NUL character: {path!r}")
    return encoded


MISSING_TYPES = ("NoneType", "NAType", "NaTType")


def is_missing(value: Any) -> bool:
    """None, NaN, and what pandas has for them."""
    if isinstance(value, float):
        return math.isnan(value)
    return type(value).__name__ in MISSING_TYPES


def plain(value: Any) -> Optional[str]:
    """A Python value as the text of a field; None when it is missing. Several values are joined with `;`."""
    if is_missing(value):
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Real):
        return None if math.isnan(value) else repr(float(value))
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()[:10]
    if isinstance(value, Iterable) and not isinstance(value, (bytes, dict)):
        return ";".join(part for part in map(plain, value) if part is not None)
    raise argument_error(f"a text, number, date or list of them is expected, not {value!r}")


def clamp(value: Any, bounds: "tuple[int, int]", what: str) -> int:
    """An integer as the library's type: what does not fit becomes the nearest that does, for the library to refuse."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise argument_error(f"{what} must be an integer, not {value!r}")
    return max(bounds[0], min(bounds[1], int(value)))
