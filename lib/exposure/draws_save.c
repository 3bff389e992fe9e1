/* SPDX-License-Identifier: MIT */
/*
 * Draws as bytes: a title of 16, the digest in 64 letters, then numbers of 8 bytes, the lowest first: users, draws,
 * draws without loss, ranges (each its start, its level, its sums), bins (each its place, its count, its sum in two
 * halves, its least and its most loss).
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "exposure/draws.h"

static const char TITLE[16] = "critmin draws 1\n";
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

static void write_all(const critmin_draws *d, writer *w) {
  put(w, TITLE, sizeof TITLE);
  put(w, d->digest, DIGEST);
  put_word(w, (uint64_t)d->users);
  put_word(w, (uint64_t)d->count);
  put_word(w, (uint64_t)d->bins.zeros);
  put_word(w, (uint64_t)d->nodes.count);
  for (int64_t i = 0; i < d->nodes.count; i++) {
    put_word(w, (uint64_t)d->nodes.node[i].start);
    put_word(w, (uint64_t)d->nodes.node[i].level);
    each_sum(d, d->nodes.sum + i * d->nodes.width, write_sum, w);
  }
  for (uint64_t i = 0; i < CM_OCTAVES; i++)
    for (uint64_t k = 0; k < CM_BINS && d->bins.octave[i]; k++) {
      const cm_bin *b = &d->bins.octave[i][k];
      if (b->count == 0) continue;
      put_word(w, i << CM_BIN_BITS | k);
      put_word(w, (uint64_t)b->count);
      put_word(w, b->low);
      put_word(w, b->high);
      put_number(w, b->least);
      put_number(w, b->most);
    }
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

static int read_bins(critmin_draws *d, reader *r) {
  int64_t draws = d->bins.zeros, last = -1;
  while (r->left > 0 && !r->bad) {
    int64_t at = count(r, CM_OCTAVES * (int64_t)CM_BINS - 1), octave = at >> CM_BIN_BITS;
    if (at <= last) r->bad = 1;
    last = at;
    cm_bin b = {.count = count(r, d->count)};
    b.low = word(r);
    b.high = word(r);
    b.least = number(r);
    b.most = number(r);
    if (r->bad) break;
    /* Both ends are in the bin. */
    uint64_t bits[2];
    memcpy(&bits[0], &b.least, 8);
    memcpy(&bits[1], &b.most, 8);
    for (int i = 0; i < 2; i++)
      if (bits[i] >> CM_REST_BITS != (uint64_t)at || b.count < 1 || b.least > b.most || b.least == 0) r->bad = 1;
    if (r->bad) break;
    if (!cm_bins_reserve(&d->bins, b.least)) return 0;
    d->bins.octave[octave][at & (CM_BINS - 1)] = b;
    draws += b.count;
    if (draws > d->count) r->bad = 1;
  }
  if (draws != d->count) r->bad = 1;
  return 1;
}

critmin_status critmin_draws_load(const void *bytes, int64_t size, critmin_draws **draws, critmin_error *error) {
  if (!bytes) return cm_fail_null(error, "bytes");
  if (!draws) return cm_fail_null(error, "draws");
  const int64_t head = (int64_t)sizeof TITLE + DIGEST;
  if (size < head || memcmp(bytes, TITLE, sizeof TITLE) != 0)
    return cm_fail(error, CRITMIN_ERROR_FORMAT, "these are no saved draws: they do not begin with \"critmin draws 1\"");
  reader r = {(const unsigned char *)bytes + head, size - head, 0};
  int64_t users = count(&r, size / 8);
  critmin_draws *d = r.bad || users > INT32_MAX / 4 - 8 ? NULL : cm_draws_make((int32_t)users);
  if (!d) {
    if (!r.bad && users <= INT32_MAX / 4 - 8) return cm_fail_memory(error);
    return cm_fail(error, CRITMIN_ERROR_FORMAT, "the saved draws are cut short or damaged");
  }
  memcpy(d->digest, (const char *)bytes + sizeof TITLE, DIGEST);
  d->count = count(&r, INT64_C(1) << 41);
  d->bins.zeros = count(&r, d->count);
  int64_t nodes = count(&r, size / 8);
  int done = read_nodes(d, &r, nodes) && read_bins(d, &r);
  if (!done || r.bad) {
    critmin_draws_free(d);
    if (!done) return cm_fail_memory(error);
    return cm_fail(error, CRITMIN_ERROR_FORMAT, "the saved draws are cut short or damaged");
  }
  *draws = d;
  return cm_ok(error);
}
