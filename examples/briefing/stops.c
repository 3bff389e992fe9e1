/* SPDX-License-Identifier: MIT */
/* Two scenarios of January 2026, which a paper of any day can ask. They are run over what was published by the day; one
 * that this tells too little for is run over all that is on record, and the paper says so. */
#include <math.h>
#include <string.h>

#include "briefing.h"

/* An answer that a scenario has once it is on record. */
typedef struct answer {
  const char *record, *document;
} answer;

/* Goods of which it must be known from whom the user buys them; of others the dependence is assumed anyway. */
typedef struct bought {
  const char *country, *mineral, *stage;
} bought;
enum { BOUGHT = 2 };

static const struct {
  const char *key, *title;
  const char *since; /* day from which it is ordered; a paper of a later day looks at it from then on */
  const char *order; /* restriction on record; NULL where that has its day in `since` */
  const char *minerals, *shock, *users;
  bought bought[BOUGHT];
  answer reserves, agreements;
} known[STOPS] = {
    {"japan", "China withholds heavy rare earths and magnets from Japan", "2026-01-06", NULL,
     "rare_earths;rare_earths_heavy",
     "{\"name\": \"China\", \"kind\": \"ban\", \"countries\": \"CHN\", \"targets\": \"JPN\","
     "\"minerals\": [\"rare_earths\", \"rare_earths_heavy\"], \"stages\": [\"separated\", \"metal\", \"magnet\"]}",
     "{\"country\": \"JPN\", \"mineral\": \"rare_earths_heavy\", \"stage\": \"separated\"},"
     "{\"country\": \"JPN\", \"mineral\": \"rare_earths\", \"stage\": \"magnet\"}",
     {{"JPN", "rare_earths", "magnet"}},
     {"jpn_rare_metals_target",
      "{\"record\": \"jpn_rare_metals_target\", \"days\": {\"value\": 60, \"low\": 60, \"high\": 180},"
      "\"note\": \"60 days is the general target, 180 that for metals of high risk; which these are is not public.\"}"},
     {"lynas_jare_2023", "{\"record\": \"lynas_jare_2023\"}"}},
    {"usa", "China withholds gallium, germanium and antimony from the United States", NULL, "chn_usa_ban_2024",
     "gallium;germanium;antimony",
     "{\"name\": \"China\", \"kind\": \"ban\", \"countries\": \"CHN\", \"targets\": \"USA\","
     "\"minerals\": [\"gallium\", \"germanium\", \"antimony\"]}",
     "{\"country\": \"USA\", \"mineral\": \"gallium\", \"stage\": \"refined\"},"
     "{\"country\": \"USA\", \"mineral\": \"germanium\", \"stage\": \"refined\"},"
     "{\"country\": \"USA\", \"mineral\": \"antimony\", \"stage\": \"refined\"}",
     {{"USA", "gallium", "refined"}, {"USA", "germanium", "refined"}},
     {"usa_amp_2025_antimony",
      "{\"record\": \"usa_amp_2025_antimony\", \"held\": {\"value\": 0, \"low\": 0, \"high\": 1},"
      "\"note\": \"A ceiling of purchases; what was bought is not told.\"}"},
     {"onsan_lockheed_2025",
      "{\"record\": \"onsan_lockheed_2025\", \"begins\": 0,"
      "\"share\": {\"value\": 0.37, \"low\": 0.2, \"high\": 0.5},"
      "\"performs\": {\"value\": 0.5, \"low\": 0, \"high\": 1},"
      "\"note\": \"A memorandum of 11 t a year, beside a use of some 30 t; the plant is to run in 2028, and counts as "
      "if it ran.\"}"}},
};

static int is_asked(const facts *f, const char *minerals) {
  for (int i = 0; i < f->n_topics; i++)
    if (is_one_of(minerals, f->topics[i].key)) return 1;
  return 0;
}

static int something_was_known(const facts *f) {
  for (int i = 0; i < f->n_topics; i++)
    for (int which = MINED; which <= REFINED; which++)
      if (f->topics[i].market[which].found) return 1;
  return 0;
}

static int is_on_record(const critmin_table *table, const char *key) { return *lookup(table, key, "sources") != '\0'; }

/* The scenario as JSON: answers that are on no record yet are left out. */
static const char *document_of(const facts *f, int i, const char *day) {
  const char *reserve = is_on_record(f->reserves, known[i].reserves.record) ? known[i].reserves.document : "",
             *agreement = is_on_record(f->agreements, known[i].agreements.record) ? known[i].agreements.document : "";
  return text_of(f->pool,
                 "{\"start\": \"%s\", \"horizon\": 365, \"users\": [%s], \"shocks\": [%s], \"reserves\": [%s], "
                 "\"agreements\": [%s]}",
                 day, known[i].users, known[i].shock, reserve, agreement);
}

/* NAME=VALUE changes what is assumed in both, SCENARIO.PATH=VALUE any number of one. */
static critmin_status change(const facts *f, int i, critmin_scenario *scenario, const options *asked,
                             critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  size_t prefix = strlen(known[i].key) + 1;
  for (int k = 0; k < asked->n_assumed && status == CRITMIN_OK; k++) {
    const char *equals = strchr(asked->assumed[k], '=');
    const char *path = text_of(f->pool, "assume.%.*s", (int)(equals - asked->assumed[k]), asked->assumed[k]);
    status = critmin_scenario_set(scenario, f->store, path, equals + 1, error);
  }
  for (int k = 0; k < asked->n_set && status == CRITMIN_OK; k++) {
    const char *words = asked->set[k], *equals = strchr(words, '=');
    if (strncmp(words, text_of(f->pool, "%s.", known[i].key), prefix) != 0) continue;
    const char *path = pool_copy(f->pool, words + prefix, (size_t)(equals - words) - prefix);
    status = critmin_scenario_set(scenario, f->store, path, equals + 1, error);
  }
  return status;
}

/* Whether the trade that the scenario interrupts had been published by the day. */
static critmin_status find_trade(const facts *f, int i, int *is_known_by_day, critmin_error *error) {
  static const char *const shares[] = {"partner_share", NULL};
  critmin_status status = CRITMIN_OK;
  *is_known_by_day = 1;
  for (int k = 0; k < BOUGHT && known[i].bought[k].country && status == CRITMIN_OK; k++) {
    const bought *b = &known[i].bought[k];
    critmin_table *table;
    query q = {.metrics = shares, .mineral = b->mineral, .stage = b->stage, .partner = "CHN", .denominator = "imports",
               .countries = &b->country, .n_countries = 1};
    int any = 0;
    status = query_metric(f->model[BY_DAY], &q, &table, error);
    for (int64_t row = 0; row < critmin_table_rows(table); row++) any |= !isnan(number_at(table, "value", row));
    critmin_table_free(table);
    *is_known_by_day &= any;
  }
  return status;
}

static critmin_status run(facts *f, int i, const options *asked, critmin_error *error) {
  stop *s = &f->stops[i];
  critmin_scenario *scenario = NULL;
  critmin_outcome *outcome = NULL;
  critmin_status status = critmin_scenario_read(f->store, document_of(f, i, s->day), &scenario, error);
  int by_day = 0;
  if (status == CRITMIN_OK) status = change(f, i, scenario, asked, error);
  if (status == CRITMIN_OK) status = find_trade(f, i, &by_day, error);
  s->later = !by_day;
  if (status == CRITMIN_OK)
    status = critmin_scenario_run(f->model[by_day ? BY_DAY : NEWEST], scenario, NULL, NULL, NULL, &outcome, error);
  struct {
    const char *what;
    critmin_table **table;
  } tables[] = {{"summary", &s->summary}, {"weeks", &s->weeks}, {"worth", &s->worth}, {"inputs", &s->inputs}};
  for (size_t k = 0; k < sizeof tables / sizeof *tables && status == CRITMIN_OK; k++)
    status = critmin_outcome_table(outcome, tables[k].what, tables[k].table, error);
  critmin_outcome_free(outcome);
  critmin_scenario_free(scenario);
  return status;
}

/* A path that belongs to no scenario is a mistake, also where the scenario is not asked for. */
static critmin_status check_paths(const options *asked, critmin_error *error) {
  for (int k = 0; k < asked->n_set; k++) {
    int mine = 0;
    for (int i = 0; i < STOPS; i++) {
      size_t n = strlen(known[i].key);
      mine |= strncmp(asked->set[k], known[i].key, n) == 0 && asked->set[k][n] == '.';
    }
    if (mine) continue;
    error->status = CRITMIN_ERROR_UNKNOWN_NAME;
    snprintf(error->message, sizeof error->message,
             "--set %.200s: begin with the scenario, `%s.` or `%s.`, and end with what its table of assumptions says",
             asked->set[k], known[0].key, known[1].key);
    return error->status;
  }
  return CRITMIN_OK;
}

static const char *state_of(const facts *f, const char *order) {
  const char *state = order ? lookup(f->restrictions, order, "state") : "";
  if (strcmp(state, "suspended") == 0) return "ordered, suspended on the day: what if it comes back";
  return *state ? "ordered" : "on no record: a question, not a report";
}

critmin_status stops_gather(facts *f, const options *asked, critmin_error *error) {
  critmin_status status = check_paths(asked, error);
  for (int i = 0; i < STOPS && status == CRITMIN_OK; i++) {
    stop *s = &f->stops[i];
    if (!something_was_known(f) || !is_asked(f, known[i].minerals)) continue;
    int ordered = known[i].since && strcmp(f->date, known[i].since) >= 0;
    s->key = known[i].key;
    s->title = known[i].title;
    s->day = ordered ? known[i].since : f->date;
    s->state = ordered ? "ordered that day for military users, taken here for all" : state_of(f, known[i].order);
    status = run(f, i, asked, error);
  }
  return status;
}

void stops_free(facts *f) {
  for (int i = 0; i < STOPS; i++) {
    critmin_table_free(f->stops[i].summary);
    critmin_table_free(f->stops[i].weeks);
    critmin_table_free(f->stops[i].worth);
    critmin_table_free(f->stops[i].inputs);
  }
}
