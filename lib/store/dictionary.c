/* SPDX-License-Identifier: MIT */
#include "store/dictionary_tables.h"

#include <string.h>

#include "base/memory.h"
#include "store/rows.h"

/* What each kind is made of: rows of level (in the order above), publisher, owner, name, id, and a text of the kind's
 * own. */
static const struct {
  const char *what, *plural;
  const char *relations; /* those it is read from, each between spaces */
  const char *exact;     /* id by key ?1 (and owner ?2) */
  const char *all;
  int has_aliases;
} kinds[CM_NAMES_KINDS] = {
    [CM_NAMES_SOURCE] = {"source", "sources", " source ", "SELECT id FROM source WHERE key = ?1",
                         "SELECT 0, '', 0, key, id, NULL FROM source", 0},
    [CM_NAMES_EDITION] = {"edition", "editions", " edition source ",
                          "SELECT id FROM edition WHERE source_id = ?2 AND key = ?1",
                          "SELECT 0, '', source_id, key, id, NULL FROM edition", 0},
    [CM_NAMES_COUNTRY] = {"country", "countries", " country country_alias ", "SELECT id FROM country WHERE key = ?1",
                          "SELECT 0, '', 0, key, id, NULL FROM country UNION ALL "
                          "SELECT 2, '', 0, name, id, NULL FROM country UNION ALL "
                          "SELECT 3, '', 0, iso2, id, NULL FROM country WHERE iso2 IS NOT NULL UNION ALL "
                          "SELECT 1, publisher, 0, word, country_id, NULL FROM country_alias",
                          1},
    [CM_NAMES_GROUP] = {"group", "groups", " group ", "SELECT id FROM country_group WHERE key = ?1",
                        "SELECT 0, '', 0, key, id, NULL FROM country_group UNION ALL "
                        "SELECT 2, '', 0, name, id, NULL FROM country_group",
                        0},
    [CM_NAMES_MINERAL] = {"mineral", "minerals", " mineral mineral_alias ", "SELECT id FROM mineral WHERE key = ?1",
                          "SELECT 0, '', 0, key, id, NULL FROM mineral UNION ALL "
                          "SELECT 2, '', 0, name, id, NULL FROM mineral UNION ALL "
                          "SELECT 3, '', 0, symbol, id, NULL FROM mineral WHERE symbol IS NOT NULL UNION ALL "
                          "SELECT 1, publisher, 0, word, mineral_id, NULL FROM mineral_alias",
                          1},
    [CM_NAMES_STAGE] = {"stage", "stages", " stage mineral ", "SELECT id FROM stage WHERE mineral_id = ?2 AND key = ?1",
                        "SELECT 0, '', mineral_id, key, id, NULL FROM stage UNION ALL "
                        "SELECT 3, '', mineral_id, kind, id, NULL FROM stage UNION ALL "
                        "SELECT 2, '', mineral_id, name, id, NULL FROM stage",
                        0},
    [CM_NAMES_STAGE_WORD] = {"stage word", "stages", " stage_alias mineral ", NULL,
                             "SELECT 1, publisher, ifnull(mineral_id, 0), word, id, stage FROM stage_alias", 1},
    [CM_NAMES_BASIS] = {"basis", "bases", " content_factor stage mineral ", NULL,
                        "SELECT 0, hs, mineral_id, basis, ifnull(stage_id, 0), NULL FROM content_factor", 0},
    [CM_NAMES_MEASURE] = {"measure", "measures", " measure ", "SELECT id FROM measure WHERE key = ?1",
                          "SELECT 0, '', 0, key, id, unit FROM measure", 0},
    [CM_NAMES_INDICATOR] = {"indicator", "indicators", " indicator_kind ",
                            "SELECT id FROM indicator_kind WHERE key = ?1",
                            "SELECT 0, '', 0, key, id, NULL FROM indicator_kind UNION ALL "
                            "SELECT 2, '', 0, name, id, NULL FROM indicator_kind",
                            0},
    [CM_NAMES_PRODUCER] = {"producer", "producers", " producer ", "SELECT id FROM producer WHERE key = ?1",
                           "SELECT 0, '', 0, key, id, NULL FROM producer UNION ALL "
                           "SELECT 2, '', 0, name, id, NULL FROM producer",
                           0},
    [CM_NAMES_AGREEMENT] = {"agreement", "agreements", " agreement ", "SELECT id FROM agreement WHERE key = ?1",
                            "SELECT 0, '', 0, key, id, NULL FROM agreement UNION ALL "
                            "SELECT 2, '', 0, name, id, NULL FROM agreement",
                            0},
    [CM_NAMES_RESERVE] = {"reserve", "reserves", " reserve ", "SELECT id FROM reserve WHERE key = ?1",
                          "SELECT 0, '', 0, key, id, NULL FROM reserve", 0},
    [CM_NAMES_RESTRICTION] = {"restriction", "restrictions", " restriction ",
                              "SELECT id FROM restriction WHERE key = ?1",
                              "SELECT 0, '', 0, key, id, NULL FROM restriction", 0},
};

enum { EXACT_LOOKUPS = 6 }; /* of one kind before its table is made: a table costs about as much as that many */

static void forget_kind(struct cm_dictionary *dictionary, int kind) {
  cm_names_free(&dictionary->of[kind].names);
  dictionary->of[kind].loaded = dictionary->of[kind].asked = 0;
  if (kind != CM_NAMES_STAGE) return;
  for (size_t i = 0; i < dictionary->n_stages; i++) cm_free((void *)(uintptr_t)dictionary->stages[i].key);
  cm_free(dictionary->stages);
  cm_free(dictionary->by_id);
  dictionary->stages = dictionary->by_id = NULL;
  dictionary->n_stages = dictionary->stages_room = 0;
}

void cm_dictionary_free(struct cm_dictionary *dictionary) {
  if (!dictionary) return;
  for (int kind = 0; kind < CM_NAMES_KINDS; kind++) forget_kind(dictionary, kind);
  cm_buffer_free(&dictionary->scratch);
  cm_free(dictionary);
}

static int reads(int kind, const cm_relation *relation) {
  size_t length = strlen(relation->name);
  for (const char *at = kinds[kind].relations; (at = strstr(at, relation->name)) != NULL; at++) {
    if (at[-1] == ' ' && at[length] == ' ') return 1;
  }
  return 0;
}

int cm_dictionary_reads(const cm_relation *relation) {
  for (int kind = 0; kind < CM_NAMES_KINDS; kind++) {
    if (reads(kind, relation)) return 1;
  }
  return 0;
}

void cm_dictionary_changed(critmin_store *store, const cm_relation *relation) {
  for (int kind = 0; store->dictionary && kind < CM_NAMES_KINDS; kind++) {
    if (reads(kind, relation)) forget_kind(store->dictionary, kind);
  }
}

static critmin_status dictionary_of(critmin_store *store, struct cm_dictionary **dictionary, critmin_error *error) {
  if (!store->dictionary) store->dictionary = cm_alloc_array(1, sizeof *store->dictionary);
  *dictionary = store->dictionary;
  return *dictionary ? CRITMIN_OK : cm_fail_memory(error);
}

critmin_status cm_dictionary_refresh(critmin_store *store, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, "PRAGMA data_version", &statement, error);
  if (status != CRITMIN_OK) return status;
  int code = sqlite3_step(statement);
  int64_t version = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
  if (code != SQLITE_ROW) status = cm_store_fail(store, code, "read its version", error);
  sqlite3_finalize(statement);
  if (status == CRITMIN_OK && store->dictionary && store->dictionary->data_version != version) cm_store_forget(store);
  struct cm_dictionary *dictionary;
  if (status == CRITMIN_OK) status = dictionary_of(store, &dictionary, error);
  if (status == CRITMIN_OK) dictionary->data_version = version;
  return status;
}

static const char *column_text(sqlite3_stmt *statement, int column) {
  return (const char *)sqlite3_column_text(statement, column);
}

critmin_status cm_dictionary_load(critmin_store *store, cm_names_of kind, struct cm_dictionary **out,
                                  critmin_error *error) {
  critmin_status status = dictionary_of(store, out, error);
  if (status != CRITMIN_OK || (*out)->of[kind].loaded) return status;
  struct cm_dictionary *dictionary = *out;
  sqlite3_stmt *statement;
  status = cm_store_prepare(store, kinds[kind].all, &statement, error);
  if (status != CRITMIN_OK) return status;
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    const char *name = column_text(statement, 3);
    if (!name || !*name) continue;
    if (!cm_names_add(&dictionary->of[kind].names, sqlite3_column_int(statement, 0), column_text(statement, 1),
                      sqlite3_column_int64(statement, 2), name, sqlite3_column_int64(statement, 4),
                      column_text(statement, 5))) {
      status = cm_fail_memory(error);
      break;
    }
  }
  if (status == CRITMIN_OK && code != SQLITE_DONE) status = cm_store_fail(store, code, "read the dictionaries", error);
  sqlite3_finalize(statement);
  if (status == CRITMIN_OK && kind == CM_NAMES_STAGE) status = cm_dictionary_load_stages(store, dictionary, error);
  if (status == CRITMIN_OK)
    dictionary->of[kind].loaded = 1;
  else
    forget_kind(dictionary, (int)kind);
  return status;
}

cm_match cm_dictionary_match(const cm_name_table *names, int level, const char *publisher, int64_t owner,
                             const char *word, int exact) {
  cm_match found = {NULL, NULL};
  size_t cursor = 0;
  const cm_name *entry;
  while ((entry = cm_names_next(names, owner, word, &cursor))) {
    if (entry->level != level) continue;
    if (publisher && !cm_name_equal(publisher, cm_names_text(names, entry->publisher))) continue;
    if (exact && strcmp(word, cm_names_text(names, entry->name)) != 0) continue;
    if (!found.entry)
      found.entry = entry;
    else if (found.entry->id != entry->id)
      found.other = entry;
  }
  return found;
}

static cm_match find_any(const cm_name_table *names, const char *publisher, int64_t owner, const char *word) {
  cm_match found = cm_dictionary_match(names, CM_LEVEL_KEY, NULL, owner, word, 1);
  if (!found.entry && publisher && *publisher)
    found = cm_dictionary_match(names, CM_LEVEL_ALIAS, publisher, owner, word, 0);
  if (!found.entry) found = cm_dictionary_match(names, CM_LEVEL_ALIAS, "", owner, word, 0);
  for (int level = CM_LEVEL_KEY; !found.entry && level < CM_LEVELS; level++) {
    if (level != CM_LEVEL_ALIAS) found = cm_dictionary_match(names, level, NULL, owner, word, 0);
  }
  if (!found.entry && !publisher) found = cm_dictionary_match(names, CM_LEVEL_ALIAS, NULL, owner, word, 0);
  return found;
}

typedef struct near_names {
  const cm_name_table *names;
  int64_t owner;
} near_names;

static const char *near_name(const void *user, size_t i) {
  const near_names *in = user;
  const cm_name *entry = &in->names->entries[i];
  if (entry->owner != in->owner || (entry->level != CM_LEVEL_KEY && entry->level != CM_LEVEL_NAME)) return NULL;
  return cm_names_text(in->names, entry->name);
}

const char *cm_dictionary_near(const cm_name_table *names, int64_t owner, const char *word) {
  near_names in = {names, owner};
  return cm_name_nearest(word, near_name, &in, names->count);
}

critmin_status cm_dictionary_spell(critmin_store *store, cm_names_of kind, int64_t id, const char **key,
                                   critmin_error *error) {
  struct cm_dictionary *dictionary;
  critmin_status status = cm_dictionary_load(store, kind, &dictionary, error);
  if (status != CRITMIN_OK) return status;
  const cm_name_table *names = &dictionary->of[kind].names;
  *key = NULL;
  for (size_t i = 0; i < names->count && !*key; i++) {
    if (names->entries[i].level == CM_LEVEL_KEY && names->entries[i].id == id)
      *key = cm_names_text(names, names->entries[i].name);
  }
  return CRITMIN_OK;
}

const char *cm_dictionary_key(critmin_store *store, cm_names_of kind, int64_t id) {
  const char *key;
  return cm_dictionary_spell(store, kind, id, &key, NULL) == CRITMIN_OK && key ? key : "?";
}

static critmin_status fail_ambiguous(critmin_store *store, cm_names_of kind, const char *word, cm_match found,
                                     critmin_error *error) {
  return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "%s '%s' may be '%s' or '%s'; name the one you mean",
                 kinds[kind].what, word, cm_dictionary_key(store, kind, found.entry->id),
                 cm_dictionary_key(store, kind, found.other->id));
}

critmin_status cm_dictionary_unknown(cm_names_of kind, const char *publisher, const char *word, const char *near,
                                     critmin_error *error) {
  const char *said = publisher && *publisher ? " among the words of " : "";
  const char *by = publisher ? publisher : "";
  if (near)
    return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "no %s is called '%s'%s%s; did you mean '%s'?", kinds[kind].what,
                   word, said, by, near);
  return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "no %s is called '%s'%s%s; list the %s to see what there is%s",
                 kinds[kind].what, word, said, by, kinds[kind].plural,
                 kinds[kind].has_aliases ? ", or add an alias" : "");
}

critmin_status cm_dictionary_find_country_or_group(critmin_store *store, const char *publisher, const char *word,
                                                   int64_t *id, int *is_group, critmin_error *error) {
  critmin_error found;
  *is_group = 0;
  critmin_status status = cm_dictionary_find(store, CM_NAMES_COUNTRY, publisher, 0, word, id, &found);
  if (status == CRITMIN_ERROR_UNKNOWN_NAME) {
    critmin_error of_group;
    *is_group = 1;
    status = cm_dictionary_find(store, CM_NAMES_GROUP, NULL, 0, word, id, &of_group);
    if (status != CRITMIN_ERROR_UNKNOWN_NAME ||
        (!strstr(found.message, "mean '") && strstr(of_group.message, "mean '")))
      found = of_group;
  }
  if (status != CRITMIN_OK && error) *error = found;
  return status;
}

/* A key written exactly, through its index. */
static critmin_status find_exact(critmin_store *store, cm_names_of kind, int64_t owner, const char *word, int64_t *id,
                                 critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, kinds[kind].exact, &statement, error);
  if (status != CRITMIN_OK) return status;
  sqlite3_bind_text(statement, 1, word, -1, SQLITE_STATIC);
  if (sqlite3_bind_parameter_count(statement) > 1) sqlite3_bind_int64(statement, 2, owner);
  int code = sqlite3_step(statement);
  *id = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
  if (code != SQLITE_ROW && code != SQLITE_DONE) status = cm_store_fail(store, code, "read the dictionaries", error);
  sqlite3_finalize(statement);
  return status;
}

critmin_status cm_dictionary_find(critmin_store *store, cm_names_of kind, const char *publisher, int64_t owner,
                                  const char *word, int64_t *id, critmin_error *error) {
  struct cm_dictionary *dictionary;
  critmin_status status = dictionary_of(store, &dictionary, error);
  if (status != CRITMIN_OK) return status;
  if (!dictionary->of[kind].loaded && kinds[kind].exact && dictionary->of[kind].asked++ < EXACT_LOOKUPS) {
    int64_t exact;
    status = find_exact(store, kind, owner, word, &exact, error);
    if (status != CRITMIN_OK) return status;
    if (exact) {
      *id = exact;
      return CRITMIN_OK;
    }
  }
  status = cm_dictionary_load(store, kind, &dictionary, error);
  if (status != CRITMIN_OK) return status;
  const cm_name_table *names = &dictionary->of[kind].names;
  cm_match found = find_any(names, publisher, owner, word);
  if (!found.entry) return cm_dictionary_unknown(kind, publisher, word, cm_dictionary_near(names, owner, word), error);
  if (found.other) return fail_ambiguous(store, kind, word, found, error);
  *id = found.entry->id;
  return CRITMIN_OK;
}

critmin_status cm_dictionary_is_key(critmin_store *store, cm_names_of kind, const char *word, int64_t *id,
                                    critmin_error *error) {
  return find_exact(store, kind, 0, word, id, error);
}

critmin_status cm_dictionary_is_world(critmin_store *store, int64_t country, int *world, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status =
      cm_store_prepare(store, "SELECT 1 FROM country WHERE id = ?1 AND kind = 'world'", &statement, error);
  if (status != CRITMIN_OK) return status;
  sqlite3_bind_int64(statement, 1, country);
  int code = sqlite3_step(statement);
  *world = code == SQLITE_ROW;
  if (code != SQLITE_ROW && code != SQLITE_DONE) status = cm_store_fail(store, code, "read a country's kind", error);
  sqlite3_finalize(statement);
  return status;
}

int cm_dictionary_measures_share(critmin_store *store, int64_t measure, critmin_error *error) {
  struct cm_dictionary *dictionary;
  if (cm_dictionary_load(store, CM_NAMES_MEASURE, &dictionary, error) != CRITMIN_OK) return -1;
  const cm_name_table *names = &dictionary->of[CM_NAMES_MEASURE].names;
  for (size_t i = 0; i < names->count; i++) {
    if (names->entries[i].id == measure) return strcmp(cm_names_text(names, names->entries[i].text), "share") == 0;
  }
  return 0;
}

critmin_status cm_resolve_country(critmin_store *store, const char *publisher, const char *word, int64_t *id,
                                  critmin_error *error) {
  return cm_dictionary_find(store, CM_NAMES_COUNTRY, publisher, 0, word, id, error);
}

critmin_status cm_resolve_group(critmin_store *store, const char *word, int64_t *id, critmin_error *error) {
  return cm_dictionary_find(store, CM_NAMES_GROUP, NULL, 0, word, id, error);
}

critmin_status cm_resolve_mineral(critmin_store *store, const char *publisher, const char *word, int64_t *id,
                                  critmin_error *error) {
  return cm_dictionary_find(store, CM_NAMES_MINERAL, publisher, 0, word, id, error);
}
