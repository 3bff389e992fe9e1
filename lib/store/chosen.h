/* SPDX-License-Identifier: MIT */
/* The names of a selection as ids of the store, for those who make conditions of them. */
#ifndef CM_STORE_CHOSEN_H
#define CM_STORE_CHOSEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/selection.h"
#include "store/handle.h"

typedef struct cm_ids {
  int64_t *ids;
  size_t n, room;
} cm_ids;

typedef struct cm_chosen {
  cm_ids minerals, stages;
  cm_ids named, countries, groups; /* countries named, countries with the members of groups, groups */
  cm_ids measures, indicators, sources;
} cm_chosen;

/* The days on which memberships count: that of the option `date`, or the selection's years, or any. As texts. */
typedef struct cm_window {
  char from[16], to[16];
} cm_window;

void cm_chosen_free(cm_chosen *chosen);
cm_window cm_chosen_window(const critmin_selection *selection);

/* All dimensions but the countries; a group of minerals stands for its members as well. UNKNOWN_NAME,
 * STAGE_NOT_IN_CHAIN. */
critmin_status cm_chosen_names(critmin_store *store, const critmin_selection *selection, cm_chosen *chosen,
                               critmin_error *error);
/* The stages once more, after minerals were added. */
critmin_status cm_chosen_stages(critmin_store *store, const critmin_selection *selection, cm_chosen *chosen,
                                critmin_error *error);
/* The countries along CM_COUNTRY or CM_PARTNER. */
critmin_status cm_chosen_countries(critmin_store *store, const critmin_selection *selection, cm_dimension dimension,
                                   cm_chosen *chosen, critmin_error *error);

/* Adds to `list`, for each of `of`, the ids that a query gives: parameter 1 is the id, 2 and 3 the window's ends. What
 * is added is asked as well where `of` is the same list. */
critmin_status cm_chosen_extend(critmin_store *store, const char *sql, const cm_window *window, const cm_ids *of,
                                cm_ids *list, critmin_error *error);

#endif
