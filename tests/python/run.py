# SPDX-License-Identifier: MIT
"""
Runs the unit tests of this folder and says what happened in the Test Anything Protocol, a line for each case.

    run.py [PATTERN]        only the modules whose file name matches, as 'test_table.py'

CRITMIN_PYTHON, where it is set, is the interpreter to run them with: one that has what requirements.txt lists.
"""
from __future__ import annotations

import os
import sys
import unittest
from pathlib import Path
from typing import Any, List

HERE = Path(__file__).resolve().parent


def cases(suite: unittest.TestSuite) -> List[unittest.TestCase]:
    found: List[unittest.TestCase] = []
    for test in suite:
        found += cases(test) if isinstance(test, unittest.TestSuite) else [test]
    return found


class TapResult(unittest.TestResult):
    """Writes a line when a case ends; a case with several failed parts is one line all the same."""

    number = 0

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self.said: List[str] = []
        self.passed = True
        self.note = ""

    def _bad(self, error: Any, test: unittest.TestCase) -> None:
        self.passed = False
        self.said += self._exc_info_to_string(error, test).splitlines()

    def addError(self, test: unittest.TestCase, error: Any) -> None:
        if not isinstance(test, unittest.TestCase):
            # A module or class that cannot be set up stands for its cases.
            self.startTest(test)
            self._bad(error, test)
            self.stopTest(test)
            return
        self._bad(error, test)

    def addFailure(self, test: unittest.TestCase, error: Any) -> None:
        self._bad(error, test)

    def addSubTest(self, test: unittest.TestCase, part: unittest.TestCase, error: Any) -> None:
        if error is not None:
            self.said.append(str(part))
            self._bad(error, test)

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        self.note = f" # SKIP {reason}"

    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:
        self.passed = False

    def stopTest(self, test: unittest.TestCase) -> None:
        super().stopTest(test)
        self.number += 1
        self.failed = getattr(self, "failed", 0) + (not self.passed)
        print(f"{'ok' if self.passed else 'not ok'} {self.number} - {test.id()}{self.note}")
        for line in self.said:
            print(f"# {line}")
        sys.stdout.flush()


def main() -> int:
    python = os.environ.pop("CRITMIN_PYTHON", None)
    if python:
        os.execv(python, [python, *sys.argv])
    sys.path[:0] = [str(HERE), str(HERE.parent.parent / "bindings" / "python")]
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[:2])
    pattern = sys.argv[1] if len(sys.argv) > 1 else "test_*.py"
    found = cases(unittest.defaultTestLoader.discover(str(HERE), pattern))
    print(f"1..{len(found)}")
    result = TapResult()
    unittest.TestSuite(found).run(result)
    return 1 if getattr(result, "failed", 0) or result.number != len(found) else 0


if __name__ == "__main__":
    sys.exit(main())
