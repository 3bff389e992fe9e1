/* SPDX-License-Identifier: MIT */
/* What the check asks of a store, as SQL. The kinds of finding are described in docs/check.md. */
#ifndef CM_STORE_CHECK_H
#define CM_STORE_CHECK_H

/* The columns of the check's table, which every statement here gives in this order. */
enum {
  CM_CHECK_SEVERITY,
  CM_CHECK_SUBJECT,
  CM_CHECK_MINERAL,
  CM_CHECK_STAGE,
  CM_CHECK_YEARS,
  CM_CHECK_ROWS,
  CM_CHECK_MESSAGE,
  CM_CHECK_SOURCE,
  CM_CHECK_COLUMNS
};

/* Rules of the store that its constraints cannot state. */
extern const char cm_check_errors[];
/* Each is a select of: kind, stage_id, mineral_id (where the stage does not say it), source_id, first and last year,
 * how bad, what. */
extern const char *const cm_check_findings[];
extern const int cm_check_n_findings;
/* Goes around the findings, as the table `raw`: their explanations, one row for each kind, market, source and
 * explanation. */
extern const char cm_check_before[], cm_check_after[];
extern const char cm_check_gaps[], cm_check_coverage[];

#endif
