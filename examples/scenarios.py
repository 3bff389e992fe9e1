# SPDX-License-Identifier: MIT
"""How many days until Japan's users of heavy rare earths run short: with neither reserve nor agreement, with either, with both?"""
import math
import sys
from pathlib import Path

import critmin

try:
    with critmin.open(":reference:") as store:
        scenario = store.scenario(Path(sys.argv[1] if len(sys.argv) > 1 else "scenarios/japan-rare-earths.json"))
        outcome = scenario.run()
    for row in outcome.summary:
        if row.measure == "days_to_shortage":
            day = "never" if math.isinf(row.value) else f"after {row.value:.0f} days"
            print(f"{row.case}: {row.country} {row.mineral} {row.stage} {day}, between {row.low:.0f} and {row.high:.0f}")
    print("assumed:", ", ".join(row.key for row in outcome.inputs if row.origin == "assumption"))
except critmin.Error as error:
    sys.exit(str(error))
