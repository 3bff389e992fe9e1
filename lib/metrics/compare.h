/* SPDX-License-Identifier: MIT */
/* Methods side by side: the score of each mineral by each method, and what its inputs do to its rank. */
#ifndef CM_METRICS_COMPARE_H
#define CM_METRICS_COMPARE_H

#include "metrics/answers.h"
#include "metrics/composite_definition.h"

typedef struct cm_scored {
  double value, low, high;
  int64_t row;  /* in the method's table */
  int32_t rank; /* from 1, ties take the best; 0: not ranked */
  int32_t rank_low, rank_high; /* what the intervals leave open; 0: nothing is known */
} cm_scored;

typedef struct cm_method {
  char *name;
  critmin_table *table; /* what the catalogue answers; NULL: nothing */
  cm_scored *minerals;  /* by place in the model; row -1: none */
  int32_t ranked;
  const char **factors;      /* names of the inputs */
  double *factor;            /* a row of inputs for each mineral; NaN where not known */
  int n_factors;
  cm_definition *definition; /* of a composite, whose inputs are its criteria on their scales; else they multiply */
  double threshold; /* NaN where it has none */
} cm_method;

/* The question of one method; an answer that has no rows is none. */
typedef struct cm_comparison {
  const critmin_model *model;
  const critmin_selection *selection;
  int32_t threads, year;
  critmin_progress progress;
  void *user;
  cm_method *methods;
  size_t n_methods;
  double *room;         /* for a number of each mineral */
  unsigned char *shown; /* minerals that have rows */
  int *out_of_memory;   /* set where a score could not be made anew for want of it */
} cm_comparison;
/* `optional`: a method that cannot be asked here is none. */
critmin_status cm_comparison_ask(const cm_comparison *comparison, const char *metric, int optional,
                                 critmin_table **table, critmin_error *error);
const char *cm_answer_text(const critmin_table *table, int column, int64_t row); /* NULL: none */

/* Adds to a selection what one method is asked: the year, the stages, the country where it takes one, its options. */
critmin_status cm_comparison_question(const cm_comparison *comparison, const char *metric, critmin_selection *to,
                                      critmin_error *error);

/* Finds the inputs of each method's scores; what they hold is freed with the method. */
critmin_status cm_comparison_factors(cm_comparison *comparison, critmin_error *error);
void cm_comparison_factors_free(cm_method *method);
/* The criteria of a composite as inputs. */
critmin_status cm_comparison_criteria(const cm_comparison *comparison, cm_method *method, critmin_error *error);
/* Room for `n` inputs, none known. */
critmin_status cm_comparison_room(const cm_comparison *comparison, cm_method *method, int n, critmin_error *error);

/*
 * Rank of a mineral when factor `factor` of its score is that of the median mineral; 0 where that cannot be said. Only
 * minerals that `counts` (NULL: all that are ranked).
 */
int32_t cm_rank_without(const cm_comparison *comparison, const cm_method *method, const unsigned char *counts,
                        int32_t mineral, int factor);
/* Rank of a mineral if its score were `value`. */
int32_t cm_rank_among(const cm_comparison *comparison, const cm_method *method, const unsigned char *counts,
                      int32_t mineral, double value);

/* Official lists in force at the end of the year: adds a row for each that a mineral, or a group that holds it, is on.
 */
void cm_comparison_lists(const cm_comparison *comparison, cm_builder *builder, int32_t mineral);

enum {
  CM_COMPARED_MINERAL,
  CM_COMPARED_KIND,
  CM_COMPARED_METHOD,
  CM_COMPARED_STAGE,
  CM_COMPARED_VALUE,
  CM_COMPARED_LOW,
  CM_COMPARED_HIGH,
  CM_COMPARED_UNIT,
  CM_COMPARED_RANK,
  CM_COMPARED_RANK_LOW,
  CM_COMPARED_RANK_HIGH,
  CM_COMPARED_RANKED,
  CM_COMPARED_THRESHOLD,
  CM_COMPARED_CRITICAL,
  CM_COMPARED_INPUT,
  CM_COMPARED_MOVES,
  CM_COMPARED_WORDS,
  CM_COMPARED_FLAGS,
  CM_COMPARED_SOURCE,
  CM_COMPARED_EDITION,
  CM_COMPARED_COLUMNS
};

#endif
