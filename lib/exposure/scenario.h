/* SPDX-License-Identifier: MIT */
/*
 * A scenario as a document: what may stand in it, as a table that reading, documentation and run time all go by, and
 * the document itself, checked against it. Nothing here knows a model; scene.h brings the two together.
 */
#ifndef CM_EXPOSURE_SCENARIO_H
#define CM_EXPOSURE_SCENARIO_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "critmin/scenario.h"

/* Kinds of object in a document. */
typedef enum cm_scenario_object {
  CM_IN_SCENARIO,
  CM_IN_USER,
  CM_IN_SECTOR,
  CM_IN_SHOCK,
  CM_IN_RESERVE,
  CM_IN_AGREEMENT,
  CM_IN_MITIGATION,
  CM_IN_OPTION,
  CM_IN_ASSUME,
  CM_SCENARIO_OBJECTS
} cm_scenario_object;

extern const char *const cm_scenario_object_names[CM_SCENARIO_OBJECTS];

typedef enum cm_scenario_type {
  CM_KEY_TEXT,
  CM_KEY_DATE,  /* yyyy-mm-dd */
  CM_KEY_WORD,  /* one of `words` */
  CM_KEY_WORDS, /* some of them */
  CM_KEY_NAMES, /* a name, or a list of names */
  CM_KEY_TIERS, /* a list of these */
  CM_KEY_YEAR,
  CM_KEY_NUMBER,
  CM_KEY_RANGE,   /* a number, or value, low and high */
  CM_KEY_STEPS,   /* a list of [day, range] */
  CM_KEY_OBJECT,  /* of kind `inner` */
  CM_KEY_OBJECTS, /* a list of them */
  CM_KEY_TYPES
} cm_scenario_type;

typedef struct cm_scenario_key {
  cm_scenario_object object;
  const char *key;
  cm_scenario_type type;
  int required;
  const char *unit;
  const char *initial; /* what is taken where nobody says; NULL: nothing can be */
  double low, high;
  const char *words;
  cm_scenario_object inner;
  const char *text;
} cm_scenario_key;

extern const cm_scenario_key cm_scenario_key_list[];
extern const int cm_scenario_n_keys;

const cm_scenario_key *cm_scenario_key_of(cm_scenario_object object, const char *key);

/* A place inside a document, such as shocks[0].share. */
enum { CM_PLACE_TEXT = 160 };
typedef struct cm_place {
  char text[CM_PLACE_TEXT];
  size_t length;
} cm_place;

/* Both return the length before, to which cm_place_back() goes back. A place too long for the room is cut. */
size_t cm_place_key(cm_place *place, const char *key);
size_t cm_place_index(cm_place *place, size_t index);
void cm_place_back(cm_place *place, size_t length);

struct critmin_scenario {
  char *text;   /* as it was given, for places */
  json_t *root; /* the document */
  json_t *full; /* with what the store says of the records that it names */
};

/* Fails at a place: the message begins with it. `scenario` may be NULL. */
critmin_status cm_scenario_fail(const critmin_scenario *scenario, critmin_error *error, critmin_status status,
                                const char *place, const char *format, ...) CM_PRINTF(5, 6);

/* Checks a document against the table of keys (scenario_check.c). */
critmin_status cm_scenario_check(const critmin_scenario *scenario, critmin_error *error);

/* Fills `full` from `root` and the store (scenario_records.c). */
critmin_status cm_scenario_expand(critmin_scenario *scenario, critmin_store *store, critmin_error *error);
/* Sets what a shock does not say itself to what a restriction on record says. */
critmin_status cm_scenario_shock_of(critmin_store *store, const char *key, json_t *shock, critmin_error *error);
/* Key under which an object of `full` keeps what its record commits to, and its own place. */
#define CM_COMMITMENTS "@commitments"
#define CM_PLACE "@place"
/* And the keys of the sources of that record, joined with ; */
#define CM_SOURCES "@sources"

/* A number that is known between two ends. The value may be NaN. */
typedef struct cm_range {
  double value, low, high;
} cm_range;

/* Reading checked documents (scenario_value.c). */
cm_range cm_scenario_range(const json_t *value);
/* The members of a list, or a single name as a list of one. */
size_t cm_scenario_names(const json_t *value);
const char *cm_scenario_name(const json_t *value, size_t i);
/* Days since 1970-01-01 of a date; CM_NO_DAY when it is none. */
#define CM_NO_DAY INT32_MIN
int32_t cm_scenario_day(const char *date);
enum { CM_DAY_TEXT = 40 };
void cm_day_text(int32_t day, char text[CM_DAY_TEXT]);
/* The document as text (scenario_write.c); NULL when memory ran out. */
char *cm_scenario_text(json_t *value);

#endif
