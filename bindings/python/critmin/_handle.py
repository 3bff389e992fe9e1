# SPDX-License-Identifier: MIT
"""Handles: pointers the library gave away, which free themselves."""
from __future__ import annotations

import threading
import weakref
from ctypes import byref, c_void_p
from types import TracebackType
from typing import Any, Optional, Type

from ._errors import argument_error
from ._progress import Progress, call_with


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
