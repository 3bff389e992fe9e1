/* SPDX-License-Identifier: MIT */
#include "store/read.h"

#include <math.h>
#include <sqlite3.h>

#include "base/memory.h"
#include "store/handle.h"

static const struct {
  const char *doing, *sql;
} reads[CM_READS] = {
    [CM_READ_SOURCES] = {"read the sources", "SELECT id, key, publisher, title, url, licence FROM source ORDER BY key"},
    [CM_READ_EDITIONS] = {"read the editions",
                          "SELECT id, source_id, key, date, title, url FROM edition ORDER BY source_id, date, key"},
    [CM_READ_COUNTRIES] = {"read the countries", "SELECT id, key, kind, iso2, m49, name FROM country ORDER BY id"},
    [CM_READ_COUNTRY_WORDS] = {"read the countries' other names",
                               "SELECT publisher, word, country_id FROM country_alias"},
    [CM_READ_GROUPS] = {"read the groups", "SELECT id, key, name, ifnull(area_id, 0) FROM country_group ORDER BY key"},
    [CM_READ_GROUP_MEMBERS] = {"read the groups' members",
                               "SELECT group_id, country_id, from_date, to_date FROM country_group_member ORDER BY "
                               "group_id, country_id, from_date"},
    [CM_READ_MINERALS] = {"read the minerals", "SELECT id, key, name, symbol, kind FROM mineral ORDER BY key"},
    [CM_READ_MINERAL_MEMBERS] = {"read the minerals' members",
                                 "SELECT group_id, member_id FROM mineral_member ORDER BY group_id, member_id"},
    [CM_READ_MINERAL_WORDS] = {"read the minerals' other names",
                               "SELECT publisher, word, mineral_id FROM mineral_alias"},
    [CM_READ_STAGES] = {"read the stages",
                        "SELECT s.id, s.mineral_id, s.key, s.kind, s.position, s.name, s.unit, s.basis "
                        "FROM mineral m JOIN stage s ON s.mineral_id = m.id ORDER BY m.key, s.position"},
    [CM_READ_STAGE_WORDS] = {"read the stages' other names",
                             "SELECT publisher, ifnull(mineral_id, 0), word, stage FROM stage_alias"},
    [CM_READ_CONTENT_FACTORS] =
        {"read the content factors",
         "SELECT mineral_id, ifnull(stage_id, 0), hs, basis, element, factor FROM content_factor"},
    [CM_READ_MEASURES] = {"read the measures", "SELECT id, key, unit, choice FROM measure ORDER BY key"},
    [CM_READ_INDICATORS] = {"read the indicators", "SELECT id, key, name, unit FROM indicator_kind ORDER BY key"},
    [CM_READ_SOURCE_RANKS] =
        {"read the ranks of the sources",
         "SELECT measure_id, ifnull(mineral_id, 0), ifnull(stage_id, 0), source_id, rank FROM source_rank"},
    [CM_READ_FIGURES] =
        {"read the figures",
         "SELECT id, measure_id, period_from, period_to, edition_id, country_id, ifnull(producer_id, 0), sector, "
         "outlook, scenario, unit, basis, value, low, high, status, excludes, note FROM figure "
         "WHERE stage_id = ?1 AND period_to >= ?2 AND period_from <= ?3 "
         "ORDER BY measure_id, period_from, period_to, edition_id, country_id, ifnull(producer_id, 0), sector, "
         "outlook, scenario"},
    [CM_READ_RESERVES] =
        {"read the reserves",
         "SELECT id, 0, period_from, period_to, edition_id, holder_id, 0, '', 'actual', '', unit, basis, value, "
         "low, high, status, NULL, note FROM reserve "
         "WHERE stage_id = ?1 AND kind = 'geological' AND period_to >= ?2 AND period_from <= ?3 "
         "ORDER BY period_from, period_to, edition_id, holder_id"},
    [CM_READ_SCORES] =
        {"read the indicators' scores",
         "SELECT year, edition_id, value, std_error FROM indicator "
         "WHERE indicator_id = ?1 AND country_id = ?2 AND year <= ?3 ORDER BY year DESC, edition_id DESC"},
    [CM_READ_PARAMETERS] = {"read the parameters",
                            "SELECT id, edition_id, mineral_id, ifnull(stage_id, 0), ifnull(country_id, 0), parameter, "
                            "value, low, high, words, unit, note FROM parameter ORDER BY id"},
    [CM_READ_PRICES] = {"read the prices",
                        "SELECT id, edition_id, mineral_id, form, period_from, period_to, amount, low, high, per, "
                        "currency, ifnull(money_year, 0), basis, status, note FROM price ORDER BY id"},
    [CM_READ_END_USES] = {"read the uses of minerals",
                          "SELECT id, edition_id, mineral_id, country_id, application, industry, period_from, "
                          "period_to, share, note FROM end_use ORDER BY id"},
    [CM_READ_INDUSTRIES] = {"read the industries",
                            "SELECT id, edition_id, country_id, code, name, period_from, period_to, amount, currency "
                            "FROM industry ORDER BY id"},
    [CM_READ_ASSUMPTIONS] = {"read the assumptions",
                             "SELECT key, subject, ifnull(mineral_id, 0), ifnull(stage_id, 0), ifnull(country_id, 0), "
                             "value, low, high, unit, reason FROM assumption ORDER BY key"},
    [CM_READ_COMPOSITES] = {"read the composites", "SELECT key, name, definition, note FROM composite ORDER BY key"},
    [CM_READ_COMMITMENTS] =
        {"read the commitments",
         "SELECT t.id, a.key, t.mineral_id, t.stage_id, ifnull(t.buyer_id, 0), ifnull(t.seller_id, 0), "
         "ifnull(t.producer_id, 0), t.tonnes, t.share, coalesce(t.basis, s.basis), "
         "coalesce(t.from_date, a.effective, a.signed), ifnull(t.ramp_months, 0), coalesce(t.to_date, a.until), "
         "(SELECT min(ifnull(n.signed, n.effective)) FROM agreement n WHERE n.supersedes_id = a.id), t.probability, "
         "t.additionality, p.status, ifnull((SELECT min(source_id) FROM agreement_citation x WHERE x.agreement_id = "
         "a.id), 0), t.note FROM agreement_commitment t JOIN agreement a ON a.id = t.agreement_id "
         "JOIN stage s ON s.id = t.stage_id LEFT JOIN producer p ON p.id = t.producer_id "
         "WHERE t.kind IN ('tonnes', 'share') AND t.mineral_id IS NOT NULL ORDER BY a.key, t.id"},
    [CM_READ_RESTRICTIONS] =
        {"read the restrictions",
         "SELECT t.id, t.key, t.kind, ifnull(t.country_id, 0), ifnull(t.group_id, 0), t.effective, t.until, t.rate, "
         "x.mineral_id, ifnull(x.stage_id, 0), ifnull((SELECT min(source_id) FROM restriction_citation c WHERE "
         "c.restriction_id = t.id), 0) FROM restriction t JOIN restriction_scope x ON x.restriction_id = t.id "
         "WHERE t.effective IS NOT NULL AND (t.country_id IS NOT NULL OR t.group_id IS NOT NULL) "
         "GROUP BY t.id, x.mineral_id, x.stage_id ORDER BY t.key, x.mineral_id, x.stage_id"},
    [CM_READ_TARGETS] = {"read the targets of restrictions",
                         "SELECT restriction_id, ifnull(country_id, 0), ifnull(group_id, 0) FROM restriction_target "
                         "ORDER BY restriction_id, country_id, group_id"},
    [CM_READ_RESTS] = {"read the suspensions of restrictions",
                       "SELECT restriction_id, from_date, to_date FROM restriction_suspension "
                       "ORDER BY restriction_id, from_date, to_date"},
    [CM_READ_PRODUCERS] = {"read the producers",
                           "SELECT id, key, name, ifnull(country_id, 0) FROM producer ORDER BY id"},
    [CM_READ_OWNERS] = {"read the owners of producers",
                        "SELECT producer_id, ifnull(owner_id, 0), ifnull(country_id, 0), share, from_date, to_date, "
                        "ifnull(source_id, 0) FROM producer_owner "
                        "ORDER BY producer_id, ifnull(owner_id, 0), ifnull(country_id, 0), from_date, id"},
    [CM_READ_FLOWS] =
        {"read the flows",
         "SELECT from_year, to_year, importer_id, exporter_id, edition_id, hs, quantity, basis, amount, currency, "
         "share, status FROM flow WHERE stage_id = ?1 AND to_year >= ?2 AND from_year <= ?3 "
         "ORDER BY from_year, to_year, importer_id, exporter_id, edition_id, hs"},
};

struct cm_cursor {
  critmin_store *store;
  sqlite3_stmt *statement;
  const char *doing;
};

critmin_status cm_cursor_open(critmin_store *store, cm_read what, cm_cursor **cursor, critmin_error *error) {
  cm_cursor *made = cm_alloc_array(1, sizeof *made);
  if (!made) return cm_fail_memory(error);
  made->store = store;
  made->doing = reads[what].doing;
  critmin_status status = cm_store_prepare(store, reads[what].sql, &made->statement, error);
  if (status) {
    cm_free(made);
    return status;
  }
  *cursor = made;
  return CRITMIN_OK;
}

void cm_cursor_close(cm_cursor *cursor) {
  if (!cursor) return;
  sqlite3_finalize(cursor->statement);
  cm_free(cursor);
}

void cm_cursor_bind(cm_cursor *cursor, const int64_t *values, int n) {
  sqlite3_reset(cursor->statement);
  for (int i = 0; i < n; i++) sqlite3_bind_int64(cursor->statement, i + 1, values[i]);
}

critmin_status cm_cursor_next(cm_cursor *cursor, int *found, critmin_error *error) {
  int code = sqlite3_step(cursor->statement);
  *found = code == SQLITE_ROW;
  if (code == SQLITE_ROW || code == SQLITE_DONE) return CRITMIN_OK;
  return cm_store_fail(cursor->store, code, cursor->doing, error);
}

int64_t cm_cursor_integer(const cm_cursor *cursor, int column) {
  return sqlite3_column_int64(cursor->statement, column);
}

double cm_cursor_number(const cm_cursor *cursor, int column) {
  double number = sqlite3_column_double(cursor->statement, column);
  if (number == 0.0 && sqlite3_column_type(cursor->statement, column) == SQLITE_NULL) return NAN;
  return number;
}

const char *cm_cursor_text(const cm_cursor *cursor, int column) {
  return (const char *)sqlite3_column_text(cursor->statement, column);
}
