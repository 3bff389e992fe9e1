/* SPDX-License-Identifier: MIT */
/* A selection as conditions: along each dimension that the relation has, the rows that bear one of the names. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/chosen.h"
#include "store/row.h"
#include "store/rows.h"
#include "store/where.h"

/* Conditions ---------------------------------------------------------------------------------------------------------
 */

/* One dimension's alternatives, joined with OR. */
typedef struct alternatives {
  cm_where *where;
  int n;
} alternatives;

static void add_in(alternatives *any, const char *column, const char *inside, const cm_ids *ids) {
  cm_buffer *sql = &any->where->sql;
  cm_buffer_print(sql, "%s%s IN (%s", any->n++ ? " OR " : "", column, inside ? inside : "");
  for (size_t i = 0; i < ids->n; i++)
    cm_buffer_print(sql, "%s%lld", i ? "," : inside ? "(" : "", (long long)ids->ids[i]);
  if (inside && !ids->n) cm_buffer_add(sql, "(");
  cm_buffer_add(sql, inside ? "))" : ")");
}

static void add_column(alternatives *any, const char *column, const char *inside, const cm_ids *ids) {
  char *name = cm_text_print("t.%s", column);
  if (name)
    add_in(any, name, inside, ids);
  else
    any->where->sql.failed = 1;
  cm_free(name);
}

static int is_relation(const cm_relation *relation, const char *name) {
  return strcmp(relation->name, name) == 0;
}

/* What each dimension's names are in a relation of which they are the rows themselves. */
static const cm_ids *own(const cm_relation *relation, cm_field_type type, const cm_chosen *c) {
  if (type == CM_FIELD_MINERAL && is_relation(relation, "mineral")) return &c->minerals;
  if (type == CM_FIELD_STAGE && is_relation(relation, "stage")) return &c->stages;
  if (type == CM_FIELD_COUNTRY && is_relation(relation, "country")) return &c->countries;
  if (type == CM_FIELD_COUNTRY && is_relation(relation, "group")) return &c->groups;
  if (type == CM_FIELD_MEASURE && is_relation(relation, "measure")) return &c->measures;
  if (type == CM_FIELD_INDICATOR && is_relation(relation, "indicator_kind")) return &c->indicators;
  if (type == CM_FIELD_SOURCE && is_relation(relation, "source")) return &c->sources;
  return NULL;
}

static void add_field(alternatives *any, const cm_relation *relation, const cm_field *f, cm_field_type type,
                      const cm_chosen *c) {
  int stage = cm_row_place(relation, "stage"), edition = cm_row_place(relation, "edition");
  if (type == CM_FIELD_MINERAL && f->type == type && f->column) add_column(any, f->column, NULL, &c->minerals);
  if (type == CM_FIELD_MINERAL && f->type == type && !f->column)
    add_column(any, relation->fields[stage].column, "SELECT id FROM stage WHERE mineral_id IN ", &c->minerals);
  if (type == CM_FIELD_STAGE && f->type == type) add_column(any, f->column, NULL, &c->stages);
  if (type == CM_FIELD_COUNTRY && (f->type == type || f->type == CM_FIELD_COUNTRY_OR_GROUP))
    add_column(any, f->column, NULL, &c->countries);
  if (type == CM_FIELD_COUNTRY && f->type == CM_FIELD_COUNTRY_OR_GROUP) add_column(any, "group_id", NULL, &c->groups);
  if (type == CM_FIELD_COUNTRY && f->type == CM_FIELD_GROUP) add_column(any, f->column, NULL, &c->groups);
  if (type == CM_FIELD_MEASURE && f->type == type) add_column(any, f->column, NULL, &c->measures);
  if (type == CM_FIELD_INDICATOR && f->type == type) add_column(any, f->column, NULL, &c->indicators);
  if (type == CM_FIELD_SOURCE && f->type == type && f->column) add_column(any, f->column, NULL, &c->sources);
  if (type == CM_FIELD_SOURCE && f->type == type && !f->column)
    add_column(any, relation->fields[edition].column, "SELECT id FROM edition WHERE source_id IN ", &c->sources);
}

static void add_dimension(alternatives *any, const cm_relation *relation, cm_field_type type, const cm_chosen *c) {
  const cm_ids *rows = own(relation, type, c);
  if (rows) add_in(any, "t.id", NULL, rows);
  for (int i = 0; i < relation->n_fields; i++) add_field(any, relation, &relation->fields[i], type, c);
}

/* A record is of the minerals, stages and countries that its lists name. */
static void add_lists(alternatives *any, const cm_relation *relation, cm_field_type type, const cm_chosen *c) {
  const cm_relation *list;
  for (int i = 0; (list = cm_relation_list(relation, i)); i++) {
    if (!list->parent_column) continue;
    size_t before = any->where->sql.length;
    int alternatives_before = any->n;
    cm_buffer_print(&any->where->sql, "%st.id IN (SELECT t.%s FROM %s t WHERE ", any->n ? " OR " : "",
                    list->parent_column, list->table);
    any->n = 0;
    add_dimension(any, list, type, c);
    if (any->n) {
      cm_buffer_add(&any->where->sql, ")");
      any->n += alternatives_before;
    } else if (!any->where->sql.failed) {
      any->where->sql.length = before;
      any->where->sql.data[before] = '\0';
      any->n = alternatives_before;
    }
  }
}

static void where_dimension(cm_where *where, const cm_relation *relation, cm_field_type type, const cm_chosen *c) {
  size_t before = where->sql.length;
  cm_where_and(where);
  cm_buffer_add(&where->sql, "(");
  alternatives any = {where, 0};
  add_dimension(&any, relation, type, c);
  cm_chosen of_lists = *c;
  of_lists.countries = c->named; /* a group of countries is that of its members, not of its members' partners */
  int lists = type == CM_FIELD_MINERAL || type == CM_FIELD_STAGE || type == CM_FIELD_COUNTRY;
  if (lists && (!any.n || is_relation(relation, "group")))
    add_lists(&any, relation, type, is_relation(relation, "group") ? &of_lists : c);
  if (any.n) {
    cm_buffer_add(&where->sql, ")");
  } else if (!where->sql.failed) {
    where->sql.length = before;
    where->sql.data[before] = '\0';
  }
}

static void where_years(cm_where *where, const cm_relation *relation, int first, int last) {
  static const char *const pairs[][2] = {{"from", "to"}, {"from", "until"}, {"effective", "until"}};
  int year = cm_row_place(relation, "year");
  if (year >= 0) {
    cm_where_and(where);
    cm_buffer_print(&where->sql, "t.%s BETWEEN %d AND %d", relation->fields[year].column, first, last);
    return;
  }
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
    int begins = cm_row_place(relation, pairs[i][0]), ends = cm_row_place(relation, pairs[i][1]);
    if (begins < 0 || ends < 0) continue;
    const cm_field *f = &relation->fields[begins], *g = &relation->fields[ends];
    cm_where_and(where);
    if (f->type == CM_FIELD_PERIOD_FROM)
      cm_buffer_print(&where->sql, "t.%s <= %d AND t.%s >= %d", f->column, last * 10000 + 1231, g->column,
                      first * 10000 + 101);
    else if (f->type == CM_FIELD_INTEGER)
      cm_buffer_print(&where->sql, "ifnull(t.%s, %d) <= %d AND ifnull(t.%s, %d) >= %d", f->column, first, last,
                      g->column, last, first);
    else
      cm_buffer_print(&where->sql, "ifnull(t.%s, '') <= '%04d-99' AND ifnull(t.%s, '9999') >= '%04d'", f->column, last,
                      g->column, first);
    return;
  }
}

/* The fields between which a row was so; 0 when it is of no days. */
static int days_of(const cm_relation *relation, const cm_field **begins, const cm_field **ends) {
  static const char *const pairs[][2] = {{"from", "to"}, {"from", "until"}, {"effective", "until"}};
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
    int first = cm_row_place(relation, pairs[i][0]), last = cm_row_place(relation, pairs[i][1]);
    if (first < 0 || last < 0 || relation->fields[first].type != CM_FIELD_DATE) continue;
    *begins = &relation->fields[first];
    *ends = &relation->fields[last];
    return 1;
  }
  return 0;
}

/* What was so on a day. */
static void where_day(cm_where *where, const cm_relation *relation, const char *day) {
  const cm_field *begins, *ends;
  if (!days_of(relation, &begins, &ends)) return;
  cm_where_and(where);
  int parameter = cm_where_text(where, day);
  cm_buffer_print(&where->sql, "ifnull(t.%s, '') <= ?%d AND ifnull(t.%s || '-99', '9999') >= ?%d", begins->column,
                  parameter, ends->column, parameter);
}

critmin_status cm_where_check_day(const cm_relation *relation, const critmin_selection *selection,
                                  critmin_error *error) {
  const cm_field *begins, *ends;
  if (!cm_selection_option(selection, "date") || cm_where_is_policy(relation) || days_of(relation, &begins, &ends) ||
      cm_selection_names(selection, CM_COUNTRY)->count || cm_selection_names(selection, CM_PARTNER)->count)
    return CRITMIN_OK;
  return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                 "`date` does nothing here: the rows of %s are of no days, and no group of countries is asked for; "
                 "leave it out",
                 relation->name);
}

/* Whether a field tells what a row is about, apart from the edition that says it. */
static int tells_apart(const cm_relation *relation, const cm_field *f) {
  int edition = cm_row_place(relation, "edition");
  if (!f->column || f->type == CM_FIELD_EDITION || f->type == CM_FIELD_KEY) return 0;
  if (relation->fields[edition].flags & CM_IN_KEY) return (f->flags & CM_IN_KEY) != 0;
  return f->type == CM_FIELD_COUNTRY_OR_GROUP || f->type == CM_FIELD_MINERAL || f->type == CM_FIELD_STAGE ||
         f->type == CM_FIELD_PERIOD_FROM || f->type == CM_FIELD_PERIOD_TO;
}

/* Of each source, the newest edition by a day in which the same thing is said. */
static void where_edition(cm_where *where, const cm_relation *relation, const char *day) {
  int edition = cm_row_place(relation, "edition");
  if (is_relation(relation, "edition")) {
    cm_where_and(where);
    int parameter = cm_where_text(where, day);
    cm_buffer_print(&where->sql,
                    "t.date = (SELECT max(u.date) FROM edition u WHERE u.source_id = t.source_id AND u.date <= ?%d)",
                    parameter);
    return;
  }
  if (edition < 0 || relation->fields[edition].type != CM_FIELD_EDITION) return;
  const char *column = relation->fields[edition].column;
  cm_where_and(where);
  int parameter = cm_where_text(where, day);
  cm_buffer_print(&where->sql,
                  "t.%s IN (SELECT id FROM edition WHERE date <= ?%d) AND NOT EXISTS (SELECT 1 FROM %s u "
                  "JOIN edition a ON a.id = u.%s JOIN edition b ON b.id = t.%s WHERE a.source_id = b.source_id "
                  "AND a.date > b.date AND a.date <= ?%d",
                  column, parameter, relation->table, column, column, parameter);
  for (int i = 0; i < relation->n_fields; i++) {
    const cm_field *f = &relation->fields[i];
    if (!tells_apart(relation, f)) continue;
    int there = (f->flags & (CM_REQUIRED | CM_EMPTY_TEXT)) && f->type != CM_FIELD_COUNTRY_OR_GROUP;
    cm_buffer_print(&where->sql, " AND u.%s %s t.%s", f->column, there ? "=" : "IS", f->column);
  }
  cm_buffer_add(&where->sql, ")");
}

/* Words of a field: those it may hold are listed, or any text. */
static critmin_status where_words(cm_where *where, const cm_relation *relation, const char *field,
                                  const cm_names *names, critmin_error *error) {
  int at = cm_row_place(relation, field);
  if (!names->count || at < 0) return CRITMIN_OK;
  const cm_field *f = &relation->fields[at];
  cm_row row;
  critmin_status status = cm_row_open(&row, where->store, relation, error);
  cm_where_and(where);
  cm_buffer_print(&where->sql, "t.%s IN (", f->column);
  for (size_t i = 0; i < names->count && status == CRITMIN_OK; i++) {
    critmin_error found;
    status = cm_row_text(&row, at, names->names[i], &found);
    if (status == CRITMIN_ERROR_MEMORY) {
      cm_fail_memory(error);
    } else if (status != CRITMIN_OK) {
      status = cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "%s", found.message);
    } else {
      char *word = cm_text_copy_n(row.slots[at].text, (size_t)row.slots[at].text_length);
      cm_buffer_print(&where->sql, "%s?%d", i ? ", " : "", cm_where_text(where, word ? word : ""));
      if (!word) where->sql.failed = 1;
      cm_free(word);
    }
  }
  cm_buffer_add(&where->sql, ")");
  cm_row_close(&row);
  return status;
}

/* The records' own keys, or of a list's rows those of the records that own them. */
static critmin_status where_keys(cm_where *where, const cm_relation *relation, const cm_names *names,
                                 critmin_error *error) {
  const cm_relation *record =
      relation->parent && relation->parent_column ? cm_relation_find(relation->parent) : relation;
  if (!names->count || record->fields[0].type != CM_FIELD_KEY) return CRITMIN_OK;
  cm_where_and(where);
  if (record == relation)
    cm_buffer_add(&where->sql, "t.key IN (");
  else
    cm_buffer_print(&where->sql, "t.%s IN (SELECT id FROM %s WHERE key IN (", relation->parent_column, record->table);
  for (size_t i = 0; i < names->count; i++) {
    char *spelt, *near;
    critmin_status status = cm_where_spelt(where->store, record, names->names[i], &spelt, &near, error);
    if (status != CRITMIN_OK) return status;
    if (!spelt) {
      cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "no %s has the key '%s'%s%s%s", record->name, names->names[i],
              near ? "; did you mean '" : "; list them to see what there is", near ? near : "", near ? "'?" : "");
      cm_free(near);
      return CRITMIN_ERROR_UNKNOWN_NAME;
    }
    cm_buffer_print(&where->sql, "%s?%d", i ? ", " : "", cm_where_text(where, spelt));
    cm_free(spelt);
  }
  cm_buffer_add(&where->sql, record == relation ? ")" : "))");
  return CRITMIN_OK;
}

static critmin_status where_countries(cm_where *where, const cm_relation *relation, const critmin_selection *selection,
                                      cm_dimension dimension, critmin_error *error) {
  if (!cm_selection_names(selection, dimension)->count) return CRITMIN_OK;
  cm_chosen c = {0};
  critmin_status status = cm_chosen_countries(where->store, selection, dimension, &c, error);
  if (status == CRITMIN_OK) where_dimension(where, relation, CM_FIELD_COUNTRY, &c);
  cm_chosen_free(&c);
  return status;
}

critmin_status cm_where_selection(cm_where *where, const cm_relation *relation, const critmin_selection *selection,
                                  critmin_error *error) {
  if (!selection) return CRITMIN_OK;
  cm_chosen c = {0};
  int policy = cm_where_is_policy(relation);
  critmin_status status = cm_chosen_names(where->store, selection, &c, error);
  if (status == CRITMIN_OK && policy) {
    status = cm_where_policy(where, relation, selection, error);
  } else if (status == CRITMIN_OK) {
    if (c.minerals.n) where_dimension(where, relation, CM_FIELD_MINERAL, &c);
    if (c.stages.n) where_dimension(where, relation, CM_FIELD_STAGE, &c);
    if (c.measures.n) where_dimension(where, relation, CM_FIELD_MEASURE, &c);
    if (c.indicators.n) where_dimension(where, relation, CM_FIELD_INDICATOR, &c);
    if (c.sources.n) where_dimension(where, relation, CM_FIELD_SOURCE, &c);
    status = where_countries(where, relation, selection, CM_COUNTRY, error);
  }
  cm_chosen_free(&c);
  if (status == CRITMIN_OK && !policy) status = where_countries(where, relation, selection, CM_PARTNER, error);
  if (status == CRITMIN_OK)
    status = where_words(where, relation, "status", cm_selection_names(selection, CM_STATUS), error);
  if (status == CRITMIN_OK)
    status = where_words(where, relation, "kind", cm_selection_names(selection, CM_KIND), error);
  if (status == CRITMIN_OK) status = where_keys(where, relation, cm_selection_names(selection, CM_KEY), error);
  if (status != CRITMIN_OK) return status;
  if (selection->has_years) where_years(where, relation, (int)selection->first_year, (int)selection->last_year);
  const char *day = cm_selection_option(selection, "date"), *edition = cm_selection_option(selection, "edition");
  if (day && !policy) where_day(where, relation, day);
  if (edition) where_edition(where, relation, edition);
  return where->sql.failed ? cm_fail_memory(error) : CRITMIN_OK;
}
