/* SPDX-License-Identifier: MIT */
/* Re-exports taken out of a balance, by the three published rules. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "critmin/dependency.h"
#include "metrics/interval.h"

typedef struct terms {
  double made, imports, exports;
} terms;

static double reexports(const terms *t, int32_t rule) {
  double most = fmin(t->exports, t->imports);
  if (rule == CRITMIN_REEXPORT_LARGEST) return most;
  double pool = t->made + t->imports;
  return pool > 0 ? fmin(t->exports * t->imports / pool, most) : 0;
}

static double imports_left(const terms *t, int32_t rule) { return t->imports - reexports(t, rule); }
static double exports_left(const terms *t, int32_t rule) { return t->exports - reexports(t, rule); }

/*
 * What is left falls or rises with each term alone, so its ends are at corners; but imports less their proportional part turn once
 * with the imports themselves, at sqrt(made x exports) - made, where they are least.
 */
static critmin_interval over_box(double (*left)(const terms *, int32_t), int32_t rule, critmin_interval made,
                                 critmin_interval imports, critmin_interval exports) {
  terms value = {made.value, imports.value, exports.value};
  critmin_interval i = {left(&value, rule), INFINITY, -INFINITY};
  for (int corner = 0; corner < 4; corner++) {
    terms t = {corner & 1 ? made.high : made.low, 0, corner & 2 ? exports.high : exports.low};
    const double at[] = {imports.low, imports.high, sqrt(t.made * t.exports) - t.made, t.exports - t.made, t.exports};
    for (int k = 0; k < 5; k++) {
      if (!(at[k] >= imports.low && at[k] <= imports.high)) continue;
      t.imports = at[k];
      double result = left(&t, rule);
      i.low = fmin(i.low, result);
      i.high = fmax(i.high, result);
    }
  }
  return i;
}

critmin_status critmin_reexport_correction(const critmin_balance *in, int32_t rule, const critmin_interval *reported,
                                           critmin_balance *corrected, critmin_error *error) {
  static const critmin_interval unknown = {NAN, NAN, NAN};
  critmin_balance b;
  critmin_interval made, secondary, e = {0, 0, 0};
  if (!in) return cm_fail_null(error, "balance");
  if (!corrected) return cm_fail_null(error, "corrected");
  if (in->struct_size < sizeof b || corrected->struct_size < sizeof b)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "struct_size of a balance is too small; call critmin_balance_init() first");
  if (rule < CRITMIN_REEXPORT_REPORTED || rule > CRITMIN_REEXPORT_LARGEST)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "rule is %d; give a CRITMIN_REEXPORT_ constant", (int)rule);
  memcpy(&b, in, sizeof b);
  critmin_status status = cm_interval_read("production", &in->production, 0, INFINITY, &made, error);
  if (!status) status = cm_interval_read("secondary", &in->secondary, 0, INFINITY, &secondary, error);
  if (!status) status = cm_interval_read("imports", &in->imports, 0, INFINITY, &b.imports, error);
  if (!status) status = cm_interval_read("exports", &in->exports, 0, INFINITY, &b.exports, error);
  if (!status && rule == CRITMIN_REEXPORT_REPORTED) status = cm_interval_read("reported", reported, 0, INFINITY, &e, error);
  if (status) return status;
  critmin_interval m = b.imports, x = b.exports;
  int known = cm_interval_known(m) && cm_interval_known(x);
  if (rule == CRITMIN_REEXPORT_REPORTED) {
    if (known && (e.value > m.value || e.value > x.value))
      return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "reported is %g, more than imports, %g, or exports, %g", e.value, m.value,
                     x.value);
    b.imports = (critmin_interval){m.value - e.value, fmax(m.low - e.high, 0), m.high - e.low};
    b.exports = (critmin_interval){x.value - e.value, fmax(x.low - e.high, 0), x.high - e.low};
    known = known && cm_interval_known(e);
  } else {
    made = (critmin_interval){made.value + secondary.value, made.low + secondary.low, made.high + secondary.high};
    if (rule == CRITMIN_REEXPORT_LARGEST) made = (critmin_interval){0, 0, 0};
    known = known && cm_interval_known(made);
    if (known) {
      b.imports = over_box(imports_left, rule, made, m, x);
      b.exports = over_box(exports_left, rule, made, m, x);
    }
  }
  if (!known) b.imports = b.exports = unknown;
  b.struct_size = corrected->struct_size;
  memcpy(corrected, &b, sizeof b);
  return cm_ok(error);
}
