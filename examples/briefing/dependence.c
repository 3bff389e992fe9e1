/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "briefing.h"

static const char *const net_reliance[] = {"net_import_reliance", NULL},
                         *const import_reliance[] = {"import_reliance", NULL},
                         *const partner_share[] = {"partner_share", NULL};
static const char *const china = "CHN";

/* The answers for one topic: by the day or newest; of any source or of the one that is asked first. */
enum { ANY_BY_DAY, FIRST_BY_DAY, ANY_NEWEST, FIRST_NEWEST, WAYS };
enum { NET_RELIANCE, IMPORT_RELIANCE, OF_CHINA, OF_ALL, OF_GROUP, OF_GROUP_DILUTED, QUESTIONS };
typedef struct answers {
  critmin_table *table[WAYS][QUESTIONS];
} answers;

/* Countries whose own statistics print partners: asked before the others. */
static const char *const asked_first[] = {"USA"};

static int is_asked_first(const char *country) {
  for (size_t i = 0; i < sizeof asked_first / sizeof *asked_first; i++)
    if (strcmp(asked_first[i], country) == 0) return 1;
  return 0;
}

int is_known(const reading *r) {
  return r->country != NULL;
}

static int has_flag(const critmin_table *table, int64_t row, const char *flag) {
  return strstr(text_at(table, "flags", row), flag) != NULL;
}

/* Whether a row says something of what is asked: a value, or an interval that leaves anything out. */
static int says_something(const critmin_table *table, int64_t row) {
  number n = answer_at(table, row);
  if (has_flag(table, row, "NO_DATA") || has_flag(table, row, "PROJECTED")) return 0;
  return !isnan(n.value) || (!isnan(n.low) && !isnan(n.high) && (n.low > 0 || n.high < 1));
}

static int is_for(const critmin_table *table, int64_t row, const char *country, const char *mineral,
                  const char *stage) {
  return strcmp(text_at(table, "country", row), country) == 0 && strcmp(text_at(table, "mineral", row), mineral) == 0 &&
         strcmp(text_at(table, "stage", row), stage) == 0;
}

/* A mean over several years is a row for each of them that nothing annual answers: those that say the same are its
 * period. */
static void find_period(const critmin_table *table, reading *r) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    int here = (int)number_at(table, "year", row);
    if (!is_for(table, row, r->country, r->mineral, r->stage) || !has_flag(table, row, "PERIOD_MEAN") ||
        here >= r->from)
      continue;
    if (strcmp(r->source, text_at(table, "source", row)) == 0 &&
        strcmp(r->edition, text_at(table, "edition", row)) == 0)
      r->from = here;
  }
}

static reading newest(const critmin_table *table, const char *country, const char *mineral, const char *stage,
                      int year) {
  reading r = {0};
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    int here = (int)number_at(table, "year", row);
    if (!is_for(table, row, country, mineral, stage) || !says_something(table, row)) continue;
    if ((year && here > year) || (is_known(&r) && here <= r.to)) continue;
    r.from = r.to = here;
    r.country = text_at(table, "country", row);
    r.mineral = text_at(table, "mineral", row);
    r.stage = text_at(table, "stage", row);
    r.flags = text_at(table, "flags", row);
    r.source = text_at(table, "source", row);
    r.edition = text_at(table, "edition", row);
    r.n = answer_at(table, row);
    r.is_reliance = strcmp(text_at(table, "metric", row), "partner_share") != 0;
  }
  if (is_known(&r) && strstr(r.flags, "PERIOD_MEAN")) find_period(table, &r);
  return r;
}

/* A group of minerals that has no figure of its own is an interval over its members. */
static reading over_members(const critmin_table *table, const char *country, const char *group, const char *stage,
                            int year) {
  reading all = {0};
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *mineral = text_at(table, "mineral", row);
    if (strcmp(mineral, group) == 0 || !is_for(table, row, country, mineral, stage)) continue;
    reading one = newest(table, country, mineral, stage, year);
    if (!is_known(&one) || one.to != (int)number_at(table, "year", row)) continue;
    double low = isnan(one.n.low) ? one.n.value : one.n.low, high = isnan(one.n.high) ? one.n.value : one.n.high;
    if (!is_known(&all)) {
      all = one;
      all.n = (number){one.n.value, low, high};
    }
    if (one.n.value != all.n.value) all.n.value = NAN;
    if (low < all.n.low) all.n.low = low;
    if (high > all.n.high) all.n.high = high;
    all.members++;
  }
  return all;
}

static reading read_answer(const critmin_table *table, const char *country, const line *l, int members, int year) {
  reading r = newest(table, country, l->mineral, l->stage, year);
  if (!is_known(&r) && members) r = over_members(table, country, l->mineral, l->stage, year);
  return r;
}

/* By the day, of the source that is asked first or else of any; and what came later, where that says more. */
static told tell(const answers *a, int question, const char *country, const line *l, int members, int year, int *way) {
  told t = {0};
  int own = is_asked_first(country);
  *way = FIRST_BY_DAY;
  if (own) t.by_day = read_answer(a->table[FIRST_BY_DAY][question], country, l, members, year);
  int from_own = is_known(&t.by_day);
  if (!from_own) {
    t.by_day = read_answer(a->table[ANY_BY_DAY][question], country, l, members, year);
    *way = ANY_BY_DAY;
  }
  if (from_own) return t;
  if (own) t.later = read_answer(a->table[FIRST_NEWEST][question], country, l, members, year);
  if (is_known(&t.later)) {
    if (!is_known(&t.by_day)) *way = FIRST_NEWEST;
  } else if (!is_known(&t.by_day)) {
    t.later = read_answer(a->table[ANY_NEWEST][question], country, l, members, year);
    *way = ANY_NEWEST;
  }
  return t;
}

static void find_top(const critmin_table *table, const reading *r, partners *top) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    double share = number_at(table, "value", row);
    const char *partner = text_at(table, "partner", row);
    if (!is_for(table, row, r->country, r->mineral, r->stage) || (int)number_at(table, "year", row) != r->to) continue;
    if (isnan(share) || share <= 0 || strcmp(partner, "OTH") == 0 || strcmp(partner, "WLD") == 0) continue;
    int at = top->n < TOP ? top->n++ : TOP;
    for (; at > 0 && share > top->share[at - 1]; at--) {
      if (at < TOP) top->share[at] = top->share[at - 1], top->country[at] = top->country[at - 1];
    }
    if (at < TOP) top->share[at] = share, top->country[at] = partner;
  }
}

static critmin_status ask(facts *f, const char *mineral, answers *a, critmin_error *error) {
  const critmin_model *models[WAYS] = {f->model[BY_DAY], f->first_asked[BY_DAY], f->model[NEWEST],
                                       f->first_asked[NEWEST]};
  critmin_status status = CRITMIN_OK;
  for (int way = 0; way < WAYS && status == CRITMIN_OK; way++) {
    query q = {
        .metrics = net_reliance, .mineral = mineral, .countries = f->countries_asked, .n_countries = f->n_countries};
    status = query_metric(models[way], &q, &a->table[way][NET_RELIANCE], error);
    q.metrics = import_reliance;
    if (status == CRITMIN_OK) status = query_metric(models[way], &q, &a->table[way][IMPORT_RELIANCE], error);
    q.metrics = partner_share;
    q.denominator = "imports";
    if (status == CRITMIN_OK) status = query_metric(models[way], &q, &a->table[way][OF_ALL], error);
    q.partner = china;
    if (status == CRITMIN_OK) status = query_metric(models[way], &q, &a->table[way][OF_CHINA], error);
    if (!f->group) continue;
    q.countries = &f->group;
    q.n_countries = 1;
    if (status == CRITMIN_OK) status = query_metric(models[way], &q, &a->table[way][OF_GROUP], error);
    q.netting = "diluted";
    if (status == CRITMIN_OK) status = query_metric(models[way], &q, &a->table[way][OF_GROUP_DILUTED], error);
  }
  return status;
}

static int chain_position(const facts *f, const char *mineral, const char *stage) {
  for (int64_t row = 0; row < critmin_table_rows(f->stages); row++)
    if (strcmp(text_at(f->stages, "mineral", row), mineral) == 0 &&
        strcmp(text_at(f->stages, "stage", row), stage) == 0)
      return (int)number_at(f->stages, "position", row);
  return 0;
}

static void add_line(facts *f, topic *t, const char *mineral, const char *stage) {
  int at = t->n_lines, position = chain_position(f, mineral, stage);
  for (int i = 0; i < t->n_lines; i++)
    if (strcmp(t->lines[i].mineral, mineral) == 0 && strcmp(t->lines[i].stage, stage) == 0) return;
  line *lines = pool_take(f->pool, (size_t)(t->n_lines + 1) * sizeof *lines);
  if (t->n_lines) memcpy(lines, t->lines, (size_t)t->n_lines * sizeof *lines);
  t->lines = lines;
  for (; at > 0 && strcmp(lines[at - 1].mineral, mineral) >= 0 &&
         (strcmp(lines[at - 1].mineral, mineral) > 0 || chain_position(f, mineral, lines[at - 1].stage) > position);
       at--)
    lines[at] = lines[at - 1];
  memset(&lines[at], 0, sizeof lines[at]);
  lines[at].mineral = mineral;
  lines[at].stage = stage;
  t->n_lines++;
}

/* A group with figures of its own, or with many members, is told of as one. Returns whether it is. */
static int as_one(const topic *t, const answers *a) {
  enum { FEW = 3 };
  const char *members[FEW + 1];
  int n = 0;
  for (int way = 0; way < WAYS; way++)
    for (int question = 0; question < QUESTIONS; question++) {
      const critmin_table *table = a->table[way][question];
      for (int64_t row = 0; row < critmin_table_rows(table); row++) {
        const char *mineral = text_at(table, "mineral", row);
        int known = !says_something(table, row);
        if (!known && strcmp(mineral, t->key) == 0) return 1;
        for (int i = 0; i < n; i++) known |= strcmp(members[i], mineral) == 0;
        if (!known && n <= FEW) members[n++] = mineral;
      }
    }
  return n > FEW;
}

static void find_lines(facts *f, topic *t, const answers *a, int one) {
  for (int way = 0; way < WAYS; way++)
    for (int question = 0; question < QUESTIONS; question++) {
      const critmin_table *table = a->table[way][question];
      for (int64_t row = 0; row < critmin_table_rows(table); row++) {
        const char *mineral = text_at(table, "mineral", row), *stage = text_at(table, "stage", row);
        if (question == OF_ALL || !says_something(table, row)) continue;
        if (!one)
          add_line(f, t, mineral, stage);
        else if (chain_position(f, t->key, stage))
          add_line(f, t, t->key, stage);
      }
    }
}

static void fill_line(facts *f, line *l, const answers *a, int members) {
  size_t n = (size_t)f->n_countries;
  int way;
  l->reliance = pool_take(f->pool, n * sizeof *l->reliance);
  l->partner = pool_take(f->pool, n * sizeof *l->partner);
  l->top = pool_take(f->pool, n * sizeof *l->top);
  for (int c = 0; c < f->n_countries; c++) {
    const char *country = f->countries_asked[c];
    l->reliance[c] = tell(a, NET_RELIANCE, country, l, members, f->year, &way);
    if (!is_known(&l->reliance[c].by_day)) {
      told other = tell(a, IMPORT_RELIANCE, country, l, members, f->year, &way);
      if (is_known(&other.by_day) || !is_known(&l->reliance[c].later)) l->reliance[c] = other;
    }
    l->partner[c] = tell(a, OF_CHINA, country, l, members, f->year, &way);
    const reading *r = is_known(&l->partner[c].by_day) ? &l->partner[c].by_day : &l->partner[c].later;
    if (is_known(r) && !r->members) find_top(a->table[way][OF_ALL], r, &l->top[c]);
  }
  if (!f->group) return;
  l->net = tell(a, OF_GROUP, f->group, l, 0, f->year, &way);
  l->diluted = tell(a, OF_GROUP_DILUTED, f->group, l, 0, f->year, &way);
}

/* Texts of readings are of tables that are freed here: they are copied. */
static void keep_texts(pool *p, reading *r) {
  const char **texts[] = {&r->country, &r->mineral, &r->stage, &r->flags, &r->source, &r->edition};
  for (size_t i = 0; is_known(r) && i < sizeof texts / sizeof *texts; i++)
    *texts[i] = pool_copy(p, *texts[i], strlen(*texts[i]));
}

static void keep_line(facts *f, line *l) {
  l->mineral = pool_copy(f->pool, l->mineral, strlen(l->mineral));
  l->stage = pool_copy(f->pool, l->stage, strlen(l->stage));
  for (int c = 0; c < f->n_countries; c++) {
    told *of_country[] = {&l->reliance[c], &l->partner[c]};
    for (int i = 0; i < 2; i++) keep_texts(f->pool, &of_country[i]->by_day), keep_texts(f->pool, &of_country[i]->later);
    for (int i = 0; i < l->top[c].n; i++)
      l->top[c].country[i] = pool_copy(f->pool, l->top[c].country[i], strlen(l->top[c].country[i]));
  }
  told *of_group[] = {&l->net, &l->diluted};
  for (int i = 0; i < 2; i++) keep_texts(f->pool, &of_group[i]->by_day), keep_texts(f->pool, &of_group[i]->later);
}

critmin_status dependence_gather(facts *f, topic *t, critmin_error *error) {
  answers a = {{{NULL}}};
  critmin_status status = ask(f, t->key, &a, error);
  if (status == CRITMIN_OK) {
    int one = as_one(t, &a);
    find_lines(f, t, &a, one);
    for (int i = 0; i < t->n_lines; i++) {
      fill_line(f, &t->lines[i], &a, one);
      keep_line(f, &t->lines[i]);
    }
  }
  for (int way = 0; way < WAYS; way++)
    for (int question = 0; question < QUESTIONS; question++) critmin_table_free(a.table[way][question]);
  return status;
}
