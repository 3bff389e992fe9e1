# SPDX-License-Identifier: MIT
"""Runs the command line as a person would, one case after the other, and says in TAP what held."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tap import Tap  # noqa: E402

CRITMIN = os.path.abspath(sys.argv[1])
BESIDE = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else None  # whatever else the cases look at
HEADER = "metric,mineral,stage,country,partner,year,value,low,high,unit,flags,coverage,source,edition,params"

_cases = []


def case(function):
    """A case; its name says what must hold."""
    _cases.append(function)
    return function


class Result:
    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout.decode("utf-8") if process.stdout is not None else None
        self.err = process.stderr.decode("utf-8") if process.stderr is not None else None

    def rows(self):
        return list(csv.DictReader(io.StringIO(self.out)))

    def json(self):
        return json.loads(self.out)


def critmin(*arguments, code=0, **options):
    """Runs the program, holds it to the exit code, and to silence on standard output when it failed."""
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    options.setdefault("stdin", subprocess.DEVNULL)
    result = Result(subprocess.run([CRITMIN, *arguments], timeout=120, **options))
    shown = " ".join(str(a) for a in arguments)
    assert code is None or result.code == code, f"`critmin {shown}` ended with {result.code}, not {code}: {result.err}"
    if result.code >= 2:
        assert not result.out, f"`critmin {shown}` failed and yet wrote: {result.out[:200]}"
        if result.err is not None:
            assert result.err.startswith("critmin: "), f"`critmin {shown}` said: {result.err}"
            assert result.err.count("\n") == 1 and result.err.endswith("\n"), f"not one line: {result.err}"
    elif result.err is not None:
        assert result.err == "", f"`critmin {shown}` did as asked and yet said: {result.err}"
    return result


def refused(code, *arguments, says=(), **options):
    """Runs the program, which must refuse, with these words in its message."""
    result = critmin(*arguments, code=code, **options)
    for words in [says] if isinstance(says, str) else says:
        assert words in result.err, f"`{words}` is not in: {result.err}"
    return result


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


_made = []


def new_store(name="own.db"):
    """A store with the reference data in the case's folder; it is made once and copied."""
    if not _made:
        place = os.path.join(_root.name, "reference.db")
        critmin("init", place)
        with open(place, "rb") as file:
            _made.append(file.read())
    with open(name, "wb") as file:
        file.write(_made[0])
    return name


def add_own_source(store):
    critmin(
        "set",
        store,
        "source",
        "key=own",
        "publisher=Ourselves",
        "title=Our survey",
        "licence=CC0-1.0",
        "edition[0].edition=1",
        "edition[0].date=2025-01-31",
    )


_root = tempfile.TemporaryDirectory(prefix="critmin-cli-")


def main():
    tap = Tap()
    for number, function in enumerate(_cases, 1):
        place = os.path.join(_root.name, str(number))
        os.mkdir(place)
        os.chdir(place)
        faults = []
        try:
            function()
        except Exception:  # whatever goes wrong in a case is that case's failure
            faults = [traceback.format_exc()]
        tap.check(function.__name__.replace("_", " "), faults)
    os.chdir("/")
    _root.cleanup()
    tap.end()
