/* SPDX-License-Identifier: MIT */
/*
 * Draws as bytes: a title of 16, the digest in 64 letters, then numbers of 8 bytes, the lowest first: users, draws,
 * ranges, laws; each range (its start, its level, its sums); each law (how many numbers are 0, how many infinite, parts,
 * bins; each bin: its place, its count, its sum in two halves, its least and its most number, the sums of its parts in
 * two halves).
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "exposure/draws.h"

static const char TITLE[16] = "critmin draws 2\n";
enum { DIGEST = CM_SHA256_TEXT - 1, DRAWS_LEVEL_MAX = 40 };

typedef struct writer {
  unsigned char *at; /* NULL: only counted */
  int64_t size;
} writer;

static void put(writer *w, const void *data, size_t size) {
  if (w->at) memcpy(w->at + w->size, data, size);
  w->size += (int64_t)size;
}

static void put_word(writer *w, uint64_t x) {
  unsigned char bytes[8];
  for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)(x >> 8 * i);
  put(w, bytes, sizeof bytes);
}

static void put_number(writer *w, double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  put_word(w, bits);
}

/* Calls visit for every sum of a range that is not padding. */
static void each_sum(const critmin_draws *d, double *sum, void (*visit)(void *user, double *x), void *user) {
  for (int32_t part = 0; part < 3; part++)
    for (int32_t u = 0; u < d->users; u++) visit(user, &sum[part * d->padded + u]);
  for (int32_t i = 0; i < 2; i++) visit(user, &sum[3 * d->padded + i]);
}

static void write_sum(void *user, double *x) {
  put_number(user, *x);
}

static void write_bins(const cm_bins *bins, writer *w) {
  uint64_t n = 0;
  for (int i = 0; i < CM_OCTAVES; i++)
    for (int k = 0; k < CM_BINS && bins->octave[i]; k++) n += bins->octave[i][k].count > 0;
  put_word(w, (uint64_t)bins->zeros);
  put_word(w, (uint64_t)bins->never);
  put_word(w, (uint64_t)bins->parts);
  put_word(w, n);
  for (uint64_t i = 0; i < CM_OCTAVES; i++)
    for (uint64_t k = 0; k < CM_BINS && bins->octave[i]; k++) {
      const cm_bin *b = &bins->octave[i][k];
      if (b->count == 0) continue;
      put_word(w, i << CM_BIN_BITS | k);
      put_word(w, (uint64_t)b->count);
      put_word(w, b->low);
      put_word(w, b->high);
      put_number(w, b->least);
      put_number(w, b->most);
      for (uint64_t q = 0; q < (uint64_t)bins->parts; q++) {
        put_word(w, bins->part[i][k * (uint64_t)bins->parts + q].low);
        put_word(w, bins->part[i][k * (uint64_t)bins->parts + q].high);
      }
    }
}

static void write_all(const critmin_draws *d, writer *w) {
  put(w, TITLE, sizeof TITLE);
  put(w, d->digest, DIGEST);
  put_word(w, (uint64_t)d->users);
  put_word(w, (uint64_t)d->count);
  put_word(w, (uint64_t)d->nodes.count);
  put_word(w, (uint64_t)d->laws);
  for (int64_t i = 0; i < d->nodes.count; i++) {
    put_word(w, (uint64_t)d->nodes.node[i].start);
    put_word(w, (uint64_t)d->nodes.node[i].level);
    each_sum(d, d->nodes.sum + i * d->nodes.width, write_sum, w);
  }
  for (int32_t i = 0; i < d->laws; i++) write_bins(&d->law[i], w);
}

critmin_status critmin_draws_save(const critmin_draws *draws, void *bytes, int64_t room, int64_t *size,
                                  critmin_error *error) {
  if (!draws) return cm_fail_null(error, "draws");
  if (!size) return cm_fail_null(error, "size");
  if (room < 0 || (room > 0 && !bytes))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "`room` must not be below 0, nor `bytes` null where there is room");
  writer w = {0};
  write_all(draws, &w);
  if (w.size <= room) {
    writer into = {.at = bytes};
    write_all(draws, &into);
  }
  *size = w.size;
  return cm_ok(error);
}

typedef struct reader {
  const unsigned char *at;
  int64_t left;
  int bad; /* too short, or a number that cannot be */
} reader;

static uint64_t word(reader *r) {
  uint64_t x = 0;
  if (r->left < 8) {
    r->bad = 1;
    return 0;
  }
  for (int i = 0; i < 8; i++) x |= (uint64_t)r->at[i] << 8 * i;
  r->at += 8;
  r->left -= 8;
  return x;
}

static int64_t count(reader *r, int64_t most) {
  uint64_t x = word(r);
  if (x > (uint64_t)most) r->bad = 1;
  return r->bad ? 0 : (int64_t)x;
}

static double number(reader *r) {
  uint64_t bits = word(r);
  double x;
  memcpy(&x, &bits, sizeof x);
  if (!(x >= 0) || isinf(x)) r->bad = 1;
  return r->bad ? 0 : x;
}

static void read_sum(void *user, double *x) {
  *x = number(user);
}

/* The ranges, which must be in order and merged as far as they can be. Returns 0 when memory ran out. */
static int read_nodes(critmin_draws *d, reader *r, int64_t n) {
  int64_t end = 0, draws = 0;
  for (int64_t i = 0; i < n && !r->bad; i++) {
    double *sum = cm_nodes_next(&d->nodes);
    if (!sum) return 0;
    memset(sum, 0, (size_t)d->nodes.width * sizeof *sum);
    cm_node node = {.start = count(r, INT64_C(1) << 41)};
    node.level = (int32_t)count(r, DRAWS_LEVEL_MAX);
    each_sum(d, sum, read_sum, r);
    int64_t size = INT64_C(1) << node.level;
    if (node.start < end || node.start % size != 0) r->bad = 1;
    end = node.start + size;
    draws += size;
    cm_nodes_take(&d->nodes, node);
    if (d->nodes.count != i + 1) r->bad = 1;
  }
  if (draws != d->count) r->bad = 1;
  return 1;
}

/* A bin, with both its ends in it. Returns 0 when memory ran out. */
static int read_bin(cm_bins *bins, reader *r, int64_t most, int64_t *last, int64_t *draws) {
  int64_t at = count(r, CM_OCTAVES * (int64_t)CM_BINS - 1);
  if (at <= *last) r->bad = 1;
  *last = at;
  cm_bin b = {.count = count(r, most)};
  b.low = word(r);
  b.high = word(r);
  b.least = number(r);
  b.most = number(r);
  uint64_t bits[2];
  memcpy(&bits[0], &b.least, 8);
  memcpy(&bits[1], &b.most, 8);
  for (int i = 0; i < 2; i++)
    if (bits[i] >> CM_REST_BITS != (uint64_t)at || b.count < 1 || b.least > b.most || b.least == 0) r->bad = 1;
  if (r->bad) return 1;
  if (!cm_bins_reserve(bins, b.least)) return 0;
  int64_t octave = at >> CM_BIN_BITS, place = at & (CM_BINS - 1);
  bins->octave[octave][place] = b;
  for (int32_t q = 0; q < bins->parts; q++) {
    cm_wide *part = &bins->part[octave][place * bins->parts + q];
    part->low = word(r);
    part->high = word(r);
  }
  *draws += b.count;
  return 1;
}

static int read_bins(const critmin_draws *d, cm_bins *bins, reader *r) {
  int64_t last = -1;
  bins->zeros = count(r, d->count);
  bins->never = count(r, d->count - bins->zeros);
  bins->parts = (int32_t)count(r, r->left / 16 < INT32_MAX ? r->left / 16 : INT32_MAX);
  int64_t n = count(r, r->left / 8), draws = bins->zeros + bins->never;
  for (int64_t i = 0; i < n && !r->bad; i++) {
    if (!read_bin(bins, r, d->count - draws, &last, &draws)) return 0;
  }
  if (draws != d->count) r->bad = 1;
  return 1;
}

static critmin_status damaged(critmin_error *error) {
  return cm_fail(error, CRITMIN_ERROR_FORMAT, "the saved draws are cut short or damaged");
}

critmin_status critmin_draws_load(const void *bytes, int64_t size, critmin_draws **draws, critmin_error *error) {
  if (!bytes) return cm_fail_null(error, "bytes");
  if (!draws) return cm_fail_null(error, "draws");
  const int64_t head = (int64_t)sizeof TITLE + DIGEST;
  if (size < head || memcmp(bytes, TITLE, sizeof TITLE) != 0)
    return cm_fail(error, CRITMIN_ERROR_FORMAT, "these are no saved draws: they do not begin with \"critmin draws 2\"");
  reader r = {(const unsigned char *)bytes + head, size - head, 0};
  int64_t users = count(&r, size / 8), all = count(&r, INT64_C(1) << 41), nodes = count(&r, size / 8);
  int64_t laws = count(&r, size / 32);
  if (r.bad || users > INT32_MAX / 4 - 8 || laws > INT32_MAX) return damaged(error);
  critmin_draws *d = cm_draws_make((int32_t)users, (int32_t)laws);
  if (!d) return cm_fail_memory(error);
  memcpy(d->digest, (const char *)bytes + sizeof TITLE, DIGEST);
  d->count = all;
  int done = read_nodes(d, &r, nodes);
  for (int32_t i = 0; i < d->laws && done && !r.bad; i++) done = read_bins(d, &d->law[i], &r);
  if (!done || r.bad || r.left != 0) {
    critmin_draws_free(d);
    return done ? damaged(error) : cm_fail_memory(error);
  }
  *draws = d;
  return cm_ok(error);
}
