/* SPDX-License-Identifier: MIT */
/*
 * What must hold of every kernel that takes a few terms: it rises or falls with each as METHODS of its formula say, does
 * not depend on the unit, and its interval holds the answer at every point of the box of its terms.
 */
#include <math.h>

#include "critmin/critmin.h"
#include "kernel.h"
#include "suites.h"

enum { TERMS = 6, SCENES = 300 };

typedef critmin_status (*kernel_of_terms)(const critmin_interval *terms, critmin_answer *answer, critmin_error *error);
typedef critmin_status (*of_balance)(const critmin_balance *balance, critmin_answer *answer, critmin_error *error);

/* Production, secondary, imports, exports, stock change. */
static critmin_status balance(of_balance kernel, const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  critmin_balance b;
  critmin_balance_init(&b);
  b.production = x[0];
  b.secondary = x[1];
  b.imports = x[2];
  b.exports = x[3];
  b.stock_change = x[4];
  return kernel(&b, a, e);
}
static critmin_status consumption(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  return balance(critmin_apparent_consumption, x, a, e);
}
static critmin_status net_reliance(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  return balance(critmin_net_import_reliance, x, a, e);
}
static critmin_status reliance(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  return balance(critmin_import_reliance, x, a, e);
}
static critmin_status sufficiency(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  return balance(critmin_self_sufficiency, x, a, e);
}
static critmin_status exposure(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  return balance(critmin_trade_exposure, x, a, e);
}
static critmin_status eu_risk(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  critmin_eu_supply s;
  critmin_eu_supply_init(&s);
  s.global_supply = x[0];
  s.eu_sourcing = x[1];
  s.import_reliance = x[2];
  s.recycling = x[3];
  s.substitution = x[4];
  return critmin_eu_supply_risk(&s, a, e);
}
static critmin_status usgs_risk(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  return critmin_usgs_supply_risk(&x[0], &x[1], &x[2], a, e);
}
static critmin_status nstc(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  return critmin_nstc_criticality_potential(&x[0], &x[1], &x[2], a, e);
}
static critmin_status benchmark_share(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  return critmin_crma_benchmark(CRITMIN_CRMA_EXTRACTION, &x[0], &x[1], a, NULL, NULL, e);
}
static critmin_status benchmark_gap(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  critmin_answer share;
  critmin_answer_init(&share);
  return critmin_crma_benchmark(CRITMIN_CRMA_IMPORTS, &x[0], &x[1], &share, a, NULL, e);
}
static critmin_status years(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  return critmin_time_to_target(&x[0], &x[1], .5, 0, a, e);
}
/* Risks, then trade parameters, of three producers whose output is fixed; numbers, not intervals. */
static critmin_status trade_index(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  const double quantity[] = {50, 30, 20};
  const double weight[] = {x[0].value, x[1].value, x[2].value}, trade[] = {x[3].value, x[4].value, x[5].value};
  return critmin_hhi_wgi_t(quantity, weight, trade, 3, 2, NULL, a, e);
}
static critmin_status hoskins(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  const double quantity[] = {50, 30, 20}, risk[] = {x[0].value, x[1].value, x[2].value};
  return critmin_hoskins(quantity, risk, 3, -1, NULL, a, e);
}
/* Three producers' output in tonnes, which are weighed by unlike risks. */
static critmin_status hoskins_tonnes(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  const double quantity[] = {x[0].value, x[1].value, x[2].value}, risk[] = {2, 5, 9};
  return critmin_hoskins(quantity, risk, 3, -1, NULL, a, e);
}
static critmin_status trade_index_tonnes(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  const double quantity[] = {x[0].value, x[1].value, x[2].value}, risk[] = {2, 5, 9}, trade[] = {.8, 1, 1.5};
  return critmin_hhi_wgi_t(quantity, risk, trade, 3, 2, NULL, a, e);
}
static critmin_status owners(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  const double output[] = {x[0].value, x[1].value, x[2].value};
  const double share[] = {1, .5, 0, 0, .5, .7, 0, 0, .3}; /* two owners, and nobody known */
  return critmin_owner_hhi(output, share, 3, 2, NAN, CRITMIN_RESIDUAL_LOWER, a, e);
}
static critmin_status lost_supply(const critmin_interval *x, critmin_answer *a, critmin_error *e) {
  const double quantity[] = {x[0].value, x[1].value, x[2].value};
  return critmin_n_minus_1_net(quantity, 3, 0, x[3].value, x[4].value, NULL, a, e);
}

/* A term: where it lies, which way it moves the answer (0: either), and whether it has the unit that does not matter. */
typedef struct term {
  double low, high;
  int rises, unit;
} term;

static const struct {
  const char *name;
  kernel_of_terms kernel;
  int n, box, degree; /* box: takes intervals; degree 1: the answer has the unit too */
  term terms[TERMS];
} kernels[] = {
#define BALANCE(p, m) {1, 20, p, 1}, {0, 10, p, 1}, {60, 99, m, 1}, {0, 20, -(m), 1}, {-5, 5, m, 1}
    {"apparent_consumption", consumption, 5, 1, 1, {BALANCE(1, 1)}},
    {"net_import_reliance", net_reliance, 5, 1, 0, {BALANCE(-1, 1)}},
    {"import_reliance", reliance, 5, 1, 0, {{1, 20, -1, 1}, {0, 10, 0, 1}, {60, 99, 1, 1}, {0, 20, -1, 1}, {-5, 5, 0, 1}}},
    {"self_sufficiency", sufficiency, 5, 1, 0, {BALANCE(1, -1)}},
    {"trade_exposure", exposure, 5, 1, 0, {BALANCE(-1, 1)}},
    /* A net exporter's reliance rises with what it makes. */
    {"net_import_reliance of a net exporter", net_reliance, 5, 1, 0,
     {{100, 150, 1, 1}, {0, 10, 1, 1}, {0, 5, 1, 1}, {10, 40, -1, 1}, {-4, 4, 1, 1}}},
    {"eu_supply_risk", eu_risk, 5, 1, 0, {{5, 9, 1, 0}, {1, 4, 1, 0}, {.1, .9, 1, 0}, {0, .6, -1, 0}, {.8, 1, 1, 0}}},
    {"usgs_supply_risk", usgs_risk, 3, 1, 0, {{.1, 1, 1, 0}, {.1, 1, 1, 0}, {.1, 1, 1, 0}}},
    {"nstc_criticality_potential", nstc, 3, 1, 0, {{.1, 1, 1, 0}, {.1, 1, 1, 0}, {.1, 1, 1, 0}}},
    {"crma share", benchmark_share, 2, 1, 0, {{0, 90, 1, 1}, {50, 100, -1, 1}}},
    {"crma gap", benchmark_gap, 2, 1, 0, {{66, 90, 1, 1}, {90, 100, -1, 1}}},
    {"time_to_target", years, 2, 1, 0, {{.01, .4, -1, 0}, {.01, .3, -1, 0}}},
    {"hhi_wgi_t", trade_index, 6, 0, 0, {{0, 10, 1, 0}, {0, 10, 1, 0}, {0, 10, 1, 0}, {.5, 2, 1, 0}, {.5, 2, 1, 0}, {.5, 2, 1, 0}}},
    {"hhi_wgi_t of tonnes", trade_index_tonnes, 3, 0, 0, {{1, 9, 0, 1}, {1, 9, 0, 1}, {1, 9, 0, 1}}},
    {"hoskins", hoskins, 3, 0, 0, {{0, 10, 1, 0}, {0, 10, 1, 0}, {0, 10, 1, 0}}},
    {"hoskins of tonnes", hoskins_tonnes, 3, 0, 0, {{1, 9, 0, 1}, {1, 9, 0, 1}, {1, 9, 0, 1}}},
    {"owner_hhi of tonnes", owners, 3, 0, 0, {{1, 9, 0, 1}, {1, 9, 0, 1}, {1, 9, 0, 1}}},
    {"n_minus_1_net", lost_supply, 5, 0, 0, {{1, 9, 0, 1}, {1, 9, 1, 1}, {1, 9, 1, 1}, {20, 30, -1, 1}, {1, 9, 1, 1}}},
};
enum { KERNELS_OF_TERMS = sizeof kernels / sizeof kernels[0] };

static critmin_answer answer_of(int k, const critmin_interval *terms) {
  critmin_answer answer;
  critmin_error error;
  critmin_answer_init(&answer);
  ck_assert_msg(kernels[k].kernel(terms, &answer, &error) == CRITMIN_OK, "%s: %s", kernels[k].name, error.message);
  ck_assert_msg(!isnan(answer.value), "%s has no value", kernels[k].name);
  return answer;
}

static critmin_interval point(double value) {
  return (critmin_interval){value, value, value};
}

static void draw(int k, stream *random, critmin_interval *terms) {
  for (int i = 0; i < kernels[k].n; i++)
    terms[i] = point(stream_uniform(random, kernels[k].terms[i].low, kernels[k].terms[i].high));
}

START_TEST(terms_move_the_answer_the_way_the_formula_says) {
  stream random = {11};
  for (int k = 0; k < KERNELS_OF_TERMS; k++) {
    for (int scene = 0; scene < SCENES; scene++) {
      critmin_interval terms[TERMS];
      draw(k, &random, terms);
      double before = answer_of(k, terms).value;
      for (int i = 0; i < kernels[k].n; i++) {
        const term *t = &kernels[k].terms[i];
        critmin_interval was = terms[i];
        if (!t->rises) continue;
        terms[i] = point(was.value + (t->high - was.value) * stream_uniform(&random, 0, 1));
        double after = answer_of(k, terms).value;
        ck_assert_msg(t->rises * (after - before) >= -1e-12 * fabs(before), "%s, term %d: %.17g, then %.17g",
                      kernels[k].name, i, before, after);
        terms[i] = was;
      }
    }
  }
}
END_TEST

START_TEST(the_unit_of_what_is_counted_does_not_matter) {
  stream random = {12};
  for (int k = 0; k < KERNELS_OF_TERMS; k++) {
    if (!kernels[k].terms[0].unit) continue;
    for (int scene = 0; scene < SCENES; scene++) {
      critmin_interval terms[TERMS];
      draw(k, &random, terms);
      double before = answer_of(k, terms).value, unit = exp(stream_uniform(&random, -12, 12));
      for (int i = 0; i < kernels[k].n; i++) terms[i] = point(terms[i].value * unit);
      double after = answer_of(k, terms).value, wanted = kernels[k].degree ? before * unit : before;
      ck_assert_msg(fabs(after - wanted) <= 1e-11 * fmax(fabs(wanted), kernels[k].degree ? 0 : 1), "%s: %.17g and %.17g",
                    kernels[k].name, after, wanted);
    }
  }
}
END_TEST

START_TEST(the_interval_holds_every_point_of_the_box) {
  stream random = {13};
  for (int k = 0; k < KERNELS_OF_TERMS; k++) {
    if (!kernels[k].box) continue;
    for (int scene = 0; scene < SCENES; scene++) {
      critmin_interval box[TERMS], at[TERMS], other[TERMS];
      draw(k, &random, box);
      draw(k, &random, other);
      for (int i = 0; i < kernels[k].n; i++)
        box[i] = (critmin_interval){NAN, fmin(box[i].value, other[i].value), fmax(box[i].value, other[i].value)};
      for (int i = 0; i < kernels[k].n; i++) box[i].value = (box[i].low + box[i].high) / 2;
      critmin_answer whole = answer_of(k, box);
      for (int probe = 0; probe < 20; probe++) {
        for (int i = 0; i < kernels[k].n; i++) {
          double part = probe < 10 ? (double)stream_integer(&random, 0, 1) : stream_uniform(&random, 0, 1);
          at[i] = point(box[i].low + part * (box[i].high - box[i].low));
        }
        double value = answer_of(k, at).value, slack = 1e-12 * fmax(1, fabs(value));
        ck_assert_msg(whole.low - slack <= value && value <= whole.high + slack, "%s: %.17g outside %.17g to %.17g",
                      kernels[k].name, value, whole.low, whole.high);
      }
    }
  }
}
END_TEST

Suite *suite_directions(void) {
  Suite *suite = suite_create("directions");
  TCase *tests = tcase_create("directions");
  tcase_add_test(tests, terms_move_the_answer_the_way_the_formula_says);
  tcase_add_test(tests, the_unit_of_what_is_counted_does_not_matter);
  tcase_add_test(tests, the_interval_holds_every_point_of_the_box);
  suite_add_tcase(suite, tests);
  return suite;
}
