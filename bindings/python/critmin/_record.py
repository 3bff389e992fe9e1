# SPDX-License-Identifier: MIT
"""Records: agreements, producers and the like, as mappings with lists of items."""
from __future__ import annotations

import math
import numbers
from ctypes import byref, c_char_p, c_double, c_int64
from functools import lru_cache
from typing import Any, Dict, Iterable, Iterator, List, Mapping, MutableMapping, MutableSequence

from ._call import call, encode, is_missing, plain
from ._errors import argument_error
from ._handle import Handle
from ._library import library
from ._table import Table

# The lists of each kind of record, by the relation that their items are rows of.
LISTS: Dict[str, Dict[str, str]] = {
    "mineral": {
        "member": "mineral_member", "alias": "mineral_alias", "stage": "stage", "hs": "hs_code",
        "content": "content_factor",
    },
    "producer": {"owner": "producer_owner", "citation": "producer_citation"},
    "agreement": {
        "party": "agreement_party", "scope": "agreement_scope", "commitment": "agreement_commitment",
        "citation": "agreement_citation",
    },
    "reserve": {"citation": "reserve_citation"},
    "restriction": {
        "scope": "restriction_scope", "target": "restriction_target", "suspension": "restriction_suspension",
        "citation": "restriction_citation",
    },
    "group": {"member": "group_member"},
    "source": {"edition": "edition"},
}


def fields(relation: str) -> Table:
    """The fields of a relation: field, type, unit, required, low, high, words, text."""
    return Table.made_by(library.critmin_store_fields, encode(relation, "a relation"))


@lru_cache(maxsize=None)
def field_types(kind: str) -> Dict[str, Dict[str, str]]:
    """The types of a record's fields, by the list that they are in: "" for those of the record itself."""
    types = {name: {row.field: row.type for row in fields(relation)} for name, relation in LISTS[kind].items()}
    for item in types.values():
        del item[kind]  # every item says whose it is, which the record knows
    return {"": {row.field: row.type for row in fields(kind)}, **types}


def keyword(name: str) -> str:
    """The field that a keyword argument means: `from_` is how Python spells `from`."""
    return name[:-1] if name.endswith("_") else name


class Record(MutableMapping[str, Any]):
    """
    A record: fields by name, lists of items by name. It is a copy: nothing is stored before write(). Texts are str,
    numbers float or int, an empty field is None. One thread at a time.
    """

    def __init__(self, kind: str, handle: Handle) -> None:
        self.kind = kind
        self._handle = handle
        self._types = field_types(kind)

    @property
    def key(self) -> str:
        """The key of the record."""
        return str(self[self.kind])

    def _call(self, verb: str, *arguments: Any) -> None:
        with self._handle as pointer:
            call(getattr(library, f"critmin_{self.kind}_{verb}"), pointer, *arguments)

    def _get(self, address: str, kind: str) -> Any:
        where = encode(address, "a field")
        if kind == "number":
            number = c_double()
            self._call("number", where, byref(number))
            return None if math.isnan(number.value) else number.value
        text = c_char_p()
        self._call("text", where, byref(text))
        if text.value is None:
            return None
        return int(text.value) if kind == "integer" else text.value.decode()

    def _set(self, address: str, value: Any) -> None:
        where = encode(address, "a field")
        if isinstance(value, numbers.Real) and not isinstance(value, numbers.Integral) and not is_missing(value):
            self._call("set_number", where, float(value))
        else:
            text = plain(value)
            self._call("set_text", where, None if text is None else encode(text, "a value"))

    def _count(self, name: str) -> int:
        count = c_int64()
        self._call("count", encode(name), byref(count))
        return count.value

    def __getitem__(self, name: str) -> Any:
        if name in LISTS[self.kind]:
            return Items(self, name)
        return self._get(name, self._types[""].get(name, "text"))

    def __setitem__(self, name: str, value: Any) -> None:
        if name in LISTS[self.kind]:
            Items(self, name)[:] = value
        else:
            self._set(name, value)

    def __delitem__(self, name: str) -> None:
        """Empties a field or a list."""
        self[name] = [] if name in LISTS[self.kind] else None

    def __iter__(self) -> Iterator[str]:
        yield from self._types[""]
        yield from LISTS[self.kind]

    def __len__(self) -> int:
        return len(self._types[""]) + len(LISTS[self.kind])

    def __contains__(self, name: object) -> bool:
        return name in self._types[""] or name in LISTS[self.kind]

    def to_dict(self) -> Dict[str, Any]:
        """A copy in dicts and lists; empty fields are None."""
        return {name: [dict(item) for item in self[name]] if name in LISTS[self.kind] else self[name] for name in self}

    def write(self) -> None:
        """Stores the record, whole, in one transaction: a new one is added, one that was read is changed."""
        self._call("write")

    def __repr__(self) -> str:
        return f"<critmin {self.kind} {self.key!r}>"


class Item(MutableMapping[str, Any]):
    """An item of a record's list, in place: what is set here is set in the record."""

    def __init__(self, record: Record, name: str, index: int) -> None:
        self._record = record
        self._address = f"{name}[{index}]."
        self._types = record._types[name]

    def __getitem__(self, field: str) -> Any:
        return self._record._get(self._address + field, self._types.get(field, "text"))

    def __setitem__(self, field: str, value: Any) -> None:
        self._record._set(self._address + field, value)

    def __delitem__(self, field: str) -> None:
        """Empties the field."""
        self[field] = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._types)

    def __len__(self) -> int:
        return len(self._types)

    def __contains__(self, field: object) -> bool:
        return field in self._types

    def __repr__(self) -> str:
        return repr({field: value for field, value in self.items() if value is not None})


class Items(MutableSequence[Any]):
    """A list of a record, in place. Items may be given as dicts."""

    def __init__(self, record: Record, name: str) -> None:
        self._record = record
        self._name = name

    def __len__(self) -> int:
        return self._record._count(self._name)

    def __getitem__(self, index: Any) -> Any:
        places = range(len(self))[index]
        if isinstance(places, range):
            return [Item(self._record, self._name, place) for place in places]
        return Item(self._record, self._name, places)

    def _copy(self) -> List[Mapping[str, Any]]:
        return [dict(item) for item in self[:]]

    def _replace(self, items: Iterable[Mapping[str, Any]]) -> None:
        """Writes the list anew; when an item is refused it is left as it was."""
        before, after = self._copy(), _as_items(items)
        try:
            self._fill(after)
        except BaseException:
            self._fill(before)
            raise

    def _fill(self, items: List[Mapping[str, Any]]) -> None:
        self._record._call("clear", encode(self._name))
        for index, item in enumerate(items):
            for field, value in item.items():
                if not is_missing(value):
                    self._record._set(f"{self._name}[{index}].{keyword(field)}", value)
            if len(self) != index + 1:
                raise argument_error(f"an item of {self._name} is empty: give it a field")

    def __setitem__(self, index: Any, value: Any) -> None:
        items = self._copy()
        items[index] = _as_items(value) if isinstance(index, slice) else value
        self._replace(items)

    def __delitem__(self, index: Any) -> None:
        items = self._copy()
        del items[index]
        self._replace(items)

    def insert(self, index: int, value: Mapping[str, Any]) -> None:
        items = self._copy()
        items.insert(index, value)
        self._replace(items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Items, list)) and self._copy() == [dict(item) for item in other]

    def __repr__(self) -> str:
        return repr(list(self))


def _as_items(items: Any) -> List[Mapping[str, Any]]:
    listed: List[Any] = [None] if isinstance(items, (str, Mapping)) or not isinstance(items, Iterable) else list(items)
    for item in listed:
        if not isinstance(item, Mapping):
            raise argument_error("a list of a record takes a list of dicts")
    return [dict(item) for item in listed]
