/* SPDX-License-Identifier: MIT */
/* What a user sends on of what it brings in, by the simple rules: for comparison with looking through the flows. */
#include <math.h>

#include "metrics/assess.h"
#include "metrics/assessments.h"

enum { OWN_RULE, OWN_UNRECORDED, OWN_REPORT };
enum { RULE_PROPORTIONAL, RULE_LARGEST };
enum { REPORT_REEXPORTS, REPORT_IMPORTS, REPORT_EXPORTS };

const cm_parameter cm_reexports_parameters[3] = {
    [OWN_RULE] = {"rule", CM_PARAMETER_WORD, "proportional", 0, 0, "proportional|largest", "", "docs/methods.md, 9",
                  "exports have the parts that imports have in all that is made and brought in; or are of imports as far "
                  "as they go"},
    [OWN_UNRECORDED] = {"unrecorded", CM_PARAMETER_WORD, "none", 0, 0, "none|unknown", "", "docs/methods.md, 8",
                        "what old scrap is where nobody prints it: none (ASSUMED), or not known"},
    [OWN_REPORT] = {"report", CM_PARAMETER_WORD, "reexports", 0, 0, "reexports|imports|exports", "", "docs/methods.md, 9",
                    "what is sent on; or what is left of imports, or of exports, without it"},
};
_Static_assert((int)OWN_UNRECORDED == (int)CM_OWN_UNRECORDED, "a balance reads it there");

static critmin_interval at(double number) {
  return (critmin_interval){number, number, number};
}

static critmin_status correct(const critmin_balance *balance, int32_t rule, critmin_balance *corrected,
                              critmin_error *error) {
  critmin_balance_init(corrected);
  return critmin_reexport_correction(balance, rule, NULL, corrected, error);
}

/* Re-exports of a balance of numbers: what the correction takes off the exports. */
static critmin_status taken_off(double made, double imports, double exports, int32_t rule, double *taken,
                                critmin_error *error) {
  critmin_balance b, corrected;
  critmin_balance_init(&b);
  b.production = at(made);
  b.secondary = at(0);
  b.imports = at(imports);
  b.exports = at(exports);
  critmin_status status = correct(&b, rule, &corrected, error);
  *taken = exports - corrected.exports.value;
  return status;
}

/* They rise with imports and exports, and fall with what is made. */
static critmin_status reexports(const critmin_balance *b, int32_t rule, critmin_interval *e, critmin_error *error) {
  const critmin_interval p = b->production, r = b->secondary, m = b->imports, x = b->exports;
  critmin_status status = taken_off(p.value + r.value, m.value, x.value, rule, &e->value, error);
  if (!status) status = taken_off(p.high + r.high, m.low, x.low, rule, &e->low, error);
  return status ? status : taken_off(p.low + r.low, m.high, x.high, rule, &e->high, error);
}

static critmin_status evaluate(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  (void)plan;
  const int32_t terms = CM_BIT(CM_TERM_PRODUCTION) | CM_BIT(CM_TERM_SECONDARY) | CM_BIT(CM_TERM_IMPORTS) |
                        CM_BIT(CM_TERM_EXPORTS);
  const double *own = use->values->number + CM_P_OWN;
  int32_t rule = (int)own[OWN_RULE] == RULE_LARGEST ? CRITMIN_REEXPORT_LARGEST : CRITMIN_REEXPORT_PROPORTIONAL;
  critmin_balance corrected;
  critmin_interval e = cm_unknown;
  critmin_answer *a = &row->answer;
  critmin_status status = cm_use_balance(use, terms, 0, error);
  if (status) return status;
  const critmin_balance *b = &use->balance;
  int known = cm_is_known(b->production) && cm_is_known(b->secondary) && cm_is_known(b->imports) && cm_is_known(b->exports);
  if (known) status = correct(b, rule, &corrected, error);
  if (known && !status) status = reexports(b, rule, &e, error);
  critmin_answer_init(a);
  if (cm_answer_of(status, a)) return status;
  if (known && !status) {
    critmin_interval told[] = {[REPORT_REEXPORTS] = e, [REPORT_IMPORTS] = corrected.imports,
                               [REPORT_EXPORTS] = corrected.exports};
    critmin_interval answer = told[(int)own[OWN_REPORT]];
    a->value = use->untold & use->terms ? NAN : answer.value;
    a->low = answer.low;
    a->high = answer.high;
  }
  a->flags |= cm_use_flags(use) | (known ? 0 : CRITMIN_FLAG_NO_DATA);
  return CRITMIN_OK;
}

static const cm_assessment reexported = {
    .common = 1u << CM_P_RESIDUAL | 1u << CM_P_LISTED_ONLY | CM_OF_PRODUCTION, .evaluate = evaluate};
const cm_dependency cm_reexports = {.exports = 1, .published = CM_NONE, .assessment = &reexported};
