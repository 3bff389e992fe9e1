/* SPDX-License-Identifier: MIT */
/* What `critmin origin` shows beside the table: the same asked stage by stage, as sentences and as a picture. */
#ifndef ORIGIN_H
#define ORIGIN_H

#include "buffer.h"
#include "command.h"

/* One question about one user: the table of its origins, and what further questions need. */
typedef struct origin {
  const request *r;
  critmin_store *store;
  const critmin_model *model;
  const critmin_table *table;                   /* of origin_share; at least one row, all about one user */
  critmin_table *countries, *stages, *minerals; /* names */
} origin;

/* Opens the names; free them with origin_close(). Returns an exit code. */
int origin_open(origin *o);
void origin_close(origin *o);

const char *origin_country(const origin *o, const char *key);
const char *origin_stage(const origin *o, const char *key);
const char *origin_mineral(const origin *o);
/* The stage that a row is traced to: its key. */
const char *origin_at(const origin *o, int64_t row, char key[64]);
const char *origin_word(const critmin_table *table, const char *column, int64_t row);
double origin_number(const critmin_table *table, const char *column, int64_t row);

/* Asks a metric about countries (keys joined with commas, or NULL: the user) at a stage, with further settings as
 * NAME=VALUE, ended by NULL. Where nothing is on record *table is NULL. Returns an exit code. */
int origin_ask(const origin *o, const char *metric, const char *stage, const char *countries,
               const char *const *settings, critmin_table **table);

/* Appends the answer as text, and as a Sankey diagram. Return exit codes. */
int origin_text(const origin *o, buffer *b);
int origin_picture(const origin *o, buffer *b);

#endif
