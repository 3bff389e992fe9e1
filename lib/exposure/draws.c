/* SPDX-License-Identifier: MIT */
/* Keeping and merging what draws leave behind. */
#include "exposure/draws.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

static int64_t end_of(cm_node n) {
  return n.start + (INT64_C(1) << n.level);
}

/* Two halves of one range: of the same size, the left one at an even place. */
static int halves(cm_node left, cm_node right) {
  return left.level == right.level && right.start == end_of(left) && (left.start >> left.level) % 2 == 0;
}

double *cm_nodes_next(cm_nodes *n) {
  if (n->count == n->room) {
    int64_t room = n->room ? 2 * n->room : 16;
    cm_node *node = cm_resize(n->node, (size_t)room, sizeof *node);
    if (!node) return NULL;
    n->node = node;
    double *sum = cm_resize(n->sum, (size_t)room * (size_t)n->width, sizeof *sum);
    if (!sum) return NULL;
    n->sum = sum;
    n->room = room;
  }
  return n->sum + n->count * n->width;
}

void cm_nodes_take(cm_nodes *n, cm_node node) {
  n->node[n->count++] = node;
  while (n->count > 1 && halves(n->node[n->count - 2], n->node[n->count - 1])) {
    double *left = n->sum + (n->count - 2) * n->width, *right = left + n->width;
    for (int32_t i = 0; i < n->width; i++) left[i] += right[i];
    n->node[--n->count - 1].level++;
  }
}

int cm_nodes_push(cm_nodes *n, cm_node node, const double *sum) {
  double *next = cm_nodes_next(n);
  if (!next) return 0;
  memcpy(next, sum, (size_t)n->width * sizeof *next);
  cm_nodes_take(n, node);
  return 1;
}

void cm_nodes_free(cm_nodes *n) {
  cm_free(n->node);
  cm_free(n->sum);
  n->node = NULL;
  n->sum = NULL;
  n->count = n->room = 0;
}

static uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

double cm_bin_edge(int octave, int bin) {
  uint64_t bits = ((uint64_t)octave << CM_BIN_BITS | (uint64_t)bin) << CM_REST_BITS;
  double edge;
  memcpy(&edge, &bits, sizeof edge);
  return edge;
}

double cm_bin_sum(const cm_bin *b, int octave, int place) {
  double rest = (double)b->high * 0x1p64 + (double)b->low;
  return (double)b->count * cm_bin_edge(octave, place) + ldexp(rest, (octave > 0 ? octave : 1) - 1075);
}

int cm_bins_reserve(cm_bins *bins, double number) {
  if (number == 0 || isinf(number)) return 1;
  uint64_t octave = bits_of(number) >> 52;
  cm_bin **bin = &bins->octave[octave];
  cm_wide **part = &bins->part[octave];
  if (bins->parts && !*part) *part = cm_alloc_array(CM_BINS, (size_t)bins->parts * sizeof **part);
  if (bins->parts && !*part) return 0;
  if (!*bin) *bin = cm_alloc_array(CM_BINS, sizeof **bin);
  return *bin != NULL;
}

static void add_wide(cm_wide *to, cm_wide from) {
  to->low += from.low;
  to->high += from.high + (to->low < from.low);
}

double cm_wide_number(const cm_wide *wide) {
  return ((double)wide->high * 0x1p64 + (double)wide->low) * 0x1p-40;
}

void cm_bins_add(cm_bins *bins, double number, const double *part) {
  bins->zeros += number == 0;
  bins->never += isinf(number) != 0;
  if (number == 0 || isinf(number)) return;
  uint64_t bits = bits_of(number), rest = bits & ((UINT64_C(1) << CM_REST_BITS) - 1);
  uint64_t place = bits >> CM_REST_BITS & (CM_BINS - 1);
  cm_bin *b = &bins->octave[bits >> 52][place];
  b->low += rest;
  b->high += b->low < rest;
  if (b->count == 0 || number < b->least) b->least = number;
  if (b->count == 0 || number > b->most) b->most = number;
  b->count++;
  for (int32_t k = 0; k < bins->parts; k++)
    add_wide(&bins->part[bits >> 52][place * (uint64_t)bins->parts + (uint64_t)k],
             (cm_wide){(uint64_t)(part[k] * 0x1p40 + .5), 0});
}

void cm_bins_free(cm_bins *bins) {
  for (int i = 0; i < CM_OCTAVES; i++) {
    cm_free(bins->octave[i]);
    cm_free(bins->part[i]);
  }
}

static void add_bin(cm_bin *to, const cm_bin *from) {
  if (from->count == 0) return;
  to->low += from->low;
  to->high += from->high + (to->low < from->low);
  to->least = to->count ? fmin(to->least, from->least) : from->least;
  to->most = to->count ? fmax(to->most, from->most) : from->most;
  to->count += from->count;
}

critmin_draws *cm_draws_make(int32_t users, int32_t laws) {
  critmin_draws *d = cm_alloc_array(1, sizeof *d);
  if (!d) return NULL;
  d->users = users;
  d->padded = cm_padded(users);
  d->nodes.width = cm_sums_width(d->padded);
  d->law = cm_alloc_array((size_t)laws, sizeof *d->law);
  d->laws = laws;
  if (d->law) return d;
  cm_free(d);
  return NULL;
}

void critmin_draws_free(critmin_draws *draws) {
  if (!draws) return;
  cm_nodes_free(&draws->nodes);
  for (int32_t i = 0; i < draws->laws; i++) cm_bins_free(&draws->law[i]);
  cm_free(draws->law);
  cm_free(draws);
}

int64_t critmin_draws_count(const critmin_draws *draws) {
  return draws ? draws->count : 0;
}

void cm_draws_sum(const critmin_draws *draws, double *sum) {
  for (int32_t i = 0; i < draws->nodes.width; i++) sum[i] = 0;
  for (int64_t k = 0; k < draws->nodes.count; k++)
    for (int32_t i = 0; i < draws->nodes.width; i++) sum[i] += draws->nodes.sum[k * draws->nodes.width + i];
}

/* The ranges of both in order, into `all`. */
static critmin_status merge_nodes(const cm_nodes *a, const cm_nodes *b, cm_nodes *all, critmin_error *error) {
  int64_t end = 0;
  for (int64_t i = 0, j = 0; i < a->count || j < b->count;) {
    int left = j == b->count || (i < a->count && a->node[i].start < b->node[j].start);
    const cm_nodes *of = left ? a : b;
    int64_t at = left ? i++ : j++;
    if (of->node[at].start < end)
      return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "draw %lld is in both; merge each range once",
                     (long long)of->node[at].start);
    end = end_of(of->node[at]);
    if (!cm_nodes_push(all, of->node[at], of->sum + at * of->width)) return cm_fail_memory(error);
  }
  return CRITMIN_OK;
}

/* Room in the first for all that is in the second. Returns 0 when memory ran out; what there is stays. */
static int reserve_bins(cm_bins *to, const cm_bins *from) {
  for (int i = 0; i < CM_OCTAVES; i++)
    if (from->octave[i] && !cm_bins_reserve(to, cm_bin_edge(i, 1))) return 0;
  return 1;
}

static void add_bins(cm_bins *to, const cm_bins *from) {
  to->zeros += from->zeros;
  to->never += from->never;
  for (int i = 0; i < CM_OCTAVES; i++) {
    for (int k = 0; k < CM_BINS && from->octave[i]; k++) add_bin(&to->octave[i][k], &from->octave[i][k]);
    for (int k = 0; k < CM_BINS * to->parts && from->part[i]; k++) add_wide(&to->part[i][k], from->part[i][k]);
  }
}

critmin_status critmin_draws_merge(critmin_draws *draws, const critmin_draws *other, critmin_error *error) {
  if (!draws) return cm_fail_null(error, "draws");
  if (!other) return cm_fail_null(error, "other");
  int alike = strcmp(draws->digest, other->digest) == 0 && draws->users == other->users && draws->laws == other->laws;
  for (int32_t i = 0; i < draws->laws && alike; i++) alike = draws->law[i].parts == other->law[i].parts;
  if (!alike)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "these draws are from another ensemble or scenario, another seed, or another version");
  cm_nodes all = {.width = draws->nodes.width};
  critmin_status status = merge_nodes(&draws->nodes, &other->nodes, &all, error);
  for (int32_t i = 0; i < draws->laws && status == CRITMIN_OK; i++)
    if (!reserve_bins(&draws->law[i], &other->law[i])) status = cm_fail_memory(error);
  if (status != CRITMIN_OK) {
    cm_nodes_free(&all);
    return status;
  }
  cm_nodes_free(&draws->nodes);
  draws->nodes = all;
  draws->count += other->count;
  for (int32_t i = 0; i < draws->laws; i++) add_bins(&draws->law[i], &other->law[i]);
  return cm_ok(error);
}

int cm_draws_gap(const critmin_draws *draws, int64_t *after, int64_t *before) {
  const cm_nodes *n = &draws->nodes;
  for (int64_t i = 1; i < n->count; i++) {
    *after = end_of(n->node[i - 1]);
    *before = n->node[i].start;
    if (*after != *before) return 1;
  }
  return 0;
}
