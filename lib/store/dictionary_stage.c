/* SPDX-License-Identifier: MIT */
/* Stages, whose words depend on the mineral, and the bases of their quantities. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/dictionary_tables.h"
#include "store/rows.h"

/* Texts of a stage, in one block that begins at its key. */
static int add_stage(struct cm_dictionary *dictionary, sqlite3_stmt *statement) {
  const char *text[4];
  size_t length[4], total = 0;
  for (int i = 0; i < 4; i++) {
    text[i] = (const char *)sqlite3_column_text(statement, 3 + i);
    if (!text[i]) return 0;
    length[i] = strlen(text[i]) + 1;
    total += length[i];
  }
  if (!cm_grow(&dictionary->stages, dictionary->n_stages, &dictionary->stages_room, sizeof *dictionary->stages))
    return 0;
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

critmin_status cm_dictionary_load_stages(critmin_store *store, struct cm_dictionary *dictionary, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(
      store, "SELECT id, mineral_id, position, key, kind, unit, basis FROM stage ORDER BY mineral_id, position",
      &statement, error);
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

critmin_status cm_dictionary_stages(critmin_store *store, const cm_stage **stages, size_t *count,
                                    critmin_error *error) {
  struct cm_dictionary *dictionary;
  critmin_status status = cm_dictionary_load(store, CM_NAMES_STAGE, &dictionary, error);
  if (status != CRITMIN_OK) return status;
  *stages = dictionary->stages;
  *count = dictionary->n_stages;
  return CRITMIN_OK;
}

critmin_status cm_dictionary_stage(critmin_store *store, int64_t id, const cm_stage **stage, critmin_error *error) {
  struct cm_dictionary *dictionary;
  critmin_status status = cm_dictionary_load(store, CM_NAMES_STAGE, &dictionary, error);
  if (status != CRITMIN_OK) return status;
  cm_stage wanted = {.id = id};
  *stage = dictionary->n_stages
               ? bsearch(&wanted, dictionary->by_id, dictionary->n_stages, sizeof *dictionary->by_id, by_id)
               : NULL;
  return *stage ? CRITMIN_OK : cm_fail(error, CRITMIN_ERROR_INTERNAL, "stage %lld is in no chain", (long long)id);
}

const char *cm_dictionary_chain(critmin_store *store, int64_t mineral) {
  struct cm_dictionary *dictionary;
  if (cm_dictionary_load(store, CM_NAMES_STAGE, &dictionary, NULL) != CRITMIN_OK) return "?";
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
static const cm_name *stage_alias(const cm_name_table *words, const char *publisher, int64_t mineral,
                                  const char *word) {
  const int64_t owners[2] = {mineral, 0};
  for (int own = publisher && *publisher ? 1 : 0; own >= 0; own--) {
    for (int i = 0; i < 2; i++) {
      cm_match found = cm_dictionary_match(words, CM_LEVEL_ALIAS, own ? publisher : "", owners[i], word, 0);
      if (found.entry) return found.entry;
    }
  }
  for (int i = 0; !publisher && i < 2; i++) {
    cm_match found = cm_dictionary_match(words, CM_LEVEL_ALIAS, NULL, owners[i], word, 0);
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
  if (cm_dictionary_load(store, CM_NAMES_STAGE, &dictionary, error) != CRITMIN_OK) return -1;
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
  const char *near = cm_dictionary_near(&dictionary->of[CM_NAMES_STAGE].names, mineral, word);
  const char *said = publisher && *publisher ? " among the words of " : "";
  return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "no stage is called '%s'%s%s%s%s%s; the chain of %s is: %s", word,
                 said, publisher ? publisher : "", near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "",
                 key, chain);
}

critmin_status cm_resolve_stage(critmin_store *store, const char *publisher, int64_t mineral, const char *word,
                                int64_t *id, critmin_error *error) {
  struct cm_dictionary *dictionary;
  critmin_status status = cm_dictionary_load(store, CM_NAMES_STAGE, &dictionary, error);
  if (status == CRITMIN_OK) status = cm_dictionary_load(store, CM_NAMES_STAGE_WORD, &dictionary, error);
  if (status != CRITMIN_OK) return status;
  const cm_name_table *stages = &dictionary->of[CM_NAMES_STAGE].names;
  const cm_name_table *words = &dictionary->of[CM_NAMES_STAGE_WORD].names;
  const char *meant = word;
  cm_match found = cm_dictionary_match(stages, CM_LEVEL_KEY, NULL, mineral, word, 0);
  const cm_name *alias = found.entry ? NULL : stage_alias(words, publisher, mineral, word);
  if (alias) {
    meant = cm_names_text(words, alias->text);
    found = cm_dictionary_match(stages, CM_LEVEL_KEY, NULL, mineral, meant, 0);
  }
  if (!found.entry) found = cm_dictionary_match(stages, CM_LEVEL_SYMBOL, NULL, mineral, meant, 0); /* a kind */
  if (found.other)
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "'%s' may be any of %s; name the stage you mean", word,
                   stages_of_kind(dictionary, mineral, meant));
  if (!found.entry && !alias) found = cm_dictionary_match(stages, CM_LEVEL_NAME, NULL, mineral, word, 0);
  if (!found.entry || found.other)
    return fail_stage(store, dictionary, publisher, mineral, word, alias ? meant : NULL, error);
  *id = found.entry->id;
  return CRITMIN_OK;
}

critmin_status cm_dictionary_mark_stages(critmin_store *store, int64_t mineral, const char *word, unsigned char *marks,
                                         size_t *found, int *known, critmin_error *error) {
  struct cm_dictionary *dictionary;
  critmin_status status = cm_dictionary_load(store, CM_NAMES_STAGE, &dictionary, error);
  if (status == CRITMIN_OK) status = cm_dictionary_load(store, CM_NAMES_STAGE_WORD, &dictionary, error);
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
      means =
          meant ? cm_name_equal(stage->key, meant) || cm_name_equal(stage->kind, meant)
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

critmin_status cm_dictionary_no_stage(critmin_store *store, const char *publisher, const char *word,
                                      critmin_error *error) {
  struct cm_dictionary *dictionary;
  critmin_status status = cm_dictionary_load(store, CM_NAMES_STAGE, &dictionary, error);
  if (status != CRITMIN_OK) return status;
  const cm_name_table *names = &dictionary->of[CM_NAMES_STAGE].names;
  return cm_dictionary_unknown(CM_NAMES_STAGE, publisher, word, cm_name_nearest(word, near_stage, names, names->count),
                               error);
}

/* Bases --------------------------------------------------------------------------------------------------------------
 */

/* Whether a factor turns `basis` into contained element at a stage (0: at any); `spelt` is then the store's own
 * spelling. */
static int has_factor(const cm_name_table *factors, int64_t mineral, int64_t stage, int traded, const char *basis,
                      const char **spelt) {
  size_t cursor = 0;
  const cm_name *entry;
  while ((entry = cm_names_next(factors, mineral, basis, &cursor))) {
    if (entry->id != 0 && stage && entry->id != stage) continue;
    if (!traded && *cm_names_text(factors, entry->publisher)) continue;
    *spelt = cm_names_text(factors, entry->name);
    return 1;
  }
  return 0;
}

int cm_dictionary_basis(critmin_store *store, int64_t mineral, int64_t stage, int traded, const char *basis,
                        const char **spelt, critmin_error *error) {
  static const char gross[] = "gross", content[] = "content";
  struct cm_dictionary *dictionary;
  if (cm_dictionary_load(store, CM_NAMES_STAGE, &dictionary, error) != CRITMIN_OK ||
      cm_dictionary_load(store, CM_NAMES_BASIS, &dictionary, error) != CRITMIN_OK)
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
  if (has_factor(factors, mineral, stage, traded, basis, spelt)) return 1;
  /* Contained element needs no factor of its own, only one that leads to the market's basis. */
  const char *market_spelt;
  if (stage && cm_name_equal(basis, content) &&
      has_factor(factors, mineral, stage, traded, market->basis, &market_spelt)) {
    *spelt = content;
    return 1;
  }
  if (!traded || !cm_name_equal(basis, gross)) return 0;
  *spelt = gross;
  return 1;
}
