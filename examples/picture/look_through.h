/* SPDX-License-Identifier: MIT */
/* What was looked through, asked further: stage by stage and country by country. Both programs that draw use it. */
#ifndef LOOK_THROUGH_H
#define LOOK_THROUGH_H

#include "critmin/critmin.h"

/* One question about one user: the table of its origins, and what further questions need. All is borrowed but the
 * names. */
typedef struct origin {
  critmin_store *store;
  const critmin_model *model;
  const char *source, *edition, *date;          /* as the table was asked for; NULL for none */
  const critmin_table *table;                   /* of origin_share; at least one row, all about one user */
  critmin_table *countries, *groups, *stages, *minerals; /* names */
  critmin_table *members;                                /* NULL, or of the group that the user is */
} origin;

/* Opens the names; free them with origin_close(), after a failure too. */
critmin_status origin_open(origin *o, critmin_error *error);
void origin_close(origin *o);

const char *origin_country(const origin *o, const char *key);
const char *origin_stage(const origin *o, const char *key);
const char *origin_mineral(const origin *o);
/* The key under which a partner is told: members of the user, where that is a group, are the user itself. */
const char *origin_party(const origin *o, const char *key);
/* The stage that a row is traced to: its key. */
const char *origin_at(const origin *o, int64_t row, char key[64]);
const char *origin_word(const critmin_table *table, const char *column, int64_t row);
double origin_number(const critmin_table *table, const char *column, int64_t row);

/* Asks a metric about countries (keys; none: the user) at a stage, with a setting as NAME=VALUE, or NULL. Where nothing
 * is on record *table is NULL. */
critmin_status origin_ask(const origin *o, const char *metric, const char *stage, const char *const *countries,
                          int n_countries, const char *setting, critmin_table **table, critmin_error *error);

#endif
