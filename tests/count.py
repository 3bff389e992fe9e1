#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts the test cases of a meson run: count.py testlog.json... prints `N passed, N failed`, ends with 1 on any failure.

A case is a TAP line; one that is skipped counts as neither. A program that breaks off without a failed case is one failure.
"""
import json
import re
import sys

passed = failed = 0
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as log:
        for line in log:
            run = json.loads(line)
            cases = re.findall(r"^(not ok|ok)\b([^\n]*)", run.get("stdout") or "", flags=re.M)
            bad = 0
            for outcome, rest in cases:
                if re.search(r"#\s*skip", rest, flags=re.I):
                    continue
                passed += outcome == "ok"
                bad += outcome != "ok"
            if not bad and run["result"] not in ("OK", "SKIP"):
                print(f"{run['name']}: {run['result']}", file=sys.stderr)
                bad = 1
            failed += bad
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
