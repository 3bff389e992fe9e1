/* SPDX-License-Identifier: MIT */
/* Draws: against closed forms, against stocks in time, and against themselves made in parts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "critmin/drawdown.h"
#include "critmin/risk.h"
#include "exposure/ensemble_loops.h"
#include "suites.h"

enum { SUPPLIERS_MAX = 6, USERS_MAX = 11, SHOCKS_MAX = 8, AGREEMENTS_MAX = 3 };

typedef struct scene {
  critmin_ensemble e;
  double flow[SUPPLIERS_MAX * USERS_MAX], spare[SUPPLIERS_MAX], inventory[USERS_MAX], worth[USERS_MAX];
  int32_t served[USERS_MAX], supplier[SHOCKS_MAX], group[SHOCKS_MAX], buyer[AGREEMENTS_MAX];
  double probability[SHOCKS_MAX], loading[SHOCKS_MAX], correlation[SHOCKS_MAX * SHOCKS_MAX];
  critmin_law withheld[SHOCKS_MAX], start[SHOCKS_MAX], duration[SHOCKS_MAX], scale[SUPPLIERS_MAX],
      inventory_scale[USERS_MAX];
  double tonnes[AGREEMENTS_MAX], begins[AGREEMENTS_MAX], performs[AGREEMENTS_MAX];
} scene;

static critmin_law fixed(double x) {
  return (critmin_law){CRITMIN_LAW_FIXED, 0, x, 0, 0, 0};
}

static scene *make(int32_t suppliers, int32_t users, int64_t shocks) {
  static scene s;
  memset(&s, 0, sizeof s);
  critmin_ensemble_init(&s.e);
  s.e.suppliers = suppliers;
  s.e.users = users;
  s.e.shocks = shocks;
  s.e.flow = s.flow;
  s.e.supplier = s.supplier;
  s.e.probability = s.probability;
  s.e.withheld = s.withheld;
  s.e.start = s.start;
  s.e.duration = s.duration;
  s.e.horizon = 1;
  for (int64_t i = 0; i < shocks; i++) {
    s.supplier[i] = (int32_t)(i % suppliers);
    s.probability[i] = 1;
    s.withheld[i] = s.duration[i] = fixed(1);
    s.start[i] = fixed(0);
  }
  return &s;
}

static critmin_draws *run(const scene *s, int64_t first, int64_t count, int32_t threads, double *loss, double *unmet) {
  critmin_draws *draws;
  critmin_error error;
  ck_assert_msg(
      critmin_ensemble_run(&s->e, 11, first, count, threads, NULL, NULL, loss, unmet, &draws, &error) == CRITMIN_OK,
      "%s", error.message);
  return draws;
}

static critmin_risk risk(const critmin_draws *draws, double level) {
  critmin_risk r;
  critmin_error error;
  critmin_risk_init(&r);
  ck_assert_msg(critmin_draws_risk(draws, level, &r, &error) == CRITMIN_OK, "%s", error.message);
  return r;
}

/* Losses of .3 with probability .1 and of .2 with .05. */
static scene *two_shocks(void) {
  scene *s = make(2, 1, 2);
  s->flow[0] = .3, s->flow[1] = .2;
  s->probability[0] = .1, s->probability[1] = .05;
  return s;
}

START_TEST(draws_agree_with_the_exact_law_within_their_error) {
  critmin_draws *draws = run(two_shocks(), 0, 200000, 0, NULL, NULL);
  ck_assert_int_eq(critmin_draws_count(draws), 200000);
  critmin_risk r = risk(draws, .95);
  ck_assert_double_eq_tol(r.mean, .04, 4 * r.mean_error);
  ck_assert_double_lt(r.mean_error, .0003);
  NEAR(r.var, .3);
  NEAR(r.var_low, .3);
  NEAR(r.var_high, .3);
  ck_assert_double_eq_tol(r.cvar, .32, 4 * r.cvar_error);
  ck_assert_double_lt(r.cvar_error, .001);
  NEAR(r.greatest, .5);
  double mean, standard, probability;
  ck_assert_int_eq(critmin_draws_users(draws, &mean, &standard, &probability, NULL), CRITMIN_OK);
  NEAR(mean, r.mean);
  NEAR(standard, r.mean_error);
  ck_assert_double_eq_tol(probability, .145, 4 * sqrt(.145 * .855 / 200000));
  critmin_draws_free(draws);
}
END_TEST

START_TEST(an_unexpected_seed_is_as_good) {
  /* The error that is told is that of many runs. */
  enum { RUNS = 200 };
  scene *s = two_shocks();
  double square = 0, told = 0;
  for (uint64_t seed = 0; seed < RUNS; seed++) {
    critmin_draws *draws;
    ck_assert_int_eq(critmin_ensemble_run(&s->e, seed, 0, 2000, 1, NULL, NULL, NULL, NULL, &draws, NULL), CRITMIN_OK);
    critmin_risk r = risk(draws, .95);
    square += (r.mean - .04) * (r.mean - .04) / RUNS;
    told += r.mean_error * r.mean_error / RUNS;
    critmin_draws_free(draws);
  }
  ck_assert_double_eq_tol(sqrt(square / told), 1, .2);
}
END_TEST

/* A world in which everything is drawn. */
static scene *world(uint64_t draw, int all_fixed) {
  cm_random random;
  cm_random_start(&random, 31, draw, 0);
#define U() cm_random_uniform(&random)
  int32_t suppliers = 1 + (int32_t)(SUPPLIERS_MAX * U()), users = 1 + (int32_t)(USERS_MAX * U());
  int64_t shocks = 1 + (int64_t)(SHOCKS_MAX * U());
  scene *s = make(suppliers, users, shocks);
  s->e.horizon = 40 + 20 * U();
  for (int i = 0; i < suppliers * users; i++) s->flow[i] = U() < .3 ? 0 : U();
  for (int i = 0; i < suppliers; i++) s->spare[i] = .3 * U();
  for (int i = 0; i < users; i++) {
    s->inventory[i] = U() < .3 ? 0 : 10 * U();
    s->worth[i] = U();
    s->served[i] = U() < .7;
  }
  if (draw % 2) s->e.spare = s->spare;
  if (draw % 3) s->e.inventory = s->inventory;
  if (draw % 5 > 1) s->e.served = s->served;
  s->e.reserve = draw % 4 ? 30 * U() : 0;
  if (U() < .7) s->e.reserve_rate = U();
  s->e.inventory_first = draw % 7 > 3;
  for (int64_t i = 0; i < shocks; i++) {
    double a = U(), b = 60 * U() - 10, c = 30 * U();
    s->supplier[i] = (int32_t)(suppliers * U());
    s->withheld[i] = fixed(a);
    s->start[i] = fixed(b);
    s->duration[i] = fixed(c);
    if (all_fixed) continue;
    s->probability[i] = U();
    s->withheld[i] = (critmin_law){CRITMIN_LAW_TRIANGULAR, 0, a, 0, 1, 0};
    s->start[i] = (critmin_law){CRITMIN_LAW_UNIFORM, 0, 0, -10, 50, 0};
    s->duration[i] = (critmin_law){CRITMIN_LAW_EXPONENTIAL, 0, c, 0, 0, 0};
  }
  s->e.agreements = (int64_t)((AGREEMENTS_MAX + 1) * U());
  s->e.buyer = s->buyer;
  s->e.tonnes = s->tonnes;
  if (draw % 2) s->e.begins = s->begins;
  for (int64_t i = 0; i < s->e.agreements; i++) {
    s->buyer[i] = (int32_t)(users * U());
    s->tonnes[i] = .5 * U();
    s->begins[i] = 60 * U() - 10;
    s->performs[i] = U();
  }
  if (!all_fixed) {
    s->e.worth = s->worth;
    s->e.performs = s->performs;
    s->e.scale = s->scale;
    s->e.inventory_scale = s->inventory_scale;
    s->e.reserve_scale = s->inventory_scale;
    for (int i = 0; i < suppliers; i++) s->scale[i] = (critmin_law){CRITMIN_LAW_LOGNORMAL, 0, 1, 0, 0, 1.3};
    for (int i = 0; i < users; i++) s->inventory_scale[i] = (critmin_law){CRITMIN_LAW_BETA, 0, 1, 0, 2, .4};
    s->e.group = s->group;
    s->e.loading = s->loading;
    for (int64_t i = 0; i < shocks; i++) {
      s->group[i] = (int32_t)(2 * U());
      s->loading[i] = U();
    }
  }
  return s;
}

START_TEST(a_draw_of_which_all_is_fixed_is_a_drawdown) {
  enum { POINTS = 200 };
  static double time[POINTS], gap[POINTS * USERS_MAX];
  scene *s = world((uint64_t)_i, 1);
  double withheld[SHOCKS_MAX], start[SHOCKS_MAX], duration[SHOCKS_MAX], unmet[USERS_MAX], expected[USERS_MAX];
  for (int64_t i = 0; i < s->e.shocks; i++) {
    withheld[i] = s->withheld[i].value;
    start[i] = s->start[i].value;
    duration[i] = s->duration[i].value;
  }
  critmin_interruption lines;
  critmin_interruption_init(&lines);
  lines.suppliers = s->e.suppliers;
  lines.users = s->e.users;
  lines.flow = s->flow;
  lines.spare = s->e.spare;
  lines.shocks = s->e.shocks;
  lines.supplier = s->supplier;
  lines.withheld = withheld;
  lines.start = start;
  lines.duration = duration;
  lines.agreements = s->e.agreements;
  lines.user = s->buyer;
  lines.tonnes = s->tonnes;
  lines.begins = s->e.begins;
  critmin_drawdown d;
  critmin_drawdown_init(&d);
  ck_assert_int_eq(critmin_interruption_gaps(&lines, s->e.horizon, INFINITY, POINTS, time, gap, &d.points, NULL),
                   CRITMIN_OK);
  ck_assert_int_le(d.points, POINTS);
  critmin_stock stock;
  critmin_stock_init(&stock);
  stock.tonnes = s->e.reserve;
  stock.rate = s->e.reserve_rate;
  stock.serves = s->e.served;
  const critmin_stock *reserve[] = {&stock};
  d.order = s->e.inventory_first ? CRITMIN_DRAW_INVENTORY_FIRST : CRITMIN_DRAW_RESERVES_FIRST;
  d.users = s->e.users;
  d.reserves = 1;
  d.reserve = reserve;
  d.time = time;
  d.gap = gap;
  d.inventory = s->e.inventory;
  d.horizon = s->e.horizon;
  critmin_drawdown_result result;
  critmin_drawdown_result_init(&result);
  result.unmet = expected;
  ck_assert_int_eq(critmin_drawdown_run(&d, &result, NULL), CRITMIN_OK);
  double loss, sum = 0;
  critmin_draws_free(run(s, 5, 1, 1, &loss, unmet));
  for (int32_t u = 0; u < s->e.users; u++) {
    ck_assert_double_eq_tol(unmet[u], expected[u], 1e-9);
    sum += unmet[u];
  }
  NEAR(loss, sum);
}
END_TEST

static void *saved(const critmin_draws *draws, int64_t *size) {
  ck_assert_int_eq(critmin_draws_save(draws, NULL, 0, size, NULL), CRITMIN_OK);
  void *bytes = malloc((size_t)*size);
  ck_assert_ptr_nonnull(bytes);
  ck_assert_int_eq(critmin_draws_save(draws, bytes, *size, size, NULL), CRITMIN_OK);
  return bytes;
}

static void same(const critmin_draws *a, const critmin_draws *b) {
  int64_t size_a, size_b;
  void *bytes_a = saved(a, &size_a), *bytes_b = saved(b, &size_b);
  ck_assert_int_eq(size_a, size_b);
  ck_assert_mem_eq(bytes_a, bytes_b, (size_t)size_a);
  free(bytes_a);
  free(bytes_b);
  critmin_risk x = risk(a, .95), y = risk(b, .95);
  ck_assert_mem_eq(&x, &y, sizeof x);
}

START_TEST(ranges_that_are_merged_are_one_run_bit_for_bit) {
  enum { DRAWS = 5003 };
  static double loss[DRAWS], part[DRAWS];
  const int64_t ranges[] = {1, 2, 7, 64};
  const int32_t threads[] = {1, 2, 8};
  scene *s = world((uint64_t)_i, 0);
  critmin_draws *whole = run(s, 0, DRAWS, 1, loss, NULL);
  for (size_t t = 0; t < COUNT(threads); t++)
    for (size_t k = 0; k < COUNT(ranges); k++) {
      critmin_draws *merged = NULL;
      int64_t n = ranges[k];
      /* The ranges in an order that mixes them: 0, 3, 6, ... modulo n, which is never a multiple of 3. */
      for (int64_t i = 0; i < n; i++) {
        int64_t at = i * 3 % n, from = at * DRAWS / n, to = (at + 1) * DRAWS / n;
        critmin_draws *draws = run(s, from, to - from, threads[t], part + from, NULL);
        if (i % 5 == 1) { /* sent somewhere else and back */
          int64_t size;
          void *bytes = saved(draws, &size);
          critmin_draws_free(draws);
          ck_assert_int_eq(critmin_draws_load(bytes, size, &draws, NULL), CRITMIN_OK);
          free(bytes);
        }
        if (!merged) {
          merged = draws;
          continue;
        }
        ck_assert_int_eq(critmin_draws_merge(merged, draws, NULL), CRITMIN_OK);
        critmin_draws_free(draws);
      }
      same(whole, merged);
      ck_assert_mem_eq(loss, part, sizeof loss);
      critmin_draws_free(merged);
    }
  critmin_draws_free(whole);
}
END_TEST

START_TEST(what_is_counted_is_what_was_drawn) {
  enum { DRAWS = 20000 };
  static double loss[DRAWS], unmet[DRAWS * USERS_MAX];
  scene *s = world((uint64_t)_i, 0);
  critmin_draws *draws = run(s, 100, DRAWS, 2, loss, unmet);
  double mean[USERS_MAX], standard[USERS_MAX], probability[USERS_MAX];
  ck_assert_int_eq(critmin_draws_users(draws, mean, standard, probability, NULL), CRITMIN_OK);
  for (int32_t u = 0; u < s->e.users; u++) {
    double sum = 0, square = 0;
    int64_t lacking = 0;
    for (int64_t i = 0; i < DRAWS; i++) {
      double x = unmet[i * s->e.users + u];
      sum += x / DRAWS;
      lacking += x > 1e-9;
    }
    for (int64_t i = 0; i < DRAWS; i++) square += pow(unmet[i * s->e.users + u] - sum, 2) / (DRAWS - 1.);
    ck_assert_double_eq_tol(mean[u], sum, 1e-9);
    ck_assert_double_eq_tol(standard[u], sqrt(square / DRAWS), 1e-9);
    NEAR(probability[u], (double)lacking / DRAWS);
  }
  const double levels[] = {0, .1, .5, .9, .95, .99, .999};
  double quantile[COUNT(levels)];
  ck_assert_int_eq(critmin_draws_quantiles(draws, levels, COUNT(levels), quantile, NULL), CRITMIN_OK);
  for (size_t k = 0; k < COUNT(levels); k++) {
    critmin_risk counted = risk(draws, levels[k]), exact;
    critmin_risk_init(&exact);
    ck_assert_int_eq(critmin_risk_of(loss, NULL, DRAWS, levels[k], &exact, NULL), CRITMIN_OK);
    ck_assert_double_le(counted.var_low, exact.var);
    ck_assert_double_ge(counted.var_high, exact.var);
    ck_assert_double_le(counted.var_high - counted.var_low, .001 * exact.var);
    ck_assert_double_eq(counted.var, quantile[k]);
    ck_assert_double_eq_tol(counted.cvar, exact.cvar, 1e-5 * exact.cvar + 1e-12);
    ck_assert_double_eq_tol(counted.cvar_error, exact.cvar_error, 1e-2 * exact.cvar_error + 1e-12);
    ck_assert_double_eq_tol(counted.mean, exact.mean, 1e-9);
    ck_assert_double_eq_tol(counted.deviation, exact.deviation, 1e-9);
    ck_assert_double_eq(counted.greatest, exact.greatest);
  }
  critmin_draws_free(draws);
}
END_TEST

START_TEST(shocks_of_one_group_come_together) {
  enum { DRAWS = 100000 };
  scene *s = make(2, 1, 2);
  s->flow[0] = 1, s->flow[1] = 2;
  s->probability[0] = s->probability[1] = .5;
  static double loss[DRAWS];
  for (int way = 0; way < 2; way++)
    for (int k = 0; k <= 4; k++) {
      double rho = k / 4.;
      s->loading[0] = s->loading[1] = rho;
      s->correlation[0] = s->correlation[3] = 1;
      s->correlation[1] = s->correlation[2] = way ? rho : 0;
      s->e.group = way ? NULL : s->group;
      s->e.loading = way ? NULL : s->loading;
      s->e.correlation = way ? s->correlation : NULL;
      critmin_draws_free(run(s, 0, DRAWS, 0, loss, NULL));
      double both = 0, first = 0;
      for (int i = 0; i < DRAWS; i++) both += loss[i] == 3, first += loss[i] == 1 || loss[i] == 3;
      /* Sheppard's formula for two normal variables. */
      ck_assert_double_eq_tol(both / DRAWS, .25 + asin(rho) / (2 * acos(-1)), .006);
      ck_assert_double_eq_tol(first / DRAWS, .5, .006);
    }
}
END_TEST

START_TEST(opposed_shocks_exclude_one_another) {
  enum { DRAWS = 20000 };
  scene *s = make(2, 1, 2);
  s->flow[0] = 1, s->flow[1] = 2;
  s->probability[0] = .4, s->probability[1] = .6;
  s->correlation[0] = s->correlation[3] = 1;
  s->correlation[1] = s->correlation[2] = -1;
  s->e.correlation = s->correlation;
  static double loss[DRAWS];
  critmin_draws_free(run(s, 0, DRAWS, 0, loss, NULL));
  for (int i = 0; i < DRAWS; i++) ck_assert(loss[i] == 1 || loss[i] == 2);
}
END_TEST

START_TEST(draw_by_draw_more_helps_and_worse_hurts) {
  enum { DRAWS = 300 };
  static double before[DRAWS], after[DRAWS];
  scene *s = world((uint64_t)_i, 0);
  s->e.agreements = 0;
  critmin_draws_free(run(s, 0, DRAWS, 1, before, NULL));
  s->e.reserve += 5;
  s->e.inventory = s->inventory;
  for (int i = 0; i < s->e.users; i++) s->inventory[i] += 1;
  critmin_draws_free(run(s, 0, DRAWS, 1, after, NULL));
  for (int i = 0; i < DRAWS; i++) ck_assert_double_le(after[i], before[i] + 1e-9);
  memcpy(before, after, sizeof before);
  for (int64_t i = 0; i < s->e.shocks; i++)
    s->withheld[i].low = s->withheld[i].value; /* never less than it was most often */
  critmin_draws_free(run(s, 0, DRAWS, 1, after, NULL));
  double all_before = 0, all_after = 0;
  for (int i = 0; i < DRAWS; i++) all_before += before[i], all_after += after[i];
  ck_assert_double_ge(all_after, all_before - 1e-9);
}
END_TEST

#define WIDTH 2
#define TARGET
#define UNROLL
#define LESSER(x, y) CHOOSE((x) < (y), x, y)
#include "exposure/ensemble_loops.inc"

START_TEST(registers_of_any_width_give_the_same_bits) {
  enum { USERS = 40, ROWS = 5 };
  double rows[ROWS * USERS], weight[ROWS], lack[2][USERS], left[2][USERS], unmet[2][USERS], part[USERS],
      sums[2][3 * USERS];
  int32_t row[] = {4, 0, 3, 1, 2};
  cm_random random;
  cm_random_start(&random, 1, (uint64_t)_i, 0);
  for (int i = 0; i < ROWS * USERS; i++) rows[i] = U();
  for (int i = 0; i < ROWS; i++) weight[i] = U();
  for (int i = 0; i < USERS; i++) left[0][i] = left[1][i] = U() * 4, unmet[0][i] = unmet[1][i] = U(), part[i] = U();
  cm_ensemble_loops wide = cm_ensemble_loops_choose(), narrow = {withhold_2, product_2, consume_2, record_2, sort_2, bridge_2, settle_2};
  const cm_ensemble_loops *loops[] = {&wide, &narrow};
  double sum[2], product[2], date[USERS + 8];
  int32_t order[2][USERS], dates = 1 + _i * 5;
  for (int i = 0; i < USERS + 8; i++) date[i] = i < dates ? floor(6 * U()) : INFINITY;
  for (int k = 0; k < 2; k++) {
    sum[k] = loops[k]->withhold(lack[k], rows, row, weight, ROWS, USERS);
    product[k] = loops[k]->product(lack[k], part, USERS);
    loops[k]->consume(lack[k], 1.7, part, left[k], unmet[k], USERS);
    loops[k]->record(unmet[k], part, sums[k], USERS);
    loops[k]->sort(date, dates, order[k]);
    for (int i = 1; i < dates; i++) {
      double a = date[order[k][i - 1]], b = date[order[k][i]];
      ck_assert(a < b || (a == b && order[k][i - 1] < order[k][i]));
    }
  }
  ck_assert_mem_eq(order[0], order[1], (size_t)dates * sizeof(int32_t));
  ck_assert(sum[0] == sum[1] && product[0] == product[1]);
  ck_assert_mem_eq(lack[0], lack[1], sizeof lack[0]);
  ck_assert_mem_eq(left[0], left[1], sizeof left[0]);
  ck_assert_mem_eq(unmet[0], unmet[1], sizeof unmet[0]);
  ck_assert_mem_eq(sums[0], sums[1], sizeof sums[0]);
}
END_TEST

static int32_t stop_at(void *user, int64_t done, int64_t total) {
  int64_t *limit = user;
  ck_assert_int_le(done, total);
  return done >= *limit;
}

START_TEST(a_run_can_be_cancelled) {
  scene *s = two_shocks();
  critmin_draws *draws = NULL;
  int64_t limit = 100000;
  critmin_error error;
  ck_assert_int_eq(critmin_ensemble_run(&s->e, 1, 0, 1000000, 1, stop_at, &limit, NULL, NULL, &draws, &error),
                   CRITMIN_ERROR_CANCELLED);
  ck_assert_ptr_null(draws);
  limit = INT64_MAX;
  ck_assert_int_eq(critmin_ensemble_run(&s->e, 1, 0, 1000, 1, stop_at, &limit, NULL, NULL, &draws, &error), CRITMIN_OK);
  critmin_draws_free(draws);
}
END_TEST

START_TEST(what_does_not_belong_together_is_not_merged) {
  scene *s = two_shocks();
  critmin_draws *a = run(s, 0, 100, 1, NULL, NULL), *b = run(s, 99, 10, 1, NULL, NULL), *c;
  critmin_error error;
  ck_assert_int_eq(critmin_draws_merge(a, b, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_draws_merge(a, a, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_ensemble_run(&s->e, 12, 100, 100, 1, NULL, NULL, NULL, NULL, &c, NULL), CRITMIN_OK);
  ck_assert_int_eq(critmin_draws_merge(a, c, &error), CRITMIN_ERROR_ARGUMENT);
  critmin_draws_free(c);
  s->probability[1] = .06;
  c = run(s, 100, 100, 1, NULL, NULL);
  ck_assert_int_eq(critmin_draws_merge(a, c, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_draws_count(a), 100);
  critmin_draws_free(a);
  critmin_draws_free(b);
  critmin_draws_free(c);
  critmin_draws_free(NULL);
  ck_assert_int_eq(critmin_draws_count(NULL), 0);
}
END_TEST

START_TEST(saved_draws_that_are_damaged_are_refused) {
  critmin_draws *draws = run(world(5, 0), 3, 37, 1, NULL, NULL), *read = NULL;
  int64_t size;
  unsigned char *bytes = saved(draws, &size);
  critmin_error error;
  for (int64_t cut = 0; cut < size; cut += 7)
    ck_assert_int_eq(critmin_draws_load(bytes, cut, &read, &error), CRITMIN_ERROR_FORMAT);
  ck_assert_ptr_null(read);
  for (int64_t at = 0; at < size; at++) {
    unsigned char kept = bytes[at];
    bytes[at] ^= (unsigned char)(1u << at % 8);
    if (critmin_draws_load(bytes, size, &read, &error) == CRITMIN_OK) { /* another number that may be */
      int64_t again;
      ck_assert_int_eq(critmin_draws_save(read, NULL, 0, &again, NULL), CRITMIN_OK);
      ck_assert_int_eq(again, size);
      critmin_draws_free(read);
    } else {
      ck_assert_int_eq(error.status, CRITMIN_ERROR_FORMAT);
    }
    bytes[at] = kept;
  }
  free(bytes);
  critmin_draws_free(draws);
}
END_TEST

START_TEST(a_draw_in_which_nothing_happens_loses_nothing) {
  scene *s = make(1, 1, 0);
  critmin_draws *draws = run(s, 0, 10, 1, NULL, NULL);
  critmin_risk r = risk(draws, .95);
  NEAR(r.mean, 0);
  NEAR(r.cvar, 0);
  critmin_draws_free(draws);
}
END_TEST

START_TEST(what_cannot_be_is_refused) {
  scene *s = two_shocks();
  critmin_draws *draws = NULL;
  critmin_error error;
#define REFUSED(status)                                                                              \
  ck_assert_int_eq(critmin_ensemble_run(&s->e, 1, 0, 10, 1, NULL, NULL, NULL, NULL, &draws, &error), \
                   CRITMIN_ERROR_##status)
  s->probability[1] = 1.1;
  REFUSED(SHARE_RANGE);
  ck_assert_int_eq(error.row, 2);
  s->probability[1] = .1;
  s->withheld[0] = fixed(1.1);
  REFUSED(SHARE_RANGE);
  s->withheld[0] = (critmin_law){CRITMIN_LAW_UNIFORM, 0, 0, -.1, .5, 0};
  REFUSED(SHARE_RANGE);
  s->withheld[0] = (critmin_law){99, 0, 0, 0, 0, 0};
  REFUSED(ARGUMENT);
  s->withheld[0] = fixed(1);
  s->duration[1] = fixed(-1);
  REFUSED(NEGATIVE);
  s->duration[1] = fixed(NAN);
  REFUSED(INVALID_VALUE);
  s->duration[1] = fixed(1);
  s->supplier[1] = 2;
  REFUSED(ARGUMENT);
  s->supplier[1] = 1;
  s->e.reserve = -1;
  REFUSED(NEGATIVE);
  s->e.reserve = 0;
  s->e.horizon = INFINITY;
  REFUSED(INVALID_VALUE);
  s->e.horizon = 1;
  s->flow[0] = -1;
  REFUSED(NEGATIVE);
  s->flow[0] = 1e300;
  s->probability[0] = 1;
  REFUSED(INVALID_VALUE);
  s->flow[0] = .3;
  s->e.group = s->group;
  REFUSED(ARGUMENT);
  s->e.loading = s->loading;
  s->loading[0] = -.1;
  REFUSED(SHARE_RANGE);
  s->e.group = NULL;
  s->e.loading = NULL;
  s->e.correlation = s->correlation;
  REFUSED(INVALID_VALUE); /* no ones on the diagonal */
  s->correlation[0] = s->correlation[3] = 1;
  s->correlation[1] = .5;
  REFUSED(INVALID_VALUE); /* not the same on both sides */
  s->correlation[2] = NAN;
  REFUSED(MISSING_VALUE);
  s->correlation[1] = s->correlation[2] = 1.5;
  REFUSED(INVALID_VALUE);
  /* Three that cannot all oppose one another. */
  s = make(3, 1, 3);
  s->e.correlation = s->correlation;
  for (int i = 0; i < 9; i++) s->correlation[i] = i % 4 == 0 ? 1 : -.9;
  REFUSED(INVALID_VALUE);
  ck_assert_ptr_nonnull(strstr(error.message, "correlation"));
  s = two_shocks();
  ck_assert_int_eq(critmin_ensemble_run(&s->e, 1, 0, 0, 1, NULL, NULL, NULL, NULL, &draws, &error),
                   CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_ensemble_run(&s->e, 1, -1, 5, 1, NULL, NULL, NULL, NULL, &draws, &error),
                   CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_ensemble_run(&s->e, 1, 0, 5, -1, NULL, NULL, NULL, NULL, &draws, &error),
                   CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_ensemble_run(NULL, 1, 0, 5, 1, NULL, NULL, NULL, NULL, &draws, &error),
                   CRITMIN_ERROR_ARGUMENT);
  ck_assert_ptr_null(draws);
}
END_TEST

static int32_t attempt(void *user) {
  (void)user;
  scene *s = world(9, 0);
  critmin_draws *a = NULL, *b = NULL, *c = NULL;
  int32_t status = critmin_ensemble_run(&s->e, 1, 0, 3000, 1, NULL, NULL, NULL, NULL, &a, NULL);
  if (status == CRITMIN_OK) status = critmin_ensemble_run(&s->e, 1, 3000, 1000, 1, NULL, NULL, NULL, NULL, &b, NULL);
  if (status == CRITMIN_OK) {
    status = critmin_draws_merge(a, b, NULL);
    ck_assert_int_eq(critmin_draws_count(a), status == CRITMIN_OK ? 4000 : 3000);
  }
  if (status == CRITMIN_OK) {
    int64_t size;
    void *bytes = saved(a, &size);
    status = critmin_draws_load(bytes, size, &c, NULL);
    free(bytes);
  }
  if (status == CRITMIN_OK) {
    double mean[USERS_MAX];
    critmin_risk r;
    critmin_risk_init(&r);
    status = critmin_draws_users(c, mean, NULL, NULL, NULL);
    if (status == CRITMIN_OK) status = critmin_draws_risk(c, .9, &r, NULL);
  }
  critmin_draws_free(a);
  critmin_draws_free(b);
  critmin_draws_free(c);
  return status;
}

START_TEST(any_allocation_of_memory_may_fail) {
  fail_each_allocation(attempt, NULL);
}
END_TEST

/* Mean and variance of laws that the room needs. */
START_TEST(laws_have_their_moments) {
  enum { DRAWS = 40000 };
  static double x[DRAWS];
  const struct {
    critmin_law law;
    double mean, variance;
  } cases[] = {
      {{CRITMIN_LAW_EXPONENTIAL, 0, 3, 0, 0, 0}, 3, 9},
      {{CRITMIN_LAW_BETA, 0, .5, 0, 1, .22360679774997896}, .5, .05},
      {{CRITMIN_LAW_BETA, 0, 2, 1, 4, .3}, 2, .09},
      {{CRITMIN_LAW_WHOLE, 0, 0, 0, 51, 0}, 25.5, (52. * 52 - 1) / 12},
      {{CRITMIN_LAW_GEOMETRIC, 0, 12, 0, 0, 0}, 12, 12 * 11},
      {{CRITMIN_LAW_GEOMETRIC, 0, 1, 0, 0, 0}, 1, 0},
  };
  for (size_t k = 0; k < COUNT(cases); k++) {
    ck_assert_int_eq(critmin_draw_terms(&cases[k].law, 1, 4, 0, DRAWS, 1, x, NULL), CRITMIN_OK);
    double sum = 0, square = 0, deviation = sqrt(cases[k].variance);
    for (int i = 0; i < DRAWS; i++) sum += x[i] / DRAWS;
    for (int i = 0; i < DRAWS; i++) square += (x[i] - cases[k].mean) * (x[i] - cases[k].mean) / DRAWS;
    ck_assert_double_eq_tol(sum, cases[k].mean, 5 * deviation / sqrt(DRAWS) + 1e-9);
    ck_assert_double_eq_tol(square, cases[k].variance, .05 * cases[k].variance + 1e-12);
  }
  const critmin_law bad[] = {
      {CRITMIN_LAW_EXPONENTIAL, 0, -1, 0, 0, 0}, {CRITMIN_LAW_BETA, 0, .5, 0, 1, .6},
      {CRITMIN_LAW_BETA, 0, 0, 0, 1, .1},        {CRITMIN_LAW_WHOLE, 0, 0, .5, 2, 0},
      {CRITMIN_LAW_WHOLE, 0, 0, 3, 2, 0},        {CRITMIN_LAW_GEOMETRIC, 0, .5, 0, 0, 0},
  };
  for (size_t k = 0; k < COUNT(bad); k++)
    ck_assert_int_eq(critmin_draw_terms(&bad[k], 1, 4, 0, 1, 1, x, NULL), CRITMIN_ERROR_INVALID_VALUE);
}
END_TEST

Suite *suite_ensemble(void) {
  Suite *suite = suite_create("ensemble");
  TCase *cases = tcase_create("ensemble");
  tcase_add_test(cases, draws_agree_with_the_exact_law_within_their_error);
  tcase_add_test(cases, an_unexpected_seed_is_as_good);
  tcase_add_loop_test(cases, a_draw_of_which_all_is_fixed_is_a_drawdown, 0, 150);
  tcase_add_loop_test(cases, ranges_that_are_merged_are_one_run_bit_for_bit, 0, 4);
  tcase_add_loop_test(cases, what_is_counted_is_what_was_drawn, 0, 6);
  tcase_add_test(cases, shocks_of_one_group_come_together);
  tcase_add_test(cases, opposed_shocks_exclude_one_another);
  tcase_add_loop_test(cases, draw_by_draw_more_helps_and_worse_hurts, 0, 20);
  tcase_add_loop_test(cases, registers_of_any_width_give_the_same_bits, 0, 5);
  tcase_add_test(cases, a_run_can_be_cancelled);
  tcase_add_test(cases, what_does_not_belong_together_is_not_merged);
  tcase_add_test(cases, saved_draws_that_are_damaged_are_refused);
  tcase_add_test(cases, a_draw_in_which_nothing_happens_loses_nothing);
  tcase_add_test(cases, what_cannot_be_is_refused);
  tcase_set_timeout(cases, 60); /* each allocation fails once */
  tcase_add_test(cases, any_allocation_of_memory_may_fail);
  tcase_add_test(cases, laws_have_their_moments);
  suite_add_tcase(suite, cases);
  return suite;
}
