/* SPDX-License-Identifier: MIT */
/* What the store says of the records that a scenario names, put beside what the document says of them itself. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "critmin/agreement.h"
#include "critmin/reserve.h"
#include "critmin/restriction.h"
#include "exposure/scenario.h"

typedef struct expanding {
  const critmin_scenario *scenario;
  critmin_store *store;
  cm_place place;
  critmin_error *error;
} expanding;

#define FAIL(e, status, ...) cm_scenario_fail((e)->scenario, (e)->error, status, (e)->place.text, __VA_ARGS__)

static critmin_status no_store(expanding *e) {
  return FAIL(e, CRITMIN_ERROR_ARGUMENT, "a record is named, and no store was given in which to look it up");
}

/* Sets what is not set. Takes the value over; a NULL is memory that ran out. */
static int set_new(json_t *object, const char *key, json_t *value) {
  if (json_object_get(object, key)) {
    json_decref(value);
    return value != NULL;
  }
  return json_object_set_new(object, key, value) == 0;
}

static json_t *range_of(double value, double low, double high) {
  if (isnan(low)) low = value;
  if (isnan(high)) high = value;
  if (isnan(value)) return json_pack("{s:f, s:f}", "low", low, "high", high);
  return json_pack("{s:f, s:f, s:f}", "value", value, "low", low, "high", high);
}

/* Restrictions ------------------------------------------------------------------------------------------------------
 */

static int append_once(json_t *list, const char *word) {
  for (size_t i = 0; i < json_array_size(list); i++) {
    if (strcmp(json_string_value(json_array_get(list, i)), word) == 0) return 1;
  }
  return json_array_append_new(list, json_string(word)) == 0;
}

/* A field of every item of a list of a restriction, each word once. */
static critmin_status words_of(critmin_restriction *record, const char *list, const char *field, json_t *words,
                               critmin_error *error) {
  int64_t n = 0;
  critmin_status status = critmin_restriction_count(record, list, &n, error);
  for (int64_t i = 0; i < n && !status; i++) {
    char name[64];
    const char *word = NULL;
    snprintf(name, sizeof name, "%s[%lld].%s", list, (long long)i, field);
    status = critmin_restriction_text(record, name, &word, error);
    if (!status && word && *word && !append_once(words, word)) status = cm_fail_memory(error);
  }
  return status;
}

/* Keys of the sources that a record names, joined with ;. An empty text where it names none. */
#define SOURCES_OF(noun)                                                                                    \
  static critmin_status noun##_sources(critmin_##noun *record, cm_buffer *text, critmin_error *error) {     \
    int64_t n = 0;                                                                                          \
    critmin_status status = critmin_##noun##_count(record, "citation", &n, error);                          \
    for (int64_t i = 0; i < n && !status; i++) {                                                            \
      char name[48];                                                                                        \
      const char *source = NULL;                                                                            \
      snprintf(name, sizeof name, "citation[%lld].source", (long long)i);                                   \
      status = critmin_##noun##_text(record, name, &source, error);                                         \
      if (!status && source) cm_buffer_print(text, "%s%s", text->length ? ";" : "", source);                \
    }                                                                                                       \
    return status;                                                                                          \
  }
SOURCES_OF(restriction)
SOURCES_OF(reserve)
SOURCES_OF(agreement)

/* Sets them, if there are any. Frees the text. */
static int set_sources(json_t *object, cm_buffer *text) {
  int made = !text->failed && (!text->length || set_new(object, CM_SOURCES, json_string(text->data)));
  cm_buffer_free(text);
  return made;
}

static const char *shock_kind(const char *kind) {
  static const char *const kinds[] = {"ban", "quota", "licence", "tax", "outage", "sanction"};
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
    if (strcmp(kinds[i], kind) == 0) return kinds[i];
  }
  return NULL;
}

static critmin_status fill_shock(critmin_restriction *record, const char *key, json_t *shock, critmin_error *error) {
  static const struct {
    const char *list, *field, *key;
  } lists[] = {{"scope", "mineral", "minerals"}, {"scope", "stage", "stages"}, {"target", "country", "targets"}};
  const char *kind = NULL, *country = NULL;
  double share = NAN, low = NAN, high = NAN, rate = NAN;
  critmin_status status = critmin_restriction_text(record, "kind", &kind, error);
  if (!status && !shock_kind(kind ? kind : ""))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "restriction `%s` is of kind `%s`, which holds no goods back",
                   key, kind ? kind : "");
  if (!status) status = critmin_restriction_text(record, "country", &country, error);
  if (!status && (!country || !*country)) status = critmin_restriction_text(record, "place", &country, error);
  if (!status && (!country || !*country))
    return cm_fail(error, CRITMIN_ERROR_MISSING_VALUE, "restriction `%s` has neither a country nor a place", key);
  if (!status) status = critmin_restriction_number(record, "share", &share, error);
  if (!status) status = critmin_restriction_number(record, "share_low", &low, error);
  if (!status) status = critmin_restriction_number(record, "share_high", &high, error);
  if (!status) status = critmin_restriction_number(record, "rate", &rate, error);
  if (status) return status;
  int made = set_new(shock, "name", json_string(key)) && set_new(shock, "kind", json_string(shock_kind(kind))) &&
             set_new(shock, "countries", json_pack("[s]", country));
  int says = json_object_get(shock, "steps") || json_object_get(shock, "approval");
  if (made && !says && !(isnan(share) && isnan(low) && isnan(high)))
    made = set_new(shock, "share", range_of(share, low, high));
  if (made && strcmp(kind, "tax") == 0 && !isnan(rate)) made = set_new(shock, "rate", json_real(rate));
  for (size_t i = 0; i < sizeof lists / sizeof lists[0] && made && !status; i++) {
    json_t *words = json_array();
    status = words ? words_of(record, lists[i].list, lists[i].field, words, error) : cm_fail_memory(error);
    if (!status && json_array_size(words))
      made = set_new(shock, lists[i].key, words);
    else
      json_decref(words);
  }
  if (status) return status;
  if (made && !json_object_get(shock, "minerals"))
    return cm_fail(error, CRITMIN_ERROR_MISSING_VALUE, "restriction `%s` names no mineral", key);
  cm_buffer sources = {0};
  if (made) status = restriction_sources(record, &sources, error);
  if (made && !status && sources.length && !sources.failed)
    made = set_new(shock, "note", json_sprintf("on record as %s, by %s", key, sources.data));
  made &= set_sources(shock, &sources);
  if (status) return status;
  return made ? CRITMIN_OK : cm_fail_memory(error);
}

critmin_status cm_scenario_shock_of(critmin_store *store, const char *key, json_t *shock, critmin_error *error) {
  critmin_restriction *record = NULL;
  critmin_status status = critmin_restriction_read(store, key, &record, error);
  if (!status) status = fill_shock(record, key, shock, error);
  critmin_restriction_free(record);
  return status;
}

/* Whether the document itself says how much it holds back. */
static int says_share(const json_t *shock) {
  static const char *const keys[] = {"share", "steps", "approval", "rate"};
  for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
    if (json_object_get(shock, keys[i])) return 1;
  }
  return 0;
}

static critmin_status expand_shock(expanding *e, json_t *shock) {
  const char *key = json_string_value(json_object_get(shock, "record"));
  if (key) {
    critmin_error inner;
    const int says = says_share(shock);
    if (!e->store) return no_store(e);
    critmin_status status = cm_scenario_shock_of(e->store, key, shock, &inner);
    if (status == CRITMIN_ERROR_MEMORY) return cm_fail_memory(e->error);
    if (status) return FAIL(e, status, "%s", inner.message);
    if (!says && says_share(shock) && !set_new(shock, "@record", json_true())) return cm_fail_memory(e->error);
  }
  const char *kind = json_string_value(json_object_get(shock, "kind"));
  const char *of_licence = json_object_get(shock, "approval") ? "approval" : "delay";
  if (json_object_get(shock, of_licence) && strcmp(kind, "licence") != 0)
    return FAIL(e, CRITMIN_ERROR_INVALID_VALUE, "`%s` is of a licence only, and `%s` is a %s", of_licence, key, kind);
  if (json_object_get(shock, "rate") && strcmp(kind, "tax") != 0)
    return FAIL(e, CRITMIN_ERROR_INVALID_VALUE, "`rate` is of a tax only, and `%s` is a %s", key, kind);
  if (strcmp(kind, "tax") == 0 && !json_object_get(shock, "rate"))
    return FAIL(e, CRITMIN_ERROR_MISSING_VALUE, "`rate` is missing: the tax, as part of the price");
  return CRITMIN_OK;
}

static critmin_status add_restrictions(expanding *e, json_t *full) {
  const json_t *names = json_object_get(full, "restrictions");
  json_t *shocks = json_object_get(full, "shocks");
  for (size_t i = 0; i < cm_scenario_names(names); i++) {
    size_t before = cm_place_key(&e->place, "restrictions");
    if (json_is_array(names)) cm_place_index(&e->place, i);
    json_t *shock = json_pack("{s:s, s:s}", "record", cm_scenario_name(names, i), CM_PLACE, e->place.text);
    if (!shock || json_array_append_new(shocks, shock)) return cm_fail_memory(e->error);
    critmin_status status = expand_shock(e, shock);
    if (status) return status;
    cm_place_back(&e->place, before);
  }
  return CRITMIN_OK;
}

/* Reserves ----------------------------------------------------------------------------------------------------------
 */

static critmin_status fill_reserve(expanding *e, critmin_reserve *record, const char *key, json_t *reserve) {
  const char *kind = NULL, *holder = NULL, *mineral = NULL, *stage = NULL, *basis = NULL;
  double days = NAN, value = NAN, low = NAN, high = NAN, rate = NAN;
  critmin_error inner;
  critmin_status status = critmin_reserve_text(record, "kind", &kind, &inner);
  if (!status) status = critmin_reserve_text(record, "holder", &holder, &inner);
  if (!status) status = critmin_reserve_text(record, "mineral", &mineral, &inner);
  if (!status) status = critmin_reserve_text(record, "stage", &stage, &inner);
  if (!status) status = critmin_reserve_text(record, "basis", &basis, &inner);
  if (!status) status = critmin_reserve_number(record, "days_of_cover", &days, &inner);
  if (!status) status = critmin_reserve_number(record, "value", &value, &inner);
  if (!status) status = critmin_reserve_number(record, "low", &low, &inner);
  if (!status) status = critmin_reserve_number(record, "high", &high, &inner);
  if (!status) status = critmin_reserve_number(record, "release_rate", &rate, &inner);
  if (status) return FAIL(e, status, "%s", inner.message);
  if (strcmp(kind, "strategic") != 0)
    return FAIL(e, CRITMIN_ERROR_INVALID_VALUE, "`%s` is of what lies in the ground, not of a stockpile", key);
  int made = set_new(reserve, "name", json_string(key)) && set_new(reserve, "holder", json_string(holder)) &&
             set_new(reserve, "minerals", json_pack("[s]", mineral));
  if (made && stage && *stage) made = set_new(reserve, "@stage", json_string(stage));
  int sized = json_object_get(reserve, "days") || json_object_get(reserve, "tonnes");
  int weighed = !(isnan(value) && isnan(low) && isnan(high));
  if (made && !sized && weighed) {
    made = set_new(reserve, "tonnes", range_of(value, low, high)) && set_new(reserve, "@record", json_string("tonnes"));
    if (made && basis && *basis) made = set_new(reserve, "@basis", json_string(basis));
  } else if (made && !sized && !isnan(days)) {
    made = set_new(reserve, "days", json_real(days)) && set_new(reserve, "@record", json_string("days"));
  } else if (made && !sized) {
    return FAIL(e, CRITMIN_ERROR_MISSING_VALUE,
                "the record `%s` says neither tonnes nor days of cover; give `days` or `tonnes` here", key);
  }
  if (made && !isnan(rate) && !json_object_get(reserve, "release")) made = set_new(reserve, "@rate", json_real(rate));
  cm_buffer sources = {0};
  const char *source = NULL;
  status = critmin_reserve_text(record, "source", &source, &inner);
  if (!status && source) cm_buffer_add(&sources, source);
  if (!status) status = reserve_sources(record, &sources, &inner);
  made &= set_sources(reserve, &sources);
  if (status) return FAIL(e, status, "%s", inner.message);
  return made ? CRITMIN_OK : cm_fail_memory(e->error);
}

static critmin_status expand_reserve(expanding *e, json_t *reserve) {
  const char *key = json_string_value(json_object_get(reserve, "record"));
  if (key) {
    critmin_error inner;
    critmin_reserve *record = NULL;
    if (!e->store) return no_store(e);
    critmin_status status = critmin_reserve_read(e->store, key, &record, &inner);
    if (status) return FAIL(e, status, "%s", inner.message);
    status = fill_reserve(e, record, key, reserve);
    critmin_reserve_free(record);
    if (status) return status;
  }
  if (!json_object_get(reserve, "holder"))
    return FAIL(e, CRITMIN_ERROR_MISSING_VALUE, "`holder` is missing: whose users may draw from it");
  if (!json_object_get(reserve, "days") && !json_object_get(reserve, "tonnes"))
    return FAIL(e, CRITMIN_ERROR_MISSING_VALUE, "its size is missing; give `days` or `tonnes`");
  return CRITMIN_OK;
}

/* Agreements --------------------------------------------------------------------------------------------------------
 */

/* What the agreement commits to on a day, as critmin_store_list() tells: a list of objects of its columns. */
static critmin_status commitments_of(expanding *e, const char *key, const char *day, json_t **list) {
  critmin_selection *selection = NULL;
  critmin_table *table = NULL;
  critmin_error inner;
  critmin_status status = critmin_selection_new(&selection, &inner);
  if (!status) status = critmin_selection_add(selection, "key", key, &inner);
  if (!status) status = critmin_selection_set(selection, "date", day, &inner);
  if (!status) status = critmin_store_list(e->store, "commitments", selection, &table, &inner);
  critmin_selection_free(selection);
  if (status) return FAIL(e, status, "%s", inner.message);
  char *text = NULL;
  status = critmin_table_format(table, "json", &text, &inner);
  critmin_table_free(table);
  if (status) return FAIL(e, status, "%s", inner.message);
  *list = json_loads(text, 0, NULL);
  critmin_text_free(text);
  return *list ? CRITMIN_OK : cm_fail_memory(e->error);
}

static critmin_status expand_agreement(expanding *e, json_t *agreement) {
  const char *key = json_string_value(json_object_get(agreement, "record"));
  int sized = json_object_get(agreement, "share") || json_object_get(agreement, "tonnes");
  if (key) {
    const char *day = json_string_value(json_object_get(e->scenario->root, "start"));
    critmin_error inner;
    critmin_agreement *record = NULL;
    json_t *list = NULL;
    if (!e->store) return no_store(e);
    cm_buffer sources = {0};
    critmin_status status = critmin_agreement_read(e->store, key, &record, &inner);
    if (!status) status = agreement_sources(record, &sources, &inner);
    critmin_agreement_free(record);
    int cited = set_sources(agreement, &sources);
    if (status) return FAIL(e, status, "%s", inner.message);
    if (!cited) return cm_fail_memory(e->error);
    if (!day) return FAIL(e, CRITMIN_ERROR_MISSING_VALUE, "an agreement on record acts by its dates; give `start`");
    status = commitments_of(e, key, day, &list);
    if (status) return status;
    size_t n = json_array_size(list);
    if (!set_new(agreement, "name", json_string(key)) || json_object_set_new(agreement, CM_COMMITMENTS, list))
      return cm_fail_memory(e->error);
    if (n == 0 && !sized)
      return FAIL(
          e, CRITMIN_ERROR_INVALID_VALUE,
          "`%s` is not in force on %s, or commits to nothing; give `share` or `tonnes` to count it all the same", key,
          day);
    return CRITMIN_OK;
  }
  if (!json_object_get(agreement, "buyer"))
    return FAIL(e, CRITMIN_ERROR_MISSING_VALUE, "`buyer` is missing: whom it serves");
  if (!sized) return FAIL(e, CRITMIN_ERROR_MISSING_VALUE, "what it brings is missing; give `share` or `tonnes`");
  return CRITMIN_OK;
}

/* All ---------------------------------------------------------------------------------------------------------------
 */

typedef critmin_status (*expander)(expanding *e, json_t *object);

static critmin_status expand_each(expanding *e, json_t *full, const char *key, expander expand) {
  json_t *list = json_object_get(full, key);
  if (!list && json_object_set_new(full, key, json_array())) return cm_fail_memory(e->error);
  for (size_t i = 0; i < json_array_size(list); i++) {
    size_t before = cm_place_key(&e->place, key);
    cm_place_index(&e->place, i);
    json_t *object = json_array_get(list, i);
    if (!set_new(object, CM_PLACE, json_string(e->place.text))) return cm_fail_memory(e->error);
    critmin_status status = expand ? expand(e, object) : CRITMIN_OK;
    if (status) return status;
    cm_place_back(&e->place, before);
  }
  return CRITMIN_OK;
}

critmin_status cm_scenario_expand(critmin_scenario *scenario, critmin_store *store, critmin_error *error) {
  expanding e = {.scenario = scenario, .store = store, .error = error};
  json_t *full = json_deep_copy(scenario->root);
  if (!full) return cm_fail_memory(error);
  critmin_status status = expand_each(&e, full, "users", NULL);
  if (!status) status = expand_each(&e, full, "shocks", expand_shock);
  if (!status) status = add_restrictions(&e, full);
  if (!status) status = expand_each(&e, full, "reserves", expand_reserve);
  if (!status) status = expand_each(&e, full, "agreements", expand_agreement);
  if (status)
    json_decref(full);
  else
    scenario->full = full;
  return status;
}
