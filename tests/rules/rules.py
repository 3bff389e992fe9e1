#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The rules of the house, read off the sources: rules.py ROOT"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from headers import declarations, function_name, public_headers, without_comments  # noqa: E402
from tap import Tap, files_under, lines_of  # noqa: E402

root = sys.argv[1]
tap = Tap()

# Which rooms a room may include, besides itself and the public headers.
MAY_INCLUDE = {
    "base": [],
    "table": ["base"],
    "store": ["base", "table", "reference"],  # the image of the reference data, which is data
    "import": ["base", "table", "store"],
    "reference": ["base", "store"],
    "model": ["base", "table", "store"],
    "network": ["base", "table", "model"],
    "metrics": ["base", "table", "model", "network"],
    "exposure": ["base", "table", "model", "network", "metrics"],
}
ROOMS = sorted(name for name in os.listdir(os.path.join(root, "lib")) if os.path.isdir(os.path.join(root, "lib", name)))


def sources(*folders):
    for folder in folders:
        yield from files_under(os.path.join(root, folder), ".c", ".h")


def short(path):
    return os.path.relpath(path, root)


def room_of(path):
    parts = short(path).split(os.sep)
    return parts[1] if len(parts) > 2 else ""


def includes(path):
    for number, line in enumerate(lines_of(path), 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if found:
            yield number, found.group(1), found.group(2)


def code_lines(path):
    """Lines without comments, numbered as in the file."""
    text = "\n".join(lines_of(path))
    text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group(0).count("\n"), text, flags=re.S)
    for number, line in enumerate(text.splitlines(), 1):
        yield number, line


def matches(paths, pattern, texts=False):
    """Lines that match; what stands in string literals counts only where `texts` is set."""
    for path in paths:
        for number, line in code_lines(path):
            if re.search(pattern, line if texts else re.sub(r'"(\\.|[^"\\])*"', '""', line)):
                yield f"{short(path)}:{number}: {line.strip()}"


# Directions -----------------------------------------------------------------------------------------------------------

tap.check("every room is in the plan", [f"lib/{name}" for name in ROOMS if name not in MAY_INCLUDE])


def wrong_includes(room):
    allowed = MAY_INCLUDE.get(room, []) + [room, "critmin"]
    for path in sources(os.path.join("lib", room)):
        for number, quote, name in includes(path):
            first = name.split("/")[0]
            if quote == '"' and "/" in name and first not in allowed:
                yield f"{short(path)}:{number}: {name}"
            if quote == '"' and "/" not in name and name != os.path.basename(name):
                yield f"{short(path)}:{number}: {name}"
            if quote == "<" and first in MAY_INCLUDE and "/" in name:
                yield f"{short(path)}:{number}: <{name}>"


for room in ROOMS:
    tap.check(f"{room} includes only the rooms it may", wrong_includes(room))


def outside_the_contract():
    for path in sources("examples"):
        for number, quote, name in includes(path):
            local = os.path.exists(os.path.join(os.path.dirname(path), name))
            if quote == '"' and not local and not name.startswith("critmin/"):
                yield f"{short(path)}:{number}: {name}"
            if name.split("/")[0] in MAY_INCLUDE and not local or name == "sqlite3.h":
                yield f"{short(path)}:{number}: {name}"


tap.check("examples include the public header only", outside_the_contract())


def public_only():
    for path in public_headers(root):
        for number, quote, name in includes(path):
            if (quote == '"') != name.startswith("critmin/") or (quote == "<" and name not in ("stdint.h", "stddef.h")):
                yield f"{short(path)}:{number}: {name}"


tap.check("public headers include one another and <stdint.h>, <stddef.h> only", public_only())

# What belongs in one room only ----------------------------------------------------------------------------------------

elsewhere = [path for path in sources("lib", "examples") if room_of(path) != "store"]
SQL = (r'"[^"]*\b(SELECT\s.*\bFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|'
       r'CREATE\s+(TABLE|INDEX|VIEW|TRIGGER)|PRAGMA\s|VACUUM|ATTACH\s)')
tap.check("SQL is in the store only", matches(elsewhere, SQL, texts=True))
tap.check("SQLite is met in the store only", matches(elsewhere, r"\bsqlite3_?\w*\s*[(*]|<sqlite3\.h>"))
library = [path for path in sources("lib") if room_of(path) != "reference"]
tap.check("memory is taken through base/memory.h only",
          matches([p for p in library if short(p) != os.path.join("lib", "base", "memory.c")],
                  r"(?<![\w.>])(malloc|calloc|realloc|free|strdup|strndup|asprintf|vasprintf|alloca)\s*\("))
tap.check("the library prints nothing and ends nothing",
          matches(library, r"(?<![\w.>])(printf|vprintf|puts|putchar|perror|exit|abort|_exit|err|warn)\s*\(|"
                           r"\b(fprintf|fputs|fputc|fwrite|putc)\s*\([^;]*\bstd(out|err)\b|\bstd(out|err)\b"))
tap.check("the library reads no environment and keeps no hidden state of libc",
          matches(library, r"(?<![\w.>])(getenv|secure_getenv|setenv|setlocale|strtok|localtime|gmtime|rand|srand)\s*\("))

# Headers and files ----------------------------------------------------------------------------------------------------


def guard_faults():
    for path in sources("lib", "include", "examples", "tests"):
        if not path.endswith(".h"):
            continue
        text = "\n".join(line for _, line in code_lines(path))
        found = re.match(r"\s*#ifndef (\w+)\n#define (\w+)\n", text)
        stem = re.sub(r"\W", "_", os.path.splitext(os.path.basename(path))[0]).upper()
        where = short(path).split(os.sep)
        if where[0] == "include":
            wanted = f"CRITMIN_{stem}_H" if stem != "CRITMIN" else "CRITMIN_H"
        elif where[0] == "lib":
            wanted = f"CM_{where[1].upper()}_{stem}_H"
        else:
            wanted = None
        if not found or found.group(1) != found.group(2) or not text.rstrip().endswith("#endif"):
            yield f"{short(path)}: no guard around the whole"
        elif wanted and found.group(1) != wanted:
            yield f"{short(path)}: {found.group(1)} is not {wanted}"


tap.check("every header has the guard of its place", guard_faults())


def without_licence():
    for folder in ("include", "lib", "examples", "bindings", "tests", "docs", ".ci"):
        for path in files_under(os.path.join(root, folder), ".c", ".h", ".py", ".sh", ".sql"):
            lines = lines_of(path)
            if not any("SPDX-License-Identifier: MIT" in line for line in lines[:2]):
                yield short(path)


tap.check("every source says its licence first", without_licence())


def unlisted():
    for room in ROOMS:
        build = os.path.join(root, "lib", room, "meson.build")
        listed = "\n".join(lines_of(build)) if os.path.exists(build) else ""
        for path in files_under(os.path.join(root, "lib", room), ".c", ".csv", ".sql"):
            name = os.path.relpath(path, os.path.join(root, "lib", room)).replace(os.sep, "/")
            if f"'{name}'" not in listed:
                yield short(path)


tap.check("every file of a room is built", unlisted())


def unlisted_headers():
    build = "\n".join(lines_of(os.path.join(root, "include", "critmin", "meson.build")))
    whole = "\n".join(lines_of(os.path.join(root, "include", "critmin", "critmin.h")))
    for path in public_headers(root):
        name = os.path.basename(path)
        if f"'{name}'" not in build:
            yield f"{name} is not installed"
        if name != "critmin.h" and f'"critmin/{name}"' not in whole:
            yield f"{name} is not in critmin.h"


tap.check("every public header is installed and in critmin.h", unlisted_headers())

# The contract ---------------------------------------------------------------------------------------------------------

PLAIN = r"(?:int32_t|int64_t|uint32_t|uint64_t|double|critmin_status|critmin_progress|critmin_function|critmin_coalition)"
POINTED = r"(?:const )?(?:struct \w+|void|char|double|int32_t|int64_t|uint32_t|uint64_t|critmin_\w+)"
PARAMETER = re.compile(rf"^(?:{PLAIN} \w+|{POINTED} \*{{1,2}}\w+|{POINTED} \*const \*\w+|void|"
                       rf"int32_t \(\*\w+\)\((?:void \*\w*|critmin_\w+ \*\w+|, )*\))$")
RESULT = re.compile(rf"^(?:void|{PLAIN}|{POINTED} \*)$")


def parameters(text):
    """Splits at the commas that are in no parentheses."""
    part, depth = "", 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += char
    yield part.strip()


def signature_faults():
    for header, text in declarations(root):
        found = re.match(r"^(.*?)(critmin_\w+)\s*\((.*)\)$", text)
        if not found:
            yield f"{header}: {text}"
            continue
        if not RESULT.match(found.group(1).strip()):
            yield f"{header}: {found.group(2)} returns {found.group(1).strip()}"
        for parameter in parameters(found.group(3)):
            if not PARAMETER.match(parameter):
                yield f"{header}: {found.group(2)}: {parameter}"


def words_in_headers(pattern):
    for path in public_headers(root):
        for number, line in enumerate(without_comments("\n".join(lines_of(path))).splitlines(), 1):
            if re.search(pattern, line):
                yield f"{short(path)}: {line.strip()}"


tap.check("only plain types cross the border", signature_faults())
tap.check("no enum type, bool, long, size_t or varargs is public",
          words_in_headers(r"\benum\s+\w+|\b_?[Bb]ool\b|\b(long|short|unsigned|size_t|float)\b|\.\.\.|:\s*\d+\s*;"))
tap.check("no data is exported", [text for _, text in declarations(root) if "(" not in text])
tap.check("a fallible function takes its error last",
          [f"{header}: {function_name(text)}" for header, text in declarations(root)
           if text.startswith("critmin_status ") != text.endswith("critmin_error *error)")])
tap.end()
