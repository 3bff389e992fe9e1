/* SPDX-License-Identifier: MIT */
#include "model/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/selection.h"
#include "base/text.h"
#include "store/handle.h"

critmin_status cm_load_progress(cm_loader *loader, critmin_error *error) {
  if (!loader->progress || loader->progress(loader->user, loader->steps_done, loader->steps) == 0) return CRITMIN_OK;
  return cm_fail(error, CRITMIN_ERROR_CANCELLED, "loading the model was cancelled; nothing was kept");
}

critmin_status cm_load_place(const cm_idmap *map, int64_t id, const char *what, int32_t *place, critmin_error *error) {
  int32_t found = cm_idmap_find(map, id);
  if (found < 0)
    return cm_fail(error, CRITMIN_ERROR_CORRUPT,
                   "the store refers to a %s that it does not hold (id %lld); run its check", what, (long long)id);
  *place = found;
  return CRITMIN_OK;
}

critmin_status cm_load_text(cm_loader *loader, const cm_cursor *cursor, int column, const char **text,
                            critmin_error *error) {
  return cm_arena_copy(&loader->model->text, cm_cursor_text(cursor, column), text) ? CRITMIN_OK : cm_fail_memory(error);
}

critmin_status cm_load_name(cm_loader *loader, const cm_cursor *cursor, int column, const char **name,
                            critmin_error *error) {
  return cm_arena_add(&loader->model->text, cm_cursor_text(cursor, column), name) ? CRITMIN_OK : cm_fail_memory(error);
}

int cm_load_word(const char *const *words, int n, const char *word) {
  for (int i = 0; word && i < n; i++) {
    if (strcmp(words[i], word) == 0) return i;
  }
  return -1;
}

static int resize(const cm_grown *columns, int n, size_t room) {
  for (int i = 0; i < n; i++) {
    void *memory;
    memcpy(&memory, columns[i].column, sizeof memory);
    memory = cm_resize(memory, room, columns[i].size);
    if (!memory) return 0;
    memcpy(columns[i].column, &memory, sizeof memory);
  }
  return 1;
}

int cm_load_room(const cm_grown *columns, int n, size_t count, size_t *room) {
  if (count < *room) return 1;
  size_t wanted = *room ? *room * 2 : 64;
  if (!resize(columns, n, wanted)) return 0;
  *room = wanted;
  return 1;
}

int cm_load_shrink(const cm_grown *columns, int n, size_t count, size_t *room) {
  if (count == *room) return 1;
  if (!resize(columns, n, count)) return 0;
  *room = count;
  return 1;
}

static void want_mineral(critmin_model *model, int32_t mineral) {
  cm_model_mineral *m = &model->minerals[mineral];
  if (m->loaded) return;
  m->loaded = CM_LOADED;
  for (int32_t i = 0; i < m->n_members; i++) want_mineral(model, model->members[m->first_member + i]);
}

static int holds_wanted(const critmin_model *model, const cm_model_mineral *group) {
  for (int32_t i = 0; i < group->n_members; i++) {
    if (model->minerals[model->members[group->first_member + i]].loaded) return 1;
  }
  return 0;
}

/* A chain may go on in the group that a mineral belongs to. */
static void want_groups(critmin_model *model) {
  for (int more = 1; more;) {
    more = 0;
    for (size_t i = 0; i < model->n_minerals; i++) {
      cm_model_mineral *m = &model->minerals[i];
      if (m->loaded || !holds_wanted(model, m)) continue;
      m->loaded = CM_LOADED_BESIDE;
      more = 1;
    }
  }
}

static const char *source_at(const void *user, size_t i) {
  return ((const critmin_model *)user)->sources[i].key;
}

static critmin_status take_options(cm_loader *loader, const critmin_selection *selection, critmin_error *error) {
  critmin_model *m = loader->model;
  const char *source = cm_selection_option(selection, "source"), *edition = cm_selection_option(selection, "edition");
  if (source) {
    loader->source = cm_source_place(m, source);
    if (loader->source == CM_NONE) {
      const char *nearest = cm_name_nearest(source, source_at, m, m->n_sources);
      if (nearest)
        return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "there is no source `%s`; did you mean `%s`?", source,
                       nearest);
      return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "there is no source `%s`; list the sources to see their keys",
                     source);
    }
    m->source = m->sources[loader->source].key;
  }
  if (edition) {
    if (!cm_arena_copy(&m->text, edition, &m->edition)) return cm_fail_memory(error);
    /* The selection has made sure that it is a day. */
    loader->edition_day = (int32_t)(strtol(edition, NULL, 10) * 10000 + strtol(edition + 5, NULL, 10) * 100 +
                                    strtol(edition + 8, NULL, 10));
  }
  const cm_names *minerals = cm_selection_names(selection, CM_MINERAL);
  loader->all_minerals = minerals->count == 0;
  for (size_t i = 0; i < minerals->count; i++) {
    int32_t mineral;
    critmin_status status = cm_model_find_mineral(m, minerals->names[i], &mineral, error);
    if (status) return status;
    want_mineral(m, mineral);
  }
  for (size_t i = 0; loader->all_minerals && i < m->n_minerals; i++) m->minerals[i].loaded = CM_LOADED;
  want_groups(m);
  for (size_t i = 0; i < m->n_stages; i++) loader->steps += m->minerals[m->stages[i].mineral].loaded != CM_NOT_LOADED;
  return CRITMIN_OK;
}

static critmin_status load(cm_loader *loader, const critmin_selection *selection, critmin_error *error) {
  critmin_status status = cm_load_dictionaries(loader, error);
  if (!status) status = take_options(loader, selection, error);
  if (!status) {
    loader->wanted = cm_alloc_array(loader->model->n_countries, 1);
    if (!loader->wanted) return cm_fail_memory(error);
    if (loader->all_minerals) memset(loader->wanted, 1, loader->model->n_countries);
    loader->steps *= 2; /* each stage has figures and flows */
    status = cm_load_progress(loader, error);
  }
  if (!status) status = cm_load_figures(loader, error);
  if (!status) status = cm_load_flows(loader, error);
  if (!status) status = cm_load_scores(loader, error);
  if (!status) status = cm_load_parameters(loader, error);
  if (!status) status = cm_load_prices(loader, error);
  if (!status) status = cm_load_uses(loader, error);
  if (!status) status = cm_load_producers(loader, error);
  if (!status) status = cm_load_assumptions(loader, error);
  if (!status) status = cm_load_commitments(loader, error);
  if (!status) status = cm_load_restrictions(loader, error);
  if (!status) status = cm_load_composites(loader, error);
  return status;
}

static void end(cm_loader *loader) {
  int64_t *ids[] = {loader->source_ids,  loader->edition_ids, loader->country_ids, loader->group_ids,
                    loader->mineral_ids, loader->stage_ids,   loader->measure_ids, loader->indicator_ids};
  cm_idmap *maps[] = {&loader->sources,  &loader->editions, &loader->countries, &loader->groups,
                      &loader->minerals, &loader->stages,   &loader->measures,  &loader->indicators};
  for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
    cm_free(ids[i]);
    cm_idmap_free(maps[i]);
  }
  cm_free(loader->ranks);
  cm_free(loader->wanted);
}

critmin_status critmin_model_load(critmin_store *store, const critmin_selection *selection, critmin_progress progress,
                                  void *user, critmin_model **model, critmin_error *error) {
  if (!model) return cm_fail_null(error, "model");
  critmin_status status = cm_store_enter(store, error);
  if (status) return status;
  cm_loader loader = {.store = store, .progress = progress, .user = user, .source = CM_NONE, .edition_day = INT32_MAX};
  loader.model = cm_alloc_array(1, sizeof *loader.model);
  if (!loader.model) {
    status = cm_fail_memory(error);
  } else {
    if (selection && selection->has_years) {
      loader.model->has_years = 1;
      loader.model->first_year = selection->first_year;
      loader.model->last_year = selection->last_year;
    }
    status = cm_store_read_begin(store, error);
    if (!status) {
      status = load(&loader, selection, error);
      cm_store_read_end(store);
    }
  }
  end(&loader);
  cm_store_leave(store);
  if (status) {
    critmin_model_free(loader.model);
    return status;
  }
  cm_arena_seal(&loader.model->text);
  *model = loader.model;
  return cm_ok(error);
}

void critmin_model_free(critmin_model *model) {
  if (!model) return;
  cm_arena_free(&model->text);
  void *owned[] = {
      model->sources,
      model->editions,
      model->countries,
      model->groups,
      model->memberships,
      model->minerals,
      model->members,
      model->stages,
      model->country_words,
      model->mineral_words,
      model->stage_words,
      model->factors,
      model->measures,
      model->indicators,
      model->markets,
      model->excluded,
      model->flow_markets,
      model->flow_factors,
      model->parameters,
      model->prices,
      model->end_uses,
      model->industries,
      model->producers,
      model->owners,
      model->assumptions,
      model->commitments,
      model->restrictions,
      model->targets,
      model->rests,
      model->composites,
      (void *)model->words,
      model->series,
      model->figures.value,
      model->figures.low,
      model->figures.high,
      model->figures.factor,
      model->figures.row,
      (void *)model->figures.basis,
      (void *)model->figures.note,
      (void *)model->figures.sector,
      model->figures.producer,
      model->figures.country,
      model->figures.status,
      model->scores.year,
      model->scores.edition,
      model->scores.value,
      model->scores.error,
      model->flows.quantity,
      model->flows.amount,
      model->flows.share,
      model->flows.importer,
      model->flows.exporter,
      model->flows.hs,
      model->flows.basis,
      model->flows.currency,
      model->flows.status,
  };
  for (size_t i = 0; i < sizeof owned / sizeof owned[0]; i++) cm_free(owned[i]);
  cm_free(model);
}
