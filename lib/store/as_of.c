/* SPDX-License-Identifier: MIT */
#include "store/as_of.h"

#include <string.h>

#include "base/memory.h"
#include "store/dictionary.h"
#include "store/record.h"
#include "store/rows.h"

char *cm_as_of_sql(const char *text, int parameter) {
  cm_buffer sql = {0};
  for (const char *at; (at = strchr(text, '@')) != NULL; text = at + 1) {
    cm_buffer_add_n(&sql, text, (size_t)(at - text));
    cm_buffer_print(&sql, "?%d", parameter);
  }
  cm_buffer_add(&sql, text);
  return cm_buffer_take(&sql);
}

#define RESERVE_BEGINS(r) CM_LAST_DAY(CM_RESERVE_DAY(r))

/* Not said once more, later and by that day, of the same programme; or by the same source, of the same ground. */
#define NEWEST                                                                                                      \
  "CASE t.kind WHEN 'strategic' THEN " RESERVE_BEGINS("t") " <= @ AND ifnull(t.state, '') <> 'ended' AND NOT EXISTS (SELECT 1 FROM reserve u WHERE u.kind = 'strategic' "         \
  "AND u.mineral_id = t.mineral_id AND u.stage_id IS t.stage_id AND u.holder_id IS t.holder_id "                    \
  "AND u.group_id IS t.group_id AND u.programme IS t.programme AND " RESERVE_BEGINS("u") " <= @ AND (u.period_to, u.period_from) > (t.period_to, t.period_from)) "                                              \
  "ELSE (SELECT date FROM edition WHERE id = t.edition_id) <= @ AND NOT EXISTS (SELECT 1 FROM reserve u "           \
  "JOIN edition a ON a.id = u.edition_id JOIN edition b ON b.id = t.edition_id AND b.source_id = a.source_id "      \
  "WHERE u.kind = t.kind AND u.mineral_id = t.mineral_id AND u.stage_id = t.stage_id AND u.holder_id = t.holder_id " \
  "AND a.date <= @ AND a.date > b.date) END"

#define IN_FORCE(agreement)                                                                                       \
  CM_SIGNED(agreement) " <= @ AND " CM_END(agreement ".until") " >= @ AND NOT EXISTS (SELECT 1 FROM agreement n " \
  "WHERE n.supersedes_id = " agreement ".id AND " CM_SIGNED("n") " <= @)"

#define SUSPENDED                                                                                               \
  "FROM restriction_suspension x WHERE x.restriction_id = t.id AND " CM_LAST_DAY("x.from_date") " <= @ AND "    \
  CM_END("x.to_date") " >= @"

/* Of each relation, which rows counted on the day `@`, and the columns that tell the rest of the story. */
static const struct {
  const char *relation, *condition;
  cm_extra extras[CM_EXTRAS_MAX]; /* to the first without a name */
} stories[] = {
    {"agreement",
     IN_FORCE("t"),
     {{{"state", "", CRITMIN_COLUMN_TEXT},
       "CASE WHEN " CM_LAST_DAY("t.effective") " <= @ THEN 'in_force' ELSE 'signed' END"},
      {{"parties", "", CRITMIN_COLUMN_TEXT}, CM_PARTIES("t.id")},
      {{"minerals", "", CRITMIN_COLUMN_TEXT}, CM_AGREEMENT_MINERALS("t.id")},
      {{"sources", "", CRITMIN_COLUMN_TEXT}, CM_SOURCES("agreement_citation", "agreement_id", "t.id")}}},
    {"agreement_commitment",
     CM_END("t.to_date") " >= @ AND EXISTS (SELECT 1 FROM agreement a WHERE a.id = t.agreement_id AND " IN_FORCE("a") ")",
     {{{NULL, NULL, 0}, NULL}}},
    {"reserve",
     NEWEST,
     {{{"sources", "", CRITMIN_COLUMN_TEXT},
       CM_JOIN(CM_KEYS_OF("source", "source_id", "reserve_citation", "reserve_id", "t.id")
               " UNION SELECT o.key FROM edition x JOIN source o ON o.id = x.source_id WHERE x.id = t.edition_id")}}},
    {"restriction",
     "(" CM_LAST_DAY("t.announced") " <= @ OR " CM_LAST_DAY("t.effective") " <= @) AND " CM_END("t.until") " >= @",
     {{{"state", "", CRITMIN_COLUMN_TEXT},
       "CASE WHEN EXISTS (SELECT 1 " SUSPENDED ") THEN 'suspended' WHEN " CM_LAST_DAY("t.effective")
       " <= @ THEN 'in_force' ELSE 'announced' END"},
      {{"suspended_until", "", CRITMIN_COLUMN_TEXT}, "(SELECT x.to_date " SUSPENDED " ORDER BY x.to_date IS NULL DESC, "
                                                     "x.to_date DESC LIMIT 1)"},
      {{"minerals", "", CRITMIN_COLUMN_TEXT}, CM_RESTRICTION_MINERALS("t.id")},
      {{"targets", "", CRITMIN_COLUMN_TEXT}, CM_RESTRICTION_TARGETS("t.id")},
      {{"sources", "", CRITMIN_COLUMN_TEXT}, CM_SOURCES("restriction_citation", "restriction_id", "t.id")}}},
};
enum { N_STORIES = sizeof stories / sizeof stories[0] };

static size_t story_of(const cm_relation *relation) {
  size_t i = 0;
  while (i < N_STORIES && strcmp(stories[i].relation, relation->name) != 0) i++;
  return i;
}

static void add_condition(cm_where *where, const char *condition, int day) {
  char *sql = day ? cm_as_of_sql(condition, day) : NULL;
  cm_where_and(where);
  cm_buffer_print(&where->sql, "(%s)", sql ? sql : "0");
  if (!sql) where->sql.failed = 1;
  cm_free(sql);
}

void cm_as_of_where(cm_where *where, const cm_relation *relation, const char *day) {
  size_t i = story_of(relation);
  if (i < N_STORIES) add_condition(where, stories[i].condition, cm_where_text(where, day));
}

static critmin_status tell(cm_where *where, const cm_relation *relation, const char *day, critmin_table **table,
                           critmin_error *error) {
  size_t story = story_of(relation);
  cm_extra extras[CM_EXTRAS_MAX];
  char *made[CM_EXTRAS_MAX] = {NULL};
  int n = 0, parameter = cm_where_text(where, day);
  critmin_status status = parameter ? CRITMIN_OK : cm_fail_memory(error);
  for (; !status && n < CM_EXTRAS_MAX && stories[story].extras[n].column.name; n++) {
    extras[n] = stories[story].extras[n];
    extras[n].sql = made[n] = cm_as_of_sql(extras[n].sql, parameter);
    if (!made[n]) status = cm_fail_memory(error);
  }
  if (!status) {
    add_condition(where, stories[story].condition, parameter);
    status = cm_rows_where(where, relation, extras, n, table, error);
  }
  for (int i = 0; i < n; i++) cm_free(made[i]);
  return status;
}

critmin_status cm_list_rows(critmin_store *store, const cm_relation *relation, const critmin_selection *selection,
                            critmin_table **table, critmin_error *error) {
  const char *day = cm_selection_option(selection, "date");
  critmin_status status = cm_where_check_day(relation, selection, error);
  if (status) return status;
  if (strcmp(relation->name, "producer") == 0) return cm_producer_table(store, selection, table, error);
  if (!day || !cm_where_is_policy(relation)) return cm_rows_table(store, relation, selection, NULL, NULL, 0, table, error);
  if (strcmp(relation->name, "agreement_commitment") == 0)
    return cm_commitments_table(store, selection, day, table, error);
  cm_where where = {.store = store};
  status = cm_dictionary_refresh(store, error);
  if (!status) status = cm_where_selection(&where, relation, selection, error);
  if (!status) status = tell(&where, relation, day, table, error);
  cm_where_free(&where);
  return status;
}
