/* SPDX-License-Identifier: MIT */
/*
 * The interval against brute force: it holds every completion, its concentrated end is reached by a completion with the
 * cells at their ends, its even end by one that stands at a level.
 */
#include <stdio.h>
#include <stdlib.h>

#include "scene.h"
#include "suites.h"

enum { SCENES = 400, COMPLETIONS = 50 };

static const kernel_call calls[] = {
    {.kernel = SHARE, .index = 0},       {.kernel = SHARE, .index = 1},
    {.kernel = HHI},                     {.kernel = HHI_NORMALISED},
    {.kernel = RATIO, .index = 1},       {.kernel = RATIO, .index = 2},
    {.kernel = RATIO, .index = 3},       {.kernel = SHANNON},
    {.kernel = EVENNESS},                {.kernel = EFFECTIVE, .number = 0},
    {.kernel = EFFECTIVE, .number = .5}, {.kernel = EFFECTIVE, .number = 1},
    {.kernel = EFFECTIVE, .number = 2},  {.kernel = EFFECTIVE, .number = 3.5},
    {.kernel = EFFECTIVE, .number = 60}, {.kernel = EFFECTIVE, .number = INFINITY},
    {.kernel = HHI_WGI},                 {.kernel = N_MINUS_1, .index = 0, .number = 50},
    {.kernel = N_MINUS_1, .index = 1, .number = NAN},
};
enum { CALLS = sizeof calls / sizeof calls[0] };

static critmin_answer answer_of(const kernel_call *call, const scene *s) {
  kernel_call with = *call;
  with.governance = s->governance;
  return kernel_answer(&with, s->quantity, s->n, &s->supply);
}

static double formula(const kernel_call *call, const completion *c) {
  return kernel_formula(call, c->x, c->governance, c->n, c->dust);
}

static void say(const char *what, const kernel_call *call, const scene *s, critmin_answer a, double found) {
  char text[2000];
  int at = snprintf(text, sizeof text, "%s: %s(%lld, %g) kind %d gives [%.15g, %.15g], found %.15g; total %g [%g, %g] other %g "
                    "max %lld cutoff %g;", what, kernel_name(call->kernel), (long long)call->index, call->number, (int)s->kind,
                    a.low, a.high, found, s->supply.total, s->supply.total_low, s->supply.total_high, s->supply.other,
                    (long long)s->supply.unlisted_max, s->supply.unlisted_cutoff);
  for (int64_t i = 0; i < s->n; i++)
    at += snprintf(text + at, sizeof text - (size_t)at, " %g[%g,%g]%s", s->quantity[i], s->least[i], s->most[i],
                   s->outside[i] ? "out" : "");
  ck_abort_msg("%s", text);
}

/* Orders below 1 magnify what sums of doubles leave in a cell that should be empty. */
static double tolerance_of(const kernel_call *call, double x) {
  int magnified = call->kernel == EFFECTIVE && call->number > 0 && call->number < 1;
  return (magnified ? 1e-6 : 1e-9) * fmax(1, fabs(x));
}

START_TEST(the_interval_holds_every_completion) {
  stream random = {(uint64_t)_i};
  int64_t held = 0;
  for (int i = 0; i < SCENES; i++) {
    scene s;
    scene_make(&s, &random, _i);
    critmin_answer answers[CALLS];
    for (size_t k = 0; k < CALLS; k++) {
      answers[k] = answer_of(&calls[k], &s);
      double value = answers[k].value;
      if (value < answers[k].low || value > answers[k].high) say("value outside", &calls[k], &s, answers[k], value);
      if (answers[k].flags & CRITMIN_FLAG_OUT_OF_RANGE_INPUT) say("contradicted", &calls[k], &s, answers[k], value);
    }
    for (int j = 0; j < COMPLETIONS; j++) {
      completion c;
      scene_complete(&s, &random, &c);
      for (size_t k = 0; k < CALLS; k++) {
        if (answers[k].flags & (CRITMIN_FLAG_NO_DATA | CRITMIN_FLAG_ZERO_TOTAL)) continue;
        if (isnan(answers[k].low)) {
          if (calls[k].kernel != HHI_NORMALISED && calls[k].kernel != EVENNESS) say("no end", &calls[k], &s, answers[k], NAN);
          continue;
        }
        double found = formula(&calls[k], &c);
        if (isnan(found)) continue; /* a market of nobody, or evenness of one */
        held++;
        if (found < answers[k].low - tolerance_of(&calls[k], found) || found > answers[k].high + tolerance_of(&calls[k], found))
          say("outside", &calls[k], &s, answers[k], found);
      }
    }
  }
  ck_assert_int_gt(held, SCENES * COMPLETIONS * CALLS / 2);
}
END_TEST

typedef struct ends {
  const scene *scene;
  double low[CALLS], high[CALLS];
} ends;

static void take(ends *e, const completion *c) {
  for (size_t k = 0; k < CALLS; k++) {
    double found = formula(&calls[k], c);
    e->low[k] = fmin(e->low[k], found); /* fmin and fmax pass over NaN */
    e->high[k] = fmax(e->high[k], found);
  }
}

static void visit(void *user, const double *x, double total) {
  ends *e = user;
  for (int few = 0; few < 2; few++) {
    completion c = {.n = e->scene->n};
    for (int64_t i = 0; i < c.n; i++) c.x[i] = x[i];
    scene_residual(e->scene, &c, total, few);
    scene_governance(e->scene, &c, few ? 10 : 0);
    take(e, &c);
  }
}

static int has_unbounded(const scene *s) {
  for (int64_t i = 0; i < s->n; i++)
    if (isinf(s->most[i]) && (s->kind == NO_TOTAL || s->outside[i])) return 1;
  return 0;
}

static int varies(const scene *s) {
  for (int64_t i = 0; i < s->n; i++)
    if (s->least[i] < s->most[i]) return 1;
  return s->supply.total_low < s->supply.total_high;
}

/* The end is attained where the kernel says it is exact: not where a cutoff moves with the total. */
START_TEST(the_concentrated_end_is_a_completion_at_the_ends) {
  stream random = {(uint64_t)_i + 10};
  int64_t tried = 0;
  for (int i = 0; i < SCENES; i++) {
    scene s;
    scene_make(&s, &random, _i);
    if (s.supply.unlisted_cutoff > 0 && varies(&s)) s.supply.unlisted_cutoff = 0;
    ends e = {.scene = &s};
    for (size_t k = 0; k < CALLS; k++) {
      e.low[k] = INFINITY;
      e.high[k] = -INFINITY;
    }
    double huge = 1e13;
    scene_vertices(&s, huge, visit, &e);
    for (size_t k = 0; k < CALLS; k++) {
      critmin_answer a = answer_of(&calls[k], &s);
      if (isnan(a.low) || a.flags & (CRITMIN_FLAG_NO_DATA | CRITMIN_FLAG_ZERO_TOTAL)) continue;
      double limit = has_unbounded(&s) ? 1e-6 : 0;
      switch (calls[k].kernel) {
      case HHI:
      case RATIO:
      case HHI_WGI:
        tried++;
        if (!(fabs(a.high - e.high[k]) <= tolerance_of(&calls[k], a.high) + limit)) say("high not met", &calls[k], &s, a, e.high[k]);
        break;
      case SHARE:
        tried++;
        if (!(fabs(a.high - e.high[k]) <= tolerance_of(&calls[k], a.high) + limit)) say("high not met", &calls[k], &s, a, e.high[k]);
        if (!(fabs(a.low - e.low[k]) <= tolerance_of(&calls[k], a.low) + limit)) say("low not met", &calls[k], &s, a, e.low[k]);
        break;
      case N_MINUS_1:
        if (has_unbounded(&s)) break;
        if (!(fabs(a.high - e.high[k]) <= tolerance_of(&calls[k], a.high))) say("high not met", &calls[k], &s, a, e.high[k]);
        if (!(fabs(a.low - e.low[k]) <= tolerance_of(&calls[k], a.low))) say("low not met", &calls[k], &s, a, e.low[k]);
        break;
      case SHANNON:
      case EFFECTIVE:
        if (calls[k].number > 32 && !isinf(calls[k].number)) break; /* safe there, not exact */
        if (has_unbounded(&s) && calls[k].number < 1) break; /* converges too slowly to be tried by a huge quantity */
        if (calls[k].kernel == EFFECTIVE && calls[k].number == 0) break; /* counts jump where a cell leaves zero */
        tried++;
        if (!(fabs(a.low - e.low[k]) <= tolerance_of(&calls[k], a.low) + limit)) say("low not met", &calls[k], &s, a, e.low[k]);
        break;
      default: break;
      }
    }
  }
  ck_assert_int_gt(tried, SCENES * 5);
}
END_TEST

/* Completions at a level, to be made as even as they can be by choice of a total and of the level. */
typedef struct level_scene {
  const scene *scene;
  const kernel_call *call;
  double total;
} level_scene;

static double clip(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

static double level_of(const level_scene *l, int64_t row, double level) {
  const scene *s = l->scene;
  double weight = l->call->kernel == HHI_WGI ? s->governance[row] : 1;
  return clip(level / weight, s->least[row], s->most[row]);
}

/* Greater where less even. */
static double unevenness(const level_scene *l, double level) {
  const scene *s = l->scene;
  completion c = {.n = s->n};
  for (int64_t i = 0; i < s->n; i++) c.x[i] = level_of(l, i, level);
  if (s->kind == FILLED || s->kind == ROUNDED) {
    double wanted = l->total - (isnan(s->supply.other) ? 0 : s->supply.other), low = 0, high = 1e6;
    for (int step = 0; step < 100; step++) {
      double middle = (low + high) / 2;
      for (int64_t i = 0; i < s->n; i++)
        if (!s->outside[i]) c.x[i] = level_of(l, i, middle);
      if (scene_inside(s, c.x) < wanted) low = middle;
      else high = middle;
    }
  }
  scene_residual(s, &c, l->total, 0);
  scene_governance(s, &c, 0);
  double found = formula(l->call, &c);
  if (isnan(found)) return INFINITY;
  return l->call->kernel == SHANNON || l->call->kernel == EFFECTIVE ? -found : found;
}

static double least_over_levels(level_scene *l) {
  double low = 0, high = 640;
  for (int step = 0; step < 120; step++) {
    double a = low + (high - low) * .381966011250105, b = low + (high - low) * .618033988749895;
    if (unevenness(l, a) <= unevenness(l, b)) high = b;
    else low = a;
  }
  return fmin(unevenness(l, (low + high) / 2), fmin(unevenness(l, 1e-9), unevenness(l, 640)));
}

static double least_over_totals(level_scene *l) {
  const critmin_supply *supply = &l->scene->supply;
  double low = supply->total_low, high = supply->total_high, best = INFINITY;
  l->total = low;
  best = least_over_levels(l);
  if (!(low < high)) return best;
  l->total = high;
  best = fmin(best, least_over_levels(l));
  for (int step = 0; step < 40; step++) {
    double a = low + (high - low) * .381966011250105, b = low + (high - low) * .618033988749895;
    l->total = a;
    double at_a = least_over_levels(l);
    l->total = b;
    double at_b = least_over_levels(l);
    best = fmin(best, fmin(at_a, at_b));
    if (at_a <= at_b) high = b;
    else low = a;
  }
  return best;
}

START_TEST(the_even_end_is_a_completion_at_a_level) {
  stream random = {(uint64_t)_i + 20};
  int64_t tried = 0;
  for (int i = 0; i < SCENES / 10; i++) {
    scene s;
    scene_make(&s, &random, _i);
    for (size_t k = 0; k < CALLS; k++) {
      const kernel_call *call = &calls[k];
      int even = call->kernel == HHI || call->kernel == RATIO || call->kernel == SHANNON || call->kernel == HHI_WGI ||
                 (call->kernel == EFFECTIVE && call->number > 0 && (call->number < 32 || isinf(call->number)));
      for (int64_t row = 0; row < s.n && call->kernel == HHI_WGI; row++) even = even && s.governance[row] > .1;
      critmin_answer a = answer_of(call, &s);
      if (!even || isnan(a.low) || a.flags & (CRITMIN_FLAG_NO_DATA | CRITMIN_FLAG_ZERO_TOTAL)) continue;
      level_scene l = {.scene = &s, .call = call};
      double end = call->kernel == SHANNON || call->kernel == EFFECTIVE ? -a.high : a.low, found = least_over_totals(&l);
      tried++;
      if (isinf(end) && isinf(found)) continue;
      if (!(fabs(end - found) <= tolerance_of(call, end))) say("even end not met", call, &s, a, found);
    }
  }
  ck_assert_int_gt(tried, SCENES / 4);
}
END_TEST

/* Many nested cells: a bound that is safe, and no wider than the one cell it cuts. */
START_TEST(beyond_twenty_nested_cells_the_bound_is_safe_and_near) {
  enum { N = 30 };
  stream random = {77};
  int nested = 0;
  for (int i = 0; i < 200; i++) {
    double quantity[N], low[N], high[N], least = 0, most = 0, widest = 0;
    for (int j = 0; j < N; j++) {
      quantity[j] = NAN;
      low[j] = stream_uniform(&random, 0, 6);
      high[j] = low[j] + stream_uniform(&random, 0, 9);
      least += low[j];
      most += high[j];
      widest = fmax(widest, high[j] - low[j]);
    }
    critmin_supply supply;
    critmin_supply_init(&supply);
    supply.low = low;
    supply.high = high;
    supply.total = stream_uniform(&random, least, most);
    critmin_answer a = kernel_answer(&(kernel_call){.kernel = HHI}, quantity, N, &supply);
    double best = 0;
    for (int order = 0; order < 300; order++) { /* fill by a rank that mixes both ends */
      double rank[N], x[N], left = supply.total - least, mix = stream_uniform(&random, 0, 1), square = 0;
      for (int j = 0; j < N; j++) {
        x[j] = low[j];
        rank[j] = mix * low[j] + (1 - mix) * high[j] + stream_uniform(&random, 0, 1);
      }
      for (int step = 0; step < N; step++) {
        int next = 0;
        for (int j = 1; j < N; j++)
          if (rank[j] > rank[next]) next = j;
        rank[next] = -1;
        double taken = fmin(left, high[next] - low[next]);
        x[next] += taken;
        left -= taken;
      }
      for (int j = 0; j < N; j++) square += x[j] * x[j];
      best = fmax(best, square / (supply.total * supply.total));
      for (int64_t k = 1; k <= 5; k++) {
        kernel_call ratio = {.kernel = RATIO, .index = k};
        if (order % 50 == 0) ck_assert(kernel_formula(&ratio, x, NULL, N, 0) <= kernel_answer(&ratio, quantity, N, &supply).high + 1e-9);
      }
    }
    ck_assert(a.high >= best - 1e-12);
    double width = widest / supply.total;
    ck_assert_msg(a.high <= best + width * width / 4 + 1e-12, "%.15g beyond %.15g", a.high, best);
    nested += a.high > best + 1e-12;
  }
  ck_assert_int_gt(nested, 0);
}
END_TEST

/* All lower ends zero: one order sorts any number of cells, and the fill by it is the maximum. */
START_TEST(any_number_of_ordered_cells_is_exact) {
  enum { N = 40 };
  double quantity[N], high[N], x[N], left = 100, square = 0;
  for (int j = 0; j < N; j++) {
    quantity[j] = NAN;
    high[j] = 20 - .25 * j;
  }
  for (int j = 0; j < N; j++) {
    x[j] = fmin(left, high[j]);
    left -= x[j];
    square += x[j] * x[j];
  }
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.high = high;
  supply.total = 100;
  critmin_answer a = kernel_answer(&(kernel_call){.kernel = HHI}, quantity, N, &supply);
  assert_near(a.high, square / 1e4, 1e-12);
  assert_near(a.low, 1. / N, 1e-12);
}
END_TEST

Suite *suite_bounds(void) {
  Suite *suite = suite_create("bounds");
  TCase *cases = tcase_create("brute force");
  tcase_set_timeout(cases, 120);
  tcase_add_loop_test(cases, the_interval_holds_every_completion, 0, 2);
  tcase_add_loop_test(cases, the_concentrated_end_is_a_completion_at_the_ends, 0, 2);
  tcase_add_loop_test(cases, the_even_end_is_a_completion_at_a_level, 0, 2);
  tcase_add_test(cases, beyond_twenty_nested_cells_the_bound_is_safe_and_near);
  tcase_add_test(cases, any_number_of_ordered_cells_is_exact);
  suite_add_tcase(suite, cases);
  return suite;
}
