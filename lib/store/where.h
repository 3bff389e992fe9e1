/* SPDX-License-Identifier: MIT */
/* Conditions on the rows of one relation, as SQL over its own table, so that they serve reading and deleting alike. */
#ifndef CM_STORE_WHERE_H
#define CM_STORE_WHERE_H

#include <sqlite3.h>
#include <stddef.h>

#include "base/error.h"
#include "base/selection.h"
#include "base/text.h"
#include "store/handle.h"
#include "store/relation.h"
#include "table/builder.h"

typedef struct cm_where {
  critmin_store *store;
  cm_buffer sql; /* " WHERE ... AND ..." over the table as `t`, or empty */
  struct cm_bound {
    char *text; /* or NULL: the number */
    double number;
  } * bound; /* parameters ?1, ?2, ... */
  size_t n_bound, bound_room;
} cm_where;

void cm_where_free(cm_where *where);

/* Adds what a selection (may be NULL) asks for. UNKNOWN_NAME for a name that is nowhere, STAGE_NOT_IN_CHAIN. */
critmin_status cm_where_selection(cm_where *where, const cm_relation *relation, const critmin_selection *selection,
                                  critmin_error *error);
/* Whether the relation is of what is agreed, held or forbidden; and what a selection asks of its minerals, stages,
 * countries and partners. What was so on a day is for cm_as_of_where(). */
int cm_where_is_policy(const cm_relation *relation);
/* ARGUMENT where the option `date` would do nothing: rows of no days, and no countries that are of groups on that day. */
critmin_status cm_where_check_day(const cm_relation *relation, const critmin_selection *selection,
                                  critmin_error *error);
critmin_status cm_where_policy(cm_where *where, const cm_relation *relation, const critmin_selection *selection,
                               critmin_error *error);
/* Adds that fields equal values; an empty value is a missing one. */
critmin_status cm_where_equal(cm_where *where, const cm_relation *relation, const char *const *names,
                              const char *const *values, int n, critmin_error *error);

/* The table whose key a field of that type prints, or NULL. Of COUNTRY_OR_GROUP that of countries. */
const char *cm_field_table(cm_field_type type);

enum { CM_EXTRAS_MAX = 8 };

/* A column beside a relation's own: an expression over the relation's table as `t`. */
typedef struct cm_extra {
  cm_column column;
  const char *sql;
} cm_extra;

/* The rows that the conditions leave, ordered by key, in the CSV layout, with up to CM_EXTRAS_MAX columns after it. */
critmin_status cm_rows_where(const cm_where *where, const cm_relation *relation, const cm_extra *extras, int n_extras,
                             critmin_table **table, critmin_error *error);

/* Binds the parameters of a statement made with the conditions. */
void cm_where_bind(const cm_where *where, sqlite3_stmt *statement);

/* For those that add conditions: " WHERE " or " AND ", and a parameter's number (0 when memory ran out). */
void cm_where_and(cm_where *where);
int cm_where_text(cm_where *where, const char *text);
int cm_where_number(cm_where *where, double number);

/* The key of a record as it is spelt in the store, freed by the caller; *spelt NULL when there is none, and *near then
 * the nearest key, or NULL, freed by the caller too (near may be NULL). */
critmin_status cm_where_spelt(critmin_store *store, const cm_relation *relation, const char *key, char **spelt,
                              char **near, critmin_error *error);

#endif
