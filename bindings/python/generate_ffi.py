#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes critmin/_ffi.py and critmin/_statuses.pyi: what the public headers declare, in the words of ctypes.

    python3 generate_ffi.py ../../include critmin          writes both files into the folder `critmin`
    python3 generate_ffi.py --check ../../include critmin  changes nothing, exits 1 when one of them is stale

The headers use plain types and regular declarations, so a short parser reads them. It refuses what it does not know:
a declaration is either understood whole or the run ends with its text.
"""
from __future__ import annotations

import argparse
import re
import sys
import textwrap
from pathlib import Path
from typing import Dict, List, NamedTuple, Tuple

SCALARS = {
    "int32_t": "c_int32", "uint32_t": "c_uint32", "int64_t": "c_int64", "uint64_t": "c_uint64", "double": "c_double",
}


class Function(NamedTuple):
    name: str
    result: str
    arguments: List[str]


class Declarations:
    """What the headers say, in their order."""

    def __init__(self) -> None:
        self.constants: Dict[str, str] = {}
        self.aliases: Dict[str, str] = {}
        self.opaque: List[str] = []
        self.structs: Dict[str, List[Tuple[str, str]]] = {}
        self.callbacks: Dict[str, str] = {}
        self.functions: List[Function] = []

    def ctype(self, text: str) -> str:
        """The ctypes name of a C type, as `const char *const *`."""
        words = text.replace("*", " * ").split()
        stars = words.count("*")
        names = [word for word in words if word not in ("*", "const", "struct")]
        if len(names) != 1:
            raise SystemExit(f"type not understood: {text!r}")
        name = names[0]
        if name in self.callbacks and stars == 0:
            return name
        if name in self.aliases:
            name = self.aliases[name]
        if stars == 0:
            if name == "void":
                return "None"
            if name in SCALARS:
                return SCALARS[name]
            if name in self.structs:
                return name
        elif name == "char":
            # Text that is not const is the caller's to free: it stays an address, or it could not be freed.
            kind = "c_char_p" if "const" in words else "c_void_p"
            return kind if stars == 1 else f"POINTER({kind})"
        elif name == "void" and stars == 1:
            return "c_void_p"
        elif name in SCALARS and stars == 1:
            return f"POINTER({SCALARS[name]})"
        elif name in self.structs and stars in (1, 2):
            return "POINTER(" * stars + name + ")" * stars
        elif name in self.opaque or name.startswith("Arrow"):
            return "c_void_p" if stars == 1 else "POINTER(c_void_p)"
        raise SystemExit(f"type not understood: {text!r}")

    def parameter(self, text: str) -> str:
        """The ctypes name of a parameter, its own name left out."""
        callback = re.fullmatch(r"(.+?)\(\s*\*\s*\w+\s*\)\s*\((.*)\)", text, re.S)
        if callback:
            return self.callback(callback[1], callback[2])
        named = re.fullmatch(r"(.+?)(\w+)", text.strip(), re.S)
        if not named:
            raise SystemExit(f"parameter not understood: {text!r}")
        return self.ctype(named[1])

    def callback(self, result: str, parameters: str) -> str:
        types = [self.ctype(result)] + [self.parameter(p) for p in split(parameters)]
        return f"CFUNCTYPE({', '.join(types)})"


def split(parameters: str) -> List[str]:
    """Splits a parameter list at its outer commas."""
    parts, depth, part = [], 0, ""
    for letter in parameters:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += letter
    parts.append(part)
    return [] if [p.strip() for p in parts] in ([""], ["void"]) else [p.strip() for p in parts]


def constant(value: str) -> str:
    """A preprocessor value or an enumerator's, as Python."""
    value = value.replace("INT64_MIN", "-(1 << 63)")
    value = re.sub(r"U?INT(?:32|64)_C\((\w+)\)", r"\1", value).strip()
    if re.fullmatch(r'\(?-?[\w\s<>()-]+\)?|"[^"]*"', value):
        return value[1:-1] if value.startswith("(") and value.endswith(")") and value.count("(") == 1 else value
    raise SystemExit(f"constant not understood: {value!r}")


def headers(include: Path) -> List[Path]:
    """The public headers, each after those it includes."""
    order: List[Path] = []

    def visit(path: Path) -> None:
        if path in order:
            return
        for name in re.findall(r'#include "([^"]+)"', path.read_text(encoding="utf-8")):
            visit(include / name)
        order.append(path)

    visit(include / "critmin" / "critmin.h")
    return order


def read(include: Path) -> Declarations:
    found = Declarations()
    for path in headers(include):
        text = re.sub(r"/\*.*?\*/", " ", path.read_text(encoding="utf-8"), flags=re.S)
        if path.name != "export.h":
            for name, value in re.findall(r"^#define (CRITMIN_\w+)[ \t]+(\S.*)$", text, re.M):
                found.constants[name] = constant(value)
        text = re.sub(r"^#.*(?:\\\n.*)*$", "", text, flags=re.M)
        text = re.sub(r"\b(CRITMIN_BEGIN|CRITMIN_END)\b", "", text)
        for declaration in declarations(text):
            declare(found, declaration)
    return found


def declarations(text: str) -> List[str]:
    """Splits a header at the semicolons outside braces."""
    parts, depth, part = [], 0, ""
    for letter in text:
        depth += (letter == "{") - (letter == "}")
        if letter == ";" and depth == 0:
            parts.append(" ".join(part.split()))
            part = ""
        else:
            part += letter
    if part.strip():
        raise SystemExit(f"declaration without an end: {part.strip()!r}")
    return parts


def declare(found: Declarations, text: str) -> None:
    match = re.fullmatch(r"CRITMIN_API (.+?)(critmin_\w+)\((.*)\)", text)
    if match:
        arguments = [found.parameter(parameter) for parameter in split(match[3])]
        result = found.ctype(match[1])
        found.functions.append(Function(match[2], result, arguments))
        return
    match = re.fullmatch(r"enum \{(.*)\}", text)
    if match:
        following = "0"
        for item in filter(None, (item.strip() for item in match[1].split(","))):
            name, _, value = item.partition("=")
            found.constants[name.strip()] = constant(value or following)
            following = f"{found.constants[name.strip()]} + 1"
        return
    match = re.fullmatch(r"typedef struct (critmin_\w+) \{(.*)\} (critmin_\w+)", text)
    if match:
        fields = []
        for member in filter(None, (member.strip() for member in match[2].split(";"))):
            named = re.fullmatch(r"(.+?)(\w+)(?:\[(\d+)\])?", member)
            if not named:
                raise SystemExit(f"member not understood: {member!r}")
            kind = "c_char" if named[3] and named[1].strip() == "char" else found.ctype(named[1])
            fields.append((named[2], f"{kind} * {named[3]}" if named[3] else kind))
        found.structs[match[1]] = fields
        return
    match = re.fullmatch(r"typedef struct (critmin_\w+) (critmin_\w+)", text)
    if match:
        found.opaque.append(match[1])
        return
    match = re.fullmatch(r"typedef (.+?)\(\s*\*\s*(critmin_\w+)\s*\)\s*\((.*)\)", text)
    if match:
        found.callbacks[match[2]] = found.callback(match[1], match[3])
        return
    match = re.fullmatch(r"typedef (\w+) (critmin_\w+)", text)
    if match and match[1] in SCALARS:
        found.aliases[match[2]] = match[1]
        return
    if re.fullmatch(r"struct \w+", text):
        return
    raise SystemExit(f"declaration not understood: {text!r}")


def ffi(found: Declarations) -> str:
    used = " ".join([*found.callbacks.values(), *(kind for f in found.structs.values() for _, kind in f),
                     *(kind for f in found.functions for kind in [f.result, *f.arguments])])
    names = sorted(set(re.findall(r"\b(?:c_\w+|POINTER|CFUNCTYPE)\b", used)) | {"Structure"}, key=str.lower)
    lines = [
        "# SPDX-License-Identifier: MIT",
        '"""The public headers in the words of ctypes. Written by generate_ffi.py; edit the headers and run it."""',
        "from __future__ import annotations",
        "",
        "from ctypes import (",
        "    CDLL, " + ", ".join(names) + ",",
        ")",
        "from typing import Any, Dict, List, Tuple",
        "",
    ]
    lines += [f"{name} = {value}" for name, value in found.constants.items()]
    for name, kind in found.callbacks.items():
        lines += ["", f"{name} = {kind}"]
    for name, fields in found.structs.items():
        lines += ["", "", f"class {name}(Structure):", "    _fields_ = ["]
        lines += [f'        ("{member}", {kind}),' for member, kind in fields]
        lines += ["    ]"]
    lines += ["", "", "# name: (what it returns, what it takes)", "FUNCTIONS: Dict[str, Tuple[Any, List[Any]]] = {"]
    for function in found.functions:
        line = f'    "{function.name}": ({function.result}, [{", ".join(function.arguments)}]),'
        if len(line) <= 120:
            lines.append(line)
        else:
            lines.append(f'    "{function.name}": ({function.result}, [')
            lines += textwrap.wrap(", ".join(function.arguments) + ",", 120, initial_indent=" " * 8,
                                   subsequent_indent=" " * 8, break_long_words=False)
            lines.append("    ]),")
    lines += [
        "}", "", "",
        "def declare(library: CDLL) -> None:",
        '    """Tells ctypes what every function takes and returns. AttributeError names one that is missing."""',
        "    for name, (result, arguments) in FUNCTIONS.items():",
        "        function = getattr(library, name)",
        "        function.restype = result",
        "        function.argtypes = arguments",
        "",
    ]
    return "\n".join(lines)


def class_name(status: str) -> str:
    """UNKNOWN_NAME gives UnknownNameError; critmin/_errors.py does the same at run time."""
    return "".join(word.capitalize() for word in status.split("_")) + "Error"


def statuses(found: Declarations) -> str:
    names = [name[len("CRITMIN_ERROR_"):] for name in found.constants if name.startswith("CRITMIN_ERROR_")]
    lines = [
        "# SPDX-License-Identifier: MIT",
        "# The exception classes that critmin makes at import, for type checkers. Written by generate_ffi.py.",
        "from ._errors import Error",
    ]
    for name in names:
        lines += ["", f"class {class_name(name)}(Error): ..."]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 when a file is stale")
    parser.add_argument("include", type=Path, help="the folder that holds critmin/critmin.h")
    parser.add_argument("package", type=Path, help="the folder of the Python package")
    options = parser.parse_args()
    found = read(options.include)
    stale = False
    for name, text in (("_ffi.py", ffi(found)), ("_statuses.pyi", statuses(found))):
        path = options.package / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale = True
        if options.check:
            print(f"{path} is not what the headers say: run generate_ffi.py", file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8")
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
