/* SPDX-License-Identifier: MIT */
/* One row on its way into a table: each field's text or number turned into what the column holds, and the rules of a
 * whole row. */
#ifndef CM_STORE_ROW_H
#define CM_STORE_ROW_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "store/handle.h"
#include "store/relation.h"

enum { CM_FIELDS_MAX = 32 };

typedef enum cm_slot_kind {
  CM_SLOT_EMPTY,
  CM_SLOT_NUMBER,
  CM_SLOT_INTEGER, /* a day is one too */
  CM_SLOT_TEXT,
  CM_SLOT_ID,
  CM_SLOT_GROUP, /* id of a group where a country may stand */
} cm_slot_kind;

typedef struct cm_slot {
  cm_slot_kind kind;
  int text_length;
  const char *text; /* ends with a NUL, unless it is one of a list of words */
  double number;
  int64_t integer;     /* integer, day or id */
  int64_t first, last; /* days spanned by a date or period */
} cm_slot;

typedef struct cm_row {
  critmin_store *store;
  const cm_relation *relation;
  int order[CM_FIELDS_MAX];            /* fields in the order in which they must be set: what others depend on first */
  int mineral, stage, source, edition; /* places of these fields, -1 where the relation has none */
  cm_slot slots[CM_FIELDS_MAX];
  cm_buffer made[CM_FIELDS_MAX]; /* text that is not the caller's */
  cm_buffer said[CM_FIELDS_MAX]; /* text for messages */
  int64_t publisher_id;          /* of publisher */
  char *publisher;               /* key of the row's source: whose words the row uses; "" when it has none */
  struct {                       /* places of the fields that the rules of a row are about, -1 where there is none */
    int status, quantity, unit, basis, measure, amount, currency, importer, exporter;
    int commitment;     /* kind of a commitment */
    int word;           /* of a table of aliases, but for that of stages */
    int period[3][2];   /* begins, ends */
    int interval[3][3]; /* low, value, high */
    int market;         /* the unit and basis are those of a stage's market */
  } rules;
} cm_row;

critmin_status cm_row_open(cm_row *row, critmin_store *store, const cm_relation *relation, critmin_error *error);
void cm_row_close(cm_row *row);

/* Sets a field from text (NULL or "" is empty: the field's initial value, or MISSING_VALUE) or from a number. The text
 * must live until the row is written. error->column is the field's number, from 1. */
critmin_status cm_row_text(cm_row *row, int field, const char *text, critmin_error *error);
critmin_status cm_row_number(cm_row *row, int field, double number, critmin_error *error);
/* Takes a slot that an earlier row made of the same word in the same circumstances. */
critmin_status cm_row_take(cm_row *row, int field, cm_slot slot, critmin_error *error);
/* The rules of the row as a whole, once every field is set. */
void cm_row_prepare_rules(cm_row *row);
critmin_status cm_row_check(cm_row *row, critmin_error *error);

/* Place of a field of that name, or -1. */
int cm_row_place(const cm_relation *relation, const char *name);
/* The same; without such a field UNKNOWN_NAME, with the nearest, is written. */
int cm_row_find(const cm_relation *relation, const char *name, critmin_error *error);
/* What a field of the row holds, for messages: valid until the next call for that field. */
const char *cm_row_said(cm_row *row, int field);
/* "relation: field 'name' <sentence>" */
critmin_status cm_row_fail(const cm_row *row, int field, critmin_error *error, critmin_status status,
                           const char *format, ...) CM_PRINTF(5, 6);

#endif
