/* SPDX-License-Identifier: MIT */
#include "model/idmap.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static int by_id(const void *a, const void *b) {
  const struct cm_idmap_pair *x = a, *y = b;
  return x->id < y->id ? -1 : x->id > y->id;
}

int cm_idmap_make(cm_idmap *map, const int64_t *ids, size_t count) {
  int64_t least = 0, most = -1;
  for (size_t i = 0; i < count; i++) {
    if (ids[i] < least) least = ids[i];
    if (ids[i] > most) most = ids[i];
  }
  *map = (cm_idmap){.count = count};
  if (least >= 0 && most < 4 * (int64_t)count + 1024) {
    map->direct = cm_alloc((size_t)(most + 1) * sizeof *map->direct);
    if (!map->direct) return 0;
    map->direct_ids = most + 1;
    memset(map->direct, 0xff, (size_t)(most + 1) * sizeof *map->direct);
    for (size_t i = 0; i < count; i++) map->direct[ids[i]] = (int32_t)i;
    return 1;
  }
  map->pairs = cm_alloc_array(count, sizeof *map->pairs);
  if (!map->pairs) return 0;
  for (size_t i = 0; i < count; i++) map->pairs[i] = (struct cm_idmap_pair){.id = ids[i], .place = (int32_t)i};
  qsort(map->pairs, count, sizeof *map->pairs, by_id);
  return 1;
}

void cm_idmap_free(cm_idmap *map) {
  cm_free(map->direct);
  cm_free(map->pairs);
  *map = (cm_idmap){0};
}

int32_t cm_idmap_sparse(const cm_idmap *map, int64_t id) {
  struct cm_idmap_pair key = {.id = id};
  const struct cm_idmap_pair *pair = bsearch(&key, map->pairs, map->count, sizeof *map->pairs, by_id);
  return pair ? pair->place : -1;
}
