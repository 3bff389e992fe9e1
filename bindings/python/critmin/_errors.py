# SPDX-License-Identifier: MIT
"""One exception class for each status of the library, made from the library's own list."""
from __future__ import annotations

from typing import Dict, Type

from . import _ffi
from ._library import library


class Error(Exception):
    """
    A failure that the library reports: what, where, and what to do. Nothing was written. There is a subclass for every
    status, such as UnknownNameError.
    """

    status: int = 0
    """The status code."""

    row: int = 0
    """Line of the file, or row of the input, from 1; 0 when none is concerned."""

    column: int = 0
    """Column of the file or input, from 1; 0 when none is concerned."""

    system_code: int = 0
    """SQLite's extended result code or errno; 0 when neither applies."""


def _make_classes() -> Dict[int, Type[Error]]:
    made: Dict[int, Type[Error]] = {}
    for status in range(1, library.critmin_status_count()):
        words = library.critmin_status_name(status).decode().split("_")
        name = "".join(word.capitalize() for word in words) + "Error"
        text = library.critmin_status_text(status).decode()
        made[status] = type(name, (Error,), {"status": status, "__doc__": text, "__module__": "critmin"})
    return made


CLASSES = _make_classes()


def fail(status: int, message: str, row: int = 0, column: int = 0, system_code: int = 0) -> Error:
    """The exception for a status."""
    made = CLASSES.get(status, Error)(message or library.critmin_status_text(status).decode())
    made.status, made.row, made.column, made.system_code = status, row, column, system_code
    return made


def argument_error(message: str) -> Error:
    """The exception for what is refused before it reaches the library."""
    return fail(_ffi.CRITMIN_ERROR_ARGUMENT, message)
