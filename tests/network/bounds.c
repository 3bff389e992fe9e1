/* SPDX-License-Identifier: MIT */
/* The interval without mixing: it holds the mixed share and every way to lead the flows, and is no wider than the cuts
 * allow. */
#include <string.h>

#include "scene.h"
#include "suites.h"

enum { COUNTRIES = 7, STAGES = 3, MARKS = COUNTRIES + 1 };

/* A network that adds up, as arcs of what is left to be led: sources, flows and plants of each stage, uses. */
typedef struct plan {
  double source[STAGES][COUNTRIES]; /* mined, or unknown */
  double unknown[STAGES][COUNTRIES];
  double flow[STAGES][COUNTRIES][COUNTRIES]; /* from, to */
  double plant[STAGES][COUNTRIES];           /* from the stage before into this one, as it comes out */
  double yield[STAGES][COUNTRIES];
  double use[STAGES][COUNTRIES];
} plan;

static void read_plan(const critmin_network *n, const scene *s, plan *p) {
  memset(p, 0, sizeof *p);
  for (int32_t k = 0; k < s->stages; k++)
    for (int32_t c = 0; c < s->countries; c++) {
      critmin_pool pool;
      critmin_pool_init(&pool);
      ck_assert_int_eq(critmin_network_pool(n, k, c, &pool, NULL), CRITMIN_OK);
      p->unknown[k][c] = pool.unknown;
      p->use[k][c] = pool.use;
      if (k == 0)
        p->source[k][c] = pool.output;
      else
        p->plant[k][c] = pool.output;
    }
  for (int32_t k = 1; k < s->stages; k++)
    for (int32_t c = 0; c < s->countries; c++) {
      p->yield[k][c] = s->stage[k].yield[c];
      p->use[k - 1][c] -= p->plant[k][c] / p->yield[k][c];
    }
  for (int32_t k = 0; k < s->stages; k++)
    for (int64_t f = 0; f < s->stage[k].given.flows; f++)
      p->flow[k][s->stage[k].exporter[f]][s->stage[k].importer[f]] += s->stage[k].quantity[f];
}

typedef struct step {
  double *left;
  int32_t stage, country;
  double arrives; /* of a tonne that set out */
} step;

/* Leads material from one source to a use along random arcs, as much as they all carry. Returns what arrived, 0 at the
 * end. */
static double lead(plan *p, stream *random, int32_t stages, int32_t *mark, uint8_t *made, int32_t *stage,
                   int32_t *country) {
  step path[400];
  int32_t n = 0, k = 0, c = 0, first = stream_below(random, COUNTRIES * STAGES * 2);
  double *from = NULL;
  for (int32_t i = 0; i < COUNTRIES * STAGES * 2 && !from; i++) {
    int32_t at = (first + i) % (COUNTRIES * STAGES * 2), kind = at % 2;
    k = at / 2 % STAGES, c = at / 2 / STAGES;
    double *source = kind ? &p->unknown[k][c] : &p->source[k][c];
    if (*source > 1e-9) from = source, *mark = kind ? COUNTRIES : c;
  }
  if (!from) return 0;
  memset(made, 0, COUNTRIES);
  if (*mark < COUNTRIES) made[c] = 1;
  path[n++] = (step){from, k, c, 1};
  double arrives = 1;
  for (;;) {
    if (n == 400) return -1; /* round and round: try again */
    step choice[COUNTRIES + 2];
    int32_t choices = 0;
    for (int32_t to = 0; to < COUNTRIES; to++)
      if (p->flow[k][c][to] > 1e-9) choice[choices++] = (step){&p->flow[k][c][to], k, to, arrives};
    if (k + 1 < stages && p->plant[k + 1][c] > 1e-9)
      choice[choices++] = (step){&p->plant[k + 1][c], k + 1, c, arrives * p->yield[k + 1][c]};
    if (p->use[k][c] > 1e-9) choice[choices++] = (step){&p->use[k][c], k, -1, arrives};
    if (choices == 0) return -1;
    step taken = choice[stream_below(random, choices)];
    path[n++] = taken;
    if (taken.country < 0) break;
    if (taken.stage > k) made[c] = 1;
    k = taken.stage, c = taken.country, arrives = taken.arrives;
  }
  /* An arc that is gone along twice carries each time what arrives there. */
  double least = INFINITY;
  for (int32_t i = 0; i < n; i++) {
    double times = 0;
    for (int32_t j = 0; j < n; j++) times += path[j].left == path[i].left ? path[j].arrives : 0;
    least = fmin(least, *path[i].left / times);
  }
  for (int32_t i = 0; i < n; i++) *path[i].left -= least * path[i].arrives;
  *stage = k, *country = c;
  return least * arrives;
}

/* Three stages with yields of 1 or of anything, uses drawn so that the intake of the next is part of them. */
static scene *draw(uint64_t seed, int lossy) {
  scene *s = scene_random(seed, STAGES, COUNTRIES, .3);
  stream random = {seed + 1000};
  for (int k = 1; k < STAGES; k++) {
    s->stage[k].has_yield = 1;
    for (int c = 0; c < COUNTRIES; c++) s->stage[k].yield[c] = lossy ? .3 + .7 * stream_uniform(&random) : 1;
  }
  return s;
}

/* Yields that differ between countries take a linear programme, which not every build can solve. */
static int can_be_asked(const critmin_network *n) {
  critmin_answer a;
  critmin_answer_init(&a);
  for (int32_t buyer = 0; buyer < COUNTRIES; buyer++)
    for (int32_t origin = 0; origin < COUNTRIES; origin++) {
      critmin_trace t = trace_of(STAGES - 1, 0, &buyer, 1);
      if (critmin_origin_bounds(n, &t, &origin, 1, &a, NULL) == CRITMIN_ERROR_UNSUPPORTED) return 0;
    }
  return 1;
}

START_TEST(every_way_to_lead_the_flows_lies_within) {
  for (uint64_t seed = 1; seed <= 24; seed++) {
    scene *s = draw(seed, seed % 2 == 0);
    critmin_network *n = scene_network(s);
    if (!can_be_asked(n)) {
      critmin_network_free(n);
      scene_free(s);
      continue;
    }
    plan whole;
    read_plan(n, s, &whole);
    stream random = {seed};
    double low[COUNTRIES][COUNTRIES], high[COUNTRIES][COUNTRIES], touch_low[COUNTRIES][COUNTRIES],
        touch_high[COUNTRIES][COUNTRIES];
    for (int32_t c = 0; c < COUNTRIES; c++)
      for (int32_t q = 0; q < COUNTRIES; q++) {
        critmin_trace t = trace_of(2, 0, &c, 1);
        critmin_answer a = ask(critmin_origin_bounds, n, &t, q), b = ask(critmin_touch_bounds, n, &t, q);
        double mixed = ask(critmin_origin_share, n, &t, q).value;
        if (!isnan(a.value)) NEAR(a.value, mixed);
        if (a.low > a.value || a.value > a.high || b.low > b.value || b.value > b.high || b.low < a.low - 1e-7)
          ck_abort_msg("ends out of order");
        low[c][q] = a.low, high[c][q] = a.high, touch_low[c][q] = b.low, touch_high[c][q] = b.high;
      }
    for (int draws = 0; draws < 100; draws++) {
      plan p = whole;
      double got[COUNTRIES][MARKS] = {{0}}, touched[COUNTRIES][COUNTRIES] = {{0}}, led = 0;
      int32_t mark = 0, stage = 0, country = 0;
      uint8_t made[COUNTRIES];
      double missed = 0;
      for (int tries = 0; tries < 4000; tries++) {
        double amount = lead(&p, &random, STAGES, &mark, made, &stage, &country);
        if (amount == 0) break;
        if (amount < 0 || stage < 2) continue;
        led += amount;
        got[country][mark] += amount;
        for (int q = 0; q < COUNTRIES; q++)
          if (made[q]) touched[country][q] += amount;
      }
      ck_assert_double_gt(led, 0);
      for (int c = 0; c < COUNTRIES; c++) {
        double use = whole.use[2][c];
        if (!(use > 0)) continue;
        missed = p.use[2][c] / use; /* not led anywhere: could be of any origin */
        for (int q = 0; q < COUNTRIES; q++) {
          if ((got[c][q] + got[c][COUNTRIES]) / use < low[c][q] - missed - 1e-7 || got[c][q] / use > high[c][q] + 1e-7)
            ck_abort_msg("a way with %g, the interval is %g to %g", got[c][q] / use, low[c][q], high[c][q]);
          if (touched[c][q] / use < touch_low[c][q] - missed - 1e-7 || touched[c][q] / use > touch_high[c][q] + 1e-7)
            ck_abort_msg("a way that touches with %g, the interval is %g to %g", touched[c][q] / use, touch_low[c][q],
                         touch_high[c][q]);
        }
      }
    }
    critmin_network_free(n);
    scene_free(s);
  }
}
END_TEST

/* The most that can come from a country is the least that separates it from the use: all separations of one stage,
 * tried out. */
START_TEST(the_ends_are_the_least_cuts) {
  for (uint64_t seed = 50; seed < 90; seed++) {
    scene *s = scene_random(seed, 1, COUNTRIES, .35);
    critmin_network *n = scene_network(s);
    plan p;
    read_plan(n, s, &p);
    for (int32_t c = 0; c < COUNTRIES; c++)
      for (int32_t q = 0; q < COUNTRIES; q++) {
        if (!(p.use[0][c] > 0)) continue;
        double most = INFINITY, rest = INFINITY;
        for (int cut = 0; cut < 1 << COUNTRIES; cut++) { /* the pools on the side of the sources */
          double of_q = 0, of_others = 0, through = 0;
          for (int i = 0; i < COUNTRIES; i++) {
            int inside = cut >> i & 1;
            if (!inside) {
              of_q += (i == q ? p.source[0][i] : 0) + p.unknown[0][i];
              of_others += (i == q ? 0 : p.source[0][i]) + p.unknown[0][i];
              continue;
            }
            for (int to = 0; to < COUNTRIES; to++)
              if (!(cut >> to & 1)) through += p.flow[0][i][to];
            if (i == c) through += p.use[0][i];
          }
          most = fmin(most, of_q + through);
          rest = fmin(rest, of_others + through);
        }
        critmin_trace t = trace_of(0, 0, &c, 1);
        critmin_answer a = ask(critmin_origin_bounds, n, &t, q);
        NEAR(a.high, fmin(1, most / p.use[0][c]));
        NEAR(a.low, fmax(0, 1 - rest / p.use[0][c]));
      }
    critmin_network_free(n);
    scene_free(s);
  }
}
END_TEST

START_TEST(a_tree_whose_pool_has_two_sources_and_two_uses_leaves_all_open) {
  enum { A, B, POOL, D };
  scene *s = scene_make(1, 4);
  s->stage[0].output[A] = 1, s->stage[0].output[B] = 1;
  scene_flow(s, 0, A, POOL, 1);
  scene_flow(s, 0, B, POOL, 1);
  scene_flow(s, 0, POOL, D, 1);
  critmin_network *n = scene_network(s);
  int32_t d = D;
  critmin_trace t = trace_of(0, 0, &d, 1);
  critmin_answer a = ask(critmin_origin_bounds, n, &t, A);
  NEAR(a.value, .5);
  NEAR(a.low, 0);
  NEAR(a.high, 1);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(pools_of_one_origin_or_one_way_out_leave_nothing_open) {
  enum { A, B, C, D, E };
  scene *s = scene_make(1, 5);
  s->stage[0].output[A] = 8, s->stage[0].output[B] = 2;
  scene_flow(s, 0, A, C, 3); /* C has one source and two ways out */
  scene_flow(s, 0, C, D, 2);
  scene_flow(s, 0, A, D, 1); /* D has three sources and one way out */
  scene_flow(s, 0, B, D, 2);
  scene_flow(s, 0, D, E, 5);
  critmin_network *n = scene_network(s);
  int32_t e = E;
  critmin_trace t = trace_of(0, 0, &e, 1);
  critmin_answer a = ask(critmin_origin_bounds, n, &t, A);
  NEAR(a.low, .6);
  NEAR(a.value, .6);
  NEAR(a.high, .6);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

/* A stage in which every pool is of one origin or has one way out: one of a single origin may be shared out, another
 * goes whole to one buyer, or is used. */
typedef struct orchard {
  scene *s;
  double left[30];
  int whole[30]; /* goes to one, or stays */
} orchard;

static void buy(orchard *o, stream *random, int32_t seller, int32_t buyer) {
  if (o->whole[seller] && !o->whole[buyer]) return;
  double taken = o->whole[seller] ? o->left[seller] : o->left[seller] * (.1 + .6 * stream_uniform(random));
  if (!(taken > 0)) return;
  scene_flow(o->s, 0, seller, buyer, taken);
  o->left[seller] = o->whole[seller] ? 0 : o->left[seller] - taken;
  o->left[buyer] += taken;
}

static orchard grow(uint64_t seed) {
  stream random = {seed};
  orchard o = {.s = scene_make(1, 31)};
  for (int32_t c = 0; c < 30; c++) {
    o.whole[c] = c >= 3 && stream_uniform(&random) < .5;
    int makes = c < 3 || (o.whole[c] ? stream_uniform(&random) < .4 : stream_uniform(&random) < .3);
    if (makes) o.s->stage[0].output[c] = o.left[c] = 1 + 9 * stream_uniform(&random);
    if (c < 3 || (makes && !o.whole[c])) continue;
    int32_t sellers = o.whole[c] ? 1 + stream_below(&random, 3) : 1, first = stream_below(&random, c);
    for (int32_t i = 0; i < sellers && i < c; i++) buy(&o, &random, (first + i) % c, c);
  }
  for (int32_t c = 0; c < 30; c++) o.s->stage[0].use[c] = o.left[c];
  o.s->stage[0].has_use = 1;
  return o;
}

START_TEST(ends_meet_wherever_every_pool_is_of_one_origin_or_has_one_way_out) {
  int64_t mixed = 0;
  for (uint64_t seed = 1000; seed < 1040; seed++) {
    orchard o = grow(seed);
    critmin_network *n = scene_network(o.s);
    for (int32_t c = 0; c < 30; c++) {
      if (!(o.left[c] > 0)) continue;
      for (int32_t q = 0; q < 30; q++) {
        critmin_trace t = trace_of(0, 0, &c, 1);
        critmin_answer a = ask(critmin_origin_bounds, n, &t, q);
        NEARER(a.low, a.value, 1e-9);
        NEARER(a.high, a.value, 1e-9);
        mixed += a.value > .01 && a.value < .99;
      }
    }
    critmin_network_free(n);
    scene_free(o.s);
  }
  ck_assert_int_gt(mixed, 500);
}
END_TEST

/* Half of one mixed pool is sent on instead of used: all else being settled, the two halves can be parted at will. */
START_TEST(one_pool_of_two_origins_and_two_ways_out_opens_the_ends) {
  int64_t opened = 0;
  for (uint64_t seed = 1000; seed < 1040; seed++) {
    orchard o = grow(seed);
    critmin_network *n = scene_network(o.s);
    for (int32_t c = 0; c < 30; c++) {
      if (!o.whole[c] || !(o.left[c] > 0)) continue;
      scene_flow(o.s, 0, c, 30, o.left[c] / 2);
      o.s->stage[0].use[c] = o.left[c] / 2;
      critmin_network *parted = scene_network(o.s);
      const int32_t both[] = {c, 30};
      for (int32_t q = 0; q < 30; q++) {
        critmin_trace t = trace_of(0, 0, &c, 1);
        double share = ask(critmin_origin_share, n, &t, q).value;
        for (int i = 0; i < 2; i++) {
          t.buyer = &both[i];
          critmin_answer a = ask(critmin_origin_bounds, parted, &t, q);
          NEARER(a.value, share, 1e-12);
          NEARER(a.low, fmax(0, 2 * share - 1), 1e-9);
          NEARER(a.high, fmin(1, 2 * share), 1e-9);
        }
        opened += share > .01 && share < .99;
      }
      critmin_network_free(parted);
      o.s->stage[0].given.flows--;
      o.s->stage[0].use[c] = o.left[c];
    }
    critmin_network_free(n);
    scene_free(o.s);
  }
  ck_assert_int_gt(opened, 300);
}
END_TEST

/* Nor is it enough that no pool has both several sources and several ways out: D's one source is mixed already. */
START_TEST(a_pool_of_one_source_that_is_mixed_leaves_all_open) {
  enum { A, B, C, D, E };
  scene *s = scene_make(1, 5);
  s->stage[0].output[A] = 1, s->stage[0].output[B] = 1;
  scene_flow(s, 0, A, C, 1);
  scene_flow(s, 0, B, C, 1);
  scene_flow(s, 0, C, D, 2);
  scene_flow(s, 0, D, E, 1);
  critmin_network *n = scene_network(s);
  int32_t e = E;
  critmin_trace t = trace_of(0, 0, &e, 1);
  critmin_answer a = ask(critmin_origin_bounds, n, &t, A);
  NEAR(a.value, .5);
  NEAR(a.low, 0);
  NEAR(a.high, 1);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(the_unknown_widens_upwards_unless_it_is_from_elsewhere) {
  scene *s = scene_make(1, 3);
  s->stage[0].output[0] = 6;
  scene_flow(s, 0, 0, 1, 6);
  s->stage[0].use[1] = 10;
  s->stage[0].has_use = 1;
  critmin_network *n = scene_network(s);
  int32_t buyer = 1;
  critmin_trace t = trace_of(0, 0, &buyer, 1);
  critmin_answer a = ask(critmin_origin_bounds, n, &t, 0);
  NEAR(a.low, .6);
  NEAR(a.high, 1);
  t.unknown_elsewhere = 1;
  NEAR(ask(critmin_origin_bounds, n, &t, 0).high, .6);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(one_yield_a_stage_changes_no_end) {
  scene *s = scene_three();
  scene_stage *ore = &s->stage[0], *metal = &s->stage[1];
  metal->has_yield = 1;
  for (int c = 0; c < 3; c++) metal->yield[c] = 1;
  ore->has_use = 0;
  critmin_network *n = scene_network(s);
  int32_t a = 0;
  critmin_trace t = trace_of(1, 0, &a, 1);
  critmin_answer whole = ask(critmin_origin_bounds, n, &t, 1);
  critmin_network_free(n);
  for (int c = 0; c < 3; c++) metal->yield[c] = .5, ore->output[c] *= 2;
  for (int64_t f = 0; f < ore->given.flows; f++) ore->quantity[f] *= 2;
  n = scene_network(s);
  critmin_answer half = ask(critmin_origin_bounds, n, &t, 1);
  NEAR(half.low, whole.low);
  NEAR(half.value, whole.value);
  NEAR(half.high, whole.high);
  ck_assert_double_gt(whole.high, whole.low);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

START_TEST(nothing_used_has_no_bounds) {
  scene *s = scene_make(1, 3);
  s->stage[0].output[0] = 7;
  scene_flow(s, 0, 0, 1, 7);
  scene_flow(s, 0, 1, 2, 7);
  critmin_network *n = scene_network(s);
  int32_t buyer = 1;
  critmin_trace t = trace_of(0, 0, &buyer, 1);
  critmin_answer a = ask(critmin_origin_bounds, n, &t, 0);
  ck_assert_double_nan(a.value);
  ck_assert(a.flags & CRITMIN_FLAG_ZERO_TOTAL);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

Suite *suite_bounds(void) {
  Suite *suite = suite_create("bounds");
  TCase *cases = tcase_create("bounds");
  tcase_set_timeout(cases, 60);
  tcase_add_test(cases, every_way_to_lead_the_flows_lies_within);
  tcase_add_test(cases, the_ends_are_the_least_cuts);
  tcase_add_test(cases, a_tree_whose_pool_has_two_sources_and_two_uses_leaves_all_open);
  tcase_add_test(cases, pools_of_one_origin_or_one_way_out_leave_nothing_open);
  tcase_add_test(cases, ends_meet_wherever_every_pool_is_of_one_origin_or_has_one_way_out);
  tcase_add_test(cases, one_pool_of_two_origins_and_two_ways_out_opens_the_ends);
  tcase_add_test(cases, a_pool_of_one_source_that_is_mixed_leaves_all_open);
  tcase_add_test(cases, the_unknown_widens_upwards_unless_it_is_from_elsewhere);
  tcase_add_test(cases, one_yield_a_stage_changes_no_end);
  tcase_add_test(cases, nothing_used_has_no_bounds);
  suite_add_tcase(suite, cases);
  return suite;
}
