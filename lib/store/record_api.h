/* SPDX-License-Identifier: MIT */
/* The public functions of one kind of record, all of one line: CM_RECORD_API(mineral) defines critmin_mineral_new() and
 * the rest. */
#ifndef CM_STORE_RECORD_API_H
#define CM_STORE_RECORD_API_H

#include "store/record.h"

#define CM_RECORD_API(noun)                                                                               \
  struct critmin_##noun {                                                                                 \
    cm_record record;                                                                                     \
  };                                                                                                      \
  struct noun##_visit {                                                                                   \
    int32_t (*visit)(void *user, critmin_##noun *noun);                                                   \
    void *user;                                                                                           \
  };                                                                                                      \
  static int32_t visit_##noun(void *user, cm_record *record) {                                            \
    const struct noun##_visit *to = user;                                                                 \
    return to->visit(to->user, (critmin_##noun *)record);                                                 \
  }                                                                                                       \
  critmin_status critmin_##noun##_new(critmin_store *store, const char *key, critmin_##noun **noun,       \
                                      critmin_error *error) {                                             \
    cm_record *made = NULL;                                                                               \
    if (!noun) return cm_fail_null(error, #noun);                                                         \
    critmin_status status = cm_record_new(store, #noun, key, &made, error);                               \
    if (!status) *noun = (critmin_##noun *)made;                                                          \
    return status;                                                                                        \
  }                                                                                                       \
  critmin_status critmin_##noun##_read(critmin_store *store, const char *key, critmin_##noun **noun,      \
                                       critmin_error *error) {                                            \
    cm_record *made = NULL;                                                                               \
    if (!noun) return cm_fail_null(error, #noun);                                                         \
    critmin_status status = cm_record_read(store, #noun, key, &made, error);                              \
    if (!status) *noun = (critmin_##noun *)made;                                                          \
    return status;                                                                                        \
  }                                                                                                       \
  void critmin_##noun##_free(critmin_##noun *noun) { cm_record_free((cm_record *)noun); }                 \
  critmin_status critmin_##noun##_text(critmin_##noun *noun, const char *field, const char **text,        \
                                       critmin_error *error) {                                            \
    return cm_record_text((cm_record *)noun, field, text, error);                                         \
  }                                                                                                       \
  critmin_status critmin_##noun##_number(critmin_##noun *noun, const char *field, double *number,         \
                                         critmin_error *error) {                                          \
    return cm_record_number((cm_record *)noun, field, number, error);                                     \
  }                                                                                                       \
  critmin_status critmin_##noun##_set_text(critmin_##noun *noun, const char *field, const char *text,     \
                                           critmin_error *error) {                                        \
    return cm_record_set_text((cm_record *)noun, field, text, error);                                     \
  }                                                                                                       \
  critmin_status critmin_##noun##_set_number(critmin_##noun *noun, const char *field, double number,      \
                                             critmin_error *error) {                                      \
    return cm_record_set_number((cm_record *)noun, field, number, error);                                 \
  }                                                                                                       \
  critmin_status critmin_##noun##_count(critmin_##noun *noun, const char *list, int64_t *count,           \
                                        critmin_error *error) {                                           \
    return cm_record_count((cm_record *)noun, list, count, error);                                        \
  }                                                                                                       \
  critmin_status critmin_##noun##_clear(critmin_##noun *noun, const char *list, critmin_error *error) {   \
    return cm_record_clear((cm_record *)noun, list, error);                                               \
  }                                                                                                       \
  critmin_status critmin_##noun##_write(critmin_##noun *noun, critmin_error *error) {                     \
    return cm_record_write((cm_record *)noun, error);                                                     \
  }                                                                                                       \
  critmin_status critmin_##noun##_delete(critmin_store *store, const char *key, critmin_error *error) {   \
    return cm_record_delete(store, #noun, key, error);                                                    \
  }                                                                                                       \
  critmin_status critmin_##noun##_list(critmin_store *store, const critmin_selection *selection,          \
                                       critmin_table **table, critmin_error *error) {                     \
    return cm_record_list_all(store, #noun, selection, table, error);                                     \
  }                                                                                                       \
  critmin_status critmin_##noun##_iterate(critmin_store *store, const critmin_selection *selection,       \
                                          int32_t (*visit)(void *user, critmin_##noun *noun), void *user, \
                                          critmin_error *error) {                                         \
    struct noun##_visit to = {visit, user};                                                               \
    if (!visit) return cm_fail_null(error, "visit");                                                      \
    return cm_record_iterate(store, #noun, selection, visit_##noun, &to, error);                          \
  }

#endif
