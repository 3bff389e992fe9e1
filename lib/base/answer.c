/* SPDX-License-Identifier: MIT */
#include "critmin/answer.h"

#include <math.h>
#include <string.h>

static const char *const flags[] = {
    "NO_DATA",        "ZERO_TOTAL",     "UNDEFINED",         "CLAMPED",     "NET_EXPORTER",
    "NEG_CONSUMPTION", "RESIDUAL_USED",  "WITHHELD_USED",     "WGI_IMPUTED", "WGI_CARRIED",
    "WGI_PARTIAL",    "SINGULAR_LOOP",  "OUT_OF_RANGE_INPUT", "UNVERIFIED_PRESET", "UNBOUNDED",
    "ESTIMATED",      "PROJECTED",      "PERIOD_MEAN",       "ASSUMED",     "TOTAL_BELOW_SUM",
    "TOTAL_EXCLUDES", "NO_TOTAL",       "NOT_AVAILABLE",     "LISTED_ONLY", "BASIS_CONVERTED",
    "BY_VALUE",       "PUBLISHED",      "SEVERAL_SOURCES",
    "UNKNOWN_ORIGIN", "TRANSIT_ONLY",   "EARLIER_YEAR",      "CENSORED",
};

enum { FLAG_COUNT = sizeof flags / sizeof flags[0] };
_Static_assert(CRITMIN_FLAG_CENSORED == UINT64_C(1) << (FLAG_COUNT - 1), "every flag has a name");

const char *critmin_flag_name(int32_t bit) { return bit >= 0 && bit < FLAG_COUNT ? flags[bit] : NULL; }

void critmin_answer_init(critmin_answer *answer) {
  if (!answer) return;
  memset(answer, 0, sizeof *answer);
  answer->struct_size = sizeof *answer;
  answer->value = answer->low = answer->high = answer->coverage = NAN;
}
