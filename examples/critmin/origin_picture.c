/* SPDX-License-Identifier: MIT */
/*
 * The picture of an origin: a column for each stage, the earliest on the left, then those the user buys from, and the
 * user. How much of what a country made came from whom at the stage before is asked of the library, country by country,
 * so that bands are what the numbers are made of.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "origin.h"
#include "sankey.h"

/* Countries with less of a column are told together. */
static const double LEAST = .01;
enum { NAMED = 9, KEYS = 256, STAGES = SANKEY_COLUMNS - 2 };

/* Who has what of a column, by key; what is not told by name stands last. */
typedef struct share {
  char key[8];
  double value, low, high;
} share;

typedef struct column {
  char stage[64], title[128];
  share of[KEYS];
  int n;
  int node[KEYS]; /* of each */
} column;

typedef struct picture {
  const origin *o;
  column columns[SANKEY_COLUMNS];
  int n;
  int sellers;                          /* whether the column before the user's is of those it buys from */
  char seen[SANKEY_COLUMNS * NAMED][8]; /* countries, in the order of their colours */
  int n_seen;
  sankey s;
} picture;

static int is_nobody(const char *key) {
  return strcmp(key, "UNK") == 0 || strcmp(key, "OTH") == 0;
}

static int add_share(column *c, const char *key, double value, double low, double high) {
  if (c->n >= KEYS || !(value > 0)) return c->n < KEYS;
  snprintf(c->of[c->n].key, sizeof c->of[c->n].key, "%s", key);
  c->of[c->n].value = value;
  c->of[c->n].low = low;
  c->of[c->n++].high = high;
  return 1;
}

static int by_value(const void *a, const void *b) {
  const share *x = a, *y = b;
  int nobody = is_nobody(x->key) - is_nobody(y->key);
  if (nobody) return nobody;
  if (x->value > y->value || x->value < y->value) return x->value > y->value ? -1 : 1;
  return strcmp(x->key, y->key);
}

static int place_of(const column *c, const char *key) {
  for (int i = 0; i < c->n; i++) {
    if (strcmp(c->of[i].key, key) == 0) return i;
  }
  return -1;
}

static void add_table(column *c, const critmin_table *table, int64_t first, int64_t last, double part) {
  for (int64_t row = first; row < last; row++)
    add_share(c, origin_word(table, "partner", row), part * origin_number(table, "value", row),
              part * origin_number(table, "low", row), part * origin_number(table, "high", row));
}

/* The stages of the answer, one column each. */
static int read_stages(picture *p) {
  int64_t rows = critmin_table_rows(p->o->table);
  for (int64_t first = 0, last; first < rows; first = last) {
    char at[64], other[64];
    origin_at(p->o, first, at);
    for (last = first + 1; last < rows && strcmp(at, origin_at(p->o, last, other)) == 0;) last++;
    if (p->n >= STAGES) return 0;
    column *c = &p->columns[p->n++];
    snprintf(c->stage, sizeof c->stage, "%s", at);
    add_table(c, p->o->table, first, last, 1);
    qsort(c->of, (size_t)c->n, sizeof c->of[0], by_value);
  }
  return p->n > 0;
}

/* A stage at which nothing changes hands that the one before does not show already is told with it: the later one is
 * kept, of which makers are asked. */
static int is_same(const column *a, const column *b) {
  if (a->n != b->n) return 0;
  for (int i = 0; i < a->n; i++) {
    if (strcmp(a->of[i].key, b->of[i].key) != 0 || fabs(a->of[i].value - b->of[i].value) > 1e-9) return 0;
  }
  return 1;
}

static void join_stages(picture *p) {
  int kept = 0;
  for (int i = 0; i < p->n; i++) {
    char title[sizeof p->columns[0].title];
    snprintf(title, sizeof title, "%s", origin_stage(p->o, p->columns[i].stage));
    if (kept > 0 && is_same(&p->columns[kept - 1], &p->columns[i]))
      snprintf(title, sizeof title, "%.60s; %.60s", p->columns[--kept].title, origin_stage(p->o, p->columns[i].stage));
    if (kept < i) p->columns[kept] = p->columns[i];
    snprintf(p->columns[kept++].title, sizeof title, "%s", title);
  }
  p->n = kept;
}

/* Share of the user's own making in what it has: all that looking through tells of itself, less what comes back. */
static int own_share(const picture *p, double *own) {
  char at[80];
  const char *country = origin_word(p->o->table, "country", 0), *stage = origin_word(p->o->table, "stage", 0);
  snprintf(at, sizeof at, "at=%s", stage);
  const char *const settings[] = {at, NULL};
  critmin_table *through, *hidden;
  *own = 0;
  int code = origin_ask(p->o, "origin_share", stage, NULL, settings, &through);
  if (code || !through) return code;
  code = origin_ask(p->o, "hidden_exposure", stage, NULL, settings, &hidden);
  for (int64_t row = 0; hidden && row < critmin_table_rows(hidden); row++) {
    if (strcmp(origin_word(hidden, "partner", row), country) != 0) continue;
    for (int64_t i = 0; i < critmin_table_rows(through); i++) {
      if (strcmp(origin_word(through, "partner", i), country) == 0)
        *own = origin_number(through, "value", i) - origin_number(hidden, "value", row);
    }
  }
  critmin_table_free(hidden);
  critmin_table_free(through);
  return 0;
}

/* Those it buys from, and itself, where what it buys is on record for the year. */
static int read_sellers(picture *p) {
  static const char *const settings[] = {"denominator=imports", NULL};
  const char *stage = origin_word(p->o->table, "stage", 0);
  critmin_table *table;
  double own;
  if (strcmp(p->columns[p->n - 1].stage, stage) != 0) return 0;
  int code = own_share(p, &own);
  if (!code) code = origin_ask(p->o, "partner_share", stage, NULL, settings, &table);
  if (code || !table) return code;
  column *c = &p->columns[p->n];
  *c = (column){0};
  double sum = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    double value = origin_number(table, "value", row);
    sum += isnan(value) ? 0 : value;
  }
  if (fabs(sum - 1) < .02) {
    add_table(c, table, 0, critmin_table_rows(table), 1 - own);
    if (own > 0) add_share(c, origin_word(p->o->table, "country", 0), own, own, own);
    qsort(c->of, (size_t)c->n, sizeof c->of[0], by_value);
    for (int i = 0; i < c->n; i++) c->of[i].low = c->of[i].high = NAN;
    p->n++;
    p->sellers = 1;
  }
  critmin_table_free(table);
  return 0;
}

static int colour_of(picture *p, const char *key) {
  for (int i = 0; i < p->n_seen; i++) {
    if (strcmp(p->seen[i], key) == 0) return i;
  }
  snprintf(p->seen[p->n_seen], sizeof p->seen[0], "%s", key);
  return p->n_seen++;
}

/* The nodes of a column: the largest by name, the others together, the unknown. */
static void make_nodes(picture *p, int at, const char *title) {
  column *c = &p->columns[at];
  sankey_column *s = &p->s.column[at];
  int others = -1, unknown = -1, named = 0;
  s->title = title;
  for (int i = 0; i < c->n; i++) {
    int nobody = is_nobody(c->of[i].key), *together = nobody ? &unknown : &others;
    if (!nobody && named < NAMED && c->of[i].value >= LEAST) {
      named++;
      c->node[i] = s->n;
      s->node[s->n++] = (sankey_node){origin_country(p->o, c->of[i].key), c->of[i].value, c->of[i].low, c->of[i].high,
                                      colour_of(p, c->of[i].key)};
      continue;
    }
    if (*together < 0) {
      *together = s->n;
      s->node[s->n++] =
          (sankey_node){nobody ? "unknown" : "others", 0, NAN, NAN, nobody ? SANKEY_UNKNOWN : SANKEY_OTHERS};
    }
    c->node[i] = *together;
    s->node[*together].share += c->of[i].value;
  }
}

static void add_link(picture *p, int from_column, int from, int to, double value) {
  sankey *s = &p->s;
  if (!(value > 0)) return;
  for (int i = 0; i < s->n_links; i++) {
    sankey_link *link = &s->link[i];
    if (link->column != from_column || link->from != from || link->to != to) continue;
    link->share += value;
    return;
  }
  if (s->n_links < SANKEY_LINKS) s->link[s->n_links++] = (sankey_link){from_column, from, to, value};
}

/* A node for what nobody accounts for, when bands need one. */
static int unknown_node(picture *p, int at) {
  sankey_column *s = &p->s.column[at];
  for (int i = 0; i < s->n; i++) {
    if (s->node[i].colour == SANKEY_UNKNOWN) return i;
  }
  s->node[s->n] = (sankey_node){"unknown", 0, NAN, NAN, SANKEY_UNKNOWN};
  return s->n++;
}

/* Bands from a column to the next: of each country there, whom its material of this stage came from. */
static int link_columns(picture *p, int at, const char *stage) {
  column *from = &p->columns[at], *to = &p->columns[at + 1];
  char setting[80], keys[KEYS * 8] = "";
  snprintf(setting, sizeof setting, "at=%s", stage);
  const char *const settings[] = {setting, NULL};
  for (int i = 0; i < to->n; i++) {
    if (is_nobody(to->of[i].key)) continue;
    if (keys[0]) strcat(keys, ",");
    strcat(keys, to->of[i].key);
  }
  critmin_table *table = NULL;
  int code = keys[0] ? origin_ask(p->o, "origin_share", stage, keys, settings, &table) : 0;
  if (code) return code;
  double left[KEYS];
  for (int i = 0; i < to->n; i++) left[i] = to->of[i].value;
  for (int64_t row = 0; table && row < critmin_table_rows(table); row++) {
    int maker = place_of(to, origin_word(table, "country", row)),
        source = place_of(from, origin_word(table, "partner", row));
    double value = origin_number(table, "value", row);
    if (maker < 0 || source < 0 || isnan(value) || is_nobody(from->of[source].key)) continue;
    add_link(p, at, from->node[source], to->node[maker], to->of[maker].value * value);
    left[maker] -= to->of[maker].value * value;
  }
  for (int i = 0; i < to->n; i++) {
    if (left[i] > 1e-6) add_link(p, at, unknown_node(p, at), to->node[i], left[i]);
  }
  critmin_table_free(table);
  return 0;
}

/* Nodes are as high as what leaves them: sums over bands, so that bands fill them. */
static void set_heights(picture *p) {
  for (int at = 0; at + 1 < p->n; at++) {
    for (int i = 0; i < p->s.column[at].n; i++) {
      double sum = 0;
      for (int j = 0; j < p->s.n_links; j++) {
        if (p->s.link[j].column == at && p->s.link[j].from == i) sum += p->s.link[j].share;
      }
      if (p->s.column[at].node[i].share < sum) p->s.column[at].node[i].share = sum;
    }
  }
}

static int by_place(const void *a, const void *b) {
  const sankey_link *x = a, *y = b;
  if (x->column != y->column) return x->column < y->column ? -1 : 1;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  return x->to < y->to ? -1 : x->to > y->to;
}

/* Words joined with `;` become a list. */
static void spread(char *note, size_t room) {
  for (char *at = note; (at = strchr(at, ';')) != NULL; at += 2) {
    size_t rest = strlen(at + 1);
    if ((size_t)(at - note) + rest + 3 > room) return;
    memmove(at + 2, at + 1, rest + 1);
    at[0] = ',';
    at[1] = ' ';
  }
}

static int draw(picture *p, buffer *b) {
  const origin *o = p->o;
  char title[256], subtitle[256], note[1024], user[96];
  const char *stage = origin_stage(o, origin_word(o->table, "stage", 0));
  snprintf(user, sizeof user, "%s", origin_country(o, origin_word(o->table, "country", 0)));
  user[strcspn(user, ",")] = '\0';
  int code = 0, user_column = p->n;
  column *last = &p->columns[p->n++];
  *last = (column){0};
  add_share(last, origin_word(o->table, "country", 0), 1, NAN, NAN);
  for (int at = 0; at < p->n; at++) {
    const char *of = at == user_column                     ? ""
                     : p->sellers && at == user_column - 1 ? "bought from, as customs see it"
                                                           : p->columns[at].title;
    make_nodes(p, at, of);
  }
  for (int at = 0; at + 1 < p->n && !code; at++) {
    int to_user = at + 1 == user_column;
    if (!to_user) {
      code = link_columns(p, at, p->columns[at].stage);
      continue;
    }
    for (int i = 0; i < p->columns[at].n; i++) add_link(p, at, p->columns[at].node[i], 0, p->columns[at].of[i].value);
  }
  if (code) return code;
  set_heights(p);
  qsort(p->s.link, (size_t)p->s.n_links, sizeof p->s.link[0], by_place);
  snprintf(title, sizeof title, "%s (%s): %s, %.0f", stage, origin_mineral(o), user,
           origin_number(o->table, "year", 0));
  snprintf(subtitle, sizeof subtitle,
           "Where it was made, looked through trade and stages: shares of all that it has, with the "
           "ranges of what is not known exactly");
  snprintf(note, sizeof note, "Sources: %s. Flags: %s.", origin_word(o->table, "source", 0),
           origin_word(o->table, "flags", 0));
  spread(note, sizeof note);
  p->s.column[user_column].node[0].name = user;
  p->s.title = title;
  p->s.subtitle = subtitle;
  p->s.note = note;
  p->s.n_columns = p->n;
  sankey_svg(&p->s, b);
  return b->failed ? fail_memory() : 0;
}

int origin_picture(const origin *o, buffer *b) {
  picture *p = calloc(1, sizeof *p);
  if (!p) return fail_memory();
  p->o = o;
  int code = read_stages(p) ? 0 : fail(ENDED_UNANSWERED, "nothing is on record of where this comes from");
  if (!code) {
    join_stages(p);
    code = read_sellers(p);
  }
  if (!code) code = draw(p, b);
  free(p);
  return code;
}
