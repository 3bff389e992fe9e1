/* SPDX-License-Identifier: MIT */
/*
 * A column for each stage, the earliest on the left, then those the user buys from, and the user. How much of what a
 * country made came from whom at the stage before is asked of the library, country by country, so that bands are what
 * the numbers are made of. A label tells the library's share of all that the user has.
 */
#include "origin_picture.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
  char user[96]; /* its name, without what follows a comma */
  sankey s;
} picture;

static int is_nobody(const char *key) {
  return strcmp(key, "UNK") == 0 || strcmp(key, "OTH") == 0;
}

static void add_share(column *c, const char *key, double value, double low, double high) {
  if (c->n >= KEYS || !(value > 0)) return;
  snprintf(c->of[c->n].key, sizeof c->of[c->n].key, "%s", key);
  c->of[c->n].value = value;
  c->of[c->n].low = low;
  c->of[c->n++].high = high;
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

/* The row of a group tells of all its members: their own rows are a part of it. */
static int is_told(const origin *o, const char *partner) { return strcmp(origin_party(o, partner), partner) != 0; }

static void add_table(const origin *o, column *c, const critmin_table *table, int64_t first, int64_t last,
                      double part) {
  for (int64_t row = first; row < last; row++) {
    const char *partner = origin_word(table, "partner", row);
    if (is_told(o, partner)) continue;
    add_share(c, partner, part * origin_number(table, "value", row), part * origin_number(table, "low", row),
              part * origin_number(table, "high", row));
  }
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
    add_table(p->o, c, p->o->table, first, last, 1);
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
static critmin_status own_share(const picture *p, double *own, critmin_error *error) {
  char at[80];
  const char *country = origin_word(p->o->table, "country", 0), *stage = origin_word(p->o->table, "stage", 0);
  snprintf(at, sizeof at, "at=%s", stage);
  critmin_table *through = NULL, *hidden = NULL;
  *own = 0;
  critmin_status status = origin_ask(p->o, "origin_share", stage, NULL, 0, at, &through, error);
  if (status == CRITMIN_OK && through)
    status = origin_ask(p->o, "hidden_exposure", stage, NULL, 0, at, &hidden, error);
  for (int64_t row = 0; hidden && row < critmin_table_rows(hidden); row++) {
    if (strcmp(origin_word(hidden, "partner", row), country) != 0) continue;
    for (int64_t i = 0; i < critmin_table_rows(through); i++) {
      if (strcmp(origin_word(through, "partner", i), country) == 0)
        *own = origin_number(through, "value", i) - origin_number(hidden, "value", row);
    }
  }
  critmin_table_free(hidden);
  critmin_table_free(through);
  return status;
}

/* Those it buys from, and itself, where what it buys is on record for the year. */
static critmin_status read_sellers(picture *p, critmin_error *error) {
  const char *stage = origin_word(p->o->table, "stage", 0);
  critmin_table *table = NULL;
  double own = 0, sum = 0;
  if (strcmp(p->columns[p->n - 1].stage, stage) != 0) return CRITMIN_OK;
  critmin_status status = own_share(p, &own, error);
  if (status == CRITMIN_OK)
    status = origin_ask(p->o, "partner_share", stage, NULL, 0, "denominator=imports", &table, error);
  if (status != CRITMIN_OK || !table) return status;
  column *c = &p->columns[p->n];
  *c = (column){0};
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    double value = origin_number(table, "value", row);
    sum += isnan(value) ? 0 : value;
  }
  if (fabs(sum - 1) < .02) {
    add_table(p->o, c, table, 0, critmin_table_rows(table), 1 - own);
    if (own > 0) add_share(c, origin_word(p->o->table, "country", 0), own, own, own);
    qsort(c->of, (size_t)c->n, sizeof c->of[0], by_value);
    for (int i = 0; i < c->n; i++) c->of[i].low = c->of[i].high = NAN;
    p->n++;
    p->sellers = 1;
  }
  critmin_table_free(table);
  return CRITMIN_OK;
}

/* The one country that most pictures are looked at for has the same colour in all. */
static int colour_of(picture *p, const char *key) {
  if (strcmp(key, "CHN") == 0) return 0;
  for (int i = 0; i < p->n_seen; i++) {
    if (strcmp(p->seen[i], key) == 0) return i + 1;
  }
  snprintf(p->seen[p->n_seen], sizeof p->seen[0], "%s", key);
  return ++p->n_seen;
}

static const char *name_in(const picture *p, const char *key) {
  return strcmp(key, origin_word(p->o->table, "country", 0)) == 0 ? p->user : origin_country(p->o, key);
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
      s->node[s->n++] = (sankey_node){name_in(p, c->of[i].key), c->of[i].value, c->of[i].low, c->of[i].high, 0,
                                      colour_of(p, c->of[i].key)};
      continue;
    }
    if (*together < 0) {
      *together = s->n;
      s->node[s->n++] =
          (sankey_node){nobody ? "unknown" : "others", 0, NAN, NAN, 0, nobody ? SANKEY_UNKNOWN : SANKEY_OTHERS};
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
  s->node[s->n] = (sankey_node){"unknown", 0, NAN, NAN, 0, SANKEY_UNKNOWN};
  return s->n++;
}

/* Bands from a column to the next: of each country there, whom its material of this stage came from. What the user
 * itself sells to itself it has made. */
static critmin_status link_columns(picture *p, int at, critmin_error *error) {
  column *from = &p->columns[at], *to = &p->columns[at + 1];
  const char *user = origin_word(p->o->table, "country", 0), *keys[KEYS];
  int to_sellers = p->sellers && at + 2 == p->n - 1, n = 0;
  char setting[80];
  double left[KEYS];
  snprintf(setting, sizeof setting, "at=%s", from->stage);
  for (int i = 0; i < to->n; i++) {
    int own = to_sellers && strcmp(to->of[i].key, user) == 0, made = own ? place_of(from, user) : -1;
    left[i] = to->of[i].value;
    if (made >= 0) {
      add_link(p, at, from->node[made], to->node[i], left[i]);
      left[i] = 0;
    } else if (!is_nobody(to->of[i].key)) {
      keys[n++] = to->of[i].key;
    }
  }
  critmin_table *table = NULL;
  critmin_status status =
      n > 0 ? origin_ask(p->o, "origin_share", from->stage, keys, n, setting, &table, error) : CRITMIN_OK;
  if (status != CRITMIN_OK) return status;
  for (int64_t row = 0; table && row < critmin_table_rows(table); row++) {
    const char *country = origin_word(table, "country", row), *partner = origin_word(table, "partner", row);
    int maker = place_of(to, country), source = place_of(from, origin_party(p->o, partner));
    double value = origin_number(table, "value", row);
    if (strcmp(country, user) == 0 && is_told(p->o, partner)) continue;
    if (maker < 0 || source < 0 || isnan(value) || is_nobody(from->of[source].key)) continue;
    add_link(p, at, from->node[source], to->node[maker], to->of[maker].value * value);
    left[maker] -= to->of[maker].value * value;
  }
  for (int i = 0; i < to->n; i++) {
    if (left[i] > 1e-6) add_link(p, at, unknown_node(p, at), to->node[i], left[i]);
  }
  critmin_table_free(table);
  return CRITMIN_OK;
}

/* Nodes are as high as what reaches or leaves them, whichever is more, so that bands fill them. */
static void set_heights(picture *p) {
  for (int at = 0; at < p->n; at++) {
    for (int i = 0; i < p->s.column[at].n; i++) {
      sankey_node *node = &p->s.column[at].node[i];
      double out = 0, in = 0;
      for (int j = 0; j < p->s.n_links; j++) {
        const sankey_link *link = &p->s.link[j];
        if (link->column == at && link->from == i) out += link->share;
        if (link->column == at - 1 && link->to == i) in += link->share;
      }
      node->height = fmax(isnan(node->share) ? 0 : node->share, fmax(out, in));
      if (node->colour == SANKEY_UNKNOWN && node->share < out) node->share = out;
    }
  }
}

static int by_place(const void *a, const void *b) {
  const sankey_link *x = a, *y = b;
  if (x->column != y->column) return x->column < y->column ? -1 : 1;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  return x->to < y->to ? -1 : x->to > y->to;
}

/* Appends who published what the answer rests on, each once. */
static critmin_status add_publishers(const origin *o, buffer *b, critmin_error *error) {
  critmin_table *sources = NULL;
  critmin_status status = critmin_store_list(o->store, "sources", NULL, &sources, error);
  size_t start = b->length;
  for (const char *key = origin_word(o->table, "source", 0); status == CRITMIN_OK && *key;) {
    size_t length = strcspn(key, ";");
    for (int64_t row = 0; row < critmin_table_rows(sources); row++) {
      const char *here = critmin_table_text(sources, 0, row), *name = origin_word(sources, "publisher", row);
      if (strlen(here) != length || strncmp(here, key, length) != 0) continue;
      char word[128];
      snprintf(word, sizeof word, "%.*s", (int)strcspn(name, ",("), name);
      if (b->length > start && b->text && strstr(b->text + start, word)) break;
      if (b->length > start) buffer_text(b, ", ");
      buffer_text(b, word);
      break;
    }
    key += length + (key[length] == ';');
  }
  critmin_table_free(sources);
  return status;
}

/* The flags as words: small letters, with commas. */
static void add_flags(const origin *o, buffer *b) {
  for (const char *at = origin_word(o->table, "flags", 0); *at; at++) {
    if (*at == ';')
      buffer_text(b, ", ");
    else
      buffer_bytes(b, *at == '_' ? " " : (char[]){(char)tolower((unsigned char)*at)}, 1);
  }
}

/* Every column with its nodes, and the bands between them. */
static critmin_status lay_out(picture *p, critmin_error *error) {
  const char *user = origin_word(p->o->table, "country", 0);
  column *last = &p->columns[p->n++];
  critmin_status status = CRITMIN_OK;
  *last = (column){0};
  add_share(last, user, 1, NAN, NAN);
  for (int at = 0; at < p->n; at++)
    make_nodes(p, at,
               at == p->n - 1                   ? ""
               : p->sellers && at == p->n - 2 ? "bought from, as customs see it"
                                                : p->columns[at].title);
  for (int at = 0; at + 2 < p->n && status == CRITMIN_OK; at++) status = link_columns(p, at, error);
  column *sold = &p->columns[p->n - 2];
  for (int i = 0; i < sold->n; i++) add_link(p, p->n - 2, sold->node[i], 0, sold->of[i].value);
  set_heights(p);
  qsort(p->s.link, (size_t)p->s.n_links, sizeof p->s.link[0], by_place);
  p->s.column[p->n - 1].node[0].share = NAN;
  p->s.n_columns = p->n;
  return status;
}

static critmin_status draw(picture *p, const char *placed, buffer *b, critmin_error *error) {
  const origin *o = p->o;
  buffer note = {0};
  char title[256];
  critmin_status status = lay_out(p, error);
  snprintf(title, sizeof title, "%s (%s): %s, %.0f", origin_stage(o, origin_word(o->table, "stage", 0)),
           origin_mineral(o), p->user, origin_number(o->table, "year", 0));
  p->s.title = title;
  p->s.id = placed ? placed : "origin";
  if (!placed && status == CRITMIN_OK) {
    p->s.subtitle =
        "Where it was made, looked through trade and stages: shares of all that it has, with the ranges of what is not "
        "known exactly";
    buffer_text(&note, "Sources: ");
    status = add_publishers(o, &note, error);
    buffer_text(&note, ". Hatched: unknown. Flags: ");
    add_flags(o, &note);
    buffer_text(&note, ".");
    p->s.note = note.text;
  }
  if (status == CRITMIN_OK) sankey_svg(&p->s, b);
  b->failed |= note.failed;
  buffer_free(&note);
  return status;
}

static critmin_status refused(critmin_error *error, critmin_status status, const char *message) {
  error->status = status;
  snprintf(error->message, sizeof error->message, "%s", message);
  return status;
}

critmin_status origin_picture(const origin *o, const char *placed, buffer *b, critmin_error *error) {
  static const char out_of_memory[] = "out of memory";
  picture *p = calloc(1, sizeof *p);
  if (!p) return refused(error, CRITMIN_ERROR_MEMORY, out_of_memory);
  p->o = o;
  const char *user = origin_country(o, origin_word(o->table, "country", 0));
  snprintf(p->user, sizeof p->user, "%.*s", (int)strcspn(user, ","), user);
  critmin_status status = read_stages(p)
                              ? CRITMIN_OK
                              : refused(error, CRITMIN_ERROR_NOT_FOUND, "nothing is on record of where this comes from");
  if (status == CRITMIN_OK) {
    join_stages(p);
    status = read_sellers(p, error);
  }
  if (status == CRITMIN_OK) status = draw(p, placed, b, error);
  if (status == CRITMIN_OK && b->failed) status = refused(error, CRITMIN_ERROR_MEMORY, out_of_memory);
  free(p);
  return status;
}
