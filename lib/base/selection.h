/* SPDX-License-Identifier: MIT */
/* What a selection holds, for the rooms that read one. Names are as the caller gave them: each reader resolves its own. */
#ifndef CM_BASE_SELECTION_H
#define CM_BASE_SELECTION_H

#include <stddef.h>
#include <stdint.h>

#include "critmin/selection.h"

typedef enum cm_dimension {
  CM_METRIC,
  CM_MINERAL,
  CM_STAGE,
  CM_COUNTRY,
  CM_PARTNER,
  CM_MEASURE,
  CM_STATUS,
  CM_INDICATOR,
  CM_KEY,
  CM_KIND,
  CM_DIMENSIONS
} cm_dimension;

typedef struct cm_names {
  char **names;
  size_t count, room;
} cm_names;

struct critmin_selection {
  cm_names dimension[CM_DIMENSIONS]; /* empty: all */
  int has_years;
  int32_t first_year, last_year;
  struct cm_option {
    char *name, *value;
  } *options;
  size_t n_options, options_room;
};

/* The names along a dimension of a selection that may be NULL. */
const cm_names *cm_selection_names(const critmin_selection *selection, cm_dimension dimension);
/* Value of an option, or NULL. Names are compared as cm_name_equal() does. */
const char *cm_selection_option(const critmin_selection *selection, const char *name);
/* `order` says how rows are ordered where its value is key or value; elsewhere it is a metric's parameter. */
int cm_option_orders_rows(const char *name, const char *value);
/* Whether rows are to come in order of their values. */
int cm_selection_by_value(const critmin_selection *selection);

#endif
