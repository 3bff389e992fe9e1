/* SPDX-License-Identifier: MIT */
/* Ids of a store to places in a model. */
#ifndef CM_MODEL_IDMAP_H
#define CM_MODEL_IDMAP_H

#include <stddef.h>
#include <stdint.h>

typedef struct cm_idmap {
  int32_t *direct; /* place by id, where ids are small; -1 where there is none */
  int64_t direct_ids;
  struct cm_idmap_pair {
    int64_t id;
    int32_t place;
  } * pairs; /* ordered by id, where they are not */
  size_t count;
} cm_idmap;

/* Maps ids[i] to i. Returns 0 when memory ran out. */
int cm_idmap_make(cm_idmap *map, const int64_t *ids, size_t count);
void cm_idmap_free(cm_idmap *map);
/* -1 for an id that is not there. */
int32_t cm_idmap_sparse(const cm_idmap *map, int64_t id);

static inline int32_t cm_idmap_find(const cm_idmap *map, int64_t id) {
  if (id >= 0 && id < map->direct_ids) return map->direct[id];
  return map->pairs ? cm_idmap_sparse(map, id) : -1;
}

#endif
