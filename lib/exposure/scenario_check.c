/* SPDX-License-Identifier: MIT */
/* Whether a document is a scenario: every key is in the table, every value what the table says of it. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "exposure/scenario.h"

typedef struct checking {
  const critmin_scenario *scenario;
  cm_place place;
  critmin_error *error;
} checking;

#define FAIL(c, status, ...) cm_scenario_fail((c)->scenario, (c)->error, status, (c)->place.text, __VA_ARGS__)

static critmin_status check_object(checking *c, json_t *object, cm_scenario_object kind);

static critmin_status wrong(checking *c, const char *wanted) {
  return FAIL(c, CRITMIN_ERROR_INVALID_VALUE, "give %s", wanted);
}

/* Words -------------------------------------------------------------------------------------------------------------
 */

static int is_word(const char *words, const char *word) {
  size_t length = strlen(word);
  for (const char *at = words; at && *at;) {
    size_t n = strcspn(at, "|");
    if (n == length && memcmp(at, word, n) == 0) return 1;
    at = at[n] ? at + n + 1 : NULL;
  }
  return 0;
}

static critmin_status check_word(checking *c, const cm_scenario_key *key, json_t *value) {
  const char *word = json_string_value(value);
  if (word && is_word(key->words, word)) return CRITMIN_OK;
  return word ? FAIL(c, CRITMIN_ERROR_UNKNOWN_NAME, "`%s` is none of %s", word, key->words)
              : FAIL(c, CRITMIN_ERROR_INVALID_VALUE, "give one of %s", key->words);
}

static critmin_status check_name(checking *c, json_t *value, const char *wanted) {
  const char *name = json_string_value(value);
  if (!name) return wrong(c, wanted);
  if (!*name) return FAIL(c, CRITMIN_ERROR_MISSING_VALUE, "a name is empty");
  if (strlen(name) != json_string_length(value)) return FAIL(c, CRITMIN_ERROR_INVALID_VALUE, "a name has a zero byte");
  return CRITMIN_OK;
}

static critmin_status check_list(checking *c, const cm_scenario_key *key, json_t *value) {
  static const char wanted[] = "a name, or a list of names";
  if (json_is_string(value))
    return key->type == CM_KEY_WORDS ? check_word(c, key, value) : check_name(c, value, wanted);
  if (!json_is_array(value)) return wrong(c, wanted);
  if (key->required && json_array_size(value) == 0) return FAIL(c, CRITMIN_ERROR_MISSING_VALUE, "the list is empty");
  for (size_t i = 0; i < json_array_size(value); i++) {
    size_t before = cm_place_index(&c->place, i);
    json_t *item = json_array_get(value, i);
    critmin_status status = key->type == CM_KEY_WORDS ? check_word(c, key, item) : check_name(c, item, wanted);
    if (status) return status;
    cm_place_back(&c->place, before);
  }
  return CRITMIN_OK;
}

static critmin_status check_tiers(checking *c, const cm_scenario_key *key, json_t *value) {
  if (!json_is_array(value)) return wrong(c, "a list of names or of lists of names, those served first before others");
  for (size_t i = 0; i < json_array_size(value); i++) {
    size_t before = cm_place_index(&c->place, i);
    critmin_status status = check_list(c, key, json_array_get(value, i));
    if (status) return status;
    cm_place_back(&c->place, before);
  }
  return CRITMIN_OK;
}

/* Numbers -----------------------------------------------------------------------------------------------------------
 */

static critmin_status check_bounds(checking *c, const cm_scenario_key *key, double x) {
  if (x >= key->low && x <= key->high) return CRITMIN_OK;
  if (key->low == 0 && key->high == 1) return FAIL(c, CRITMIN_ERROR_SHARE_RANGE, "%g is no share; give 0 to 1", x);
  if (key->low == 0 && x < 0) return FAIL(c, CRITMIN_ERROR_NEGATIVE, "%g is below zero", x);
  return FAIL(c, CRITMIN_ERROR_INVALID_VALUE, "%g is outside %g to %g", x, key->low, key->high);
}

static critmin_status check_number(checking *c, const cm_scenario_key *key, json_t *value) {
  if (!json_is_number(value)) return wrong(c, "a number");
  double x = json_number_value(value);
  return isfinite(x) ? check_bounds(c, key, x) : wrong(c, "a finite number");
}

static critmin_status check_range(checking *c, const cm_scenario_key *key, json_t *value) {
  static const char *const ends[] = {"low", "value", "high"};
  static const char wanted[] = "a number, or an object of value, low and high";
  if (json_is_number(value)) return check_number(c, key, value);
  if (!json_is_object(value)) return wrong(c, wanted);
  const char *name;
  json_t *end;
  json_object_foreach(value, name, end) {
    size_t before = cm_place_key(&c->place, name);
    int known = strcmp(name, "value") == 0 || strcmp(name, "low") == 0 || strcmp(name, "high") == 0;
    if (!known) return FAIL(c, CRITMIN_ERROR_UNKNOWN_NAME, "a range has value, low and high, and no `%s`", name);
    critmin_status status = check_number(c, key, end);
    if (status) return status;
    cm_place_back(&c->place, before);
  }
  if (!json_object_get(value, "value") && !(json_object_get(value, "low") && json_object_get(value, "high")))
    return FAIL(c, CRITMIN_ERROR_MISSING_VALUE, "a range needs a value, or low and high");
  double last = -INFINITY;
  for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
    json_t *at = json_object_get(value, ends[i]);
    if (!at) continue;
    if (json_number_value(at) < last) return FAIL(c, CRITMIN_ERROR_INVALID_VALUE, "low, value and high have to rise");
    last = json_number_value(at);
  }
  return CRITMIN_OK;
}

static critmin_status check_steps(checking *c, const cm_scenario_key *key, json_t *value) {
  static const char wanted[] = "a list of [day, share], days rising from 0 or more";
  if (!json_is_array(value) || json_array_size(value) == 0) return wrong(c, wanted);
  double last = -1;
  for (size_t i = 0; i < json_array_size(value); i++) {
    size_t before = cm_place_index(&c->place, i);
    json_t *step = json_array_get(value, i);
    json_t *day = json_array_get(step, 0);
    if (!json_is_array(step) || json_array_size(step) != 2 || !json_is_number(day)) return wrong(c, "[day, share]");
    double at = json_number_value(day);
    if (!(at >= 0 && at > last && at <= 36500)) return wrong(c, "days that rise, from 0 to 36500");
    last = at;
    cm_place_index(&c->place, 1);
    critmin_status status = check_range(c, key, json_array_get(step, 1));
    if (status) return status;
    cm_place_back(&c->place, before);
  }
  return CRITMIN_OK;
}

static critmin_status check_year(checking *c, const cm_scenario_key *key, json_t *value) {
  if (json_is_string(value) && strcmp(json_string_value(value), "newest") == 0) return CRITMIN_OK;
  if (!json_is_integer(value)) return wrong(c, "a year, or \"newest\"");
  json_int_t year = json_integer_value(value);
  if (year >= (json_int_t)key->low && year <= (json_int_t)key->high) return CRITMIN_OK;
  return FAIL(c, CRITMIN_ERROR_YEAR_RANGE, "the year %lld is outside %g to %g", (long long)year, key->low, key->high);
}

/* Objects -----------------------------------------------------------------------------------------------------------
 */

static critmin_status check_objects(checking *c, const cm_scenario_key *key, json_t *value) {
  if (!json_is_array(value)) return wrong(c, "a list of objects");
  for (size_t i = 0; i < json_array_size(value); i++) {
    size_t before = cm_place_index(&c->place, i);
    critmin_status status = check_object(c, json_array_get(value, i), key->inner);
    if (status) return status;
    cm_place_back(&c->place, before);
  }
  return CRITMIN_OK;
}

static critmin_status check_value(checking *c, const cm_scenario_key *key, json_t *value) {
  switch (key->type) {
    case CM_KEY_TEXT:
      return check_name(c, value, "a text");
    case CM_KEY_DATE:
      return json_is_string(value) && cm_scenario_day(json_string_value(value)) != CM_NO_DAY
                 ? CRITMIN_OK
                 : wrong(c, "a day, yyyy-mm-dd");
    case CM_KEY_WORD:
      return check_word(c, key, value);
    case CM_KEY_WORDS:
    case CM_KEY_NAMES:
      return check_list(c, key, value);
    case CM_KEY_TIERS:
      return check_tiers(c, key, value);
    case CM_KEY_YEAR:
      return check_year(c, key, value);
    case CM_KEY_NUMBER:
      return check_number(c, key, value);
    case CM_KEY_RANGE:
      return check_range(c, key, value);
    case CM_KEY_STEPS:
      return check_steps(c, key, value);
    case CM_KEY_OBJECT:
      return check_object(c, value, key->inner);
    default:
      return check_objects(c, key, value);
  }
}

/* Of two keys that say the same, or that belong to one kind of shock only. */
typedef struct rule {
  cm_scenario_object object;
  const char *key, *other; /* not both; or, where `kind` is set, `key` only with that kind */
  const char *kind;
} rule;

static const rule rules[] = {
    {CM_IN_SHOCK, "share", "steps", NULL},    {CM_IN_SHOCK, "share", "approval", NULL},
    {CM_IN_SHOCK, "steps", "approval", NULL}, {CM_IN_SHOCK, "share", "rate", NULL},
    {CM_IN_SHOCK, "steps", "rate", NULL},     {CM_IN_SHOCK, "approval", NULL, "licence"},
    {CM_IN_SHOCK, "delay", NULL, "licence"},  {CM_IN_SHOCK, "rate", NULL, "tax"},
    {CM_IN_RESERVE, "days", "tonnes", NULL},  {CM_IN_AGREEMENT, "share", "tonnes", NULL},
};

static critmin_status check_rules(checking *c, json_t *object, cm_scenario_object kind) {
  for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
    const rule *r = &rules[i];
    if (r->object != kind || !json_object_get(object, r->key)) continue;
    if (r->other && json_object_get(object, r->other))
      return FAIL(c, CRITMIN_ERROR_INVALID_VALUE, "`%s` and `%s` say the same; give one", r->key, r->other);
    const char *is = json_string_value(json_object_get(object, "kind"));
    if (r->kind && is && strcmp(is, r->kind) != 0)
      return FAIL(c, CRITMIN_ERROR_INVALID_VALUE, "`%s` is of a %s only", r->key, r->kind);
  }
  return CRITMIN_OK;
}

typedef struct keys {
  cm_scenario_object object;
} keys;

static const char *key_at(const void *user, size_t i) {
  const keys *k = user;
  return cm_scenario_key_list[i].object == k->object ? cm_scenario_key_list[i].key : NULL;
}

static critmin_status unknown_key(checking *c, const char *key, cm_scenario_object kind) {
  const char *nearest = cm_name_nearest(key, key_at, &(keys){kind}, (size_t)cm_scenario_n_keys);
  return FAIL(c, CRITMIN_ERROR_UNKNOWN_NAME, "%s %s has no key `%s`%s%s%s",
              kind == CM_IN_AGREEMENT || kind == CM_IN_ASSUME ? "an" : "a", cm_scenario_object_names[kind], key,
              nearest ? "; did you mean `" : "", nearest ? nearest : "", nearest ? "`?" : "");
}

static critmin_status check_object(checking *c, json_t *object, cm_scenario_object kind) {
  if (!json_is_object(object)) return wrong(c, "an object");
  const char *name;
  json_t *value;
  json_object_foreach(object, name, value) {
    size_t before = cm_place_key(&c->place, name);
    const cm_scenario_key *key = cm_scenario_key_of(kind, name);
    critmin_status status = key ? check_value(c, key, value) : unknown_key(c, name, kind);
    if (status) return status;
    cm_place_back(&c->place, before);
  }
  for (int i = 0; i < cm_scenario_n_keys; i++) {
    const cm_scenario_key *key = &cm_scenario_key_list[i];
    if (key->object != kind || !key->required || json_object_get(object, key->key)) continue;
    if (kind == CM_IN_SHOCK && json_object_get(object, "record")) continue; /* which says it */
    return FAIL(c, CRITMIN_ERROR_MISSING_VALUE, "`%s` is missing: %s", key->key, key->text);
  }
  return check_rules(c, object, kind);
}

static critmin_status check_mitigation(checking *c) {
  const json_t *mitigation = json_object_get(c->scenario->root, "mitigation");
  const json_t *probability = json_object_get(mitigation, "probability");
  if (mitigation && json_array_size(json_object_get(mitigation, "options")) == 0) {
    cm_place_key(&c->place, "mitigation");
    cm_place_key(&c->place, "options");
    return FAIL(c, CRITMIN_ERROR_MISSING_VALUE, "there is nothing to choose from; list what could be bought");
  }
  if (!probability || json_number_value(probability) < 1) return CRITMIN_OK;
  cm_place_key(&c->place, "mitigation");
  cm_place_key(&c->place, "probability");
  return FAIL(c, CRITMIN_ERROR_SHARE_RANGE, "nothing is sure; give a probability below 1");
}

critmin_status cm_scenario_check(const critmin_scenario *scenario, critmin_error *error) {
  checking c = {.scenario = scenario, .error = error};
  critmin_status status = check_object(&c, scenario->root, CM_IN_SCENARIO);
  if (status) return status;
  if (!json_array_size(json_object_get(scenario->root, "shocks")) &&
      !cm_scenario_names(json_object_get(scenario->root, "restrictions")))
    return FAIL(&c, CRITMIN_ERROR_MISSING_VALUE, "nothing stops: give a shock in `shocks`, or a key in `restrictions`");
  const char *allocation = json_string_value(json_object_get(scenario->root, "allocation"));
  if (json_object_get(scenario->root, "tiers") && (!allocation || strcmp(allocation, "own") == 0 || strcmp(allocation, "best") == 0)) {
    cm_place_key(&c.place, "tiers");
    return FAIL(&c, CRITMIN_ERROR_INVALID_VALUE,
                "where each keeps its own suppliers, or those are served first to whom a tonne is worth most, there are no "
                "tiers; set `allocation` to proportional, equal or contracts");
  }
  return check_mitigation(&c);
}
