/* SPDX-License-Identifier: MIT */
/* The formulas with their derivatives, at points: what the kernels of the same names answer where every term is known.
 */
#include <math.h>
#include <stddef.h>

#include "base/error.h"
#include "base/thread.h"
#include "metrics/uncertainty.h"

/* A kind of terms, and the range of each. */
typedef struct part {
  const char *name;
  double least, most;
} part;

enum { PARTS = 5 };

struct cm_formula {
  const char *name;
  int64_t single; /* parts that are one term; each of the others is as many as there is room for, all alike */
  int64_t parts;
  part part[PARTS];
  /* The value, and where `gradient` is not NULL the derivatives. */
  double (*value)(const double *x, int64_t n, double *gradient);
};

static double sum_of(const double *x, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; i++) sum += x[i];
  return sum;
}

static double none(int64_t n, double *gradient) {
  for (int64_t i = 0; i < n && gradient; i++) gradient[i] = NAN;
  return NAN;
}

static double hhi(const double *x, int64_t n, double *gradient) {
  double total = sum_of(x, n), index = 0;
  if (!(total > 0)) return none(n, gradient);
  for (int64_t i = 0; i < n; i++) index += x[i] / total * (x[i] / total);
  for (int64_t i = 0; i < n && gradient; i++) gradient[i] = 2 * (x[i] / total - index) / total;
  return index;
}

static double squares(const double *x, int64_t n, double *gradient) {
  double sum = 0;
  for (int64_t i = 0; i < n; i++) {
    sum += x[i] * x[i];
    if (gradient) gradient[i] = 2 * x[i];
  }
  return sum;
}

static double hhi_wgi(const double *x, int64_t n, double *gradient) {
  int64_t k = n / 2;
  const double *weight = x + k;
  double total = sum_of(x, k), index = 0;
  if (!(total > 0)) return none(n, gradient);
  for (int64_t i = 0; i < k; i++) index += x[i] / total * (x[i] / total) * weight[i];
  for (int64_t i = 0; i < k && gradient; i++) {
    double share = x[i] / total;
    gradient[i] = 2 * (share * weight[i] - index) / total;
    gradient[k + i] = share * share;
  }
  return index;
}

static double share(const double *x, int64_t n, double *gradient) {
  double total = sum_of(x, n);
  if (!(total > 0)) return none(n, gradient);
  for (int64_t i = 0; i < n && gradient; i++) gradient[i] = ((i == 0) - x[0] / total) / total;
  return x[0] / total;
}

static double net_import_reliance(const double *x, int64_t n, double *gradient) {
  double made = x[0] + x[1], net = x[2] - x[3] + x[4], consumed = made + net;
  if (!(consumed > 0)) return none(n, gradient);
  double value = net / consumed, by_net = made / consumed / consumed;
  if (gradient) {
    gradient[0] = gradient[1] = -value / consumed;
    gradient[2] = gradient[4] = by_net;
    gradient[3] = -by_net;
  }
  return value;
}

static double import_reliance(const double *x, int64_t n, double *gradient) {
  double made = x[0], net = x[1] - x[2], used = made + net;
  if (net == 0 && made == 0) return none(n, gradient);
  int is_cut = net < 0;
  double value = net > 0 ? net / used : 0;
  if (gradient) {
    gradient[0] = is_cut ? 0 : -value / used;
    gradient[1] = is_cut ? 0 : made / used / used;
    gradient[2] = -gradient[1];
  }
  return value;
}

static double eu_supply_risk(const double *x, int64_t n, double *gradient) {
  double recycled = 1 - x[3], weight = x[2] / 2, by_reliance = (x[0] - x[1]) / 2;
  if (x[2] < 0 || x[2] > 1) {
    weight = x[2] < 0 ? 0 : 0.5;
    by_reliance = 0;
  }
  if (isnan(x[0]) || isnan(x[1])) {
    weight = isnan(x[0]) ? 0 : 1;
    by_reliance = 0;
  }
  double core = (isnan(x[0]) ? 0 : x[0] * weight) + (isnan(x[1]) ? 0 : x[1] * (1 - weight));
  if ((isnan(x[0]) && isnan(x[1])) || isnan(weight) || isnan(recycled) || isnan(x[4])) return none(n, gradient);
  if (gradient) {
    gradient[0] = weight * recycled * x[4];
    gradient[1] = (1 - weight) * recycled * x[4];
    gradient[2] = by_reliance * recycled * x[4];
    gradient[3] = -core * x[4];
    gradient[4] = core * recycled;
  }
  return core * recycled * x[4];
}

static double geopolrisk_score(const double *x, int64_t n, double *gradient) {
  int64_t k = (n - 2) / 2;
  const double *imports = x + 2, *risk = imports + k;
  double supply = x[1] + sum_of(imports, k), weighted = 0;
  if (!(supply > 0)) return none(n, gradient);
  for (int64_t i = 0; i < k; i++) weighted += risk[i] * imports[i];
  double mean = weighted / supply;
  if (gradient) {
    gradient[0] = mean;
    gradient[1] = -x[0] * mean / supply;
    for (int64_t i = 0; i < k; i++) {
      gradient[2 + i] = x[0] * (risk[i] - mean) / supply;
      gradient[2 + k + i] = x[0] * imports[i] / supply;
    }
  }
  return x[0] * mean;
}

static const cm_formula formulas[] = {
    [CRITMIN_FORMULA_HHI] = {"hhi", 0, 1, {{"quantity", 0, INFINITY}}, hhi},
    [CRITMIN_FORMULA_HHI_OF_SHARES] = {"hhi of shares", 0, 1, {{"share", 0, 1}}, squares},
    [CRITMIN_FORMULA_HHI_WGI] = {"hhi_wgi", 0, 2, {{"quantity", 0, INFINITY}, {"weight", 0, INFINITY}}, hhi_wgi},
    [CRITMIN_FORMULA_SHARE] = {"share", 0, 1, {{"quantity", 0, INFINITY}}, share},
    [CRITMIN_FORMULA_NET_IMPORT_RELIANCE] = {"net_import_reliance",
                                             5,
                                             5,
                                             {{"production", 0, INFINITY},
                                              {"secondary", 0, INFINITY},
                                              {"imports", 0, INFINITY},
                                              {"exports", 0, INFINITY},
                                              {"stock_change", -INFINITY, INFINITY}},
                                             net_import_reliance},
    [CRITMIN_FORMULA_IMPORT_RELIANCE] = {"import_reliance",
                                         3,
                                         3,
                                         {{"production", 0, INFINITY},
                                          {"imports", 0, INFINITY},
                                          {"exports", 0, INFINITY}},
                                         import_reliance},
    [CRITMIN_FORMULA_EU_SUPPLY_RISK] = {"eu_supply_risk",
                                        5,
                                        5,
                                        {{"global_supply", 0, INFINITY},
                                         {"eu_sourcing", 0, INFINITY},
                                         {"import_reliance", -INFINITY, INFINITY},
                                         {"recycling", 0, 1},
                                         {"substitution", 0, 1}},
                                        eu_supply_risk},
    [CRITMIN_FORMULA_GEOPOLRISK_SCORE] =
        {"geopolrisk_score",
         2,
         4,
         {{"hhi", 0, 1}, {"production", 0, INFINITY}, {"imports", 0, INFINITY}, {"risk", 0, 1}},
         geopolrisk_score},
};
enum { FORMULAS = sizeof formulas / sizeof formulas[0] };

static const part *part_of(const cm_formula *f, int64_t i, int64_t n, int64_t *number) {
  int64_t many = f->parts - f->single, each = many > 0 ? (n - f->single) / many : 0;
  *number = i < f->single ? 0 : (i - f->single) % each + 1;
  return &f->part[i < f->single ? i : f->single + (i - f->single) / each];
}

static int in_range(const cm_formula *f, const double *x, int64_t n) {
  int64_t number;
  for (int64_t i = 0; i < n; i++) {
    const part *p = part_of(f, i, n, &number);
    if (x[i] < p->least || x[i] > p->most || isinf(x[i])) return 0;
  }
  return 1;
}

static critmin_status check_formula(int32_t formula, int64_t n, critmin_error *error) {
  if (formula < 0 || formula >= FORMULAS)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "formula is %d; give a CRITMIN_FORMULA_ constant", (int)formula);
  const cm_formula *f = &formulas[formula];
  int64_t many = f->parts - f->single;
  if (many == 0 && n != f->single)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "n is %lld; %s takes %lld terms", (long long)n, f->name,
                   (long long)f->single);
  if (many > 0 && (n <= f->single || (n - f->single) % many != 0))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "n is %lld; %s takes %lld terms and then %lld for each entry, of which it needs one", (long long)n,
                   f->name, (long long)f->single, (long long)many);
  return CRITMIN_OK;
}

critmin_status cm_function_read(int32_t formula, critmin_function function, void *user, int64_t n, cm_function *out,
                                critmin_error *error) {
  *out = (cm_function){NULL, function, user};
  if (n < 1) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "n is %lld; a function needs a term", (long long)n);
  if (function) return CRITMIN_OK;
  critmin_status status = check_formula(formula, n, error);
  if (!status) out->formula = &formulas[formula];
  return status;
}

double cm_function_at(const cm_function *f, const double *terms, int64_t n) {
  if (f->function) return f->function(terms, n, f->user);
  return in_range(f->formula, terms, n) ? f->formula->value(terms, n, NULL) : NAN;
}

const char *cm_function_term(const cm_function *f, int64_t i, int64_t n, int64_t *number) {
  *number = 0;
  return f->formula ? part_of(f->formula, i, n, number)->name : NULL;
}

static critmin_status out_of_range(const cm_formula *f, const double *x, int64_t n, critmin_error *error) {
  for (int64_t i = 0; i < n; i++) {
    int64_t number;
    const part *p = part_of(f, i, n, &number);
    if (!(x[i] < p->least || x[i] > p->most || isinf(x[i]))) continue;
    critmin_status status = x[i] < 0 && p->least == 0 ? CRITMIN_ERROR_NEGATIVE : CRITMIN_ERROR_INVALID_VALUE;
    if (number == 0)
      cm_fail(error, status, "%s is %g; give %g to %g", p->name, x[i], p->least, p->most);
    else
      cm_fail(error, status, "%s %lld is %g; give %g to %g", p->name, (long long)number, x[i], p->least, p->most);
    return cm_fail_at(error, status, 0, i + 1);
  }
  return CRITMIN_OK;
}

critmin_status critmin_gradient(int32_t formula, const double *terms, int64_t n, double *value, double *gradient,
                                critmin_error *error) {
  cm_function f;
  critmin_status status = cm_function_read(formula, NULL, NULL, n, &f, error);
  if (status) return status;
  if (!terms) return cm_fail_null(error, "terms");
  status = out_of_range(f.formula, terms, n, error);
  if (status) return status;
  double at = f.formula->value(terms, n, gradient);
  if (value) *value = at;
  return cm_ok(error);
}

typedef struct rows {
  cm_function function;
  const double *terms;
  int64_t n;
  double *results;
} rows;

static int32_t evaluate_rows(void *user, int64_t first, int64_t last) {
  const rows *r = user;
  for (int64_t i = first; i < last; i++) r->results[i] = cm_function_at(&r->function, r->terms + i * r->n, r->n);
  return 0;
}

critmin_status critmin_evaluate(int32_t formula, critmin_function function, void *user, const double *terms,
                                int64_t row_count, int64_t n, int32_t threads, double *results, critmin_error *error) {
  rows r = {.terms = terms, .n = n, .results = results};
  critmin_status status = cm_function_read(formula, function, user, n, &r.function, error);
  if (status) return status;
  if (row_count < 0 || row_count > INT64_MAX / n)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "rows is %lld; give 0 or more, and as many as there can be",
                   (long long)row_count);
  if (threads < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "threads is %d; give 0 or more", (int)threads);
  if (row_count > 0 && !terms) return cm_fail_null(error, "terms");
  if (row_count > 0 && !results) return cm_fail_null(error, "results");
  cm_parallel(threads, row_count, 1024, evaluate_rows, &r);
  return cm_ok(error);
}
