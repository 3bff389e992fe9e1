/* SPDX-License-Identifier: MIT */
#include "store/dictionary.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "store/names.h"
#include "store/rows.h"

enum { KEY, ALIAS, NAME, SYMBOL, LEVELS };

/* What each kind is made of: rows of level (in the order above), publisher, owner, name, id, and a text of the kind's own. */
static const struct {
  const char *what, *plural;
  const char *relations; /* those it is read from, each between spaces */
  const char *exact;     /* id by key ?1 (and owner ?2) */
  const char *all;
  int has_aliases;
} kinds[CM_NAMES_KINDS] = {
    [CM_NAMES_SOURCE] = {"source", "sources", " source ", "SELECT id FROM source WHERE key = ?1",
                         "SELECT 0, '', 0, key, id, NULL FROM source", 0},
    [CM_NAMES_EDITION] = {"edition", "editions", " edition source ", "SELECT id FROM edition WHERE source_id = ?2 AND key = ?1",
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
                        "SELECT 0, '', mineral_id, basis, ifnull(stage_id, 0), NULL FROM content_factor", 0},
    [CM_NAMES_MEASURE] = {"measure", "measures", " measure ", "SELECT id FROM measure WHERE key = ?1",
                          "SELECT 0, '', 0, key, id, unit FROM measure", 0},
    [CM_NAMES_INDICATOR] = {"indicator", "indicators", " indicator_kind ", "SELECT id FROM indicator_kind WHERE key = ?1",
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
    [CM_NAMES_RESTRICTION] = {"restriction", "restrictions", " restriction ", "SELECT id FROM restriction WHERE key = ?1",
                              "SELECT 0, '', 0, key, id, NULL FROM restriction", 0},
};

enum { EXACT_LOOKUPS = 6 }; /* of one kind before its table is made: a table costs about as much as that many */

struct cm_dictionary {
  struct {
    cm_name_table names;
    int loaded;
    int asked;
  } of[CM_NAMES_KINDS];
  cm_stage *stages; /* with the names of CM_NAMES_STAGE */
  size_t n_stages, stages_room;
  cm_stage *by_id;
  cm_buffer scratch;
  int64_t data_version; /* of the file, as other connections have changed it */
};

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

/* Texts of a stage, in one block that begins at its key. */
static int add_stage(struct cm_dictionary *dictionary, sqlite3_stmt *statement) {
  const char *text[4];
  size_t length[4], total = 0;
  for (int i = 0; i < 4; i++) {
    text[i] = column_text(statement, 3 + i);
    if (!text[i]) return 0;
    length[i] = strlen(text[i]) + 1;
    total += length[i];
  }
  if (!cm_grow(&dictionary->stages, dictionary->n_stages, &dictionary->stages_room, sizeof *dictionary->stages)) return 0;
  char *block = cm_alloc(total), *at = block;
  if (!block) return 0;
  const char *copy[4];
  for (int i = 0; i < 4; i++) {
    memcpy(at, text[i], length[i]);
    copy[i] = at;
    at += length[i];
  }
  dictionary->stages[dictionary->n_stages++] = (cm_stage){.id = sqlite3_column_int64(statement, 0),
                                                          .mineral = sqlite3_column_int64(statement, 1),
                                                          .position = sqlite3_column_int64(statement, 2),
                                                          .key = copy[0],
                                                          .kind = copy[1],
                                                          .unit = copy[2],
                                                          .basis = copy[3]};
  return 1;
}

static int by_id(const void *a, const void *b) {
  int64_t x = ((const cm_stage *)a)->id, y = ((const cm_stage *)b)->id;
  return (x > y) - (x < y);
}

static critmin_status load_stages(critmin_store *store, struct cm_dictionary *dictionary, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(
      store, "SELECT id, mineral_id, position, key, kind, unit, basis FROM stage ORDER BY mineral_id, position", &statement,
      error);
  if (status != CRITMIN_OK) return status;
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    if (!add_stage(dictionary, statement)) {
      status = cm_fail_memory(error);
      break;
    }
  }
  if (status == CRITMIN_OK && code != SQLITE_DONE) status = cm_store_fail(store, code, "read the stages", error);
  sqlite3_finalize(statement);
  if (status != CRITMIN_OK) return status;
  dictionary->by_id = cm_alloc_array(dictionary->n_stages, sizeof *dictionary->by_id);
  if (!dictionary->by_id) return cm_fail_memory(error);
  if (dictionary->n_stages) {
    memcpy(dictionary->by_id, dictionary->stages, dictionary->n_stages * sizeof *dictionary->stages);
    qsort(dictionary->by_id, dictionary->n_stages, sizeof *dictionary->by_id, by_id);
  }
  return CRITMIN_OK;
}

static critmin_status load(critmin_store *store, cm_names_of kind, struct cm_dictionary **out, critmin_error *error) {
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
  if (status == CRITMIN_OK && kind == CM_NAMES_STAGE) status = load_stages(store, dictionary, error);
  if (status == CRITMIN_OK)
    dictionary->of[kind].loaded = 1;
  else
    forget_kind(dictionary, (int)kind);
  return status;
}

/* The one entry of a name that fits, NULL when there is none; *other is a second that means something else. */
typedef struct match {
  const cm_name *entry, *other;
} match;

static match find(const cm_name_table *names, int level, const char *publisher, int64_t owner, const char *word, int exact) {
  match found = {NULL, NULL};
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

static match find_any(const cm_name_table *names, const char *publisher, int64_t owner, const char *word) {
  match found = find(names, KEY, NULL, owner, word, 1);
  if (!found.entry && publisher && *publisher) found = find(names, ALIAS, publisher, owner, word, 0);
  if (!found.entry) found = find(names, ALIAS, "", owner, word, 0);
  for (int level = KEY; !found.entry && level < LEVELS; level++) {
    if (level != ALIAS) found = find(names, level, NULL, owner, word, 0);
  }
  if (!found.entry && !publisher) found = find(names, ALIAS, NULL, owner, word, 0);
  return found;
}

typedef struct near_names {
  const cm_name_table *names;
  int64_t owner;
} near_names;

static const char *near_name(const void *user, size_t i) {
  const near_names *in = user;
  const cm_name *entry = &in->names->entries[i];
  if (entry->owner != in->owner || (entry->level != KEY && entry->level != NAME)) return NULL;
  return cm_names_text(in->names, entry->name);
}

static const char *nearest(const cm_name_table *names, int64_t owner, const char *word) {
  near_names in = {names, owner};
  return cm_name_nearest(word, near_name, &in, names->count);
}

critmin_status cm_dictionary_spell(critmin_store *store, cm_names_of kind, int64_t id, const char **key, critmin_error *error) {
  struct cm_dictionary *dictionary;
  critmin_status status = load(store, kind, &dictionary, error);
  if (status != CRITMIN_OK) return status;
  const cm_name_table *names = &dictionary->of[kind].names;
  *key = NULL;
  for (size_t i = 0; i < names->count && !*key; i++) {
    if (names->entries[i].level == KEY && names->entries[i].id == id) *key = cm_names_text(names, names->entries[i].name);
  }
  return CRITMIN_OK;
}

const char *cm_dictionary_key(critmin_store *store, cm_names_of kind, int64_t id) {
  const char *key;
  return cm_dictionary_spell(store, kind, id, &key, NULL) == CRITMIN_OK && key ? key : "?";
}

static critmin_status fail_ambiguous(critmin_store *store, cm_names_of kind, const char *word, match found,
                                     critmin_error *error) {
  return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "%s '%s' may be '%s' or '%s'; name the one you mean", kinds[kind].what,
                 word, cm_dictionary_key(store, kind, found.entry->id), cm_dictionary_key(store, kind, found.other->id));
}

static critmin_status fail_unknown(cm_names_of kind, const char *publisher, const char *word, const char *near,
                                   critmin_error *error) {
  const char *said = publisher && *publisher ? " among the words of " : "";
  const char *by = publisher ? publisher : "";
  if (near)
    return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "no %s is called '%s'%s%s; did you mean '%s'?", kinds[kind].what, word,
                   said, by, near);
  return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "no %s is called '%s'%s%s; list the %s to see what there is%s",
                 kinds[kind].what, word, said, by, kinds[kind].plural,
                 kinds[kind].has_aliases ? ", or add an alias" : "");
}

critmin_status cm_dictionary_find_country_or_group(critmin_store *store, const char *publisher, const char *word, int64_t *id,
                                                   int *is_group, critmin_error *error) {
  critmin_error found;
  *is_group = 0;
  critmin_status status = cm_dictionary_find(store, CM_NAMES_COUNTRY, publisher, 0, word, id, &found);
  if (status == CRITMIN_ERROR_UNKNOWN_NAME) {
    critmin_error of_group;
    *is_group = 1;
    status = cm_dictionary_find(store, CM_NAMES_GROUP, NULL, 0, word, id, &of_group);
    if (status != CRITMIN_ERROR_UNKNOWN_NAME || (!strstr(found.message, "mean '") && strstr(of_group.message, "mean '")))
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
  status = load(store, kind, &dictionary, error);
  if (status != CRITMIN_OK) return status;
  const cm_name_table *names = &dictionary->of[kind].names;
  match found = find_any(names, publisher, owner, word);
  if (!found.entry) return fail_unknown(kind, publisher, word, nearest(names, owner, word), error);
  if (found.other) return fail_ambiguous(store, kind, word, found, error);
  *id = found.entry->id;
  return CRITMIN_OK;
}

critmin_status cm_dictionary_is_key(critmin_store *store, cm_names_of kind, const char *word, int64_t *id,
                                    critmin_error *error) {
  return find_exact(store, kind, 0, word, id, error);
}

int cm_dictionary_measures_share(critmin_store *store, int64_t measure, critmin_error *error) {
  struct cm_dictionary *dictionary;
  if (load(store, CM_NAMES_MEASURE, &dictionary, error) != CRITMIN_OK) return -1;
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

/* Stages ------------------------------------------------------------------------------------------------------------- */

critmin_status cm_dictionary_stages(critmin_store *store, const cm_stage **stages, size_t *count, critmin_error *error) {
  struct cm_dictionary *dictionary;
  critmin_status status = load(store, CM_NAMES_STAGE, &dictionary, error);
  if (status != CRITMIN_OK) return status;
  *stages = dictionary->stages;
  *count = dictionary->n_stages;
  return CRITMIN_OK;
}

critmin_status cm_dictionary_stage(critmin_store *store, int64_t id, const cm_stage **stage, critmin_error *error) {
  struct cm_dictionary *dictionary;
  critmin_status status = load(store, CM_NAMES_STAGE, &dictionary, error);
  if (status != CRITMIN_OK) return status;
  cm_stage wanted = {.id = id};
  *stage = dictionary->n_stages
               ? bsearch(&wanted, dictionary->by_id, dictionary->n_stages, sizeof *dictionary->by_id, by_id)
               : NULL;
  return *stage ? CRITMIN_OK : cm_fail(error, CRITMIN_ERROR_INTERNAL, "stage %lld is in no chain", (long long)id);
}

const char *cm_dictionary_chain(critmin_store *store, int64_t mineral) {
  struct cm_dictionary *dictionary;
  if (load(store, CM_NAMES_STAGE, &dictionary, NULL) != CRITMIN_OK) return "?";
  cm_buffer *text = &dictionary->scratch;
  cm_buffer_free(text);
  for (size_t i = 0; i < dictionary->n_stages; i++) {
    const cm_stage *stage = &dictionary->stages[i];
    if (stage->mineral == mineral) cm_buffer_print(text, "%s%s", text->length ? ", " : "", stage->key);
  }
  return text->failed ? "?" : text->length ? text->data : "empty";
}

/* Candidates of a kind, as "hydroxide, carbonate". */
static const char *stages_of_kind(struct cm_dictionary *dictionary, int64_t mineral, const char *kind) {
  cm_buffer *text = &dictionary->scratch;
  cm_buffer_free(text);
  for (size_t i = 0; i < dictionary->n_stages; i++) {
    const cm_stage *stage = &dictionary->stages[i];
    if (stage->mineral == mineral && cm_name_equal(stage->kind, kind))
      cm_buffer_print(text, "%s%s", text->length ? ", " : "", stage->key);
  }
  return text->failed || !text->data ? "?" : text->data;
}

/* The alias that decides what a word means of a mineral, or NULL. */
static const cm_name *stage_alias(const cm_name_table *words, const char *publisher, int64_t mineral, const char *word) {
  const int64_t owners[2] = {mineral, 0};
  for (int own = publisher && *publisher ? 1 : 0; own >= 0; own--) {
    for (int i = 0; i < 2; i++) {
      match found = find(words, ALIAS, own ? publisher : "", owners[i], word, 0);
      if (found.entry) return found.entry;
    }
  }
  for (int i = 0; !publisher && i < 2; i++) {
    match found = find(words, ALIAS, NULL, owners[i], word, 0);
    if (found.entry && !found.other) return found.entry;
  }
  return NULL;
}

static int is_kind(const char *word) {
  static const char *const stage_kinds[] = {"mining", "concentrate", "processing", "metal", "component"};
  for (size_t i = 0; i < sizeof stage_kinds / sizeof stage_kinds[0]; i++) {
    if (cm_name_equal(word, stage_kinds[i])) return 1;
  }
  return 0;
}

int cm_dictionary_stage_word(critmin_store *store, int64_t mineral, const char *word, critmin_error *error) {
  struct cm_dictionary *dictionary;
  if (is_kind(word)) return 1;
  if (load(store, CM_NAMES_STAGE, &dictionary, error) != CRITMIN_OK) return -1;
  for (size_t i = 0; i < dictionary->n_stages; i++) {
    const cm_stage *stage = &dictionary->stages[i];
    if ((!mineral || stage->mineral == mineral) && cm_name_equal(stage->key, word)) return 1;
  }
  return 0;
}

/* Whether any mineral's chain knows the word, or the publisher (NULL: any), or anybody. */
static int stage_known(struct cm_dictionary *dictionary, const char *publisher, const char *word) {
  if (is_kind(word)) return 1;
  const cm_name_table *stages = &dictionary->of[CM_NAMES_STAGE].names;
  const cm_name_table *words = &dictionary->of[CM_NAMES_STAGE_WORD].names;
  for (size_t i = 0; i < stages->count; i++) {
    if (cm_name_equal(cm_names_text(stages, stages->entries[i].name), word)) return 1;
  }
  for (size_t i = 0; i < words->count; i++) {
    const char *by = cm_names_text(words, words->entries[i].publisher);
    if (publisher && *by && !cm_name_equal(by, publisher)) continue;
    if (cm_name_equal(cm_names_text(words, words->entries[i].name), word)) return 1;
  }
  return 0;
}

static critmin_status fail_stage(critmin_store *store, struct cm_dictionary *dictionary, const char *publisher,
                                 int64_t mineral, const char *word, const char *meant, critmin_error *error) {
  char key[64] = "?";
  const char *of = cm_dictionary_key(store, CM_NAMES_MINERAL, mineral);
  if (strlen(of) < sizeof key) strcpy(key, of);
  const char *chain = cm_dictionary_chain(store, mineral);
  if (meant)
    return cm_fail(error, CRITMIN_ERROR_STAGE_NOT_IN_CHAIN,
                   "'%s' means the stage '%s', which %s does not have; its chain is: %s", word, meant, key, chain);
  if (stage_known(dictionary, publisher, word))
    return cm_fail(error, CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, "%s has no stage '%s'; its chain is: %s", key, word, chain);
  const char *near = nearest(&dictionary->of[CM_NAMES_STAGE].names, mineral, word);
  const char *said = publisher && *publisher ? " among the words of " : "";
  return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "no stage is called '%s'%s%s%s%s%s; the chain of %s is: %s", word, said,
                 publisher ? publisher : "", near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "", key, chain);
}

critmin_status cm_resolve_stage(critmin_store *store, const char *publisher, int64_t mineral, const char *word, int64_t *id,
                                critmin_error *error) {
  struct cm_dictionary *dictionary;
  critmin_status status = load(store, CM_NAMES_STAGE, &dictionary, error);
  if (status == CRITMIN_OK) status = load(store, CM_NAMES_STAGE_WORD, &dictionary, error);
  if (status != CRITMIN_OK) return status;
  const cm_name_table *stages = &dictionary->of[CM_NAMES_STAGE].names;
  const cm_name_table *words = &dictionary->of[CM_NAMES_STAGE_WORD].names;
  const char *meant = word;
  match found = find(stages, KEY, NULL, mineral, word, 0);
  const cm_name *alias = found.entry ? NULL : stage_alias(words, publisher, mineral, word);
  if (alias) {
    meant = cm_names_text(words, alias->text);
    found = find(stages, KEY, NULL, mineral, meant, 0);
  }
  if (!found.entry) found = find(stages, SYMBOL, NULL, mineral, meant, 0); /* a kind */
  if (found.other)
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "'%s' may be any of %s; name the stage you mean", word,
                   stages_of_kind(dictionary, mineral, meant));
  if (!found.entry && !alias) found = find(stages, NAME, NULL, mineral, word, 0);
  if (!found.entry || found.other)
    return fail_stage(store, dictionary, publisher, mineral, word, alias ? meant : NULL, error);
  *id = found.entry->id;
  return CRITMIN_OK;
}

critmin_status cm_dictionary_mark_stages(critmin_store *store, int64_t mineral, const char *word, unsigned char *marks,
                                         size_t *found, int *known, critmin_error *error) {
  struct cm_dictionary *dictionary;
  critmin_status status = load(store, CM_NAMES_STAGE, &dictionary, error);
  if (status == CRITMIN_OK) status = load(store, CM_NAMES_STAGE_WORD, &dictionary, error);
  if (status != CRITMIN_OK) return status;
  const cm_name_table *words = &dictionary->of[CM_NAMES_STAGE_WORD].names;
  *known = stage_known(dictionary, NULL, word);
  *found = 0;
  for (size_t i = 0; i < dictionary->n_stages; i++) {
    const cm_stage *stage = &dictionary->stages[i];
    if (mineral && stage->mineral != mineral) continue;
    int64_t named;
    int means = cm_name_equal(stage->key, word) || cm_name_equal(stage->kind, word);
    if (!means && *known) {
      const cm_name *alias = stage_alias(words, NULL, stage->mineral, word);
      const char *meant = alias ? cm_names_text(words, alias->text) : NULL;
      means = meant ? cm_name_equal(stage->key, meant) || cm_name_equal(stage->kind, meant)
                    : cm_resolve_stage(store, NULL, stage->mineral, word, &named, NULL) == CRITMIN_OK && named == stage->id;
    }
    if (!means) continue;
    marks[i] = 1;
    ++*found;
  }
  return CRITMIN_OK;
}

static const char *near_stage(const void *user, size_t i) {
  const cm_name_table *names = user;
  return cm_names_text(names, names->entries[i].name);
}

critmin_status cm_dictionary_no_stage(critmin_store *store, const char *publisher, const char *word, critmin_error *error) {
  struct cm_dictionary *dictionary;
  critmin_status status = load(store, CM_NAMES_STAGE, &dictionary, error);
  if (status != CRITMIN_OK) return status;
  const cm_name_table *names = &dictionary->of[CM_NAMES_STAGE].names;
  return fail_unknown(CM_NAMES_STAGE, publisher, word, cm_name_nearest(word, near_stage, names, names->count), error);
}

/* Bases -------------------------------------------------------------------------------------------------------------- */

int cm_dictionary_basis(critmin_store *store, int64_t mineral, int64_t stage, const char *basis, const char **spelt,
                        critmin_error *error) {
  struct cm_dictionary *dictionary;
  if (load(store, CM_NAMES_STAGE, &dictionary, error) != CRITMIN_OK ||
      load(store, CM_NAMES_BASIS, &dictionary, error) != CRITMIN_OK)
    return -1;
  const cm_stage *market;
  if (stage) {
    if (cm_dictionary_stage(store, stage, &market, error) != CRITMIN_OK) return -1;
    if (cm_name_equal(market->basis, basis)) {
      *spelt = market->basis;
      return 1;
    }
  }
  for (size_t i = 0; !stage && i < dictionary->n_stages; i++) {
    market = &dictionary->stages[i];
    if (market->mineral != mineral || !cm_name_equal(market->basis, basis)) continue;
    *spelt = market->basis;
    return 1;
  }
  const cm_name_table *factors = &dictionary->of[CM_NAMES_BASIS].names;
  size_t cursor = 0;
  const cm_name *entry;
  while ((entry = cm_names_next(factors, mineral, basis, &cursor))) {
    if (entry->id != 0 && stage && entry->id != stage) continue;
    *spelt = cm_names_text(factors, entry->name);
    return 1;
  }
  return 0;
}
