# SPDX-License-Identifier: MIT
"""What part of a German electric car's critical materials is Chinese, and how many cars are left if China sells none?"""
import sys

import critmin

# Kilograms in one car and dollars for a kilogram: numbers of the maker's own, made up here.
BILL = {
    ("rare_earths", "magnet", "separated"): (2, 60),
    ("cobalt", "refined", "refined"): (8, 33),
    ("graphite_natural", "mining", "mining"): (50, 1),
}

try:
    with critmin.open(":reference:") as store:
        model = store.model()
    shares = []
    for mineral, stage, at in BILL:
        (row,) = model.metric("origin_share", mineral=mineral, stage=stage, at=at, country="DEU", partner="CHN", year=2024)
        shares.append((row.value, row.low, row.high))
        print(f"{mineral:16} {row.value:6.1%}, between {row.low:.1%} and {row.high:.1%}")
    masses, prices = zip(*BILL.values())
    by_mass = critmin.bill_share(masses, shares)
    by_cost = critmin.bill_share(masses, shares, by="cost", price=prices)
    touched = critmin.bill_touch(masses, shares)
    left = critmin.bill_fill(masses, [(1 - value, 1 - high, 1 - low) for value, low, high in shares])
    print(f"Chinese, by mass {by_mass.value:.1%}, by cost {by_cost.value:.1%}; "
          f"a car with any of it: {touched.low:.1%} to {touched.high:.1%}")
    print(f"Without China {left.answer.value:.1%} of the cars are left, between {left.answer.low:.1%} and "
          f"{left.answer.high:.1%}; {list(BILL)[left.material][0]} limits")
except critmin.Error as error:
    sys.exit(str(error))
