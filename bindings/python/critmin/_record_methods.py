# SPDX-License-Identifier: MIT
"""What a store does with records: read, make, delete and go through those of each kind."""
from __future__ import annotations

from ctypes import CFUNCTYPE, byref, c_char_p, c_int32, c_void_p
from typing import Any, Iterator, List

from ._call import call, encode
from ._handle import Handle
from ._library import library
from ._progress import Interrupts
from ._query import Query
from ._record import Record, keyword

VISIT = CFUNCTYPE(c_int32, c_void_p, c_void_p)


class RecordMethods:
    """Methods of Store. The plural ones take selectors and go through the records in order of key, read one by one."""

    _handle: Handle

    def _record(self, kind: str, verb: str, key: str) -> Record:
        with self._handle as store:
            handle = Handle.made_by(
                getattr(library, f"critmin_{kind}_{verb}"), store, encode(key, "a key"),
                free=getattr(library, f"critmin_{kind}_free"), what=kind, parent=self._handle,
            )
        return Record(kind, handle)

    def _new(self, kind: str, key: str, fields: Any) -> Record:
        record = self._record(kind, "new", key)
        record.update({keyword(name): value for name, value in fields.items()})
        return record

    def _delete(self, kind: str, key: str) -> None:
        with self._handle as store:
            call(getattr(library, f"critmin_{kind}_delete"), store, encode(key, "a key"))

    def _each(self, kind: str, selectors: Any) -> Iterator[Record]:
        selection = Query.selecting(selectors).selection()
        keys: List[str] = []
        text_of = getattr(library, f"critmin_{kind}_text")

        def visit(_user: object, record: int) -> int:
            text = c_char_p()
            if text_of(record, kind.encode(), byref(text), None) != 0 or text.value is None:
                return 1
            keys.append(text.value.decode())
            return 0

        with self._handle as store, selection as pointer, Interrupts() as interrupts:
            call(getattr(library, f"critmin_{kind}_iterate"), store, pointer, VISIT(visit), None)
        interrupts.deliver()
        return (self._record(kind, "read", key) for key in keys)

    def mineral(self, key: str) -> Record:
        """Reads a mineral: names, codes and the chain of stages."""
        return self._record("mineral", "read", key)

    def new_mineral(self, key: str, **fields: Any) -> Record:
        """A new mineral with that key, stored by its write()."""
        return self._new("mineral", key, fields)

    def delete_mineral(self, key: str) -> None:
        """Deletes the mineral with that key, and its lists."""
        self._delete("mineral", key)

    def minerals(self, **selectors: Any) -> Iterator[Record]:
        """Goes through the minerals; list("minerals") is a table of them."""
        return self._each("mineral", selectors)

    def producer(self, key: str) -> Record:
        """Reads a producer: a facility or a company with owners."""
        return self._record("producer", "read", key)

    def new_producer(self, key: str, **fields: Any) -> Record:
        """A new producer with that key, stored by its write()."""
        return self._new("producer", key, fields)

    def delete_producer(self, key: str) -> None:
        """Deletes the producer with that key, and its lists."""
        self._delete("producer", key)

    def producers(self, **selectors: Any) -> Iterator[Record]:
        """Goes through the producers; list("producers") is a table of them."""
        return self._each("producer", selectors)

    def agreement(self, key: str) -> Record:
        """Reads an agreement: a commitment between parties."""
        return self._record("agreement", "read", key)

    def new_agreement(self, key: str, **fields: Any) -> Record:
        """A new agreement with that key, stored by its write()."""
        return self._new("agreement", key, fields)

    def delete_agreement(self, key: str) -> None:
        """Deletes the agreement with that key, and its lists."""
        self._delete("agreement", key)

    def agreements(self, **selectors: Any) -> Iterator[Record]:
        """Goes through the agreements; list("agreements") is a table of them."""
        return self._each("agreement", selectors)

    def reserve(self, key: str) -> Record:
        """Reads a reserve: a stockpile, or what is in the ground."""
        return self._record("reserve", "read", key)

    def new_reserve(self, key: str, **fields: Any) -> Record:
        """A new reserve with that key, stored by its write()."""
        return self._new("reserve", key, fields)

    def delete_reserve(self, key: str) -> None:
        """Deletes the reserve with that key, and its lists."""
        self._delete("reserve", key)

    def reserves(self, **selectors: Any) -> Iterator[Record]:
        """Goes through the reserves; list("reserves") is a table of them."""
        return self._each("reserve", selectors)

    def restriction(self, key: str) -> Record:
        """Reads a restriction: a ban, quota, licence, tax or disruption."""
        return self._record("restriction", "read", key)

    def new_restriction(self, key: str, **fields: Any) -> Record:
        """A new restriction with that key, stored by its write()."""
        return self._new("restriction", key, fields)

    def delete_restriction(self, key: str) -> None:
        """Deletes the restriction with that key, and its lists."""
        self._delete("restriction", key)

    def restrictions(self, **selectors: Any) -> Iterator[Record]:
        """Goes through the restrictions; list("restrictions") is a table of them."""
        return self._each("restriction", selectors)

    def group(self, key: str) -> Record:
        """Reads a group of countries with membership dates."""
        return self._record("group", "read", key)

    def new_group(self, key: str, **fields: Any) -> Record:
        """A new group with that key, stored by its write()."""
        return self._new("group", key, fields)

    def delete_group(self, key: str) -> None:
        """Deletes the group with that key, and its lists."""
        self._delete("group", key)

    def groups(self, **selectors: Any) -> Iterator[Record]:
        """Goes through the groups; list("groups") is a table of them."""
        return self._each("group", selectors)

    def source(self, key: str) -> Record:
        """Reads a source: who published figures, under what licence."""
        return self._record("source", "read", key)

    def new_source(self, key: str, **fields: Any) -> Record:
        """A new source with that key, stored by its write()."""
        return self._new("source", key, fields)

    def delete_source(self, key: str) -> None:
        """Deletes the source with that key, and its lists."""
        self._delete("source", key)

    def sources(self, **selectors: Any) -> Iterator[Record]:
        """Goes through the sources; list("sources") is a table of them."""
        return self._each("source", selectors)
