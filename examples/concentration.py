# SPDX-License-Identifier: MIT
"""How concentrated is refined cobalt, how much of it is China's, how sure is that, and who says so?"""
import sys

import critmin

try:
    with critmin.open(":reference:") as store:
        model = store.model(mineral="cobalt")
    asked = {"mineral": "cobalt", "stage": "refined", "year": 2024}
    for answer in [*model.metric("hhi", **asked), *model.metric("share", country="CHN", **asked)]:
        print(f"{answer.metric} {answer.country or ''} {answer.mineral} {answer.stage} {answer.year}: "
              f"{answer.value:.3f}, between {answer.low:.3f} and {answer.high:.3f} ({answer.source}, {answer.edition})")
except critmin.Error as error:
    sys.exit(str(error))
