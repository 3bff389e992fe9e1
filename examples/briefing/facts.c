/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "briefing.h"

static const struct {
  const char *key, *name;
  int in_story;
} default_topics[] = {
    {"copper", "copper", 1},       {"lithium", "lithium", 1},         {"cobalt", "cobalt", 1},
    {"graphite", "graphite", 1},   {"rare_earths", "rare earths", 1}, {"gallium", "gallium", 0},
    {"germanium", "germanium", 0}, {"antimony", "antimony", 0},       {"tungsten", "tungsten", 0},
    {"magnesium", "magnesium", 0},
};
enum { DEFAULT_TOPICS = sizeof default_topics / sizeof default_topics[0] };

static const char *const default_countries[] = {"USA", "EU27", "DEU", "FRA", "ITA", "JPN"};
enum { DEFAULT_COUNTRIES = sizeof default_countries / sizeof default_countries[0] };

static critmin_status gather_lists(facts *f, critmin_error *error) {
  struct {
    const char *what;
    critmin_table **table;
  } lists[] = {{"countries", &f->countries}, {"groups", &f->groups},   {"minerals", &f->minerals},
               {"stages", &f->stages},       {"sources", &f->sources}, {"editions", &f->editions},
               {"producers", &f->producers}};
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < sizeof lists / sizeof *lists && status == CRITMIN_OK; i++)
    status = query_list(f->store, lists[i].what, NULL, NULL, 0, lists[i].table, error);
  return status;
}

/* A group of minerals and each of its members are asked for under their own names: `minerals` narrows to what shares
 * one with them. */
static critmin_status gather_policy(facts *f, const options *asked, critmin_error *error) {
  struct {
    const char *what;
    critmin_table **table;
  } lists[] = {{"restrictions", &f->restrictions},
               {"agreements", &f->agreements},
               {"commitments", &f->commitments},
               {"reserves", &f->reserves}};
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < sizeof lists / sizeof *lists && status == CRITMIN_OK; i++)
    status = query_list(f->store, lists[i].what, f->date, asked->minerals, asked->n_minerals, lists[i].table, error);
  if (status == CRITMIN_OK)
    status = query_changes(f->store, f->since, f->date, asked->minerals, asked->n_minerals, &f->changes, error);
  if (status == CRITMIN_OK && !is_after(f->next_day, f->newest_edition))
    status =
        query_changes(f->store, f->next_day, f->newest_edition, asked->minerals, asked->n_minerals, &f->after, error);
  return status;
}

static critmin_status gather_models(facts *f, critmin_error *error) {
  static const char *const first = "usgs_mcs";
  const char *editions[MODELS] = {[BY_DAY] = f->date, [YEAR_BEFORE] = f->since, [NEWEST] = NULL};
  critmin_status status = CRITMIN_OK;
  for (int i = 0; i < MODELS && status == CRITMIN_OK; i++) {
    status = query_model(f->store, editions[i], NULL, &f->model[i], error);
    if (status == CRITMIN_OK && i != YEAR_BEFORE)
      status = query_model(f->store, editions[i], first, &f->first_asked[i], error);
  }
  return status;
}

static critmin_status gather_places(facts *f, const options *asked, critmin_error *error) {
  f->n_countries = asked->n_countries ? asked->n_countries : DEFAULT_COUNTRIES;
  f->countries_asked = pool_take(f->pool, (size_t)f->n_countries * sizeof *f->countries_asked);
  critmin_status status = query_group(f, asked->group, &f->group, error);
  for (int i = 0; i < f->n_countries && status == CRITMIN_OK; i++)
    status =
        query_place(f, asked->n_countries ? asked->countries[i] : default_countries[i], &f->countries_asked[i], error);
  return status;
}

static void find_newest_edition(facts *f) {
  f->newest_edition = "";
  for (int64_t row = 0; row < critmin_table_rows(f->editions); row++) {
    const char *date = text_at(f->editions, "date", row);
    if (strcmp(date, f->newest_edition) > 0) f->newest_edition = date;
  }
}

/* The library knows minerals by many words; the key is what its tables say. */
static critmin_status name_topic(facts *f, topic *t, const char *word, critmin_error *error) {
  critmin_mineral *mineral;
  const char *key = NULL;
  critmin_status status = critmin_mineral_read(f->store, word, &mineral, error);
  if (status != CRITMIN_OK) return status;
  status = critmin_mineral_text(mineral, "mineral", &key, error);
  if (status == CRITMIN_OK) {
    t->key = pool_copy(f->pool, key, strlen(key));
    t->name = mineral_in_sentence(f, t->key);
  }
  critmin_mineral_free(mineral);
  for (int i = 0; i < DEFAULT_TOPICS && status == CRITMIN_OK; i++)
    if (strcmp(t->key, default_topics[i].key) == 0) {
      t->name = default_topics[i].name;
      t->in_story = default_topics[i].in_story;
    }
  return status;
}

critmin_status facts_gather(facts *f, const options *asked, critmin_error *error) {
  memset(f, 0, sizeof *f);
  f->pool = pool_new();
  f->year = asked->year;
  f->date = asked->date;
  f->since = year_before(f->pool, asked->date);
  f->next_day = day_after(f->pool, asked->date);
  f->minerals_chosen = asked->n_minerals > 0;
  f->countries_chosen = asked->n_countries > 0;
  f->n_topics = asked->n_minerals ? asked->n_minerals : DEFAULT_TOPICS;
  f->topics = pool_take(f->pool, (size_t)f->n_topics * sizeof *f->topics);
  critmin_status status = critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &f->store, error);
  if (status == CRITMIN_OK) status = gather_lists(f, error);
  if (status == CRITMIN_OK) find_newest_edition(f);
  if (status == CRITMIN_OK) status = gather_places(f, asked, error);
  for (int i = 0; i < f->n_topics && status == CRITMIN_OK; i++)
    status = name_topic(f, &f->topics[i], asked->n_minerals ? asked->minerals[i] : default_topics[i].key, error);
  if (status == CRITMIN_OK) status = gather_policy(f, asked, error);
  if (status == CRITMIN_OK) status = gather_models(f, error);
  for (int i = 0; i < f->n_topics && status == CRITMIN_OK; i++) {
    status = markets_gather(f, &f->topics[i], error);
    if (status == CRITMIN_OK) status = dependence_gather(f, &f->topics[i], error);
  }
  if (status == CRITMIN_OK) status = pictures_gather(f, error);
  if (status == CRITMIN_OK) status = stops_gather(f, asked, error);
  return status;
}

void facts_free(facts *f) {
  critmin_table *tables[] = {f->countries, f->groups,    f->minerals,     f->stages,     f->sources,
                             f->editions,  f->producers, f->restrictions, f->agreements, f->commitments,
                             f->reserves,  f->changes,   f->after};
  for (int i = 0; i < f->n_topics && f->topics; i++) markets_free(&f->topics[i]);
  stops_free(f);
  pictures_free(f);
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) critmin_table_free(tables[i]);
  for (int i = 0; i < MODELS; i++) {
    critmin_model_free(f->model[i]);
    critmin_model_free(f->first_asked[i]);
  }
  critmin_store_close(f->store);
  pool_free(f->pool);
}
