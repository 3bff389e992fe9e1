#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the schema files, in order, as an array of C strings: embed_sql.py OUTPUT FILE..."""
import sys

output, *files = sys.argv[1:]


def literal(text):
    # Bytes, not a string literal: C99 promises literals of 4,095 characters only.
    return ",".join(str(byte) for byte in text.encode()) + ",0"


with open(output, "w", encoding="ascii") as out:
    out.write('#include "store/schema.h"\n')
    for i, path in enumerate(files):
        with open(path, encoding="utf-8") as file:
            out.write(f"static const char step_{i}[] = {{{literal(file.read())}}};\n")
    out.write("const char *const cm_schema_steps[] = {%s};\n" % ", ".join(f"step_{i}" for i in range(len(files))))
    out.write(f"const int cm_schema_version = {len(files)};\n")
