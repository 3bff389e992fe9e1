#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The project inside another one, as a meson subproject: subproject.py ROOT VERSION"""
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tap import Tap  # noqa: E402

root, version = sys.argv[1:]
tap = Tap()


def not_sources(folder, names):
    """What a build or git has left at the top."""
    return [name for name in names if folder == root and name.startswith(("build", ".git"))]


def step(name, command, folder, wanted=None):
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    bad = done.returncode or (wanted is not None and done.stdout != wanted)
    tap.check(name, [done.stdout + done.stderr] if bad else [])


with tempfile.TemporaryDirectory(prefix="critmin subproject ") as stage:
    project = os.path.join(stage, "a project")
    shutil.copytree(os.path.join(os.path.dirname(os.path.abspath(__file__)), "consumer"), project)
    os.mkdir(os.path.join(project, "subprojects"))
    shutil.copytree(root, os.path.join(project, "subprojects", "critmin"), ignore=not_sources)
    step("a project takes it as a fallback", ["meson", "setup", "build"], project)
    step("both are built, from a path with spaces", ["ninja", "-C", "build"], project)
    step("the program runs", [os.path.join(project, "build", "consumer")], project, f"{version} 0.38 1\n")
tap.end()
