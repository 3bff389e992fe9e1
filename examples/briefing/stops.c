/* SPDX-License-Identifier: MIT */
/* Two scenarios of January 2026. Too little of the trade that they are about was published by then: they are run over
 * all that is on record, and the paper says so. */
#include <math.h>
#include <string.h>

#include "briefing.h"

#define FROM_DAY "\"start\": \"%s\", \"horizon\": 365, "

static const struct {
  const char *title, *document; /* with the day it starts on */
  const char *day;              /* NULL: that of the paper */
  const char *minerals;
} known[STOPS] = {
    {"China withholds heavy rare earths and magnets from Japan",
     "{" FROM_DAY "\"users\": [{\"country\": \"JPN\", \"mineral\": \"rare_earths_heavy\", \"stage\": \"separated\"},"
     "{\"country\": \"JPN\", \"mineral\": \"rare_earths\", \"stage\": \"magnet\"}],"
     "\"shocks\": [{\"name\": \"China\", \"kind\": \"ban\", \"countries\": \"CHN\","
     "\"minerals\": [\"rare_earths\", \"rare_earths_heavy\"], \"stages\": [\"separated\", \"metal\", \"magnet\"],"
     "\"targets\": \"JPN\"}],"
     "\"reserves\": [{\"record\": \"jpn_rare_metals_target\", \"days\": {\"value\": 60, \"low\": 60, \"high\": 180},"
     "\"note\": \"60 days is the general target, 180 that for metals of high risk; which these are is not public.\"}],"
     "\"agreements\": [{\"record\": \"lynas_jare_2023\"}]}",
     "2026-01-06", "rare_earths;rare_earths_heavy"},
    {"China withholds gallium, germanium and antimony from the United States",
     "{" FROM_DAY "\"users\": [{\"country\": \"USA\", \"mineral\": \"gallium\", \"stage\": \"refined\"},"
     "{\"country\": \"USA\", \"mineral\": \"germanium\", \"stage\": \"refined\"},"
     "{\"country\": \"USA\", \"mineral\": \"antimony\", \"stage\": \"refined\"}],"
     "\"restrictions\": \"chn_usa_ban_2024\","
     "\"reserves\": [{\"record\": \"usa_amp_2025_antimony\", \"held\": {\"value\": 0, \"low\": 0, \"high\": 1},"
     "\"note\": \"A ceiling of purchases; what was bought is not told.\"}],"
     "\"agreements\": [{\"record\": \"onsan_lockheed_2025\", \"begins\": 0,"
     "\"share\": {\"value\": 0.37, \"low\": 0.2, \"high\": 0.5},"
     "\"performs\": {\"value\": 0.5, \"low\": 0, \"high\": 1},"
     "\"note\": \"A memorandum of 11 t a year, beside a use of some 30 t; the plant is to run in 2028, and counts as "
     "if it ran.\"}]}",
     NULL, "gallium;germanium;antimony"},
};

static int is_asked(const facts *f, const char *minerals) {
  for (int i = 0; i < f->n_topics; i++)
    if (is_one_of(minerals, f->topics[i].key)) return 1;
  return 0;
}

static critmin_status set_assumptions(const facts *f, critmin_scenario *scenario, const options *asked,
                                      critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  for (int i = 0; i < asked->n_assumed && status == CRITMIN_OK; i++) {
    const char *equals = strchr(asked->assumed[i], '=');
    const char *path = text_of(f->pool, "assume.%.*s", (int)(equals - asked->assumed[i]), asked->assumed[i]);
    status = critmin_scenario_set(scenario, f->store, path, equals + 1, error);
  }
  return status;
}

static critmin_status run(facts *f, stop *s, const char *json, const options *asked, critmin_error *error) {
  critmin_scenario *scenario = NULL;
  critmin_outcome *outcome = NULL;
  critmin_status status = critmin_scenario_read(f->store, json, &scenario, error);
  if (status == CRITMIN_OK) status = set_assumptions(f, scenario, asked, error);
  if (status == CRITMIN_OK)
    status = critmin_scenario_run(f->model[NEWEST], scenario, NULL, NULL, NULL, &outcome, error);
  struct {
    const char *what;
    critmin_table **table;
  } tables[] = {{"summary", &s->summary}, {"weeks", &s->weeks}, {"worth", &s->worth}, {"inputs", &s->inputs}};
  for (size_t i = 0; i < sizeof tables / sizeof *tables && status == CRITMIN_OK; i++)
    status = critmin_outcome_table(outcome, tables[i].what, tables[i].table, error);
  critmin_outcome_free(outcome);
  critmin_scenario_free(scenario);
  return status;
}

critmin_status stops_gather(facts *f, const options *asked, critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  for (int i = 0; i < STOPS && status == CRITMIN_OK; i++) {
    const char *day = known[i].day ? known[i].day : f->date;
    if (strcmp(f->date, known[0].day) < 0 || !is_asked(f, known[i].minerals)) continue;
    f->stops[i].title = known[i].title;
    f->stops[i].day = day;
    status = run(f, &f->stops[i], text_of(f->pool, known[i].document, day), asked, error);
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
