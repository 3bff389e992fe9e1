/* SPDX-License-Identifier: MIT */
#include "store/check.h"

/* "2020-2024", or "2024". */
#define YEARS(first, last) "CASE WHEN " first " = " last " THEN (" first ") ELSE (" first ") || '-' || (" last ") END"

const char cm_check_errors[] =
    "SELECT 'error', 'membership_overlap', NULL, NULL, NULL, 1, c.key || ' is a member of ' || g.key || ' twice at"
    " once', NULL"
    " FROM country_group_member a"
    " JOIN country_group_member b ON b.group_id = a.group_id AND b.country_id = a.country_id AND b.id > a.id"
    " JOIN country_group g ON g.id = a.group_id JOIN country c ON c.id = a.country_id"
    " WHERE ifnull(a.from_date, '') <= ifnull(b.to_date, '') || '~' AND ifnull(b.from_date, '') <= ifnull(a.to_date,"
    " '') || '~'"
    " UNION ALL "
    "SELECT 'error', 'negative_quantity', m.key, s.key, " YEARS("f.period_from / 10000", "f.period_to / 10000") ", 1,"
    " me.key || ' of ' || c.key || ' is below zero', so.key"
    " FROM figure f JOIN measure me ON me.id = f.measure_id JOIN country c ON c.id = f.country_id"
    " JOIN stage s ON s.id = f.stage_id JOIN mineral m ON m.id = s.mineral_id"
    " JOIN edition e ON e.id = f.edition_id JOIN source so ON so.id = e.source_id"
    " WHERE f.value < 0 OR f.low < 0 OR f.high < 0"
    " UNION ALL "
    "SELECT 'error', 'flow_to_itself', m.key, s.key, " YEARS("f.from_year", "f.to_year") ", 1,"
    " 'a flow runs from ' || c.key || ' to itself', so.key"
    " FROM flow f JOIN country c ON c.id = f.importer_id AND c.kind <> 'world'"
    " JOIN stage s ON s.id = f.stage_id JOIN mineral m ON m.id = s.mineral_id"
    " JOIN edition e ON e.id = f.edition_id JOIN source so ON so.id = e.source_id"
    " WHERE f.importer_id = f.exporter_id"
    " UNION ALL "
    "SELECT 'error', 'owner_shares_above_one', m.key, s.key, NULL, 1,"
    " format('the owners of %s hold %.6g of it, from %s', p.key, sum(b.share), ifnull(a.from_date, 'always')), NULL"
    " FROM producer_owner a JOIN producer p ON p.id = a.producer_id"
    " JOIN producer_owner b ON b.producer_id = a.producer_id AND ifnull(b.from_date, '') <= ifnull(a.from_date, '')"
    "  AND ifnull(a.from_date, '') <= ifnull(b.to_date, '') || '~'"
    " LEFT JOIN mineral m ON m.id = p.mineral_id LEFT JOIN stage s ON s.id = p.stage_id"
    " GROUP BY a.id HAVING sum(b.share) > 1 + 1e-9"
    " ORDER BY 2, 3, 4, 5";

/* Figures of one market and edition: alias `a` and alias `b` are of the same. */
#define SAME_MARKET(a, b)                                                                                              \
  b ".stage_id = " a ".stage_id AND " b ".measure_id = " a ".measure_id"                                               \
  " AND " b ".period_from = " a ".period_from AND " b ".period_to = " a ".period_to"                                   \
  " AND " b ".edition_id = " a ".edition_id AND " b ".sector = " a ".sector AND " b ".outlook = " a ".outlook"         \
  " AND " b ".scenario = " a ".scenario AND " b ".unit = " a ".unit AND " b ".producer_id IS NULL"

#define EXCLUDES(total, country)                                                                                       \
  "instr(';' || ifnull(" total ".excludes, '') || ';', ';' || " country ".key || ';') > 0"

#define YEARS_OF(f) f ".period_from / 10000, " f ".period_to / 10000"

static const char total_below_sum[] =
    "SELECT 'total_below_sum', t.stage_id, NULL, e.source_id, " YEARS_OF("t") ","
    " sum(coalesce(f.low, f.value, 0)) / max(coalesce(t.high, t.value), 1e-300),"
    " format('%s of %d, edition %s: the total is printed as %.10g, its parts sum to %.10g', me.key, t.period_to /"
    " 10000, e.key, t.value,"
    " sum(coalesce(f.value, f.low, 0)))"
    " FROM figure t JOIN country w ON w.id = t.country_id AND w.kind = 'world'"
    " JOIN measure me ON me.id = t.measure_id AND me.unit = 'quantity' JOIN edition e ON e.id = t.edition_id"
    " JOIN figure f ON " SAME_MARKET("t", "f") " AND f.basis = t.basis"
    " JOIN country c ON c.id = f.country_id AND c.kind NOT IN ('world', 'union') AND NOT " EXCLUDES("t", "c")
    " WHERE t.producer_id IS NULL AND t.value IS NOT NULL AND NOT (t.high IS NULL AND t.low IS NOT NULL)"
    " GROUP BY t.id HAVING sum(coalesce(f.low, f.value, 0)) > coalesce(t.high, t.value) * (1 + 1e-9)";

static const char reserves_total_below_sum[] =
    "SELECT 'total_below_sum', t.stage_id, NULL, e.source_id, " YEARS_OF("t") ","
    " sum(coalesce(r.low, r.value, 0)) / max(coalesce(t.high, t.value), 1e-300),"
    " format('reserves of %d, edition %s: the total is printed as %.10g, its parts sum to %.10g', t.period_to /"
    " 10000, e.key, t.value,"
    " sum(coalesce(r.value, r.low, 0)))"
    " FROM reserve t JOIN country w ON w.id = t.holder_id AND w.kind = 'world' JOIN edition e ON e.id = t.edition_id"
    " JOIN reserve r ON r.mineral_id = t.mineral_id AND r.kind = t.kind AND r.stage_id = t.stage_id AND r.edition_id"
    " = t.edition_id"
    "  AND r.period_from = t.period_from AND r.period_to = t.period_to AND r.unit = t.unit AND r.basis IS t.basis"
    " JOIN country c ON c.id = r.holder_id AND c.kind NOT IN ('world', 'union')"
    " WHERE t.kind = 'geological' AND t.value IS NOT NULL AND NOT (t.high IS NULL AND t.low IS NOT NULL)"
    " GROUP BY t.id HAVING sum(coalesce(r.low, r.value, 0)) > coalesce(t.high, t.value) * (1 + 1e-9)";

/* Shares of countries are of a market, those of sectors of the country that uses. A union is no part of a sum of countries:
 * its members have figures of their own. */
#define SHARES(kind, sum, size, beyond)                                                                                \
  "SELECT '" kind "', f.stage_id, NULL, e.source_id, " YEARS_OF("f") ", " size ","                                     \
  " format('%s of %d-%d, edition %s: the shares sum to %.4g', me.key, f.period_from / 10000, f.period_to / 10000,"     \
  "  e.key, " sum ")"                                                                                                  \
  " FROM figure f JOIN measure me ON me.id = f.measure_id AND me.unit = 'quantity'"                                    \
  " JOIN edition e ON e.id = f.edition_id JOIN country c ON c.id = f.country_id"                                       \
  "  AND (c.kind NOT IN ('world', 'union') OR f.sector <> '')"                                                         \
  " WHERE f.unit = 'share' AND f.producer_id IS NULL"                                                                  \
  " GROUP BY f.stage_id, f.measure_id, f.period_from, f.period_to, f.edition_id, f.outlook, f.scenario,"               \
  "  CASE WHEN f.sector <> '' THEN f.country_id END"                                                                   \
  " HAVING " sum beyond

/* Published shares are rounded: a little above the whole is no finding. */
#define AT_LEAST "sum(coalesce(f.value, f.low, 0))"
#define AT_MOST "sum(coalesce(f.value, f.high, 0))"

static const char shares_above_one[] = SHARES("shares_above_one", AT_LEAST, AT_LEAST, " > 1.02");
static const char shares_below_one[] = SHARES("shares_below_one", AT_MOST, "1 - " AT_MOST, " < 0.9");

/* "Other countries" are others in each edition, so that their figure is not the same cell. */
static const char revision[] =
    "SELECT 'revision', f.stage_id, NULL, e.source_id, " YEARS_OF("f") ", max(f.value) / max(min(f.value), 1e-300),"
    " format('%s of %s in %d: %.10g in one edition, %.10g in another', me.key, c.key, f.period_to / 10000,"
    " min(f.value), max(f.value))"
    " FROM figure f JOIN edition e ON e.id = f.edition_id JOIN measure me ON me.id = f.measure_id JOIN country c ON"
    " c.id = f.country_id"
    " WHERE f.value IS NOT NULL AND c.kind <> 'other'"
    " GROUP BY f.stage_id, f.measure_id, f.period_from, f.period_to, e.source_id, f.country_id, ifnull(f.producer_id,"
    " 0), f.sector,"
    "  f.outlook, f.scenario, f.unit, f.basis"
    " HAVING count(DISTINCT f.edition_id) > 1 AND max(f.value) > 1.1 * min(f.value)";

static const char unit_not_of_market[] =
    "SELECT 'unit_not_of_market', f.stage_id, NULL, e.source_id, " YEARS_OF("f") ", 1,"
    " format('%s of %s in %d is in %s, the market in %s', me.key, c.key, f.period_to / 10000, f.unit, s.unit)"
    " FROM figure f JOIN stage s ON s.id = f.stage_id JOIN measure me ON me.id = f.measure_id JOIN country c ON c.id"
    " = f.country_id"
    " JOIN edition e ON e.id = f.edition_id WHERE f.unit <> s.unit AND f.unit <> 'share'"
    " UNION ALL "
    "SELECT 'unit_not_of_market', r.stage_id, NULL, e.source_id, " YEARS_OF("r") ", 1,"
    " format('reserve %s is in %s, the market in %s', r.key, r.unit, s.unit)"
    " FROM reserve r JOIN stage s ON s.id = r.stage_id LEFT JOIN edition e ON e.id = r.edition_id WHERE r.unit <>"
    " s.unit";

/* A basis can be turned into another where both have a factor to contained element. */
#define CONVERTIBLE(basis)                                                                                             \
  "(" basis " = 'content' OR EXISTS(SELECT 1 FROM content_factor k WHERE k.mineral_id = s.mineral_id"                  \
  " AND k.hs = '' AND k.basis = " basis " AND (k.stage_id IS NULL OR k.stage_id = s.id)))"

static const char basis_not_of_market[] =
    "SELECT 'basis_not_of_market', f.stage_id, NULL, e.source_id, " YEARS_OF("f") ", 1,"
    " format('%s of %s in %d is in %s, the market in %s, and no content factor leads from one to the other', me.key,"
    " c.key,"
    "  f.period_to / 10000, f.basis, s.basis)"
    " FROM figure f JOIN stage s ON s.id = f.stage_id JOIN measure me ON me.id = f.measure_id JOIN country c ON c.id"
    " = f.country_id"
    " JOIN edition e ON e.id = f.edition_id"
    " WHERE f.basis <> s.basis AND f.unit <> 'share' AND NOT (" CONVERTIBLE("f.basis") " AND"
    " " CONVERTIBLE("s.basis") ")"
    " UNION ALL "
    "SELECT 'basis_not_of_market', r.stage_id, NULL, e.source_id, " YEARS_OF("r") ", 1,"
    " format('reserve %s is in %s, the market in %s, and no content factor leads from one to the other', r.key,"
    " r.basis, s.basis)"
    " FROM reserve r JOIN stage s ON s.id = r.stage_id LEFT JOIN edition e ON e.id = r.edition_id"
    " WHERE r.basis <> s.basis AND NOT (" CONVERTIBLE("r.basis") " AND " CONVERTIBLE("s.basis") ")";

/* A stockpile of a group and one of its member's, of one mineral in one year, are likely one stockpile. */
static const char country_and_group[] =
    "SELECT 'country_and_group', r.stage_id, r.mineral_id, NULL, max(r.period_from, b.period_from) / 10000,"
    " min(r.period_to, b.period_to) / 10000, 1, format('reserve %s of %s, and reserve %s of %s, of which it is a"
    " member', r.key, c.key, b.key, g.key)"
    " FROM reserve r JOIN country c ON c.id = r.holder_id JOIN country_group_member n ON n.country_id = r.holder_id"
    " JOIN reserve b ON b.group_id = n.group_id AND b.mineral_id = r.mineral_id AND b.kind = r.kind AND b.stage_id IS"
    " r.stage_id"
    "  AND b.period_from <= r.period_to AND r.period_from <= b.period_to"
    " JOIN country_group g ON g.id = n.group_id"
    " WHERE (n.from_date IS NULL OR replace(n.from_date, '-', '') <= CAST(r.period_to AS TEXT))"
    "  AND (n.to_date IS NULL OR replace(n.to_date, '-', '') || '~' >= CAST(r.period_from AS TEXT))";

#define OUTSIDE(value, low, high) "(" value " < " low " OR " value " > " high " OR " low " > " high ")"

static const char value_outside_bounds[] =
    "SELECT 'value_outside_bounds', f.stage_id, NULL, e.source_id, " YEARS_OF("f") ", 1,"
    " format('%s of %s in %d: %.10g is not between %.10g and %.10g', me.key, c.key, f.period_to / 10000, f.value,"
    " f.low, f.high)"
    " FROM figure f JOIN measure me ON me.id = f.measure_id JOIN country c ON c.id = f.country_id JOIN edition e ON"
    " e.id = f.edition_id"
    " WHERE " OUTSIDE("f.value", "f.low", "f.high")
    " UNION ALL "
    "SELECT 'value_outside_bounds', r.stage_id, r.mineral_id, e.source_id, " YEARS_OF("r") ", 1,"
    " format('reserve %s: %.10g is not between %.10g and %.10g', r.key, r.value, r.low, r.high)"
    " FROM reserve r LEFT JOIN edition e ON e.id = r.edition_id WHERE " OUTSIDE("r.value", "r.low", "r.high")
    " UNION ALL "
    "SELECT 'value_outside_bounds', NULL, p.mineral_id, e.source_id, " YEARS_OF("p") ", 1,"
    " format('price %s: %.10g is not between %.10g and %.10g', p.form, p.amount, p.low, p.high)"
    " FROM price p JOIN edition e ON e.id = p.edition_id WHERE " OUTSIDE("p.amount", "p.low", "p.high")
    " UNION ALL "
    "SELECT 'value_outside_bounds', p.stage_id, p.mineral_id, e.source_id, CAST(substr(e.date, 1, 4) AS INTEGER),"
    " CAST(substr(e.date, 1, 4) AS INTEGER), 1, format('parameter %s: %.10g is not between %.10g and %.10g',"
    " p.parameter, p.value, p.low, p.high)"
    " FROM parameter p JOIN edition e ON e.id = p.edition_id WHERE " OUTSIDE("p.value", "p.low", "p.high")
    " UNION ALL "
    "SELECT 'value_outside_bounds', NULL, NULL, NULL, NULL, NULL, 1,"
    " format('restriction %s: the share %.10g is not between %.10g and %.10g', t.key, t.share, t.share_low,"
    " t.share_high)"
    " FROM restriction t WHERE " OUTSIDE("t.share", "t.share_low", "t.share_high");

static const char withheld_unbounded[] =
    "SELECT 'withheld_unbounded', f.stage_id, NULL, e.source_id, " YEARS_OF("f") ", 1,"
    " format('%s of %s in %d, edition %s, is withheld, the total leaves it out, and no capacity bounds it', me.key,"
    " c.key,"
    "  f.period_to / 10000, e.key)"
    " FROM figure f JOIN country c ON c.id = f.country_id JOIN measure me ON me.id = f.measure_id JOIN edition e ON"
    " e.id = f.edition_id"
    " WHERE f.status = 'withheld' AND f.high IS NULL AND f.producer_id IS NULL"
    "  AND EXISTS(SELECT 1 FROM figure t JOIN country w ON w.id = t.country_id AND w.kind = 'world'"
    "   WHERE " SAME_MARKET("f", "t") " AND " EXCLUDES("t", "c") ")"
    "  AND NOT EXISTS(SELECT 1 FROM figure k JOIN measure km ON km.id = k.measure_id AND km.key = 'capacity'"
    "   WHERE k.stage_id = f.stage_id AND k.country_id = f.country_id AND k.producer_id IS NULL AND k.outlook ="
    " 'actual'"
    "    AND k.period_from <= f.period_to AND f.period_from <= k.period_to AND coalesce(k.high, k.value) IS NOT NULL)";

const char *const cm_check_findings[] = {
    total_below_sum,    reserves_total_below_sum, shares_above_one,  shares_below_one,     revision,
    unit_not_of_market, basis_not_of_market,      country_and_group, value_outside_bounds, withheld_unbounded,
};
const int cm_check_n_findings = (int)(sizeof cm_check_findings / sizeof cm_check_findings[0]);

const char cm_check_before[] = "WITH raw(kind, stage_id, mineral_id, source_id, first, last, size, detail) AS (";

/* An explanation covers a finding whose years lie within its own. SQLite takes `detail` from the row whose size is the
 * greatest. */
const char cm_check_after[] =
    "), placed AS (SELECT r.kind, r.stage_id, coalesce((SELECT s.mineral_id FROM stage s WHERE s.id = r.stage_id),"
    " r.mineral_id) AS mineral_id,"
    "  r.source_id, r.first, r.last, r.size, r.detail FROM raw r),"
    " told AS (SELECT p.*, (SELECT x.id FROM explanation x WHERE x.finding = p.kind"
    "   AND (x.mineral_id IS NULL OR x.mineral_id = p.mineral_id) AND (x.stage_id IS NULL OR x.stage_id = p.stage_id)"
    "   AND (x.source_id IS NULL OR x.source_id = p.source_id)"
    "   AND (x.from_year IS NULL OR p.first >= x.from_year) AND (x.to_year IS NULL OR p.last <= x.to_year)"
    "   ORDER BY x.id LIMIT 1) AS why FROM placed p)"
    " SELECT severity, kind, mineral, stage, CASE WHEN first IS NULL THEN NULL ELSE " YEARS("first", "last") " END, n,"
    "  CASE WHEN n > 1 THEN 'at worst, ' || detail ELSE detail END || CASE WHEN why IS NULL THEN '' ELSE ';"
    " explained: ' || text END, source"
    " FROM (SELECT CASE WHEN t.why IS NULL THEN 'finding' ELSE 'explained' END AS severity, t.kind AS kind, m.key AS"
    " mineral, s.key AS stage,"
    "   s.position AS position, so.key AS source, min(t.first) AS first, max(t.last) AS last, count(*) AS n, t.detail"
    " AS detail,"
    "   max(t.size), t.why AS why, x.text AS text"
    "  FROM told t LEFT JOIN mineral m ON m.id = t.mineral_id LEFT JOIN stage s ON s.id = t.stage_id"
    "  LEFT JOIN source so ON so.id = t.source_id LEFT JOIN explanation x ON x.id = t.why"
    "  GROUP BY t.why, t.kind, t.mineral_id, t.stage_id, t.source_id)"
    " ORDER BY severity DESC, kind, mineral, position, source";

#define GAP(subject, condition)                                                                                        \
  "SELECT 'gap', '" subject "', m.key, s.key, NULL, 0, 'no source gives " subject " at this stage', NULL,"             \
  " m.key AS mineral, s.position AS position FROM stage s JOIN mineral m ON m.id = s.mineral_id WHERE " condition

#define NO_FIGURE(measure)                                                                                             \
  "NOT EXISTS(SELECT 1 FROM measure me JOIN figure f ON f.measure_id = me.id AND f.stage_id = s.id"                    \
  " WHERE me.key = '" measure "')"

const char cm_check_gaps[] =
    GAP("production", NO_FIGURE("production")) " UNION ALL "
    GAP("capacity", NO_FIGURE("capacity")) " UNION ALL "
    GAP("reserves", "s.kind = 'mining' AND NOT EXISTS(SELECT 1 FROM reserve r"
                    " WHERE r.mineral_id = m.id AND r.kind = 'geological')")
    " UNION ALL SELECT 'gap', 'chain', m.key, NULL, NULL, 0, 'no stage is known of this mineral', NULL, m.key, 0"
    " FROM mineral m WHERE NOT EXISTS(SELECT 1 FROM stage s WHERE s.mineral_id = m.id)"
    " AND NOT EXISTS(SELECT 1 FROM mineral_member n WHERE n.group_id = m.id)"
    " ORDER BY mineral, position, 2";

#define COVERED "format('%d countries', count(DISTINCT CASE WHEN c.kind IN ('country', 'former') THEN c.id END))"

const char cm_check_coverage[] =
    "SELECT 'coverage', me.key, m.key AS mineral, s.key, " YEARS("min(f.period_from) / 10000", "max(f.period_to) /"
    " 10000") ", count(*),"
    " " COVERED ", replace(group_concat(DISTINCT so.key), ',', ';'), s.position AS position"
    " FROM figure f JOIN measure me ON me.id = f.measure_id JOIN stage s ON s.id = f.stage_id JOIN mineral m ON m.id"
    " = s.mineral_id"
    " JOIN country c ON c.id = f.country_id JOIN edition e ON e.id = f.edition_id JOIN source so ON so.id = e.source_id"
    " GROUP BY s.id, me.id UNION ALL "
    "SELECT 'coverage', 'reserves', m.key, s.key, " YEARS("min(r.period_from) / 10000", "max(r.period_to) /"
    " 10000") ", count(*),"
    " " COVERED ", replace(group_concat(DISTINCT so.key), ',', ';'), s.position"
    " FROM reserve r JOIN mineral m ON m.id = r.mineral_id LEFT JOIN stage s ON s.id = r.stage_id LEFT JOIN country c"
    " ON c.id = r.holder_id"
    " LEFT JOIN edition e ON e.id = r.edition_id LEFT JOIN source so ON so.id = e.source_id"
    " WHERE r.kind = 'geological' GROUP BY m.id, s.id UNION ALL "
    "SELECT 'coverage', 'flows', m.key, s.key, " YEARS("min(f.from_year)", "max(f.to_year)") ", count(*),"
    " format('%d importers', count(DISTINCT f.importer_id)), NULL, s.position"
    " FROM flow f JOIN stage s ON s.id = f.stage_id JOIN mineral m ON m.id = s.mineral_id GROUP BY s.id"
    " ORDER BY mineral, position, 2";
