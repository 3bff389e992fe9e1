/* SPDX-License-Identifier: MIT */
/**
 * @file answer.h
 * @brief What a metric says: a value, the interval it must lie in, and what it rests on.
 */
#ifndef CRITMIN_ANSWER_H
#define CRITMIN_ANSWER_H

#include "critmin/export.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup answer Answers and flags
 *  @{ */

/** Flags of an answer, combined with |. A bit keeps its meaning for ever. */
#define CRITMIN_FLAG_NO_DATA              (UINT64_C(1) << 0)  /**< Nothing is on record; the value is NaN. */
#define CRITMIN_FLAG_ZERO_TOTAL           (UINT64_C(1) << 1)  /**< The total is zero; a share of it has no meaning. */
#define CRITMIN_FLAG_UNDEFINED            (UINT64_C(1) << 2)  /**< The formula has no value here; the value is NaN. */
#define CRITMIN_FLAG_CLAMPED              (UINT64_C(1) << 3)  /**< A value was cut to the range of its scale. */
#define CRITMIN_FLAG_NET_EXPORTER         (UINT64_C(1) << 4)  /**< Exports exceed imports. */
#define CRITMIN_FLAG_NEG_CONSUMPTION      (UINT64_C(1) << 5)  /**< Apparent consumption is, or may be, zero or less. */
#define CRITMIN_FLAG_RESIDUAL_USED        (UINT64_C(1) << 6)  /**< Unlisted producers hold part of the total. */
#define CRITMIN_FLAG_WITHHELD_USED        (UINT64_C(1) << 7)  /**< Withheld or bounded cells enter as intervals. */
#define CRITMIN_FLAG_WGI_IMPUTED          (UINT64_C(1) << 8)  /**< A governance score is missing: an interval stands for it. */
#define CRITMIN_FLAG_WGI_CARRIED          (UINT64_C(1) << 9)  /**< A governance score of an earlier year was used. */
#define CRITMIN_FLAG_WGI_PARTIAL          (UINT64_C(1) << 10) /**< A governance score rests on fewer than six dimensions. */
#define CRITMIN_FLAG_SINGULAR_LOOP        (UINT64_C(1) << 11) /**< A loop that no source feeds. */
#define CRITMIN_FLAG_OUT_OF_RANGE_INPUT   (UINT64_C(1) << 12) /**< The inputs contradict one another; not repaired. */
#define CRITMIN_FLAG_UNVERIFIED_PRESET    (UINT64_C(1) << 13) /**< A constant of the method was not read in its source. */
#define CRITMIN_FLAG_UNBOUNDED            (UINT64_C(1) << 14) /**< Nothing published bounds a withheld cell from above. */
#define CRITMIN_FLAG_ESTIMATED            (UINT64_C(1) << 15) /**< Figures that the publisher calls estimates enter. */
#define CRITMIN_FLAG_PROJECTED            (UINT64_C(1) << 16) /**< Figures are projections. */
#define CRITMIN_FLAG_PERIOD_MEAN          (UINT64_C(1) << 17) /**< A mean over several years answers for one. */
#define CRITMIN_FLAG_ASSUMED              (UINT64_C(1) << 18) /**< An assumption enters, not a published figure. */
#define CRITMIN_FLAG_TOTAL_BELOW_SUM      (UINT64_C(1) << 19) /**< The printed total is below the sum of its parts; the sum was used. */
#define CRITMIN_FLAG_TOTAL_EXCLUDES       (UINT64_C(1) << 20) /**< The printed total leaves producers out. */
#define CRITMIN_FLAG_NO_TOTAL             (UINT64_C(1) << 21) /**< No total is printed; the sum of the listed stands for it. */
#define CRITMIN_FLAG_NOT_AVAILABLE        (UINT64_C(1) << 22) /**< Cells printed as not available are left out. */
#define CRITMIN_FLAG_LISTED_ONLY          (UINT64_C(1) << 23) /**< Shares are of the listed producers, on request. */
#define CRITMIN_FLAG_BASIS_CONVERTED      (UINT64_C(1) << 24) /**< A content factor was applied. */
#define CRITMIN_FLAG_BY_VALUE             (UINT64_C(1) << 25) /**< Shares are of money, not of tonnes. */
#define CRITMIN_FLAG_PUBLISHED            (UINT64_C(1) << 26) /**< The publisher's own figure, not computed here. */
#define CRITMIN_FLAG_SEVERAL_SOURCES      (UINT64_C(1) << 27) /**< Terms come from more than one source. */
#define CRITMIN_FLAG_UNKNOWN_ORIGIN       (UINT64_C(1) << 28) /**< Part of it came from where no flow or output on record says. */
#define CRITMIN_FLAG_TRANSIT_ONLY         (UINT64_C(1) << 29) /**< The country makes and uses nothing; what it imports it exports. */
#define CRITMIN_FLAG_EARLIER_YEAR         (UINT64_C(1) << 30) /**< A figure of an earlier year answers for the one asked about. */
#define CRITMIN_FLAG_CENSORED             (UINT64_C(1) << 31) /**< An infinite day is one after the last that was looked at, not never. */

/**
 * Name of the flag with the given bit number, such as `RESIDUAL_USED`, or NULL past the last.
 * Static; valid for ever. Any thread.
 */
CRITMIN_API const char *critmin_flag_name(int32_t bit);

/** An answer. The caller sets `struct_size` (or calls critmin_answer_init()); the rest is written. */
typedef struct critmin_answer {
  uint32_t struct_size; /**< sizeof(critmin_answer) as the caller knows it. */
  uint32_t reserved;    /**< Zero. */
  double value;         /**< The value; NaN where there is none, never 0 for "could not be computed". */
  double low;           /**< Least value that the inputs allow; -infinity or NaN where there is none. */
  double high;          /**< Greatest value that the inputs allow; +infinity or NaN where there is none. */
  double coverage;      /**< Share of the total that rests on known cells, 0 to 1; NaN where there is no total. */
  uint64_t flags;       /**< CRITMIN_FLAG_ bits. */
  int64_t n_used;       /**< Number of cells that entered. */
} critmin_answer;

/** Sets `struct_size` and makes every number NaN or 0. Any thread. NULL is ignored. */
CRITMIN_API void critmin_answer_init(critmin_answer *answer);

/** @} */

CRITMIN_END

#endif
