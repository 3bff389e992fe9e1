/* SPDX-License-Identifier: MIT */
#include "record.h"

#include <stddef.h>
#include <strings.h>

/* The public functions take pointers of their own types; these give each the same shape. */
#define SHAPE(noun)                                                                                                \
  static critmin_status noun##_create(critmin_store *store, const char *key, void **record, critmin_error *error) {\
    critmin_##noun *made = NULL;                                                                                   \
    critmin_status status = critmin_##noun##_new(store, key, &made, error);                                        \
    *record = made;                                                                                                \
    return status;                                                                                                 \
  }                                                                                                                \
  static critmin_status noun##_read(critmin_store *store, const char *key, void **record, critmin_error *error) {  \
    critmin_##noun *found = NULL;                                                                                  \
    critmin_status status = critmin_##noun##_read(store, key, &found, error);                                      \
    *record = found;                                                                                               \
    return status;                                                                                                 \
  }                                                                                                                \
  static critmin_status noun##_set_text(void *record, const char *field, const char *text, critmin_error *error) { \
    return critmin_##noun##_set_text(record, field, text, error);                                                  \
  }                                                                                                                \
  static critmin_status noun##_count(void *record, const char *list, int64_t *count, critmin_error *error) {       \
    return critmin_##noun##_count(record, list, count, error);                                                     \
  }                                                                                                                \
  static critmin_status noun##_clear(void *record, const char *list, critmin_error *error) {                       \
    return critmin_##noun##_clear(record, list, error);                                                            \
  }                                                                                                                \
  static critmin_status noun##_write(void *record, critmin_error *error) {                                         \
    return critmin_##noun##_write(record, error);                                                                  \
  }                                                                                                                \
  static void noun##_free(void *record) { critmin_##noun##_free(record); }

#define KIND(noun, plural)                                                                                         \
  {#noun,       plural,      noun##_create, noun##_read, noun##_set_text, noun##_count, \
   noun##_clear, noun##_write, critmin_##noun##_delete, noun##_free}

SHAPE(mineral)
SHAPE(producer)
SHAPE(agreement)
SHAPE(reserve)
SHAPE(restriction)
SHAPE(group)
SHAPE(source)

static const record_kind kinds[] = {
    KIND(mineral, "minerals"),         KIND(producer, "producers"), KIND(agreement, "agreements"),
    KIND(reserve, "reserves"),         KIND(restriction, "restrictions"), KIND(group, "groups"),
    KIND(source, "sources"),
};

const record_kind *record_kind_find(const char *name) {
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
    if (strcasecmp(name, kinds[i].name) == 0 || strcasecmp(name, kinds[i].plural) == 0) return &kinds[i];
  }
  return NULL;
}
