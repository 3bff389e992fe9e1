#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The binary interface is the one that is committed: symbols.py ROOT LIBRARY

`update.sh` beside this file writes anew what is compared, on purpose only.
"""
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from headers import functions  # noqa: E402
from tap import Tap, lines_of  # noqa: E402

root, library = sys.argv[1:]
here = os.path.dirname(os.path.abspath(__file__))
tap = Tap()


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def differences(have, want, said):
    return [f"{name} {said[0]}" for name in sorted(set(have) - set(want))] + [
        f"{name} {said[1]}" for name in sorted(set(want) - set(have))]


declared = functions(root)
text = re.sub(r"/\*.*?\*/", "", "\n".join(lines_of(os.path.join(root, "lib", "critmin.map"))), flags=re.S)
mapped = sorted(re.findall(r"^\s*(critmin_\w+);", text, flags=re.M))
exported = {}
for line in run("nm", "-D", "--defined-only", library).stdout.splitlines():
    _, kind, name = line.split()
    exported[name] = kind
names = sorted(name.split("@")[0] for name, kind in exported.items() if kind != "A")

tap.check("the map names every declared function", differences(declared, mapped, ("is not in the map", "is not declared")))
tap.check("the map names one by one", ["a wildcard exports what nobody meant to"] if re.search(r"critmin_\w*\*", text) else [])
tap.check("the library exports what the map names", differences(names, mapped, ("is not in the map", "is not exported")))
tap.check("the library exports functions only", [f"{name} is {kind}" for name, kind in exported.items() if kind not in "TA"])
tap.check("every export has a version", [name for name, kind in exported.items() if kind == "T" and "@@CRITMIN_" not in name])
committed = lines_of(os.path.join(here, "symbols.txt"))
tap.check("the list of symbols is the committed one", differences(names, committed, ("is new", "is gone")))
dynamic = run("readelf", "-d", library).stdout
tap.check("the soname is libcritmin.so.0", [] if "[libcritmin.so.0]" in dynamic else [dynamic])
tap.check("nothing on the machine is looked for by path", [line for line in dynamic.splitlines() if "PATH" in line])
stack = [line for line in run("readelf", "-lW", library).stdout.splitlines() if "GNU_STACK" in line]
tap.check("the stack is not executable", [line for line in stack if "RWE" in line] or ([] if stack else ["no GNU_STACK"]))

# Until the interface is promised additions are fine; a change or a removal is not, unless the baseline is renewed on purpose.
baseline = os.path.join(here, "critmin.abixml")
if not shutil.which("abidiff"):
    tap.skip("types and signatures are those of the baseline", "abidiff is not installed")
elif not re.search(r"\.debug_info", run("readelf", "-SW", library).stdout):
    tap.skip("types and signatures are those of the baseline", "the library has no debug information")
else:
    done = run("abidiff", "--no-added-syms", "--no-show-locs", "--suppressions", os.path.join(here, "opaque.suppr"), baseline, library)
    tap.check("types and signatures are those of the baseline", [done.stdout + done.stderr] if done.returncode else [])
tap.end()
