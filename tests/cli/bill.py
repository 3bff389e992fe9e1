# SPDX-License-Identifier: MIT
"""The example of a bill of materials: its answers are those of the command line, put together by hand."""

import math
import re
import subprocess

from harness import BESIDE, case, critmin, main

# mineral, stage, at, kilograms in a car, dollars for a kilogram, as the example has them
BILL = [("rare_earths", "magnet", "separated", 2, 60), ("cobalt", "refined", "refined", 8, 33),
        ("graphite_natural", "mining", "mining", 50, 1)]  # fmt: skip


def told():
    out = subprocess.run([BESIDE], stdout=subprocess.PIPE, timeout=120, check=True).stdout.decode()
    return [[float(number) / 100 for number in re.findall(r"([0-9.]+)%", line)] for line in out.splitlines()], out


def shares():
    for mineral, stage, at, *_ in BILL:
        (row,) = critmin("metric", ":reference:", "origin_share", f"--mineral={mineral}", f"--stage={stage}", f"--set=at={at}",
                         "--country=DEU", "--partner=CHN", "--year=2024", "--format=csv").rows()  # fmt: skip
        yield tuple(float(row[end]) for end in ("value", "low", "high"))


def close(a, b):
    return math.isclose(a, b, abs_tol=.0006)


@case
def each_material_is_that_of_the_catalogue():
    for line, share in zip(told()[0], shares()):
        assert all(map(close, line, share)), (line, share)


@case
def the_product_is_the_mean_of_its_materials():
    (mass, cost, least, most), asked = told()[0][3], list(shares())
    for told_of, weights in (mass, [kg for *_, kg, _ in BILL]), (cost, [kg * usd for *_, kg, usd in BILL]):
        assert close(told_of, sum(w * s[0] for w, s in zip(weights, asked)) / sum(weights)), told_of
    # A lot is touched at least as often as its most exposed material, at most as often as all of them together.
    assert close(least, max(low for _, low, _ in asked)) and close(most, min(1, sum(high for *_, high in asked)))


@case
def the_scarcest_material_limits_it():
    numbers, out = told()
    left, asked = numbers[4], list(shares())
    assert all(map(close, left, (1 - max(s[end] for s in asked) for end in (0, 2, 1)))), left
    assert "rare_earths limits" in out


main()
