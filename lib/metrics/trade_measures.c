/* SPDX-License-Identifier: MIT */
/* From trade measures to the parameter t of the European Commission's index, by a table of the caller's. */
#include <math.h>

#include "base/error.h"
#include "base/text.h"
#include "critmin/concentration.h"

static critmin_status check(const char *what, double number, int64_t row, critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  if (!isfinite(number))
    status = cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "%s is %g; give a finite number", what, number);
  else if (number < 0)
    status = cm_fail(error, CRITMIN_ERROR_NEGATIVE, "%s is %g; give 0 or more", what, number);
  return status && row >= 0 ? cm_fail_at(error, status, row + 1, 0) : status;
}

static critmin_status check_row(const char *const *measures, const double *rates, const int32_t *agreements,
                                const double *t, int64_t row, critmin_error *error) {
  if (!measures[row]) return cm_fail_null(error, "measures");
  if (agreements[row] < -1 || agreements[row] > 1) {
    cm_fail(error, CRITMIN_ERROR_ARGUMENT, "agreement of row %lld is %d; give 1, 0, or -1 for either", (long long)row,
            (int)agreements[row]);
    return cm_fail_at(error, CRITMIN_ERROR_ARGUMENT, row + 1, 0);
  }
  critmin_status status = check("a rate of the table", rates[row], row, error);
  return status ? status : check("a t of the table", t[row], row, error);
}

critmin_status critmin_trade_parameter(const char *const *measures, const double *rates, const int32_t *agreements,
                                       const double *t, int64_t n, const char *measure, double rate, int32_t agreement,
                                       double *trade, int64_t *row, critmin_error *error) {
  if (n < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "n is %lld; it cannot be below 0", (long long)n);
  if (n > 0 && (!measures || !rates || !agreements || !t))
    return cm_fail_null(error, !measures ? "measures" : !rates ? "rates" : !agreements ? "agreements" : "t");
  if (!measure) return cm_fail_null(error, "measure");
  if (!trade) return cm_fail_null(error, "trade");
  if (agreement != 0 && agreement != 1)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "agreement is %d; give 1 or 0", (int)agreement);
  critmin_status status = check("rate", rate, -1, error);
  int64_t found = -1;
  for (int64_t i = 0; i < n && !status; i++) {
    status = check_row(measures, rates, agreements, t, i, error);
    if (status || !cm_name_equal(measures[i], measure) || rates[i] > rate) continue;
    if (agreements[i] != -1 && agreements[i] != agreement) continue;
    if (found < 0 || rates[i] >= rates[found]) found = i;
  }
  if (status) return status;
  *trade = found < 0 ? 1 : t[found];
  if (row) *row = found;
  return cm_ok(error);
}
