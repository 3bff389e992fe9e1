/* SPDX-License-Identifier: MIT */
/*
 * What was agreed, held and forbidden on a day. A date that is shortened to its month or year is, as a beginning, the
 * last day it can mean, so that nothing is in force too early; as an end too, which is what an end means.
 */
#ifndef CM_STORE_AS_OF_H
#define CM_STORE_AS_OF_H

#include "base/error.h"
#include "base/selection.h"
#include "store/where.h"

/* The last day that a date can mean. */
#define CM_LAST_DAY(date)                                                                              \
  "CASE length(" date ") WHEN 4 THEN " date " || '-12-31' WHEN 7 THEN date(" date                      \
  " || '-01', '+1 month', '-1 day') ELSE " date " END"
/* An end, or a day after all others. */
#define CM_END(date) "ifnull(" CM_LAST_DAY(date) ", '9999')"
/* When an agreement begins to count. */
#define CM_SIGNED(agreement) CM_LAST_DAY("ifnull(" agreement ".signed, " agreement ".effective)")

/* A reserve's period as a date begins: shortened as it is printed. */
#define CM_DAYS_OF_MONTH(day)                                                                                \
  "CAST(strftime('%d', printf('%04d-%02d-01', " day " / 10000, " day " / 100 % 100), '+1 month', '-1 day') " \
  "AS INTEGER)"
#define CM_RESERVE_DAY(r)                                                                                           \
  "substr(printf('%04d-%02d-%02d', " r ".period_from / 10000, " r ".period_from / 100 % 100, " r                    \
  ".period_from % 100), 1, CASE WHEN " r ".period_from % 10000 = 101 AND " r ".period_to % 10000 = 1231 THEN 4 "    \
  "WHEN " r ".period_from % 100 = 1 AND " r ".period_to % 100 = " CM_DAYS_OF_MONTH(r ".period_to") " THEN 7 ELSE 10 END)"

/* Keys joined with `;`: of a record's minerals, countries, parties and sources, where `id` is the record's. */
#define CM_JOIN(rows) "(SELECT group_concat(k, ';') FROM (" rows " ORDER BY 1))"
#define CM_KEYS_OF(of, column, table, owner, id)                                                         \
  "SELECT o.key AS k FROM " table " x JOIN " of " o ON o.id = x." column " WHERE x." owner " = " id
#define CM_AGREEMENT_MINERALS(id)                                                  \
  CM_JOIN(CM_KEYS_OF("mineral", "mineral_id", "agreement_scope", "agreement_id", id) \
          " UNION " CM_KEYS_OF("mineral", "mineral_id", "agreement_commitment", "agreement_id", id))
#define CM_RESTRICTION_MINERALS(id) \
  CM_JOIN("SELECT DISTINCT k FROM (" CM_KEYS_OF("mineral", "mineral_id", "restriction_scope", "restriction_id", id) ")")
#define CM_RESTRICTION_TARGETS(id)                                                      \
  CM_JOIN(CM_KEYS_OF("country", "country_id", "restriction_target", "restriction_id", id) \
          " UNION " CM_KEYS_OF("country_group", "group_id", "restriction_target", "restriction_id", id))
#define CM_SOURCES(table, owner, id) CM_JOIN(CM_KEYS_OF("source", "source_id", table, owner, id))
/* Countries and groups come before companies and bodies. */
#define CM_PARTIES(id)                                                                                         \
  "(SELECT group_concat(k, ';') FROM (SELECT DISTINCT coalesce(c.key, g.key, p.name) AS k, c.key IS NULL AND " \
  "g.key IS NULL AS body FROM agreement_party p LEFT JOIN country c ON c.id = p.country_id LEFT JOIN "         \
  "country_group g ON g.id = p.group_id WHERE p.agreement_id = " id " ORDER BY 2, 1))"

/* SQL with the parameter's number for each `@`, freed with cm_free(); NULL when memory ran out. */
char *cm_as_of_sql(const char *text, int parameter);

/* Adds that the rows of an agreement, a commitment, a reserve or a restriction counted on a day, yyyy-mm-dd. */
void cm_as_of_where(cm_where *where, const cm_relation *relation, const char *day);

/* What a list shows of a relation: its rows; the producers with the countries that produce; with the option `date`, of
 * what is agreed, held or forbidden, what was so on that day, told in further columns. */
critmin_status cm_list_rows(critmin_store *store, const cm_relation *relation, const critmin_selection *selection,
                            critmin_table **table, critmin_error *error);

/* The commitments that stood on a day, and what each amounts to: commitments.c. */
critmin_status cm_commitments_table(critmin_store *store, const critmin_selection *selection, const char *day,
                                    critmin_table **table, critmin_error *error);

#endif
