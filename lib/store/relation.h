/* SPDX-License-Identifier: MIT */
/*
 * What a store can hold, as data: every relation with its fields. The CSV layout, the records, the lists, the bulk
 * appends and the command line's `set` are all read off these tables; the SQL schema states the same rules as constraints.
 */
#ifndef CM_STORE_RELATION_H
#define CM_STORE_RELATION_H

#include <stddef.h>
#include <stdint.h>

typedef enum cm_field_type {
  CM_FIELD_TEXT,
  CM_FIELD_NUMBER,
  CM_FIELD_INTEGER,
  CM_FIELD_DATE,        /* ISO, shortened to month or year where the day is not known; stored as text */
  CM_FIELD_DAY,         /* ISO, whole */
  CM_FIELD_PERIOD_FROM, /* ISO, may be shortened; stored as yyyymmdd, the first day meant */
  CM_FIELD_PERIOD_TO,   /* the same, the last day meant */
  CM_FIELD_WORD,        /* one of `words` */
  CM_FIELD_CURRENCY,    /* ISO 4217 */
  CM_FIELD_COUNTRIES,   /* countries, joined with `;`; stored as ISO codes */
  CM_FIELD_KEY,         /* the record's own key */
  CM_FIELD_SOURCE,      /* key of a source; where the relation has CM_FIELD_EDITION, the first half of its reference */
  CM_FIELD_EDITION,     /* key of an edition of the row's source; stored as edition_id */
  CM_FIELD_COUNTRY,
  CM_FIELD_GROUP,
  CM_FIELD_COUNTRY_OR_GROUP, /* stored in `column`, or for a group in `group_id` */
  CM_FIELD_MINERAL,     /* no column of its own where the stage says it: `column` is NULL */
  CM_FIELD_STAGE,       /* a stage of the row's mineral: key, kind that only one stage of the chain has, or publisher's word */
  CM_FIELD_STAGE_WORD,  /* a stage key or kind as plain text, for tables of aliases */
  CM_FIELD_PRODUCER,
  CM_FIELD_AGREEMENT,
  CM_FIELD_RESERVE,
  CM_FIELD_RESTRICTION,
  CM_FIELD_MEASURE,
  CM_FIELD_INDICATOR,
  CM_FIELD_COMPOSITE, /* JSON, checked by the room that computes it: base/definition.h */
} cm_field_type;

enum {
  CM_REQUIRED = 1,
  CM_IN_KEY = 2,       /* part of what tells rows apart */
  CM_NOT_NEGATIVE = 4, /* below zero: NEGATIVE */
  CM_IS_SHARE = 8,     /* outside 0 to 1: SHARE_RANGE */
  CM_EMPTY_TEXT = 16,  /* missing is stored as '' */
};

typedef struct cm_field {
  const char *name;   /* in the CSV layout and in records */
  const char *column; /* in the table */
  cm_field_type type;
  int flags;
  const char *words;  /* of a CM_FIELD_WORD, separated by | */
  const char *unit;
  const char *initial; /* what an empty field means when written, or NULL */
  const char *text;    /* one line, for people */
} cm_field;

typedef struct cm_relation {
  const char *name;   /* singular; the CSV file's name and the name in the public functions */
  const char *plural; /* what `list` calls it, or NULL: the same as the name */
  const char *table;
  const char *parent;        /* relation that owns the rows, or NULL */
  const char *parent_field;  /* its key's field in this relation's CSV layout: the first */
  const char *parent_column; /* its id's column in the table */
  const char *list;          /* name of the list in the parent's record */
  const cm_field *fields;
  int n_fields;
  const char *text;
} cm_relation;

extern const cm_relation cm_relations[];
extern const int cm_n_relations;

/* By name or plural, with case and `-` ignored; NULL when there is none. */
const cm_relation *cm_relation_find(const char *name);
const cm_field *cm_relation_field(const cm_relation *relation, const char *name);
/* The relations that `parent` owns, one by one: start with index 0; NULL at the end. */
const cm_relation *cm_relation_list(const cm_relation *parent, int index);

#endif
