#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The library as others meet it, installed in a folder of its own: installed.py ROOT BUILD VERSION COMPILER..."""
import glob
import os
import shlex
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from headers import public_headers  # noqa: E402
from tap import Tap  # noqa: E402

root, build, version, *compiler = sys.argv[1:]
consumer = os.path.join(os.path.dirname(os.path.abspath(__file__)), "consumer", "consumer.c")
tap = Tap()


def run(command, **environment):
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})


def one(pattern):
    found = glob.glob(pattern, recursive=True)
    return found[0] if found else ""


with tempfile.TemporaryDirectory(prefix="critmin-install-") as stage:
    done = run(["meson", "install", "-C", build, "--no-rebuild", "--quiet"], DESTDIR=stage)
    tap.check("meson install succeeds", [done.stdout + done.stderr] if done.returncode else [])
    library = os.path.dirname(one(os.path.join(stage, "**", "libcritmin.so")))
    headers = os.path.dirname(one(os.path.join(stage, "**", "include", "critmin", "critmin.h")))
    prefix = os.path.dirname(os.path.dirname(headers))
    tap.check("the shared library is installed under its soname",
              [] if os.path.realpath(os.path.join(library, "libcritmin.so.0")).endswith(f"libcritmin.so.{version}") else [library])
    tap.check("the static library is installed", [] if os.path.exists(os.path.join(library, "libcritmin.a")) else [library])
    wanted = {os.path.basename(path) for path in public_headers(root)}
    tap.check("the public headers are installed, and no others", sorted(wanted ^ set(os.listdir(headers or "."))))
    tap.check("the command line is installed", [] if os.access(os.path.join(prefix, "bin", "critmin"), os.X_OK) else [prefix])

    def flags(*options):
        done = run(["pkg-config", "--define-variable=prefix=" + prefix.replace(" ", "\\ "), *options, "critmin"],
                   PKG_CONFIG_PATH=os.path.join(library, "pkgconfig"))
        if done.returncode:
            print(f"# {done.stderr}")
        return shlex.split(done.stdout)

    tap.check("pkg-config knows the version", [] if flags("--modversion") == [version] else flags("--modversion"))
    program = os.path.join(stage, "consumer")

    def builds_and_runs(name, libraries):
        done = run(compiler + ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", consumer, "-o", program]
                   + flags("--cflags") + libraries)
        faults = [done.stderr] if done.returncode else []
        if not faults:
            done = run([program], LD_LIBRARY_PATH=library)
            if done.returncode or done.stdout != f"{version} 0.38 1\n":
                faults = [done.stdout + done.stderr]
        tap.check(name, faults)

    builds_and_runs("a program builds and runs with the shared library", flags("--libs"))
    needed = run(["readelf", "-d", program]).stdout
    tap.check("the program needs the library by its soname", [] if "[libcritmin.so.0]" in needed else [needed])
    static = ["-l:libcritmin.a" if word == "-lcritmin" else word for word in flags("--static", "--libs")]
    builds_and_runs("a program builds and runs with the static library", static)
    needed = run(["readelf", "-d", program]).stdout
    tap.check("the program then needs no shared one", [needed] if "libcritmin" in needed else [])
tap.end()
