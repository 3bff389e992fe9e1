# SPDX-License-Identifier: MIT
"""How much of the magnets that a country buys rests on oxide that was separated in China, and do customs see it?"""
import sys

import critmin

try:
    with critmin.open(":reference:") as store:
        asked = {"mineral": "rare_earths", "stage": "magnet", "country": ["USA", "EU27", "JPN"], "year": 2024,
                 "at": "separated", "partner": "CHN", "denominator": "imports"}
        hidden = {row.country: row.value for row in store.metric("hidden_exposure", **asked)}
        for row in store.origin(**asked):
            print(f"{row.country}: {row.value:.1%} of the magnets it buys, between {row.low:.1%} and {row.high:.1%}; "
                  f"customs do not see {100 * hidden[row.country]:.1f} points of it")
except critmin.Error as error:
    sys.exit(str(error))
