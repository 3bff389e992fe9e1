# SPDX-License-Identifier: MIT
"""
Calling the library: texts across the border, statuses into exceptions, callbacks and handles that close themselves.
"""
from __future__ import annotations

import datetime
import math
import numbers
import os
import threading
import weakref
from ctypes import byref, c_void_p
from types import TracebackType
from typing import Any, Callable, Iterable, List, Optional, Type, Union

from . import _ffi
from ._errors import argument_error, fail

Progress = Callable[[int, int], object]
"""
Called with units done and units in all (0 where that is not known); a true value, or an exception, stops the work.
"""

Path = Union[str, "os.PathLike[str]"]

INT32 = (-(1 << 31), (1 << 31) - 1)
INT64 = (-(1 << 63), (1 << 63) - 1)


def call(function: Any, *arguments: Any) -> None:
    """Calls a fallible function with an error to write to, and raises what it reports."""
    error = _ffi.critmin_error()
    status = function(*arguments, byref(error))
    if status != _ffi.CRITMIN_OK:
        message = bytes(error.message).decode("utf-8", "replace")
        raise fail(status, message, error.row, error.column, error.system_code)


CALLBACK = object()
"""Stands for the callback among the arguments of call_with()."""


def call_with(progress: Optional[Progress], function: Any, *arguments: Any) -> None:
    """
    Calls a function that takes a progress callback. An exception in the callback, KeyboardInterrupt among them, cancels
    the work and is raised here. There is always a callback, so that an interrupt is seen without one of the caller's.
    """
    caught: List[BaseException] = []

    def report(_user: object, done: int, total: int) -> int:
        if caught:
            return 1
        try:
            return 1 if progress is not None and progress(done, total) else 0
        except BaseException as exception:
            caught.append(exception)
            return 1

    callback = _ffi.critmin_progress(report)
    try:
        try:
            call(function, *(callback if argument is CALLBACK else argument for argument in arguments))
        except Exception:
            if not caught:
                raise
        if caught:
            raise caught[0]
    finally:
        caught.clear()  # the exception's traceback leads back here: no cycle is left


def encode(text: str, what: str = "a name") -> bytes:
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


def is_missing(value: Any) -> bool:
    """None, NaN, and what pandas has for them."""
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or type(value).__name__ in ("NAType", "NaTType")


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


def _free(free: Any, pointer: int, _parent: Optional[Handle]) -> None:
    free(pointer)


class Handle:
    """
    A pointer the library gave us, freed once: by close(), or when nothing refers to it any more. A handle is used
    inside `with handle as pointer:`, so that closing it from elsewhere waits for the call that is under way. A child
    keeps its parent alive, and closing the parent closes its children first.
    """

    def __init__(self, pointer: int, free: Any, what: str, parent: Optional[Handle] = None) -> None:
        self._pointer = pointer
        self._what = what
        self._parent = parent
        self._children: weakref.WeakSet[Handle] = weakref.WeakSet()
        self._users = 0
        self._closing = False
        # A finalizer may run in the middle of anything on this thread, so the lock must let its own thread in again.
        self._lock = threading.RLock()
        # The finalizer holds the parent too: a garbage cycle of both could be collected in any order.
        self._finalizer = weakref.finalize(self, _free, free, pointer, parent)
        if parent is not None:
            with parent._lock:
                parent._children.add(self)

    @classmethod
    def made_by(cls, function: Any, *arguments: Any, free: Any, what: str, parent: Optional[Handle] = None,
                progress: Optional[Progress] = None) -> Handle:
        """Calls a function that gives a pointer away through its last argument, and holds what it gave."""
        pointer = c_void_p()
        try:
            call_with(progress, function, *arguments, byref(pointer))
        except BaseException:
            # A callback may raise after all was done: what was made must not be lost.
            if pointer.value is not None:
                free(pointer.value)
            raise
        assert pointer.value is not None
        return cls(pointer.value, free, what, parent)

    def __enter__(self) -> int:
        if self._parent is not None:
            self._parent.__enter__()
        with self._lock:
            if not self._closing:
                self._users += 1
                return self._pointer
        if self._parent is not None:
            self._parent.__exit__(None, None, None)
        raise argument_error(f"the {self._what} is closed")

    def __exit__(self, kind: Optional[Type[BaseException]], value: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        with self._lock:
            self._users -= 1
            if self._closing and self._users == 0:
                self._finalizer()
        if self._parent is not None:
            self._parent.__exit__(None, None, None)

    @property
    def closed(self) -> bool:
        return self._closing

    def close(self) -> None:
        """Frees the pointer, at once or when the call that is under way returns. May be called again."""
        with self._lock:
            children = list(self._children)
        for child in children:
            child.close()
        with self._lock:
            self._closing = True
            if self._users == 0:
                self._finalizer()
