/* SPDX-License-Identifier: MIT */
/* The steps of loading a model, each in its own file. */
#ifndef CM_MODEL_LOAD_H
#define CM_MODEL_LOAD_H

#include "base/error.h"
#include "model/idmap.h"
#include "model/model.h"
#include "store/read.h"

typedef struct cm_rank {
  int32_t measure, mineral, stage, source, rank; /* mineral, stage CM_NONE: any */
} cm_rank;

typedef struct cm_loader {
  critmin_store *store;
  critmin_model *model;
  critmin_progress progress;
  void *user;
  int64_t steps_done, steps;

  /* The store's ids, by place, and the other way round. */
  int64_t *source_ids, *edition_ids, *country_ids, *group_ids, *mineral_ids, *stage_ids, *measure_ids, *indicator_ids;
  cm_idmap sources, editions, countries, groups, minerals, stages, measures, indicators;
  cm_rank *ranks;
  size_t n_ranks;

  int32_t source;        /* the only one wanted, or CM_NONE */
  int32_t edition_day;   /* editions by then */
  int32_t all_minerals;  /* not narrowed */
  int32_t reserves;      /* place of the measure */
  unsigned char *wanted; /* countries whose scores are wanted */
} cm_loader;

critmin_status cm_load_dictionaries(cm_loader *loader, critmin_error *error);
critmin_status cm_load_figures(cm_loader *loader, critmin_error *error);
critmin_status cm_load_flows(cm_loader *loader, critmin_error *error);
critmin_status cm_load_scores(cm_loader *loader, critmin_error *error);
critmin_status cm_load_parameters(cm_loader *loader, critmin_error *error);
critmin_status cm_load_prices(cm_loader *loader, critmin_error *error);
critmin_status cm_load_uses(cm_loader *loader, critmin_error *error);
critmin_status cm_load_commitments(cm_loader *loader, critmin_error *error);
critmin_status cm_load_restrictions(cm_loader *loader, critmin_error *error);
critmin_status cm_load_assumptions(cm_loader *loader, critmin_error *error);
critmin_status cm_load_composites(cm_loader *loader, critmin_error *error);
critmin_status cm_load_producers(cm_loader *loader, critmin_error *error);

/* Takes every row of a statement; `room` is that of the array that it fills. */
typedef critmin_status (*cm_take_row)(cm_loader *loader, const cm_cursor *cursor, size_t *room, critmin_error *error);
critmin_status cm_load_rows(cm_loader *loader, cm_read what, cm_take_row take, critmin_error *error);
/* The mineral and edition of a row; *wanted tells whether the row is to be kept. */
critmin_status cm_load_subject(const cm_loader *loader, const cm_cursor *cursor, int mineral_column, int edition_column,
                               int32_t *mineral, int32_t *edition, int *wanted, critmin_error *error);
/* Less than 0 where edition `a` stands before `b`: the newest first. */
int cm_load_newer(int32_t day_a, int32_t edition_a, int32_t day_b, int32_t edition_b);
/* The first or last day of a date, or what stands for a missing one. */
enum { CM_FIRST_DAY = 0, CM_LAST_DAY = 99999999 };
int32_t cm_load_day(const char *date, int last, int32_t missing);

/* Rank of a source in a market: larger is asked later; INT32_MAX where it has none. `measure` may be CM_NONE. */
int32_t cm_load_rank(const cm_loader *loader, int32_t measure, int32_t stage, int32_t source);
/* CANCELLED when the caller asks to stop. */
critmin_status cm_load_progress(cm_loader *loader, critmin_error *error);
/* Place of an id that another table refers to; CORRUPT when there is none. */
critmin_status cm_load_place(const cm_idmap *map, int64_t id, const char *what, int32_t *place, critmin_error *error);
/* A text of the current row, kept by the model; NULL where it is missing. Names hardly repeat, other texts do. */
critmin_status cm_load_name(cm_loader *loader, const cm_cursor *cursor, int column, const char **name,
                            critmin_error *error);
critmin_status cm_load_text(cm_loader *loader, const cm_cursor *cursor, int column, const char **text,
                            critmin_error *error);
/* Code of a word of a closed list, or -1. */
int cm_load_word(const char *const *words, int n, const char *word);

/* Grows columns of one table together so that one more row fits. Returns 0 when memory ran out; nothing is lost. */
typedef struct cm_grown {
  void *column; /* address of the pointer */
  size_t size;
} cm_grown;
int cm_load_room(const cm_grown *columns, int n, size_t count, size_t *room);
/* Gives back what the columns do not use. Returns 0 when memory ran out. */
int cm_load_shrink(const cm_grown *columns, int n, size_t count, size_t *room);

#endif
