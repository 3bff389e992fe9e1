/* SPDX-License-Identifier: MIT */
/*
 * All the trade of a year in rare-earth compounds, metals and magnets, through store, model and network: 176 countries,
 * loops and all. Nobody publishes what each of them made in 2002: a country is taken to have made what it sent out
 * beyond what it took in. What the table is: README.md.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../model/world.h"
#include "published.h"
#include "suites.h"

enum { SEPARATED, METAL, MAGNET, STAGES, COUNTRIES = 200, FLOWS = 2100, ROWS = 2948, WITHOUT_WEIGHT = 73 };

static const char *const stage_keys[] = {"separated", "metal", "magnet"};
static const char *const union_of_2002[] = {"AUT", "BEL", "DEU", "DNK", "ESP", "FIN", "FRA", "GBR",
                                            "GRC", "IRL", "ITA", "LUX", "NLD", "PRT", "SWE"};
enum { MEMBERS = 15 };

/* The flows of a stage, in money and in tonnes, NaN where no weight was declared. */
typedef struct trade {
  int32_t importer[FLOWS], exporter[FLOWS];
  double value[FLOWS], tonnes[FLOWS];
  int64_t n;
  double output[COUNTRIES], imports[COUNTRIES];
} trade;

static critmin_store *store;
static critmin_network *network;
static trade *stages; /* STAGES of them */
static char key[COUNTRIES][4];
static int32_t countries;

static void set_all(const char *const *rows, size_t n) {
  for (size_t i = 0; i < n; i++) world_set(store, rows[i]);
}

static void copy_countries(void) {
  critmin_error error;
  critmin_store *reference;
  critmin_table *table;
  ck_assert_int_eq(critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &reference, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_list(reference, "country", NULL, &table, &error), CRITMIN_OK);
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *const names[] = {"country", "kind", "name"};
    const char *const values[] = {word(table, row, "country"), word(table, row, "kind"), word(table, row, "name")};
    ck_assert_int_eq(critmin_store_set(store, "country", names, values, 3, &error), CRITMIN_OK);
  }
  critmin_table_free(table);
  critmin_store_close(reference);
}

static void import_trade(void) {
  const char *folder = getenv("CRITMIN_TEST_DATA");
  ck_assert_ptr_nonnull(folder);
  char path[1024];
  critmin_error error;
  critmin_table *audit;
  snprintf(path, sizeof path, "%s/baci_2002.csv", folder);
  critmin_status status = critmin_store_import(store, "critmin", path, NULL, NULL, &audit, &error);
  ck_assert_msg(status == CRITMIN_OK, "%s", error.message);
  ck_assert_int_eq((int64_t)cell(audit, 0, "new"), ROWS);
  ck_assert_int_eq((int64_t)cell(audit, 0, "replaced"), 0);
  critmin_table_free(audit);
}

static void make_store(void) {
  static const char *const before[] = {
      "source|source=cepii_baci|publisher=CEPII|title=BACI HS02 V202501|licence=etalab-2.0",
      "edition|source=cepii_baci|edition=202501|date=2025-01-31",
      "mineral|mineral=rare_earths|name=Rare earths",
      "stage|mineral=rare_earths|stage=separated|kind=processing|position=1|name=Compounds|unit=t|basis=gross",
      "stage|mineral=rare_earths|stage=metal|kind=metal|position=2|name=Metals|unit=t|basis=gross",
      "stage|mineral=rare_earths|stage=magnet|kind=component|position=3|name=Magnets|unit=t|basis=gross",
      "measure|measure=production|text=Output",
      "measure|measure=flow|text=Trade",
      "source_rank|measure=flow|source=cepii_baci|rank=1",
      "group|group=EU15|name=European Union of 2002",
  };
  critmin_error error;
  ck_assert_int_eq(critmin_store_open(":memory:", CRITMIN_OPEN_WRITE, &store, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  copy_countries();
  world_set(store, "country|country=SCG|kind=former|name=Serbia and Montenegro");
  set_all(before, sizeof before / sizeof *before);
  for (int i = 0; i < MEMBERS; i++) {
    char row[64];
    snprintf(row, sizeof row, "group_member|group=EU15|country=%s", union_of_2002[i]);
    world_set(store, row);
  }
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_OK);
  import_trade();
}

static int32_t place(const char *country) {
  int32_t i = 0;
  while (i < countries && strcmp(key[i], country) != 0) i++;
  if (i < countries) return i;
  ck_assert_int_lt(countries, COUNTRIES);
  snprintf(key[countries], sizeof key[countries], "%.3s", country);
  return countries++;
}

static void read_trade(void) {
  critmin_error error;
  critmin_table *table;
  ck_assert_int_eq(critmin_store_list(store, "flow", NULL, &table, &error), CRITMIN_OK);
  stages = calloc(STAGES, sizeof *stages);
  ck_assert_ptr_nonnull(stages);
  countries = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *from = word(table, row, "exporter"), *to = word(table, row, "importer");
    if (strcmp(from, "WLD") == 0) continue; /* the total */
    int k = 0;
    while (strcmp(stage_keys[k], word(table, row, "stage")) != 0) k++;
    trade *t = &stages[k];
    ck_assert_int_lt(t->n, FLOWS);
    t->importer[t->n] = place(to);
    t->exporter[t->n] = place(from);
    t->value[t->n] = cell(table, row, "amount");
    t->tonnes[t->n++] = cell(table, row, "quantity");
  }
  critmin_table_free(table);
}

/* What each sends out beyond what it takes in. */
static void find_output(trade *t, const double *quantity) {
  double exports[COUNTRIES] = {0};
  memset(t->imports, 0, sizeof t->imports);
  for (int64_t i = 0; i < t->n; i++) {
    if (isnan(quantity[i])) continue;
    t->imports[t->importer[i]] += quantity[i];
    exports[t->exporter[i]] += quantity[i];
  }
  for (int32_t c = 0; c < countries; c++) t->output[c] = fmax(0, exports[c] - t->imports[c]);
}

/* The network in money; `one` countries of the union count as the first of them, if not 0. */
static critmin_status make_network(int by_value, int32_t as_one, const double *yield, critmin_error *error) {
  critmin_network_stage given[STAGES];
  const critmin_network_stage *list[STAGES];
  int32_t map[COUNTRIES];
  for (int32_t c = 0; c < countries; c++) map[c] = c;
  for (int32_t i = 0; i < MEMBERS && as_one; i++) map[place(union_of_2002[i])] = place(union_of_2002[0]);
  static double output[STAGES][COUNTRIES];
  static int32_t importer[STAGES][FLOWS], exporter[STAGES][FLOWS];
  memset(output, 0, sizeof output);
  for (int k = 0; k < STAGES; k++) {
    trade *t = &stages[k];
    find_output(t, by_value ? t->value : t->tonnes);
    for (int32_t c = 0; c < countries; c++) output[k][map[c]] += t->output[c];
    for (int64_t i = 0; i < t->n; i++) importer[k][i] = map[t->importer[i]], exporter[k][i] = map[t->exporter[i]];
    critmin_network_stage_init(&given[k]);
    given[k].output = output[k];
    given[k].yield = yield;
    given[k].importer = importer[k];
    given[k].exporter = exporter[k];
    given[k].quantity = by_value ? t->value : t->tonnes;
    given[k].flows = t->n;
    list[k] = &given[k];
  }
  critmin_network_free(network);
  network = NULL;
  return critmin_network_new(list, STAGES, countries, 2, &network, error);
}

static void setup(void) {
  make_store();
  read_trade();
  critmin_error error;
  ck_assert_msg(make_network(1, 0, NULL, &error) == CRITMIN_OK, "%s", error.message);
}

static void teardown(void) {
  critmin_network_free(network);
  network = NULL;
  free(stages);
  critmin_store_close(store);
}

static critmin_pool pool_of(int32_t stage, int32_t country) {
  critmin_pool pool;
  critmin_pool_init(&pool);
  ck_assert_int_eq(critmin_network_pool(network, stage, country, &pool, NULL), CRITMIN_OK);
  return pool;
}

static critmin_trace trace_of(int32_t stage, int32_t at, const int32_t *buyer, int32_t buyers) {
  critmin_trace trace;
  critmin_trace_init(&trace);
  trace.stage = stage;
  trace.at = at;
  trace.buyer = buyer;
  trace.buyers = buyers;
  return trace;
}

/* Shares of all pools by origin at a stage, and the unknown; freed by the caller. */
static void everything(int32_t at, double **share, double **unknown) {
  size_t rows = (size_t)(STAGES * countries);
  critmin_error error;
  *share = malloc(rows * (size_t)countries * sizeof **share);
  *unknown = malloc(rows * sizeof **unknown);
  ck_assert(*share && *unknown);
  critmin_status status = critmin_origin_all(network, at, NULL, 0, *share, NULL, *unknown, 2, &error);
  ck_assert_msg(status == CRITMIN_OK, "%s", error.message);
}

static void near(double found, double wanted, double tolerance) {
  ck_assert_msg(fabs(found - wanted) <= tolerance, "%.17g, wanted %.17g", found, wanted);
}

START_TEST(the_whole_matrix_arrives_and_only_weights_are_missing) {
  int64_t flows = 0, missing = 0;
  for (int k = 0; k < STAGES; k++) {
    flows += stages[k].n;
    for (int64_t i = 0; i < stages[k].n; i++) missing += isnan(stages[k].tonnes[i]) != 0;
  }
  ck_assert_int_eq(flows, ROWS - STAGES);
  ck_assert_int_eq(missing, WITHOUT_WEIGHT);
  ck_assert_int_eq(countries, 176);
}
END_TEST

START_TEST(shares_of_every_pool_are_one_together_at_every_stage) {
  for (int32_t at = 0; at < STAGES; at++) {
    double *share, *unknown;
    int64_t there = 0;
    everything(at, &share, &unknown);
    for (int32_t row = at * countries; row < STAGES * countries; row++) {
      if (isnan(unknown[row])) continue;
      double sum = unknown[row];
      for (int32_t q = 0; q < countries; q++) sum += share[row * countries + q];
      near(sum, 1, 1e-12);
      there++;
    }
    ck_assert_int_gt(there, 100);
    free(share);
    free(unknown);
  }
}
END_TEST

/* What is used of each origin is what that origin made: at the stage itself, and, through what it was made from, before
 * it. */
static void is_conserved(int by_value) {
  double *share[STAGES], *unknown[STAGES];
  for (int32_t at = 0; at < STAGES; at++) everything(at, &share[at], &unknown[at]);
  for (int32_t k = 0; k < STAGES; k++) {
    for (int32_t at = 0; at <= k; at++) {
      double used[COUNTRIES] = {0}, made[COUNTRIES] = {0}, used_unknown = 0, made_unknown = 0, whole = 0;
      for (int32_t c = 0; c < countries; c++) {
        critmin_pool pool = pool_of(k, c);
        if (pool.total == 0) continue;
        const double *row = share[at] + (k * countries + c) * countries;
        whole += pool.output + pool.unknown;
        for (int32_t q = 0; q < countries; q++) used[q] += pool.use * row[q];
        used_unknown += pool.use * unknown[at][k * countries + c];
        made_unknown += pool.unknown;
        if (at == k) made[c] += pool.output;
        if (at == k || pool.output == 0) continue;
        int32_t before = (k - 1) * countries + c;
        int is_empty = isnan(unknown[at][before]);
        for (int32_t q = 0; q < countries && !is_empty; q++)
          made[q] += pool.output * share[at][before * countries + q];
        made_unknown += pool.output * (is_empty ? 1 : unknown[at][before]);
      }
      for (int32_t q = 0; q < countries; q++) near(used[q], made[q], 1e-11 * whole);
      near(used_unknown, made_unknown, 1e-11 * whole);
      if (by_value) ck_assert_double_gt(whole, 1e7);
    }
  }
  for (int32_t at = 0; at < STAGES; at++) {
    free(share[at]);
    free(unknown[at]);
  }
}

START_TEST(what_is_used_of_an_origin_is_what_it_made) {
  is_conserved(1);
}
END_TEST

/* A flow that is left out for want of a weight: refused by the network, and no tonne of it attributed. */
START_TEST(a_missing_weight_is_refused_with_its_place_and_the_others_are_conserved) {
  critmin_error error;
  int64_t first = 0;
  while (!isnan(stages[SEPARATED].tonnes[first])) first++;
  ck_assert_int_eq(make_network(0, 0, NULL, &error), CRITMIN_ERROR_MISSING_VALUE);
  ck_assert_int_eq(error.row, first + 1);
  ck_assert_ptr_null(network);
  for (int k = 0; k < STAGES; k++) {
    trade *t = &stages[k];
    int64_t kept = 0;
    for (int64_t i = 0; i < t->n; i++) {
      if (isnan(t->tonnes[i])) continue;
      t->importer[kept] = t->importer[i];
      t->exporter[kept] = t->exporter[i];
      t->tonnes[kept++] = t->tonnes[i];
    }
    t->n = kept;
  }
  ck_assert_msg(make_network(0, 0, NULL, &error) == CRITMIN_OK, "%s", error.message);
  is_conserved(0);
}
END_TEST

/* In money, for that is what every flow is declared in. */
static void tell_own_shares(void) {
  critmin_error error;
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  for (int k = 0; k < STAGES; k++) {
    for (int32_t c = 0; c < countries; c++) {
      const trade *t = &stages[k];
      double all = t->output[c] + t->imports[c], own = all > 0 ? t->output[c] / all : 0;
      char row[320];
      snprintf(row, sizeof row,
               "assumption|assumption=own_%.9s_%.3s|subject=home_share|mineral=rare_earths|stage=%.9s|country=%.3s|"
               "value=%.17g|low=%.17g|high=%.17g|unit=1|reason=What it sends out beyond what it takes in.",
               stage_keys[k], key[c], stage_keys[k], key[c], own, own, own);
      for (char *at = row + strlen("assumption|assumption="); *at != '|'; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
      world_set(store, row);
    }
  }
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_OK);
}

START_TEST(the_catalogue_over_the_store_says_what_the_kernels_say_of_the_matrix) {
  tell_own_shares();
  static const char *const partners[] = {"CHN", "JPN", "USA", "DEU"};
  for (int32_t at = 0; at < STAGES; at++) {
    for (int i = 0; i < 4; i++) {
      char words[160];
      snprintf(words, sizeof words, "metric=origin_share|mineral=rare_earths|stage=magnet|year=2002|partner=%s|at=%s",
               partners[i], stage_keys[at]);
      critmin_table *table = world_ask(store, words);
      const int32_t origin = place(partners[i]);
      int64_t compared = 0;
      for (int64_t row = 0; row < critmin_table_rows(table); row++) {
        if (isnan(cell(table, row, "value"))) continue;
        int32_t buyer = place(word(table, row, "country"));
        critmin_trace trace = trace_of(MAGNET, at, &buyer, 1);
        critmin_answer answer;
        critmin_answer_init(&answer);
        ck_assert_int_eq(critmin_origin_share(network, &trace, &origin, 1, &answer, NULL), CRITMIN_OK);
        near(cell(table, row, "value"), answer.value, 1e-10);
        near(cell(table, row, "low"), answer.low, 1e-10);
        near(cell(table, row, "high"), answer.high, 1e-10);
        near(cell(table, row, "coverage"), answer.coverage, 1e-10);
        ck_assert_int_eq(flagged(table, row, "UNKNOWN_ORIGIN"), (answer.flags & CRITMIN_FLAG_UNKNOWN_ORIGIN) != 0);
        compared++;
      }
      ck_assert_int_gt(compared, 150);
      critmin_table_free(table);
    }
  }
}
END_TEST

/* The imports of the union from outside, each with the mix of its seller. */
START_TEST(the_catalogue_traces_what_a_union_buys) {
  tell_own_shares();
  double weight[COUNTRIES] = {0}, whole = 0;
  int inside[COUNTRIES] = {0};
  for (int i = 0; i < MEMBERS; i++) inside[place(union_of_2002[i])] = 1;
  const trade *t = &stages[MAGNET];
  for (int64_t i = 0; i < t->n; i++) {
    if (!inside[t->importer[i]] || inside[t->exporter[i]]) continue;
    weight[t->exporter[i]] += t->value[i];
    whole += t->value[i];
  }
  int32_t buyer[COUNTRIES], buyers = 0;
  double share[COUNTRIES];
  for (int32_t c = 0; c < countries; c++) {
    if (!(weight[c] > 0)) continue;
    share[buyers] = weight[c] / whole;
    buyer[buyers++] = c;
  }
  const int32_t china = place("CHN");
  for (int32_t at = 0; at < STAGES; at++) {
    char words[192];
    snprintf(words, sizeof words,
             "metric=origin_share|mineral=rare_earths|stage=magnet|year=2002|country=EU15|partner=CHN|"
             "denominator=imports|at=%s", stage_keys[at]);
    critmin_table *table = world_ask(store, words);
    critmin_trace trace = trace_of(MAGNET, at, buyer, buyers);
    trace.weight = share;
    critmin_answer answer;
    critmin_answer_init(&answer);
    ck_assert_int_eq(critmin_origin_share(network, &trace, &china, 1, &answer, NULL), CRITMIN_OK);
    near(cell(table, 0, "value"), answer.value, 1e-10);
    near(cell(table, 0, "high"), answer.high, 1e-10);
    critmin_table_free(table);
  }
}
END_TEST

START_TEST(countries_asked_about_together_are_the_sum_of_each) {
  int32_t origin[MEMBERS], buyer = place("USA");
  double share[COUNTRIES], unknown, sum = 0;
  critmin_trace trace = trace_of(MAGNET, SEPARATED, &buyer, 1);
  ck_assert_int_eq(critmin_origin_row(network, &trace, share, NULL, &unknown, NULL), CRITMIN_OK);
  for (int i = 0; i < MEMBERS; i++) sum += share[origin[i] = place(union_of_2002[i])];
  critmin_answer answer;
  critmin_answer_init(&answer);
  ck_assert_int_eq(critmin_origin_share(network, &trace, origin, MEMBERS, &answer, NULL), CRITMIN_OK);
  near(answer.value, sum, 1e-12);
  ck_assert_double_gt(sum, .01);
}
END_TEST

/* The union as one node: its members' flows to one another drop out, and what everybody else made stays what it was. */
START_TEST(a_union_of_one_pool_trades_with_the_others_only) {
  critmin_error error;
  double made = 0, from_outside[STAGES] = {0};
  int inside[COUNTRIES] = {0};
  for (int i = 0; i < MEMBERS; i++) inside[place(union_of_2002[i])] = 1;
  for (int k = 0; k < STAGES; k++)
    for (int64_t i = 0; i < stages[k].n; i++)
      from_outside[k] += inside[stages[k].importer[i]] && !inside[stages[k].exporter[i]] ? stages[k].value[i] : 0;
  for (int32_t c = 0; c < countries; c++) made += pool_of(MAGNET, c).output;
  ck_assert_msg(make_network(1, 1, NULL, &error) == CRITMIN_OK, "%s", error.message);
  double made_now = 0;
  for (int32_t c = 0; c < countries; c++) made_now += pool_of(MAGNET, c).output;
  near(made_now, made, 1e-11 * made);
  for (int k = 0; k < STAGES; k++) {
    near(pool_of(k, place(union_of_2002[0])).imports, from_outside[k], 1e-11 * from_outside[k]);
    ck_assert_uint_eq(pool_of(k, place(union_of_2002[1])).flags, CRITMIN_FLAG_NO_DATA);
  }
  is_conserved(1);
}
END_TEST

/* Of one stage, and of the chain with yields of 1, for which some producers have had material that is on no record. */
START_TEST(the_ends_without_mixing_hold_the_mixed_share) {
  static const char *const buyers[] = {"USA", "JPN", "KOR", "DEU", "MEX"}, *const origins[] = {"CHN", "JPN", "USA"};
  critmin_error error;
  double yield[COUNTRIES];
  for (int c = 0; c < COUNTRIES; c++) yield[c] = 1;
  ck_assert_msg(make_network(1, 0, yield, &error) == CRITMIN_OK, "%s", error.message);
  double widest = 0;
  for (int32_t at = SEPARATED; at <= MAGNET; at += MAGNET) {
    for (int b = 0; b < 5; b++) {
      double least = 0;
      int32_t buyer = place(buyers[b]), all[COUNTRIES];
      critmin_trace trace = trace_of(MAGNET, at, &buyer, 1);
      for (int o = 0; o < 3; o++) {
        const int32_t origin = place(origins[o]);
        critmin_answer ends, mixed;
        critmin_answer_init(&ends);
        critmin_answer_init(&mixed);
        critmin_status status = critmin_origin_bounds(network, &trace, &origin, 1, &ends, &error);
        ck_assert_msg(status == CRITMIN_OK, "%s", error.message);
        ck_assert_int_eq(critmin_origin_share(network, &trace, &origin, 1, &mixed, NULL), CRITMIN_OK);
        if (isnan(ends.value)) continue; /* it uses nothing */
        near(ends.value, mixed.value, 1e-12);
        ck_assert_double_le(ends.low, mixed.value + 1e-12);
        ck_assert_double_ge(ends.high, mixed.value - 1e-12);
        widest = fmax(widest, ends.high - ends.low);
        least += ends.low;
      }
      ck_assert_double_le(least, 1 + 1e-9);
      /* From somewhere it must be, or on no record. */
      critmin_answer whole;
      critmin_answer_init(&whole);
      for (int32_t c = 0; c < countries; c++) all[c] = c;
      ck_assert_int_eq(critmin_origin_bounds(network, &trace, all, countries, &whole, &error), CRITMIN_OK);
      if (isnan(whole.value)) continue;
      near(whole.high, 1, 1e-9);
    }
  }
  ck_assert_double_gt(widest, .1); /* a real matrix leaves much open */
}
END_TEST

Suite *suite_baci_2002(void) {
  Suite *suite = suite_create("baci_2002");
  TCase *cases = tcase_create("world");
  tcase_set_timeout(cases, 60);
  tcase_add_checked_fixture(cases, setup, teardown);
  tcase_add_test(cases, the_whole_matrix_arrives_and_only_weights_are_missing);
  tcase_add_test(cases, shares_of_every_pool_are_one_together_at_every_stage);
  tcase_add_test(cases, what_is_used_of_an_origin_is_what_it_made);
  tcase_add_test(cases, a_missing_weight_is_refused_with_its_place_and_the_others_are_conserved);
  tcase_add_test(cases, the_catalogue_over_the_store_says_what_the_kernels_say_of_the_matrix);
  tcase_add_test(cases, the_catalogue_traces_what_a_union_buys);
  tcase_add_test(cases, countries_asked_about_together_are_the_sum_of_each);
  tcase_add_test(cases, a_union_of_one_pool_trades_with_the_others_only);
  tcase_add_test(cases, the_ends_without_mixing_hold_the_mixed_share);
  suite_add_tcase(suite, cases);
  return suite;
}
