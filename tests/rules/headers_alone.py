#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every public header compiles by itself, without a warning: headers_alone.py ROOT LANGUAGE STANDARD COMPILER..."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from headers import public_headers  # noqa: E402
from tap import Tap  # noqa: E402

root, language, standard, *compiler = sys.argv[1:]
tap = Tap()
for path in public_headers(root):
    name = os.path.basename(path)
    source = f'#include "critmin/{name}"\n#include "critmin/{name}"\nint main(void) {{ return 0; }}\n'
    done = subprocess.run(
        compiler + [f"-std={standard}", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wconversion", "-Wshadow", "-fsyntax-only",
                    "-I", os.path.join(root, "include"), "-x", language, "-"],
        input=source, capture_output=True, text=True, check=False)
    tap.check(f"{name} as {standard}", [done.stderr] if done.returncode else [])
tap.end()
