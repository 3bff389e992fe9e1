/* SPDX-License-Identifier: MIT */
/* What each country has, looked through trade and stages, as far as flows had been published by the day. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../picture/origin_picture.h"
#include "briefing.h"

enum { USERS = 3, MOST = 24 };

/* The goods that are looked at unless minerals are asked for by name. */
static const struct {
  const char *topic, *mineral, *stage;
} usual[] = {{"rare_earths", "rare_earths", "magnet"},
             {"cobalt", "cobalt", "refined"},
             {"graphite", "graphite_natural", "mining"},
             {"graphite", "graphite", "refined"}};
static const char *const usual_users[USERS] = {"USA", "EU27", "JPN"};

/* The newest year in which it is on record from whom a country bought; a mean over several years is of none. */
static critmin_status find_year(facts *f, picture *p, critmin_error *error) {
  static const char *const shares[] = {"partner_share", NULL};
  critmin_table *table;
  query q = {.metrics = shares, .mineral = p->mineral, .stage = p->stage, .denominator = "imports",
             .countries = &p->country, .n_countries = 1};
  p->bought = (number){NAN, NAN, NAN};
  critmin_status status = query_metric(f->model[BY_DAY], &q, &table, error);
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    int year = (int)number_at(table, "year", row);
    const char *flags = text_at(table, "flags", row);
    if (isnan(number_at(table, "value", row)) || strstr(flags, "PERIOD_MEAN") || strstr(flags, "PROJECTED")) continue;
    if (year > p->year && (!f->year || year <= f->year)) {
      p->year = year;
      p->bought = (number){0, 0, 0}; /* those who are not named sold nothing */
    }
  }
  for (int64_t row = 0; row < critmin_table_rows(table); row++)
    if ((int)number_at(table, "year", row) == p->year && strcmp(text_at(table, "partner", row), "CHN") == 0)
      p->bought = answer_at(table, row);
  critmin_table_free(table);
  return status;
}

static int has_origin(const critmin_table *table) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++)
    if (!isnan(number_at(table, "value", row))) return 1;
  return 0;
}

/* Only HTML shows it; it is drawn at once for all styles, so that what cannot be drawn is no surprise later. */
static critmin_status draw(facts *f, picture *p, int which, critmin_error *error) {
  buffer b = {0};
  char placed[32];
  origin o = {.store = f->store, .model = f->model[BY_DAY], .table = p->shares};
  snprintf(placed, sizeof placed, "origin%d", which + 1);
  critmin_status status = origin_open(&o, error);
  if (status == CRITMIN_OK) status = origin_picture(&o, placed, &b, error);
  if (status == CRITMIN_OK) {
    p->svg = pool_copy(f->pool, b.text, b.length);
    p->title = text_of(f->pool, "%s, %d", country_name(f, p->country), p->year);
  }
  origin_close(&o);
  buffer_free(&b);
  return status;
}

static critmin_status look_through(facts *f, picture *p, int which, critmin_error *error) {
  static const char *const origins[] = {"origin_share", NULL};
  critmin_status status = find_year(f, p, error);
  query q = {.metrics = origins, .mineral = p->mineral, .stage = p->stage, .year = p->year,
             .countries = &p->country, .n_countries = 1};
  if (status != CRITMIN_OK || !p->year) return status;
  status = query_metric(f->model[BY_DAY], &q, &p->shares, error);
  if (status == CRITMIN_OK && !has_origin(p->shares)) p->year = 0;
  return status == CRITMIN_OK && p->year ? draw(f, p, which, error) : status;
}

static critmin_status add(facts *f, const char *mineral, const char *stage, critmin_error *error) {
  int chosen = f->countries_chosen, n = chosen ? f->n_countries : USERS;
  critmin_status status = CRITMIN_OK;
  for (int i = 0; i < n && i < USERS && f->n_pictures < MOST && status == CRITMIN_OK; i++) {
    picture *p = &f->pictures[f->n_pictures];
    *p = (picture){.mineral = mineral, .stage = stage, .country = chosen ? f->countries_asked[i] : usual_users[i]};
    status = look_through(f, p, f->n_pictures++, error);
  }
  return status;
}

static int is_usual(const char *key) {
  for (size_t k = 0; k < sizeof usual / sizeof *usual; k++)
    if (strcmp(usual[k].topic, key) == 0) return 1;
  return 0;
}

critmin_status pictures_gather(facts *f, critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  f->pictures = pool_take(f->pool, MOST * sizeof *f->pictures);
  for (size_t k = 0; k < sizeof usual / sizeof *usual && status == CRITMIN_OK; k++)
    for (int i = 0; i < f->n_topics && status == CRITMIN_OK; i++)
      if (strcmp(usual[k].topic, f->topics[i].key) == 0) status = add(f, usual[k].mineral, usual[k].stage, error);
  /* Of others that are asked for by name, what is worked up furthest. */
  for (int i = 0; i < f->n_topics && f->minerals_chosen && status == CRITMIN_OK; i++) {
    const topic *t = &f->topics[i];
    if (t->n_lines > 0 && !is_usual(t->key))
      status = add(f, t->lines[t->n_lines - 1].mineral, t->lines[t->n_lines - 1].stage, error);
  }
  return status;
}

void pictures_free(facts *f) {
  for (int i = 0; i < f->n_pictures; i++) critmin_table_free(f->pictures[i].shares);
}
