/* SPDX-License-Identifier: MIT */
/* A small store with a bit of everything that records and checks need. */
#ifndef CRITMIN_TESTS_STORE_SAMPLE_H
#define CRITMIN_TESTS_STORE_SAMPLE_H

#include "critmin/critmin.h"

/* Countries, a measure or two, one source with two editions, cobalt (mining, refined) and lithium (mining, hydroxide),
 * the group EU of two. */
critmin_store *sample_store(const char *name);

/* Writes one row: "field=value|field=value"; fails the test when it is refused. */
void put(critmin_store *store, const char *relation, const char *row);
/* Writes the row of an agreement and of one party to it, together. */
void put_agreement(critmin_store *store, const char *row, const char *party);
/* The same as put(), and the status instead. */
critmin_status try_put(critmin_store *store, const char *relation, const char *row, critmin_error *error);

/* A figure of production in tonnes of content, of source `src`. */
void put_figure(critmin_store *store, const char *market, const char *country, const char *edition, const char *year,
                const char *rest);

/* Number of rows of a relation. */
int64_t count_rows(critmin_store *store, const char *relation);

#endif
