/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/text.h"
#include "model/model.h"

/* What the words of publishers say: anybody's word first, else all publishers' where they agree. */
static int32_t by_words(const cm_model_word *words, size_t n, const char *word) {
  int32_t found = CM_NONE, several = 0;
  for (size_t i = 0; i < n; i++) {
    if (!cm_name_equal(words[i].word, word)) continue;
    if (!*words[i].publisher) return words[i].place;
    if (found != CM_NONE && found != words[i].place) several = 1;
    found = words[i].place;
  }
  return several ? CM_NONE : found;
}

int32_t cm_country_place(const critmin_model *model, const char *word) {
  for (size_t i = 0; i < model->n_countries; i++) {
    if (strcmp(model->countries[i].key, word) == 0) return (int32_t)i;
  }
  int32_t found = by_words(model->country_words, model->n_country_words, word);
  if (found != CM_NONE) return found;
  for (size_t i = 0; i < model->n_countries; i++) {
    if (cm_name_equal(model->countries[i].key, word) || cm_name_equal(model->countries[i].name, word))
      return (int32_t)i;
  }
  for (size_t i = 0; i < model->n_countries; i++) {
    const cm_model_country *country = &model->countries[i];
    if ((country->iso2 && cm_name_equal(country->iso2, word)) || (country->m49 && cm_name_equal(country->m49, word)))
      return (int32_t)i;
  }
  return CM_NONE;
}

int32_t cm_group_place(const critmin_model *model, const char *word) {
  for (size_t i = 0; i < model->n_groups; i++) {
    if (cm_name_equal(model->groups[i].key, word)) return (int32_t)i;
  }
  for (size_t i = 0; i < model->n_groups; i++) {
    if (cm_name_equal(model->groups[i].name, word)) return (int32_t)i;
  }
  return CM_NONE;
}

int32_t cm_mineral_place(const critmin_model *model, const char *word) {
  for (size_t i = 0; i < model->n_minerals; i++) {
    if (strcmp(model->minerals[i].key, word) == 0) return (int32_t)i;
  }
  int32_t found = by_words(model->mineral_words, model->n_mineral_words, word);
  if (found != CM_NONE) return found;
  for (size_t i = 0; i < model->n_minerals; i++) {
    if (cm_name_equal(model->minerals[i].key, word) || cm_name_equal(model->minerals[i].name, word)) return (int32_t)i;
  }
  for (size_t i = 0; i < model->n_minerals; i++) {
    if (model->minerals[i].symbol && cm_name_equal(model->minerals[i].symbol, word)) return (int32_t)i;
  }
  return CM_NONE;
}

int32_t cm_measure_place(const critmin_model *model, const char *key) {
  for (size_t i = 0; i < model->n_measures; i++) {
    if (cm_name_equal(model->measures[i].key, key)) return (int32_t)i;
  }
  return CM_NONE;
}

int32_t cm_indicator_place(const critmin_model *model, const char *key) {
  for (size_t i = 0; i < model->n_indicators; i++) {
    if (cm_name_equal(model->indicators[i].key, key)) return (int32_t)i;
  }
  return CM_NONE;
}

int32_t cm_source_place(const critmin_model *model, const char *key) {
  for (size_t i = 0; i < model->n_sources; i++) {
    if (cm_name_equal(model->sources[i].key, key)) return (int32_t)i;
  }
  return CM_NONE;
}

/* Names that a mistaken word may have meant: keys, then names, then words. */
static const char *mineral_at(const void *user, size_t i) {
  const critmin_model *model = user;
  if (i < model->n_minerals) return model->minerals[i].key;
  if (i < 2 * model->n_minerals) return model->minerals[i - model->n_minerals].name;
  return model->mineral_words[i - 2 * model->n_minerals].word;
}

static const char *party_at(const void *user, size_t i) {
  const critmin_model *model = user;
  if (i < model->n_countries) return model->countries[i].key;
  if ((i -= model->n_countries) < model->n_countries) return model->countries[i].name;
  if ((i -= model->n_countries) < model->n_groups) return model->groups[i].key;
  if ((i -= model->n_groups) < model->n_groups) return model->groups[i].name;
  return model->country_words[i - model->n_groups].word;
}

static const char *stage_at(const void *user, size_t i) {
  const critmin_model *model = user;
  if (i < CM_STAGE_KINDS) return cm_stage_kind_words[i];
  if ((i -= CM_STAGE_KINDS) < model->n_stages) return model->stages[i].key;
  return model->stage_words[i - model->n_stages].word;
}

static critmin_status unknown(const char *what, const char *plural, const char *word, const char *nearest,
                              critmin_error *error) {
  if (nearest)
    return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "there is no %s `%s`; did you mean `%s`?", what, word, nearest);
  return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "there is no %s `%s`; list the %s to see their names", what, word,
                 plural);
}

critmin_status cm_model_find_mineral(const critmin_model *model, const char *word, int32_t *mineral,
                                     critmin_error *error) {
  int32_t found = cm_mineral_place(model, word);
  if (found == CM_NONE)
    return unknown("mineral", "minerals", word,
                   cm_name_nearest(word, mineral_at, model, 2 * model->n_minerals + model->n_mineral_words), error);
  *mineral = found;
  return CRITMIN_OK;
}

critmin_status cm_model_find_party(const critmin_model *model, const char *word, int32_t *country, int32_t *group,
                                   critmin_error *error) {
  *country = *group = CM_NONE;
  for (size_t i = 0; i < model->n_countries && *country == CM_NONE; i++) {
    if (strcmp(model->countries[i].key, word) == 0) *country = (int32_t)i;
  }
  if (*country == CM_NONE) *group = cm_group_place(model, word);
  if (*country == CM_NONE && *group == CM_NONE) *country = cm_country_place(model, word);
  if (*country != CM_NONE || *group != CM_NONE) return CRITMIN_OK;
  size_t names = 2 * model->n_countries + 2 * model->n_groups + model->n_country_words;
  return unknown("country or group", "countries and groups", word, cm_name_nearest(word, party_at, model, names),
                 error);
}

/* The stage key or kind that a publisher's word stands for at a mineral, or NULL. Words of the mineral come before
 * those of any. */
static const char *stage_meant(const critmin_model *model, int32_t mineral, const char *word) {
  for (int any = 0; any <= 1; any++) {
    const char *found = NULL;
    int several = 0;
    for (size_t i = 0; i < model->n_stage_words; i++) {
      const cm_model_word *w = &model->stage_words[i];
      if (w->owner != (any ? CM_NONE : mineral) || !cm_name_equal(w->word, word)) continue;
      if (!*w->publisher) return w->stage;
      if (found && !cm_name_equal(found, w->stage)) several = 1;
      found = w->stage;
    }
    if (found) return several ? NULL : found;
  }
  return NULL;
}

static int is_named(const cm_model_stage *stage, const char *word) {
  return cm_name_equal(stage->key, word) || cm_name_equal(cm_stage_kind_words[stage->kind], word);
}

int cm_model_stage_is(const critmin_model *model, int32_t stage, const char *word) {
  const cm_model_stage *s = &model->stages[stage];
  if (is_named(s, word)) return 1;
  const cm_model_mineral *mineral = &model->minerals[s->mineral];
  for (int32_t i = 0; i < mineral->n_stages; i++) {
    if (is_named(&model->stages[mineral->first_stage + i], word)) return 0;
  }
  const char *meant = stage_meant(model, s->mineral, word);
  return meant && is_named(s, meant);
}

int cm_model_stage_word(const critmin_model *model, const char *word) {
  size_t names = CM_STAGE_KINDS + model->n_stages + model->n_stage_words;
  for (size_t i = 0; i < names; i++) {
    if (cm_name_equal(stage_at(model, i), word)) return 1;
  }
  return 0;
}

critmin_status cm_model_no_stage(const critmin_model *model, const char *word, critmin_error *error) {
  size_t names = CM_STAGE_KINDS + model->n_stages + model->n_stage_words;
  return unknown("stage", "stages", word, cm_name_nearest(word, stage_at, model, names), error);
}
