# SPDX-License-Identifier: MIT
"""What the public headers declare."""
import os
import re

from tap import files_under, lines_of


def public_headers(root):
    return list(files_under(os.path.join(root, "include", "critmin"), ".h"))


def without_comments(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.S)


def declarations(root):
    """Every exported declaration, as (header, text on one line)."""
    found = []
    for header in public_headers(root):
        text = without_comments("\n".join(lines_of(header)))
        text = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
        for declaration in re.findall(r"CRITMIN_API\b([^;]*);", text):
            found.append((os.path.basename(header), " ".join(declaration.split())))
    return found


def function_name(declaration):
    return re.match(r".*?\b(critmin_\w+)\s*\(", declaration).group(1)


def functions(root):
    return sorted(function_name(text) for _, text in declarations(root))
