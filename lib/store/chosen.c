/* SPDX-License-Identifier: MIT */
#include "store/chosen.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "store/dictionary.h"
#include "store/rows.h"

static int add_id(cm_ids *list, int64_t id) {
  for (size_t i = 0; i < list->n; i++) {
    if (list->ids[i] == id) return 1;
  }
  if (!cm_grow(&list->ids, list->n, &list->room, sizeof *list->ids)) return 0;
  list->ids[list->n++] = id;
  return 1;
}

void cm_chosen_free(cm_chosen *chosen) {
  cm_ids *lists[] = {&chosen->minerals, &chosen->stages,   &chosen->named,      &chosen->countries,
                     &chosen->groups,   &chosen->measures, &chosen->indicators, &chosen->sources};
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
    cm_free(lists[i]->ids);
    *lists[i] = (cm_ids){0};
  }
}

cm_window cm_chosen_window(const critmin_selection *selection) {
  cm_window window = {"0000", "9999"};
  const char *day = cm_selection_option(selection, "date");
  if (day) {
    snprintf(window.from, sizeof window.from, "%.10s", day);
    snprintf(window.to, sizeof window.to, "%.10s", day);
  } else if (selection && selection->has_years) {
    snprintf(window.from, sizeof window.from, "%04d", (int)selection->first_year);
    snprintf(window.to, sizeof window.to, "%04d-99", (int)selection->last_year);
  }
  return window;
}

static critmin_status add_found(critmin_store *store, sqlite3_stmt *statement, cm_ids *list, critmin_error *error) {
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    if (!add_id(list, sqlite3_column_int64(statement, 0))) return cm_fail_memory(error);
  }
  return code == SQLITE_DONE ? CRITMIN_OK : cm_store_fail(store, code, "read the members of a group", error);
}

critmin_status cm_chosen_extend(critmin_store *store, const char *sql, const cm_window *window, const cm_ids *of,
                                cm_ids *list, critmin_error *error) {
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(store, sql, &statement, error);
  if (status != CRITMIN_OK) return status;
  if (window) {
    sqlite3_bind_text(statement, 2, window->from, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, window->to, -1, SQLITE_STATIC);
  }
  for (size_t i = 0; i < of->n && status == CRITMIN_OK; i++) {
    sqlite3_bind_int64(statement, 1, of->ids[i]);
    status = add_found(store, statement, list, error);
    sqlite3_reset(statement);
  }
  sqlite3_finalize(statement);
  return status;
}

static critmin_status choose_minerals(critmin_store *store, const cm_names *names, cm_ids *minerals,
                                      critmin_error *error) {
  for (size_t i = 0; i < names->count; i++) {
    int64_t id;
    critmin_status status = cm_resolve_mineral(store, NULL, names->names[i], &id, error);
    if (status != CRITMIN_OK) return status;
    if (!add_id(minerals, id)) return cm_fail_memory(error);
  }
  /* A group stands for its members as well, and they may be groups. */
  return cm_chosen_extend(store, "SELECT member_id FROM mineral_member WHERE group_id = ?1", NULL, minerals, minerals,
                          error);
}

static critmin_status fail_stage(critmin_store *store, const cm_ids *minerals, const char *word,
                                 critmin_error *error) {
  char key[96] = "?";
  const char *mineral = cm_dictionary_key(store, CM_NAMES_MINERAL, minerals->ids[0]);
  if (strlen(mineral) < sizeof key) strcpy(key, mineral);
  return cm_fail(error, CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, "%s%s%s no stage '%s'; its chain is: %s", key,
                 minerals->n > 1 ? " (and the others selected)" : "", minerals->n > 1 ? " have" : " has", word,
                 cm_dictionary_chain(store, minerals->ids[0]));
}

critmin_status cm_chosen_stages(critmin_store *store, const critmin_selection *selection, cm_chosen *c,
                                critmin_error *error) {
  const cm_names *names = cm_selection_names(selection, CM_STAGE);
  if (!names->count) return CRITMIN_OK;
  const cm_stage *stages;
  size_t n;
  critmin_status status = cm_dictionary_stages(store, &stages, &n, error);
  if (status != CRITMIN_OK) return status;
  unsigned char *marks = cm_alloc_array(n, 1);
  if (!marks) return cm_fail_memory(error);
  for (size_t i = 0; i < names->count && status == CRITMIN_OK; i++) {
    size_t found = 0, total = 0;
    int known = 0;
    for (size_t m = 0; m < (c->minerals.n ? c->minerals.n : 1) && status == CRITMIN_OK; m++) {
      status = cm_dictionary_mark_stages(store, c->minerals.n ? c->minerals.ids[m] : 0, names->names[i], marks, &found,
                                         &known, error);
      total += found;
    }
    if (status != CRITMIN_OK || total) continue;
    status = known && c->minerals.n ? fail_stage(store, &c->minerals, names->names[i], error)
                                    : cm_dictionary_no_stage(store, NULL, names->names[i], error);
  }
  for (size_t i = 0; i < n && status == CRITMIN_OK; i++) {
    if (marks[i] && !add_id(&c->stages, stages[i].id)) status = cm_fail_memory(error);
  }
  cm_free(marks);
  return status;
}

static critmin_status choose(critmin_store *store, cm_names_of kind, const cm_names *names, cm_ids *list,
                             critmin_error *error) {
  for (size_t i = 0; i < names->count; i++) {
    int64_t id;
    critmin_status status = cm_dictionary_find(store, kind, NULL, 0, names->names[i], &id, error);
    if (status != CRITMIN_OK) return status;
    if (!add_id(list, id)) return cm_fail_memory(error);
  }
  return CRITMIN_OK;
}

critmin_status cm_chosen_countries(critmin_store *store, const critmin_selection *selection, cm_dimension dimension,
                                   cm_chosen *chosen, critmin_error *error) {
  const cm_names *names = cm_selection_names(selection, dimension);
  cm_window window = cm_chosen_window(selection);
  for (size_t i = 0; i < names->count; i++) {
    int64_t id;
    int is_group;
    critmin_status status = cm_dictionary_find_country_or_group(store, NULL, names->names[i], &id, &is_group, error);
    if (status != CRITMIN_OK) return status;
    if (is_group ? !add_id(&chosen->groups, id) : !add_id(&chosen->named, id) || !add_id(&chosen->countries, id))
      return cm_fail_memory(error);
  }
  return cm_chosen_extend(store,
                          "SELECT country_id FROM country_group_member WHERE group_id = ?1 "
                          "AND ifnull(to_date || '-99', '9999') >= ?2 AND ifnull(from_date, '0000') <= ?3",
                          &window, &chosen->groups, &chosen->countries, error);
}

critmin_status cm_chosen_names(critmin_store *store, const critmin_selection *selection, cm_chosen *chosen,
                               critmin_error *error) {
  critmin_status status = choose_minerals(store, cm_selection_names(selection, CM_MINERAL), &chosen->minerals, error);
  if (status == CRITMIN_OK) status = cm_chosen_stages(store, selection, chosen, error);
  if (status == CRITMIN_OK)
    status = choose(store, CM_NAMES_MEASURE, cm_selection_names(selection, CM_MEASURE), &chosen->measures, error);
  if (status == CRITMIN_OK)
    status = choose(store, CM_NAMES_INDICATOR, cm_selection_names(selection, CM_INDICATOR), &chosen->indicators, error);
  char *source = (char *)(uintptr_t)cm_selection_option(selection, "source");
  if (status == CRITMIN_OK && source)
    status = choose(store, CM_NAMES_SOURCE, &(cm_names){.names = &source, .count = 1}, &chosen->sources, error);
  return status;
}
