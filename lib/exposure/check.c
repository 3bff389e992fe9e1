/* SPDX-License-Identifier: MIT */
#include "exposure/check.h"

#include <math.h>

#include "base/error.h"

/* What is wrong with a number, or CRITMIN_OK. */
static critmin_status judge(double x, int rule, const char **wrong) {
  int share = (rule & CM_RULES) == CM_SHARE;
  *wrong = "is missing; give a number";
  if (isnan(x)) return CRITMIN_ERROR_MISSING_VALUE;
  if (isinf(x) && x > 0 && rule & CM_INFINITE) return CRITMIN_OK;
  *wrong = "must be 0 to 1";
  if (share && (x < 0 || x > 1)) return CRITMIN_ERROR_SHARE_RANGE;
  *wrong = "must be finite";
  if (isinf(x)) return CRITMIN_ERROR_INVALID_VALUE;
  switch (rule & CM_RULES) {
    case CM_NOT_NEGATIVE:
      *wrong = "must not be below 0";
      return x < 0 ? CRITMIN_ERROR_NEGATIVE : CRITMIN_OK;
    case CM_POSITIVE:
      *wrong = "must be above 0";
      return x < 0 ? CRITMIN_ERROR_NEGATIVE : x == 0 ? CRITMIN_ERROR_INVALID_VALUE : CRITMIN_OK;
    case CM_PART:
      *wrong = "must be above 0 and at most 1";
      return x > 0 && x <= 1 ? CRITMIN_OK : CRITMIN_ERROR_SHARE_RANGE;
    case CM_NOT_POSITIVE:
      *wrong = "must not be above 0";
      return x > 0 ? CRITMIN_ERROR_INVALID_VALUE : CRITMIN_OK;
    default:
      return CRITMIN_OK;
  }
}

critmin_status cm_check_number(double x, const char *name, int rule, critmin_error *error) {
  const char *wrong;
  critmin_status status = judge(x, rule, &wrong);
  return status == CRITMIN_OK ? CRITMIN_OK : cm_fail(error, status, "`%s` is %g; it %s", name, x, wrong);
}

critmin_status cm_check_numbers(const double *x, int64_t n, const char *name, int rule, critmin_error *error) {
  if (!x) return rule & CM_OPTIONAL || n == 0 ? CRITMIN_OK : cm_fail_null(error, name);
  for (int64_t i = 0; i < n; i++) {
    const char *wrong;
    critmin_status status = judge(x[i], rule, &wrong);
    if (status == CRITMIN_OK) continue;
    cm_fail(error, status, "entry %lld of `%s` is %g; it %s", (long long)(i + 1), name, x[i], wrong);
    return cm_fail_at(error, status, i + 1, 0);
  }
  return CRITMIN_OK;
}

critmin_status cm_check_columns(const cm_column *column, int columns, critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  for (int i = 0; i < columns && status == CRITMIN_OK; i++)
    status = cm_check_numbers(column[i].x, column[i].n, column[i].name, column[i].rule, error);
  return status;
}

critmin_status cm_check_places(const int32_t *at, int64_t n, int32_t below, int or_none, const char *name,
                               critmin_error *error) {
  if (!at) return n == 0 ? CRITMIN_OK : cm_fail_null(error, name);
  for (int64_t i = 0; i < n; i++) {
    if (at[i] >= (or_none ? -1 : 0) && at[i] < below) continue;
    cm_fail(error, CRITMIN_ERROR_ARGUMENT, "entry %lld of `%s` is %d; it must be %d to %d", (long long)(i + 1), name,
            (int)at[i], or_none ? -1 : 0, (int)below - 1);
    return cm_fail_at(error, CRITMIN_ERROR_ARGUMENT, i + 1, 0);
  }
  return CRITMIN_OK;
}

critmin_status cm_check_count(int64_t n, int64_t least, const char *name, critmin_error *error) {
  if (n >= least) return CRITMIN_OK;
  return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "`%s` is %lld; give at least %lld", name, (long long)n,
                 (long long)least);
}

critmin_status cm_check_size(uint32_t struct_size, size_t size, const char *type, critmin_error *error) {
  if (struct_size >= size) return CRITMIN_OK;
  return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "`struct_size` is %u, which is not that of %s; call %s_init() first",
                 (unsigned)struct_size, type, type);
}

critmin_status cm_check_law(const double *probability, int64_t n, critmin_error *error) {
  critmin_status status = cm_check_numbers(probability, n, "probability", CM_SHARE | CM_OPTIONAL, error);
  if (status != CRITMIN_OK || !probability) return status;
  double sum = 0;
  for (int64_t i = 0; i < n; i++) sum += probability[i];
  if (fabs(sum - 1) > 1e-9)
    return cm_fail(error, CRITMIN_ERROR_SHARE_RANGE, "the probabilities add up to %.12g; they must be 1 together", sum);
  return CRITMIN_OK;
}
