# SPDX-License-Identifier: MIT
"""What the tests share: the libraries that may be there, a small store, a Python of its own."""
from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

import critmin

SOURCE = Path(os.environ.get("CRITMIN_SOURCE", Path(__file__).resolve().parent.parent.parent))


def optional(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


numpy, pandas, pyarrow, polars, duckdb = map(optional, ("numpy", "pandas", "pyarrow", "polars", "duckdb"))


def run_python(text: str, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Runs a program in an interpreter of its own, with all of Python's own checks on."""
    return subprocess.run([sys.executable, "-X", "dev", "-c", text, *arguments], env={**os.environ, **environment},
                          capture_output=True, text=True, timeout=120)


class StoreCase(unittest.TestCase):
    """A case with a folder of its own, and a small store in it."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="critmin ")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.path = self.folder / "small.critmin"
        self.store = critmin.init(self.path, reference=False)
        self.addCleanup(self.store.close)
        fill(self.store)

    def dump(self) -> "dict[str, str]":
        """All that the store holds."""
        return {row.relation: self.store.list(row.relation).to_csv() for row in self.store.list("relations")}


def fill(store: critmin.Store) -> None:
    """One mineral of two stages, four countries, one source: enough for every kind of answer."""
    with store.transaction():
        store.set("source", source="paper", publisher="P", title="A paper", licence="CC0-1.0")
        store.set("edition", source="paper", edition="2025", date="2025-01-31")
        for key, iso2, m49, name in (("AUS", "AU", "036", "Australia"), ("CHN", "CN", "156", "China"),
                                     ("COD", "CD", "180", "DR Congo"), ("USA", "US", "840", "United States")):
            store.set("country", country=key, iso2=iso2, m49=m49, name=name)
        store.set("country", country="WLD", kind="world", name="World")
        store.set("country", country="OTH", kind="other", name="Other countries")
        store.set("measure", measure="production", text="what is made")
        cobalt = store.new_mineral("cobalt", name="Cobalt", symbol="Co")
        cobalt["stage"] = [
            {"stage": "mined", "kind": "mining", "position": 1, "name": "Mine output", "unit": "t", "basis": "content"},
            {"stage": "refined", "kind": "metal", "position": 2, "name": "Refined", "unit": "t", "basis": "content"},
        ]
        cobalt.write()
        store.append("figure", {
            "mineral": ["cobalt"] * 8, "stage": ["mined"] * 8, "measure": ["production"] * 8,
            "country": ["COD", "AUS", "USA", "WLD"] * 2,
            "from": [2023] * 4 + [2024] * 4, "to": [2023] * 4 + [2024] * 4,
            "value": [50.0, 30.0, 20.0, None, 50.0, 20.0, 10.0, 100.0],
            "status": ["reported"] * 3 + ["not_available"] + ["reported"] * 4,
            "unit": ["t"] * 8, "basis": ["content"] * 8, "source": ["paper"] * 8, "edition": ["2025"] * 8,
        })
