# SPDX-License-Identifier: MIT
"""The Test Anything Protocol for test scripts: one line for each check, as the C programs write it."""
import os
import sys


class Tap:
    def __init__(self):
        self.number = 0
        self.failed = 0

    def check(self, name, faults):
        """A test case: passes when `faults` (a list of sentences, or a truth value's negation) is empty."""
        self.number += 1
        faults = list(faults)
        self.failed += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {self.number} - {name}")
        for fault in faults:
            for line in str(fault).splitlines():
                print(f"# {line}")

    def skip(self, name, why):
        self.number += 1
        print(f"ok {self.number} - {name} # SKIP {why}")

    def end(self):
        print(f"1..{self.number}")
        sys.stdout.flush()
        sys.exit(1 if self.failed else 0)


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def files_under(folder, *suffixes):
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(suffixes):
                yield os.path.join(where, name)
