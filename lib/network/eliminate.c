/* SPDX-License-Identifier: MIT */
/*
 * Elimination of the pools of one component. In tonnes, a pool's material is what its sources give and its imports
 * bring: Q_i X_i = B_i + sum_j M_ij X_j. Taking pool v out gives every importer i of it the flows M_iv M_vj / S_v from
 * v's own suppliers j, where S_v is all that still flows into v, sources included. S_v is summed, never got by
 * subtraction (Grassmann, Taksar and Heyman 1985): there is no cancellation, and the shares stay exact to rounding
 * however little the sources feed a loop.
 *
 * The order follows Markowitz (1957): the pool with the fewest pairs of suppliers and importers left goes first. Once
 * what is left is mostly full it is kept as a dense square.
 */
#include <string.h>

#include "base/memory.h"
#include "network/network.h"
#include "network/vector.h"

typedef struct elimination {
  cm_stage *s;
  const cm_component *component;
  int32_t n, core;                 /* pools, and how many of the last are kept dense */
  int32_t *place;                  /* of each country: where it is eliminated, 0 to n - 1 */
  double *matrix;                  /* n rows of n flows and, last, what the sources bring */
  uint64_t *suppliers, *importers; /* of each pool: bit sets over the pools */
  int32_t *left;                   /* suppliers and importers left of each pool */
  int64_t words;
  int32_t *column; /* of each eliminated pool outside the square: places it is supplied from, in order */
  int64_t columns;
  size_t columns_room;
  int64_t *columns_start;
} elimination;

static int bits(const uint64_t *set, int64_t words) {
  int n = 0;
  for (int64_t w = 0; w < words; w++) n += __builtin_popcountll(set[w]);
  return n;
}

static int has(const uint64_t *set, int32_t i) {
  return (int)(set[i / 64] >> (i % 64) & 1);
}
static void put(uint64_t *set, int32_t i) {
  set[i / 64] |= UINT64_C(1) << (i % 64);
}
static void take(uint64_t *set, int32_t i) {
  set[i / 64] &= ~(UINT64_C(1) << (i % 64));
}

/* Joins v's suppliers to those of each of its importers. `from` and `to` are suppliers and importers, or the two
 * exchanged. */
static void join(elimination *e, uint64_t *from, const uint64_t *to, int32_t *left, int32_t v) {
  const uint64_t *mine = from + v * e->words, *others = to + v * e->words;
  for (int32_t i = 0; i < e->n; i++) {
    if (!has(others, i)) continue;
    uint64_t *set = from + i * e->words;
    for (int64_t w = 0; w < e->words; w++) set[w] |= mine[w];
    take(set, i);
    take(set, v);
    left[i] = bits(set, e->words);
  }
}

/* Chooses the order and writes it into the stage's; `local` are the component's countries as they came. */
static void choose_order(elimination *e, const int32_t *local, uint8_t *gone) {
  int32_t *supplied = e->left, *supplying = e->left + e->n;
  int64_t pairs = 0;
  for (int32_t i = 0; i < e->n; i++) {
    supplied[i] = bits(e->suppliers + i * e->words, e->words);
    supplying[i] = bits(e->importers + i * e->words, e->words);
    pairs += supplied[i];
  }
  int32_t at = 0;
  /* A number with its index takes half as much again as a number in a square. */
  for (int64_t rest = e->n; rest > 1 && 3 * pairs < 2 * rest * rest; rest--) {
    int32_t v = -1;
    for (int32_t i = 0; i < e->n; i++)
      if (!gone[i] && (v < 0 || (int64_t)supplied[i] * supplying[i] < (int64_t)supplied[v] * supplying[v])) v = i;
    gone[v] = 1;
    e->s->order[e->component->first + at++] = local[v];
    join(e, e->suppliers, e->importers, supplied, v);
    join(e, e->importers, e->suppliers, supplying, v);
    pairs = 0;
    for (int32_t i = 0; i < e->n; i++)
      if (!gone[i]) pairs += supplied[i];
  }
  e->core = e->n - at;
  for (int32_t i = 0; i < e->n; i++)
    if (!gone[i]) e->s->order[e->component->first + at++] = local[i];
}

static int find_order(elimination *e) {
  cm_stage *s = e->s;
  size_t n = (size_t)e->n, words = n * (size_t)e->words;
  int32_t *local = cm_alloc_array(n, sizeof *local);
  uint8_t *gone = cm_alloc_array(n, sizeof *gone);
  e->suppliers = cm_alloc_array(words, sizeof *e->suppliers);
  e->importers = cm_alloc_array(words, sizeof *e->importers);
  e->left = cm_alloc_array(2 * n, sizeof *e->left);
  int done = local && gone && e->suppliers && e->importers && e->left;
  if (done) {
    memcpy(local, s->order + e->component->first, n * sizeof *local);
    for (int32_t i = 0; i < e->n; i++) e->place[local[i]] = i;
    for (int32_t i = 0; i < e->n; i++)
      for (int64_t f = s->inner[local[i]]; f < s->outer_end[local[i]]; f++) {
        put(e->suppliers + i * e->words, e->place[s->flow.country[f]]);
        put(e->importers + e->place[s->flow.country[f]] * e->words, i);
      }
    choose_order(e, local, gone);
  }
  cm_free(local);
  cm_free(gone);
  cm_free(e->suppliers);
  cm_free(e->importers);
  cm_free(e->left);
  return done;
}

static void fill_matrix(elimination *e) {
  cm_stage *s = e->s;
  const int32_t *order = s->order + e->component->first;
  for (int32_t i = 0; i < e->n; i++) e->place[order[i]] = i;
  for (int32_t i = 0; i < e->n; i++) {
    double *row = e->matrix + (int64_t)i * (e->n + 1);
    int32_t c = order[i];
    for (int64_t f = s->inner[c]; f < s->outer_end[c]; f++) row[e->place[s->flow.country[f]]] = s->flow.value[f];
    double fed = s->output[c] + s->secondary[c] + s->dark[c];
    for (int64_t f = s->flow.start[c]; f < s->inner[c]; f++) fed += s->flow.value[f];
    row[e->n] = fed;
  }
}

/* Four sums side by side: a long one alone would wait for each addition. */
static double sum(const double *x, int32_t n) {
  double part[4] = {0};
  int32_t i = 0;
  for (; i + 4 <= n; i += 4)
    for (int p = 0; p < 4; p++) part[p] += x[i + p];
  for (; i < n; i++) part[0] += x[i];
  return (part[0] + part[2]) + (part[1] + part[3]);
}

/* Takes the pools of the square before place i out of row i: four at a time, as far as they are whole fours. */
static void eliminate_square(const elimination *e, const cm_vector *vector, int32_t i) {
  int32_t sparse = e->n - e->core, v = sparse;
  int64_t width = e->n + 1;
  const double *inverse = e->s->inverse + e->component->first;
  double *row = e->matrix + i * width;
  for (; v + 4 <= i; v += 4) {
    const double *from = e->matrix + v * width;
    double l[4];
    for (int32_t k = 0; k < 4; k++) {
      l[k] = row[v + k] *= inverse[v + k];
      for (int32_t j = k + 1; j < 4; j++) row[v + j] += from[k * width + v + j] * l[k];
    }
    vector->add_scaled_four(row + v + 4, from + v + 4, width, l, width - v - 4);
  }
  for (; v < i; v++) {
    double l = row[v] *= inverse[v];
    vector->add_scaled(row + v + 1, e->matrix + v * width + v + 1, l, width - v - 1);
  }
}

/* Row by row: what earlier pools bring into a pool is replaced by what their suppliers bring, and the pivot is what is
 * left. */
static int eliminate(elimination *e) {
  cm_vector vector = cm_vector_choose();
  int32_t n = e->n, sparse = n - e->core;
  int64_t width = n + 1;
  double *inverse = e->s->inverse + e->component->first;
  for (int32_t i = 0; i < n; i++) {
    double *row = e->matrix + i * width;
    for (int32_t v = 0; v < i && v < sparse; v++) {
      if (row[v] == 0) continue;
      double l = row[v] *= inverse[v];
      const double *from = e->matrix + v * width;
      for (int64_t k = e->columns_start[v]; k < e->columns_start[v + 1]; k++)
        row[e->column[k]] += from[e->column[k]] * l;
      row[n] += from[n] * l;
    }
    eliminate_square(e, &vector, i);
    inverse[i] = 1 / sum(row + i + 1, n - i);
    if (i >= sparse) continue;
    for (int32_t j = i + 1; j < n; j++) {
      if (row[j] == 0) continue;
      if (!cm_grow(&e->column, (size_t)e->columns, &e->columns_room, sizeof *e->column)) return 0;
      e->column[e->columns++] = j;
    }
    e->columns_start[i + 1] = e->columns;
  }
  return 1;
}

typedef struct room {
  size_t lower, upper, core;
  int64_t squares;
} room;

static int add(cm_rows *rows, int64_t *count, size_t *has_room, int32_t country, double value) {
  size_t before = *has_room, again = before;
  if (!cm_grow(&rows->country, (size_t)*count, has_room, sizeof *rows->country)) return 0;
  if (*has_room != before && !cm_grow(&rows->value, (size_t)*count, &again, sizeof *rows->value)) return 0;
  rows->country[*count] = country;
  rows->value[(*count)++] = value;
  return 1;
}

/* Takes what was found into the stage: lower rows, upper rows scaled by the pivot, and the square. */
static int keep(elimination *e, cm_component *component, room *have) {
  cm_stage *s = e->s;
  int32_t n = e->n, sparse = n - e->core;
  const int32_t *order = s->order + component->first;
  const double *inverse = s->inverse + component->first;
  component->core = e->core;
  component->square = have->squares;
  double *core = cm_resize(s->core, (size_t)(have->squares + (int64_t)e->core * e->core), sizeof *core);
  if (!core) return 0;
  s->core = core;
  for (int32_t i = 0; i < n; i++) {
    const double *row = e->matrix + (int64_t)i * (n + 1);
    int64_t lower = s->lower.start[component->first + i], upper = s->upper.start[component->first + i];
    for (int32_t v = 0; v < i && v < sparse; v++)
      if (row[v] != 0 && !add(&s->lower, &lower, &have->lower, order[v], row[v])) return 0;
    for (int32_t j = i + 1; i < sparse && j < n; j++)
      if (row[j] != 0 && !add(&s->upper, &upper, &have->upper, order[j], row[j] * inverse[i])) return 0;
    s->lower.start[component->first + i + 1] = lower;
    s->upper.start[component->first + i + 1] = upper;
    if (i < sparse) continue;
    double *to = core + have->squares;
    memcpy(to, row + sparse, (size_t)e->core * sizeof *to);
    to[i - sparse] = 0;
    for (int32_t j = i + 1 - sparse; j < e->core; j++) to[j] *= inverse[i];
    have->squares += e->core;
  }
  return 1;
}

static int one_component(cm_stage *s, cm_component *component, int32_t *place, room *have) {
  elimination e = {.s = s, .component = component, .n = component->count, .place = place};
  size_t n = (size_t)e.n;
  e.words = (e.n + 63) / 64;
  e.matrix = cm_alloc_array(n * (n + 1), sizeof *e.matrix);
  e.columns_start = cm_alloc_array(n + 1, sizeof *e.columns_start);
  int done = e.matrix && e.columns_start && find_order(&e);
  if (done) {
    fill_matrix(&e);
    done = eliminate(&e) && keep(&e, component, have);
  }
  cm_free(e.matrix);
  cm_free(e.columns_start);
  cm_free(e.column);
  return done;
}

/* Gives back the room that was not used. */
static int trim(cm_rows *rows, int32_t n) {
  size_t count = (size_t)rows->start[n];
  int32_t *country = cm_resize(rows->country, count, sizeof *country);
  if (country) rows->country = country;
  double *value = cm_resize(rows->value, count, sizeof *value);
  if (value) rows->value = value;
  return country && value;
}

int cm_stage_eliminate(cm_stage *s, int32_t countries) {
  size_t live = (size_t)s->live;
  int32_t *place = cm_alloc_array((size_t)countries, sizeof *place);
  s->inverse = cm_alloc_array(live, sizeof *s->inverse);
  s->lower.start = cm_alloc_array(live + 1, sizeof *s->lower.start);
  s->upper.start = cm_alloc_array(live + 1, sizeof *s->upper.start);
  int done = place && s->inverse && s->lower.start && s->upper.start;
  room have = {0};
  for (int32_t i = 0; i < s->components && done; i++) {
    cm_component *component = &s->component[i];
    int32_t at = component->first, c = s->order[at];
    if (component->count > 1) {
      done = one_component(s, component, place, &have);
      continue;
    }
    double fed = s->output[c] + s->secondary[c] + s->dark[c];
    for (int64_t f = s->flow.start[c]; f < s->inner[c]; f++) fed += s->flow.value[f];
    s->inverse[at] = 1 / fed;
    s->lower.start[at + 1] = s->lower.start[at];
    s->upper.start[at + 1] = s->upper.start[at];
  }
  cm_free(place);
  return done && trim(&s->lower, s->live) && trim(&s->upper, s->live);
}
