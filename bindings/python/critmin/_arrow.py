# SPDX-License-Identifier: MIT
"""
Capsules of the Arrow C data interface, made with ctypes alone.

A capsule has a destructor, but one written in Python is a trap: called while an exception is on its way it loses the
exception, called when the interpreter ends it is gone itself. So the capsules here have none. They are held here too,
and swept: one that nobody else refers to is released, and its struct freed, when the next capsule is made or the next
table goes. A consumer that takes the stream over, as all do, does not depend on it.
"""
from __future__ import annotations

import sys
import threading
from ctypes import (
    CFUNCTYPE,
    PYFUNCTYPE,
    Structure,
    addressof,
    c_char_p,
    c_int,
    c_int64,
    c_void_p,
    py_object,
    pythonapi,
)
from typing import Any, List, Type

from . import _ffi
from ._errors import fail


class ArrowSchema(Structure):
    _fields_ = [
        ("format", c_char_p),
        ("name", c_char_p),
        ("metadata", c_void_p),
        ("flags", c_int64),
        ("n_children", c_int64),
        ("children", c_void_p),
        ("dictionary", c_void_p),
        ("release", CFUNCTYPE(None, c_void_p)),
        ("private_data", c_void_p),
    ]


class ArrowArrayStream(Structure):
    _fields_ = [
        ("get_schema", CFUNCTYPE(c_int, c_void_p, c_void_p)),
        ("get_next", CFUNCTYPE(c_int, c_void_p, c_void_p)),
        ("get_last_error", CFUNCTYPE(c_char_p, c_void_p)),
        ("release", CFUNCTYPE(None, c_void_p)),
        ("private_data", c_void_p),
    ]


_new_capsule = PYFUNCTYPE(py_object, c_void_p, c_char_p, c_void_p)(("PyCapsule_New", pythonapi))

# A capsule keeps the pointer to its name, so the names must last.
_NAMES = {ArrowSchema: c_char_p(b"arrow_schema"), ArrowArrayStream: c_char_p(b"arrow_array_stream")}


class Slot:
    """An Arrow struct for the library to fill, and the capsule that gives it away."""

    def __init__(self, kind: Type[Structure]) -> None:
        self.struct: Any = kind()
        self.address = addressof(self.struct)
        self.capsule: Any = None

    def release(self) -> None:
        """Releases the struct unless that is done or its consumer moved it elsewhere."""
        if self.struct.release:
            self.struct.release(self.address)

    def give(self) -> Any:
        """A capsule of the struct, which is released when nobody refers to the capsule any more."""
        sweep()
        made = _new_capsule(self.address, _NAMES[type(self.struct)], None)
        self.capsule = made
        _held.append(self)
        return made


def _references(slot: Slot) -> int:
    return sys.getrefcount(slot.capsule)


_idle = Slot(ArrowSchema)
_idle.capsule = object()  # what a capsule that only its slot refers to counts
_held: List[Slot] = []
_sweeping = threading.Lock()


def sweep() -> None:
    """Releases what capsules hold that nobody refers to."""
    # A finalizer may come here while a sweep is under way, on this thread or another: that sweep will do.
    if not _sweeping.acquire(blocking=False):
        return
    try:
        for slot in list(_held):
            if _references(slot) <= _references(_idle):
                _held.remove(slot)
                slot.release()
    finally:
        _sweeping.release()


def schema_of(stream: Slot) -> Any:
    """A capsule of the schema of a stream; the stream is released."""
    schema = Slot(ArrowSchema)
    try:
        if stream.struct.get_schema(stream.address, schema.address) != 0:
            text = stream.struct.get_last_error(stream.address)
            raise fail(_ffi.CRITMIN_ERROR_MEMORY, (text or b"").decode("utf-8", "replace"))
    finally:
        stream.release()
    return schema.give()
