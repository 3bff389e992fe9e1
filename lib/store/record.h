/* SPDX-License-Identifier: MIT */
/*
 * Records: a row of a relation with the lists it owns, as texts in memory, addressed as `field` or `list[index].field`.
 * Everything about their shape is read off the descriptors in relation.h, so that one engine serves every kind.
 */
#ifndef CM_STORE_RECORD_H
#define CM_STORE_RECORD_H

#include "critmin/selection.h"
#include "store/handle.h"
#include "store/relation.h"

typedef struct cm_record_list {
  const cm_relation *relation;
  char **values; /* item * n_fields + field; NULL is empty. The parent's field is not kept: it is the record's key. */
  size_t count, room;
} cm_record_list;

enum { CM_LISTS_MAX = 8 };

typedef struct cm_record {
  critmin_store *store;
  const cm_relation *relation;
  char **values;
  cm_record_list lists[CM_LISTS_MAX];
  int n_lists;
  int stored;  /* it was read, or has been written */
  int derived; /* the total of a country, made of figures: it cannot be written */
} cm_record;

/* In memory: record.c -------------------------------------------------------------------------------------------------
 */

/* An empty record of that relation. */
critmin_status cm_record_make(critmin_store *store, const cm_relation *relation, cm_record **record,
                              critmin_error *error);
void cm_record_free(cm_record *record);
const char *cm_record_key(const cm_record *record);

critmin_status cm_record_text(const cm_record *record, const char *path, const char **text, critmin_error *error);
critmin_status cm_record_number(const cm_record *record, const char *path, double *number, critmin_error *error);
critmin_status cm_record_set_text(cm_record *record, const char *path, const char *text, critmin_error *error);
critmin_status cm_record_set_number(cm_record *record, const char *path, double number, critmin_error *error);
critmin_status cm_record_count(const cm_record *record, const char *list, int64_t *count, critmin_error *error);
critmin_status cm_record_clear(cm_record *record, const char *list, critmin_error *error);

/* Adds an empty item; NULL when memory ran out. */
char **cm_record_append(cm_record_list *list);

/* In and out of the store: record_store.c. Each enters the store itself.
 * ------------------------------------------------ */

critmin_status cm_record_new(critmin_store *store, const char *relation, const char *key, cm_record **record,
                             critmin_error *error);
critmin_status cm_record_read(critmin_store *store, const char *relation, const char *key, cm_record **record,
                              critmin_error *error);
critmin_status cm_record_write(cm_record *record, critmin_error *error);
critmin_status cm_record_delete(critmin_store *store, const char *relation, const char *key, critmin_error *error);
critmin_status cm_record_list_all(critmin_store *store, const char *relation, const critmin_selection *selection,
                                  critmin_table **table, critmin_error *error);
critmin_status cm_record_iterate(critmin_store *store, const char *relation, const critmin_selection *selection,
                                 int32_t (*visit)(void *user, cm_record *record), void *user, critmin_error *error);

/* Producers that are country totals: country_total.c. Callers hold the store.
 * ------------------------------------------- */

/* Whether the key is that of a country; *name, where asked for, is freed with cm_free(). */
critmin_status cm_country_total_find(critmin_store *store, const char *key, int *found, char **name,
                                     critmin_error *error);
/* The producers of a selection: those stored, and a row for each country with a figure of production or capacity, by
 * key. */
critmin_status cm_producer_table(critmin_store *store, const critmin_selection *selection, critmin_table **table,
                                 critmin_error *error);

/* Membership: membership.c. Callers hold the store.
 * ---------------------------------------------------------------------- */

/* INVALID_VALUE when a country is a member of that group (NULL: of any) twice at once; error->row is the later member's
 * place. */
critmin_status cm_membership_check(critmin_store *store, const char *group, critmin_error *error);
/* MISSING_VALUE when agreements or their parties were written and an agreement has none: the last step before a commit,
 * since a row of one cannot stand before the other. error->row is its place. parties.c */
critmin_status cm_parties_check(critmin_store *store, critmin_error *error);
/* Says that rows of a relation are written. */
void cm_parties_touch(critmin_store *store, const cm_relation *relation);
/* SHARE_RANGE when the owners of that producer (NULL: of any) hold more than the whole at once; error->row is the place of
 * the one with whom they do. */
critmin_status cm_ownership_check(critmin_store *store, const char *producer, critmin_error *error);

#endif
