/* SPDX-License-Identifier: MIT */
/* What happened between two days to what is agreed, held and forbidden: every dated fact is an event. */
#include <string.h>

#include "base/memory.h"
#include "store/as_of.h"
#include "store/dictionary.h"
#include "store/period.h"
#include "store/rows.h"

/* Who restricts, then whom. */
#define RESTRICTING                                                                                                \
  "ltrim(coalesce((SELECT key FROM country WHERE id = t.country_id), (SELECT key FROM country_group WHERE id = "   \
  "t.group_id), '') || ifnull(';' || " CM_RESTRICTION_TARGETS("t.id") ", ''), ';')"
#define RESTRICTION "t.kind || ', ' || t.basis || ifnull(': ' || t.note, '')"

/* What is suspended on the day it was to take effect does not take it. */
#define PUT_OFF                                                                                             \
  "EXISTS (SELECT 1 FROM restriction_suspension p WHERE p.restriction_id = t.id AND " CM_LAST_DAY(          \
      "p.from_date") " <= " CM_LAST_DAY("t.effective") " AND " CM_END("p.to_date") " >= " CM_LAST_DAY("t.effective") ")"

/* A suspension's last day is one of it: the measure acts again on the next, if it is in force then and nothing else
 * suspends it. */
#define NEXT_DAY "date(" CM_LAST_DAY("x.to_date") ", '+1 day')"
#define ACTS_AGAIN                                                                                            \
  CM_LAST_DAY("t.effective") " <= " NEXT_DAY " AND " CM_END("t.until") " >= " NEXT_DAY                        \
  " AND NOT EXISTS (SELECT 1 FROM restriction_suspension p WHERE p.restriction_id = t.id AND "                \
  CM_LAST_DAY("p.from_date") " <= " NEXT_DAY " AND " CM_END("p.to_date") " >= " NEXT_DAY ")"

/* Of each relation: what its events tell of a row, but for day, event and text. */
static const struct subject {
  const char *relation, *what, *key, *countries, *minerals, *sources;
} subjects[] = {
    {"agreement", "agreement", "t.key", CM_PARTIES("t.id"), CM_AGREEMENT_MINERALS("t.id"),
     CM_SOURCES("agreement_citation", "agreement_id", "t.id")},
    {"agreement_commitment", "commitment", "(SELECT key FROM agreement WHERE id = t.agreement_id)",
     CM_JOIN("SELECT key AS k FROM country WHERE id IN (t.buyer_id, t.seller_id)"),
     "(SELECT key FROM mineral WHERE id = t.mineral_id)",
     CM_SOURCES("agreement_citation", "agreement_id", "t.agreement_id")},
    {"reserve", "reserve", "t.key",
     "coalesce((SELECT key FROM country WHERE id = t.holder_id), (SELECT key FROM country_group WHERE id = t.group_id))",
     "(SELECT key FROM mineral WHERE id = t.mineral_id)", CM_SOURCES("reserve_citation", "reserve_id", "t.id")},
    {"restriction", "restriction", "t.key", RESTRICTING, CM_RESTRICTION_MINERALS("t.id"),
     CM_SOURCES("restriction_citation", "restriction_id", "t.id")},
};
enum { AGREEMENT, COMMITMENT, RESERVE, RESTRICTIONS, N_SUBJECTS };

static const struct event {
  int subject;
  const char *day, *event, *text; /* SQL; rows without that day have no such event */
  const char *join;               /* or NULL */
} events[] = {
    {AGREEMENT, "t.signed", "'signed'", "t.name", NULL},
    {AGREEMENT, "t.effective", "'effective'", "t.name", NULL},
    {AGREEMENT, "t.until", "'ended'", "t.name", NULL},
    {AGREEMENT, "ifnull(n.signed, n.effective)", "'superseded'", "t.name || ', by ' || n.key",
     "JOIN agreement n ON n.supersedes_id = t.id"},
    {COMMITMENT, "t.from_date", "'delivery_begins'", "a.name", "JOIN agreement a ON a.id = t.agreement_id"},
    {COMMITMENT, "t.to_date", "'delivery_ends'", "a.name", "JOIN agreement a ON a.id = t.agreement_id"},
    {RESERVE, CM_RESERVE_DAY("t"), "ifnull(t.state, 'said')", "t.programme || ifnull(': ' || t.note, '')",
     "JOIN (SELECT 1) ON t.kind = 'strategic'"},
    {RESTRICTIONS, "t.announced", "'announced'", RESTRICTION, NULL},
    {RESTRICTIONS, "iif(" PUT_OFF ", NULL, t.effective)", "'effective'", RESTRICTION, NULL},
    {RESTRICTIONS, "t.until", "'ended'", RESTRICTION, NULL},
    {RESTRICTIONS, "x.from_date", "'suspended'", "t.kind || ', ' || t.basis || ifnull(', until ' || x.to_date, '')",
     "JOIN restriction_suspension x ON x.restriction_id = t.id"},
    {RESTRICTIONS, "iif(" ACTS_AGAIN ", " NEXT_DAY ", NULL)", "'resumed'", RESTRICTION, "JOIN restriction_suspension x ON x.restriction_id = t.id"},
};

enum { COLUMNS = 8 };

static void add_event(cm_where *where, const struct event *e, const char *conditions, int since, int until) {
  const struct subject *s = &subjects[e->subject];
  cm_buffer_print(&where->sql, "%sSELECT day, what, key, event, text, countries, minerals, sources, last FROM (",
                  where->sql.length ? " UNION ALL " : "");
  cm_buffer_print(&where->sql,
                  "SELECT %s AS day, '%s' AS what, %s AS key, %s AS event, %s AS text, %s AS countries, %s AS minerals, "
                  "%s AS sources, ",
                  e->day, s->what, s->key, e->event, e->text, s->countries, s->minerals, s->sources);
  cm_buffer_print(&where->sql, "CASE length(%s) WHEN 4 THEN %s || '-12-31' WHEN 7 THEN date(%s || '-01', '+1 month', '-1 day') ELSE %s END",
                  e->day, e->day, e->day, e->day);
  cm_buffer_print(&where->sql, " AS last FROM %s t %s%s) WHERE last BETWEEN ?%d AND ?%d", s->relation,
                  e->join ? e->join : "", conditions, since, until);
}

/* All events in one statement. Each relation's conditions number their parameters on from the last. */
static critmin_status prepare(cm_where *where, const critmin_selection *selection, const char *since, const char *until,
                              sqlite3_stmt **statement, critmin_error *error) {
  char *conditions[N_SUBJECTS] = {NULL};
  critmin_status status = CRITMIN_OK;
  for (int i = 0; !status && i < N_SUBJECTS; i++) {
    status = cm_where_selection(where, cm_relation_find(subjects[i].relation), selection, error);
    if (status) break;
    conditions[i] = cm_buffer_take(&where->sql);
    if (!conditions[i]) status = cm_fail_memory(error);
  }
  int from = cm_where_text(where, since), to = cm_where_text(where, until);
  for (size_t i = 0; !status && i < sizeof events / sizeof events[0]; i++)
    add_event(where, &events[i], conditions[events[i].subject], from, to);
  if (!status) cm_buffer_add(&where->sql, " ORDER BY last, what, key, event, text");
  if (!status && where->sql.failed) status = cm_fail_memory(error);
  if (!status) status = cm_store_prepare(where->store, where->sql.data, statement, error);
  for (int i = 0; i < N_SUBJECTS; i++) cm_free(conditions[i]);
  return status;
}

static critmin_status read_events(critmin_store *store, const critmin_selection *selection, const char *since,
                                  const char *until, critmin_table **table, critmin_error *error) {
  static const cm_column columns[COLUMNS] = {
      {"day", "", CRITMIN_COLUMN_TEXT},      {"what", "", CRITMIN_COLUMN_TEXT},
      {"key", "", CRITMIN_COLUMN_TEXT},      {"event", "", CRITMIN_COLUMN_TEXT},
      {"text", "", CRITMIN_COLUMN_TEXT},     {"countries", "", CRITMIN_COLUMN_TEXT},
      {"minerals", "", CRITMIN_COLUMN_TEXT}, {"sources", "", CRITMIN_COLUMN_TEXT}};
  cm_where where = {.store = store};
  sqlite3_stmt *statement = NULL;
  critmin_status status = cm_dictionary_refresh(store, error);
  if (!status) status = prepare(&where, selection, since, until, &statement, error);
  cm_builder *builder = status ? NULL : cm_builder_new(columns, COLUMNS);
  if (!status && !builder) status = cm_fail_memory(error);
  if (!status) cm_where_bind(&where, statement);
  int code = SQLITE_DONE;
  while (!status && (code = sqlite3_step(statement)) == SQLITE_ROW) {
    cm_builder_row(builder);
    for (int i = 0; i < COLUMNS; i++) {
      const char *text = (const char *)sqlite3_column_text(statement, i);
      cm_builder_text(builder, i, text && *text ? text : NULL);
    }
  }
  if (!status && code != SQLITE_DONE) status = cm_store_fail(store, code, "read what changed", error);
  sqlite3_finalize(statement);
  cm_where_free(&where);
  if (!status) return cm_builder_finish(builder, table, error);
  cm_builder_free(builder);
  return status;
}

/* Memberships count on the last day, whatever the selection's own is. */
static critmin_status read_as_of(critmin_store *store, const critmin_selection *selection, const char *since,
                                 char *until, critmin_table **table, critmin_error *error) {
  char name[] = "date";
  critmin_selection asked = {0};
  if (selection) asked = *selection;
  asked.options = cm_alloc_array(asked.n_options + 1, sizeof *asked.options);
  if (!asked.options) return cm_fail_memory(error);
  asked.options[0] = (struct cm_option){.name = name, .value = until};
  for (size_t i = 0; i < asked.n_options; i++) asked.options[i + 1] = selection->options[i];
  asked.n_options++;
  critmin_status status = read_events(store, &asked, since, until, table, error);
  cm_free(asked.options);
  return status;
}

static critmin_status check_day(const char *argument, const char *text, int64_t *day, critmin_error *error) {
  int64_t last;
  int parts = 0;
  if (!text) return cm_fail_null(error, argument);
  if (cm_date_parse(text, day, &last, &parts) == CM_DATE_GOOD && parts == 3) return CRITMIN_OK;
  return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "argument `%s`: `%.40s` is no day; write it as 2024-12-31", argument,
                 text);
}

critmin_status critmin_store_changes(critmin_store *store, const char *since, const char *until,
                                     const critmin_selection *selection, critmin_table **table, critmin_error *error) {
  int64_t first = 0, last = 0;
  if (!store) return cm_fail_null(error, "store");
  if (!table) return cm_fail_null(error, "table");
  critmin_status status = check_day("since", since, &first, error);
  if (!status) status = check_day("until", until, &last, error);
  if (!status && first > last)
    status = cm_fail(error, CRITMIN_ERROR_YEAR_RANGE, "the days %s to %s end before they begin; swap them", since, until);
  if (!status) status = cm_store_enter(store, error);
  if (status) return status;
  critmin_table *made = NULL;
  char day[CM_DATE_TEXT];
  memcpy(day, until, strlen(until) + 1);
  status = cm_store_read_begin(store, error);
  if (!status) {
    status = read_as_of(store, selection, since, day, &made, error);
    cm_store_read_end(store);
  }
  cm_store_leave(store);
  if (status) return status;
  *table = made;
  return cm_ok(error);
}
