/* SPDX-License-Identifier: MIT */
/*
 * Composites over a model: each criterion is a question of its own to the catalogue, whose answers are brought together
 * by what they are of (composite_items.c), then to one scale and to one score (composite_world.c).
 */
#ifndef CM_METRICS_COMPOSITE_ITEMS_H
#define CM_METRICS_COMPOSITE_ITEMS_H

#include "metrics/answers.h"
#include "metrics/composite_definition.h"

/* What one criterion says of an item; of several stages, together. */
typedef struct cm_composite_cell {
  double value, low, high, coverage;
  uint64_t flags;
  int32_t n; /* answers that it is of */
  int whole; /* the answer of the mineral as a whole, which goes before those of its stages */
} cm_composite_cell;

typedef struct cm_composite_item {
  int32_t mineral, stage, year; /* stage CM_NONE: the mineral */
  int32_t *editions;
  size_t n_editions, editions_room;
  critmin_answer answer;
} cm_composite_item;

/* The question: a selection, and of the countries and partners in it one each; NULL: none. */
typedef struct cm_composite_question {
  const critmin_model *model;
  const cm_model_composite *composite;
  const cm_definition *definition;
  const critmin_selection *selection;
  const char *country, *partner;
  int32_t threads;
  critmin_progress progress;
  void *user;
} cm_composite_question;

/* Items in order of mineral, stage and year. Matrices have a row for each item and a column for each criterion. */
typedef struct cm_composite_items {
  cm_composite_item *item;
  size_t n, room;
  cm_composite_cell *cell;
  double *value, *low, *high; /* normalised */
} cm_composite_items;

critmin_status cm_composite_gather(const cm_composite_question *question, cm_composite_items *items,
                                   critmin_error *error);
critmin_status cm_composite_score_items(const cm_composite_question *question, cm_composite_items *items,
                                        critmin_error *error);
void cm_composite_items_free(cm_composite_items *items);

/* The selection of a criterion's own question. */
critmin_status cm_composite_ask(const cm_composite_question *question, const cm_definition_criterion *criterion,
                                critmin_selection **selection, critmin_error *error);

/* Whether a selection asks for a composite of the model, and the composite of a name; NULL when it is none. */
int cm_composites_asked(const critmin_model *model, const critmin_selection *selection);
const cm_model_composite *cm_composite_named(const critmin_model *model, const char *name);
/* Answers every metric of the selection, some of which are composites. */
critmin_status cm_composites_compute(const critmin_model *model, const critmin_selection *selection, int32_t threads,
                                     critmin_progress progress, void *user, cm_builder *builder, critmin_error *error);
/* Calls `each` for every country and partner that the selection names, with the items scored. */
typedef critmin_status (*cm_composite_each)(void *with, const cm_composite_question *question,
                                            cm_composite_items *items, critmin_error *error);
/* The definition is read for it. */
critmin_status cm_composite_open(cm_composite_question *question, cm_composite_each each, void *with,
                                 critmin_error *error);
critmin_status cm_composite_explain(const critmin_model *model, const critmin_selection *selection, cm_builder *builder,
                                    critmin_error *error);

#endif
