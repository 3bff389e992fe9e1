# SPDX-License-Identifier: MIT
"""Long work: progress that is reported, and whatever stops it on the way."""
from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any, Callable, List, Optional

from . import _ffi
from ._call import call

Progress = Callable[[int, int], object]
"""
Called with units done and units in all (0 where that is not known); a true value, or an exception, stops the work.
"""

CALLBACK = object()
"""Stands for the callback among the arguments of call_with()."""


class Interrupts:
    """
    Keeps Ctrl-C from running its handler where nobody could catch what it raises: on the way into a callback, before
    its first line. It is noted instead; deliver() runs the handler.
    """

    def __init__(self) -> None:
        self._frames: List[Optional[FrameType]] = []
        self._handler: Any = None

    def __enter__(self) -> Interrupts:
        handler = signal.getsignal(signal.SIGINT)
        if callable(handler) and threading.current_thread() is threading.main_thread():
            try:
                signal.signal(signal.SIGINT, lambda _number, frame: self._frames.append(frame))
            except ValueError:  # an interpreter that signals do not reach
                return self
            self._handler = handler
        return self

    def __exit__(self, *_error: object) -> None:
        if self._handler is not None:
            signal.signal(signal.SIGINT, self._handler)

    def deliver(self) -> None:
        while self._frames:
            self._handler(signal.SIGINT, self._frames.pop())


def call_with(progress: Optional[Progress], function: Any, *arguments: Any) -> None:
    """
    Calls a function, with a callback where it takes one. An exception in the callback, KeyboardInterrupt among them,
    cancels the work and is raised here. The callback is there without one of the caller's too, so that an interrupt is
    seen.
    """
    if not any(argument is CALLBACK for argument in arguments):
        return call(function, *arguments)
    caught: List[BaseException] = []
    interrupts = Interrupts()

    def report(_user: object, done: int, total: int) -> int:
        if caught:
            return 1
        try:
            interrupts.deliver()
            return 1 if progress is not None and progress(done, total) else 0
        except BaseException as exception:
            caught.append(exception)
            return 1

    callback = _ffi.critmin_progress(report)
    try:
        try:
            with interrupts:
                call(function, *(callback if argument is CALLBACK else argument for argument in arguments))
        except Exception:
            if not caught:
                raise
        if caught:
            raise caught[0]
        interrupts.deliver()
    finally:
        caught.clear()  # the exception's traceback leads back here: no cycle is left
