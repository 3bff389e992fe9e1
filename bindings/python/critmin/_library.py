# SPDX-License-Identifier: MIT
"""Finds the shared library, loads it, and makes sure that it is the one this package was written for."""
from __future__ import annotations

import os
from ctypes import CDLL, c_int32, sizeof
from pathlib import Path
from typing import List

from . import _ffi

SONAME = "libcritmin.so.0"

# The binary interface this package was written for: a library of a lower number lacks something it calls.
ABI_VERSION = 1


def load() -> CDLL:
    """
    The library named by the environment variable CRITMIN_LIBRARY, else the one beside this file, else the system's, by
    its exact name. Nothing is guessed: ImportError lists what was tried.
    """
    named = os.environ.get("CRITMIN_LIBRARY")
    # A library that was asked for by name is the only one that will do.
    candidates = [named] if named else [str(Path(__file__).resolve().parent / SONAME), SONAME]
    tried: List[str] = []
    for candidate in candidates:
        try:
            library = CDLL(candidate)
        except OSError as error:
            tried.append(f"  {candidate}: {error}")
            continue
        verify(library, candidate)
        return library
    origin = "CRITMIN_LIBRARY names" if named else "CRITMIN_LIBRARY is not set; tried"
    raise ImportError(
        f"the critmin library cannot be loaded. {origin}:\n" + "\n".join(tried)
        + f"\nBuild or install it, or set CRITMIN_LIBRARY to the path of {SONAME}."
    )


def verify(library: CDLL, path: str) -> None:
    """Declares every function; ImportError when the library is another or an older one than the headers describe."""
    try:
        abi_version = library.critmin_abi_version
        abi_version.restype = c_int32
        abi_version.argtypes = []
        if abi_version() < ABI_VERSION:
            raise ImportError(
                f"{path} has binary interface {abi_version()}; this package needs {ABI_VERSION} or later. Install a "
                "newer library, or set CRITMIN_LIBRARY to one."
            )
        _ffi.declare(library)
    except AttributeError as error:
        raise ImportError(f"{path} is not the critmin library this package was written for: {error}") from error
    for name, there, here in (
        ("critmin_answer", library.critmin_answer_size(), sizeof(_ffi.critmin_answer)),
        ("critmin_supply", library.critmin_supply_size(), sizeof(_ffi.critmin_supply)),
    ):
        # A newer library may know more members; it is told how many this package has.
        if there < here:
            raise ImportError(
                f"{path}: struct {name} has {there} bytes, this package needs {here}. Install a newer library."
            )


library = load()
