/* SPDX-License-Identifier: MIT */
/*
 * What each commitment amounts to on a day. Tonnes act, and a share of an output that is known; rights and money are on
 * record only. No producer delivers more than it makes: where its commitments exceed its output each is cut alike.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/as_of.h"
#include "store/dictionary.h"
#include "store/period.h"
#include "store/row.h"
#include "store/rows.h"

typedef struct output {
  double yearly; /* NaN: not known */
  char *basis, *of; /* in what it is counted, and which figure it is */
} output;

typedef struct commitment {
  int64_t id;
  int acts;
  double contracted, probability;
  char *unit, *basis, *why;
  const output *output; /* of its producer at its stage, or NULL */
} commitment;

typedef struct commitments {
  critmin_store *store;
  const char *day, *edition;
  commitment *all;
  size_t n, room;
  output **outputs;
  size_t n_outputs, outputs_room;
} commitments;

static void free_all(commitments *c) {
  for (size_t i = 0; i < c->n; i++) {
    cm_free(c->all[i].unit);
    cm_free(c->all[i].basis);
    cm_free(c->all[i].why);
  }
  for (size_t i = 0; i < c->n_outputs; i++) {
    cm_free(c->outputs[i]->basis);
    cm_free(c->outputs[i]->of);
    cm_free(c->outputs[i]);
  }
  cm_free(c->all);
  cm_free(c->outputs);
}

/* Output ------------------------------------------------------------------------------------------------------------- */

#define ISO(day) "printf('%04d-%02d-%02d', " day " / 10000, " day " / 100 % 100, " day " % 100)"
#define DAYS_OF_PERIOD "julianday(" ISO("f.period_to") ") - julianday(" ISO("f.period_from") ") + 1"

/* The newest production, or else capacity, of a period that has begun by the day. */
static const char newest[] =
    "SELECT f.value, f.period_from, f.period_to, f.basis, m.key, f.outlook, o.key, e.key, " DAYS_OF_PERIOD
    " FROM figure f "
    "JOIN measure m ON m.id = f.measure_id JOIN edition e ON e.id = f.edition_id JOIN source o ON o.id = e.source_id "
    "WHERE f.producer_id = ?1 AND f.stage_id = ?2 AND f.sector = '' AND f.unit <> 'share' AND f.value IS NOT NULL "
    "AND m.key IN ('production', 'capacity') AND f.period_from <= CAST(replace(?3, '-', '') AS INTEGER) "
    "AND e.date <= ?4 ORDER BY m.key = 'production' DESC, f.outlook = 'actual' DESC, f.period_to DESC, e.date DESC, f.id "
    "LIMIT 1";

/* How many of such periods a year has: whole months are counted as such. */
static double per_year(sqlite3_stmt *row) {
  int64_t first = sqlite3_column_int64(row, 1), last = sqlite3_column_int64(row, 2);
  char from[CM_DATE_TEXT], to[CM_DATE_TEXT];
  cm_period_text(first, last, from, to);
  int64_t months = (last / 10000 - first / 10000) * 12 + last / 100 % 100 - first / 100 % 100 + 1;
  return strlen(from) < 10 ? 12.0 / (double)months : 365.0 / sqlite3_column_double(row, 8);
}

static char *name_of(sqlite3_stmt *row) {
  int64_t first = sqlite3_column_int64(row, 1), last = sqlite3_column_int64(row, 2);
  char from[CM_DATE_TEXT], to[CM_DATE_TEXT];
  cm_period_text(first, last, from, to);
  int one = strcmp(from, to) == 0, projected = strcmp((const char *)sqlite3_column_text(row, 5), "projected") == 0;
  return cm_text_print("%s%s of %s%s%s%s, %s %s", projected ? "projected " : "", (const char *)sqlite3_column_text(row, 4),
                       from, one ? "" : " to ", one ? "" : to, per_year(row) == 1 ? "" : " as of a year",
                       (const char *)sqlite3_column_text(row, 6), (const char *)sqlite3_column_text(row, 7));
}

static critmin_status read_output(commitments *c, sqlite3_stmt *statement, int64_t producer, int64_t stage,
                                  const output **found, critmin_error *error) {
  output *made = cm_alloc_array(1, sizeof *made);
  if (!made) return cm_fail_memory(error);
  if (!cm_grow(&c->outputs, c->n_outputs, &c->outputs_room, sizeof(*c->outputs))) {
    cm_free(made);
    return cm_fail_memory(error);
  }
  c->outputs[c->n_outputs++] = made;
  *found = made;
  made->yearly = NAN;
  sqlite3_bind_int64(statement, 1, producer);
  sqlite3_bind_int64(statement, 2, stage);
  int code = sqlite3_step(statement);
  critmin_status status = CRITMIN_OK;
  if (code == SQLITE_ROW) {
    made->yearly = sqlite3_column_double(statement, 0) * per_year(statement);
    made->basis = cm_text_copy((const char *)sqlite3_column_text(statement, 3));
    made->of = name_of(statement);
    if (!made->basis || !made->of) status = cm_fail_memory(error);
  } else if (code != SQLITE_DONE) {
    status = cm_store_fail(c->store, code, "read a producer's output", error);
  }
  sqlite3_reset(statement);
  return status;
}

/* Commitments -------------------------------------------------------------------------------------------------------- */

enum { ID, KIND, TONNES, SHARE, PROBABILITY, ELAPSED, RAMP, BEGINS, PRODUCER, STAGE, BASIS, UNIT, KEY, STATUS };

#define BEGINS_SQL "coalesce(" CM_LAST_DAY("t.from_date") ", " CM_LAST_DAY("a.effective") ", " CM_SIGNED("a") ")"

/* Those that stood on the day, by producer and stage; days since the first delivery, and from it to the full one. */
static const char standing[] =
    "SELECT t.id, t.kind, t.tonnes, t.share, t.probability, julianday(@) - julianday(" BEGINS_SQL "), "
    "julianday(" BEGINS_SQL ", ifnull(t.ramp_months, 0) || ' months') - julianday(" BEGINS_SQL "), "
    "coalesce(t.from_date, a.effective, a.signed), ifnull(t.producer_id, 0), ifnull(t.stage_id, 0), "
    "coalesce(t.basis, s.basis), s.unit, p.key, p.status "
    "FROM agreement_commitment t JOIN agreement a ON a.id = t.agreement_id LEFT JOIN stage s ON s.id = t.stage_id "
    "LEFT JOIN producer p ON p.id = t.producer_id";

static const char *text_of(sqlite3_stmt *row, int column) {
  const char *text = (const char *)sqlite3_column_text(row, column);
  return text ? text : "";
}

/* The part of a commitment that is delivered on the day: it rises evenly from the first delivery to the full one. */
static double delivered(sqlite3_stmt *row) {
  double elapsed = sqlite3_column_double(row, ELAPSED), ramp = sqlite3_column_double(row, RAMP);
  if (elapsed < 0) return 0;
  return elapsed < ramp ? elapsed / ramp : 1;
}

/* Tonnes, a share: what of it is contracted on the day, before any cut, and why it acts or not. */
static char *weigh(commitment *c, sqlite3_stmt *row) {
  const char *kind = text_of(row, KIND), *key = text_of(row, KEY);
  int tonnes = strcmp(kind, "tonnes") == 0, known = c->output && !isnan(c->output->yearly);
  if (strcmp(kind, "right") == 0) return cm_text_copy("a right, which need not be used");
  if (strcmp(kind, "money") == 0) return cm_text_copy("money, which is never turned into tonnes");
  if (!sqlite3_column_int64(row, STAGE)) return cm_text_print("%s of no stage that is named", tonnes ? "tonnes" : "a share");
  if (!tonnes && !*key) return cm_text_copy("a share of the output of nobody named");
  if (!known && *text_of(row, STATUS) && strcmp(text_of(row, STATUS), "operating") != 0)
    return cm_text_print("%s of %s, of which no output is known: %s", tonnes ? "tonnes" : "a share", key, text_of(row, STATUS));
  if (!tonnes && !known) return cm_text_print("a share of an output of %s that nobody published", key);
  double part = delivered(row);
  c->acts = 1;
  c->contracted = part * (tonnes ? sqlite3_column_double(row, TONNES) : sqlite3_column_double(row, SHARE) * c->output->yearly);
  const char *what = tonnes ? "tonnes a year" : "a share of a known output";
  if (part <= 0) return cm_text_print("%s, of which the first are due %s", what, text_of(row, BEGINS));
  if (part < 1) return cm_text_print("%s, still rising from %s", what, text_of(row, BEGINS));
  return cm_text_copy(what);
}

static critmin_status add_commitment(commitments *c, sqlite3_stmt *row, const output *of, critmin_error *error) {
  if (!cm_grow(&c->all, c->n, &c->room, sizeof *c->all)) return cm_fail_memory(error);
  commitment *made = &c->all[c->n++];
  *made = (commitment){.id = sqlite3_column_int64(row, ID), .contracted = NAN, .probability = NAN, .output = of};
  if (sqlite3_column_type(row, PROBABILITY) != SQLITE_NULL) made->probability = sqlite3_column_double(row, PROBABILITY);
  made->why = weigh(made, row);
  if (!made->why) return cm_fail_memory(error);
  if (!made->acts) return CRITMIN_OK;
  made->unit = cm_text_print("%s/a", text_of(row, UNIT));
  made->basis = cm_text_copy(strcmp(text_of(row, KIND), "tonnes") == 0 ? text_of(row, BASIS) : of->basis);
  return made->unit && made->basis ? CRITMIN_OK : cm_fail_memory(error);
}

/* Cuts those from `first` on, which are of one output, to it; only what is counted alike can be compared. */
static critmin_status cut(commitments *c, size_t first, critmin_error *error) {
  double sum = 0;
  const output *of = first < c->n ? c->all[first].output : NULL;
  if (!of || isnan(of->yearly)) return CRITMIN_OK;
  for (size_t i = first; i < c->n; i++) {
    if (c->all[i].acts && strcmp(c->all[i].basis, of->basis) == 0) sum += c->all[i].contracted;
  }
  for (size_t i = first; i < c->n && sum > of->yearly; i++) {
    commitment *one = &c->all[i];
    if (!one->acts || strcmp(one->basis, of->basis) != 0) continue;
    char *why = cm_text_print("%s, cut to the output, which is promised more than once over", one->why);
    if (!why) return cm_fail_memory(error);
    cm_free(one->why);
    one->why = why;
    one->contracted *= of->yearly / sum;
  }
  return CRITMIN_OK;
}

static critmin_status read_rows(commitments *c, sqlite3_stmt *rows, sqlite3_stmt *figures, critmin_error *error) {
  int64_t producer = 0, stage = 0;
  size_t first = 0;
  const output *of = NULL;
  critmin_status status = CRITMIN_OK;
  int code = SQLITE_DONE;
  while (!status && (code = sqlite3_step(rows)) == SQLITE_ROW) {
    if (c->n == 0 || producer != sqlite3_column_int64(rows, PRODUCER) || stage != sqlite3_column_int64(rows, STAGE)) {
      status = cut(c, first, error);
      first = c->n;
      of = NULL;
      producer = sqlite3_column_int64(rows, PRODUCER);
      stage = sqlite3_column_int64(rows, STAGE);
      if (!status && producer && stage) status = read_output(c, figures, producer, stage, &of, error);
    }
    if (!status) status = add_commitment(c, rows, of, error);
  }
  if (!status && code != SQLITE_DONE) status = cm_store_fail(c->store, code, "read the commitments", error);
  return status ? status : cut(c, first, error);
}

static int by_id(const void *a, const void *b) {
  const commitment *x = a, *y = b;
  return (x->id > y->id) - (x->id < y->id);
}

static critmin_status read_all(commitments *c, critmin_error *error) {
  cm_where where = {.store = c->store};
  sqlite3_stmt *rows = NULL, *figures = NULL;
  cm_as_of_where(&where, cm_relation_find("agreement_commitment"), c->day);
  char *select = cm_as_of_sql(standing, 1); /* the day is the condition's only parameter */
  char *sql = select && !where.sql.failed
                  ? cm_text_print("%s%s ORDER BY 9, 10, t.id", select, where.sql.data)
                  : NULL;
  critmin_status status = sql ? cm_store_prepare(c->store, sql, &rows, error) : cm_fail_memory(error);
  if (!status) status = cm_store_prepare(c->store, newest, &figures, error);
  if (!status) {
    cm_where_bind(&where, rows);
    sqlite3_bind_text(figures, 3, c->day, -1, SQLITE_STATIC);
    sqlite3_bind_text(figures, 4, c->edition ? c->edition : "9999", -1, SQLITE_STATIC);
    status = read_rows(c, rows, figures, error);
  }
  if (!status && c->n) qsort(c->all, c->n, sizeof *c->all, by_id);
  sqlite3_finalize(rows);
  sqlite3_finalize(figures);
  cm_free(select);
  cm_free(sql);
  cm_where_free(&where);
  return status;
}

/* The table ---------------------------------------------------------------------------------------------------------- */

enum { STATE, ACTS, CONTRACTED, EXPECTED, LOW, HIGH, OF_UNIT, OF_BASIS, OUTPUT, OUTPUT_OF, WHY, PARTIES, SOURCES, COLUMNS };

static const cm_column columns[COLUMNS] = {
    {"state", "", CRITMIN_COLUMN_TEXT},
    {"acts", "", CRITMIN_COLUMN_INTEGER},
    {"contracted", "as `unit`", CRITMIN_COLUMN_NUMBER},
    {"expected", "as `unit`", CRITMIN_COLUMN_NUMBER},
    {"low", "as `unit`", CRITMIN_COLUMN_NUMBER},
    {"high", "as `unit`", CRITMIN_COLUMN_NUMBER},
    {"unit", "", CRITMIN_COLUMN_TEXT},
    {"contracted_basis", "", CRITMIN_COLUMN_TEXT},
    {"output", "as `unit`", CRITMIN_COLUMN_NUMBER},
    {"output_of", "", CRITMIN_COLUMN_TEXT},
    {"why", "", CRITMIN_COLUMN_TEXT},
    {"parties", "", CRITMIN_COLUMN_TEXT},
    {"sources", "", CRITMIN_COLUMN_TEXT},
};

/* The rows as they are stored, with what tells them apart and who stands behind them. */
static const cm_extra stored[] = {
    {{"id", "", CRITMIN_COLUMN_INTEGER}, "t.id"},
    {{"state", "", CRITMIN_COLUMN_TEXT},
     "(SELECT CASE WHEN " CM_LAST_DAY("a.effective") " <= @ THEN 'in_force' ELSE 'signed' END FROM agreement a "
     "WHERE a.id = t.agreement_id)"},
    {{"parties", "", CRITMIN_COLUMN_TEXT}, CM_PARTIES("t.agreement_id")},
    {{"sources", "", CRITMIN_COLUMN_TEXT}, CM_SOURCES("agreement_citation", "agreement_id", "t.agreement_id")},
};
enum { N_STORED = sizeof stored / sizeof stored[0] };

static void add_amount(cm_builder *builder, int32_t first, const commitment *c) {
  double expected = c->contracted * c->probability;
  cm_builder_number(builder, first + CONTRACTED, c->contracted);
  cm_builder_number(builder, first + EXPECTED, expected);
  cm_builder_number(builder, first + LOW, isnan(expected) ? 0 : expected);
  cm_builder_number(builder, first + HIGH, isnan(expected) ? c->contracted : expected);
  cm_builder_text(builder, first + OF_UNIT, c->unit);
  cm_builder_text(builder, first + OF_BASIS, c->basis);
}

static void add_row(cm_builder *builder, const critmin_table *rows, int64_t row, const commitment *c) {
  int32_t n = critmin_table_columns(rows) - N_STORED;
  cm_builder_row(builder);
  for (int32_t i = 0; i < n; i++) {
    if (critmin_table_type(rows, i) == CRITMIN_COLUMN_TEXT)
      cm_builder_text(builder, i, critmin_table_text(rows, i, row));
    else if (isnan(critmin_table_number(rows, i, row)))
      continue;
    else if (critmin_table_type(rows, i) == CRITMIN_COLUMN_INTEGER)
      cm_builder_integer(builder, i, (int64_t)critmin_table_number(rows, i, row));
    else
      cm_builder_number(builder, i, critmin_table_number(rows, i, row));
  }
  cm_builder_text(builder, n + STATE, critmin_table_text(rows, n + 1, row));
  cm_builder_integer(builder, n + ACTS, c->acts);
  if (c->acts) add_amount(builder, n, c);
  if (c->output && !isnan(c->output->yearly)) cm_builder_number(builder, n + OUTPUT, c->output->yearly);
  if (c->output) cm_builder_text(builder, n + OUTPUT_OF, c->output->of);
  cm_builder_text(builder, n + WHY, c->why);
  cm_builder_text(builder, n + PARTIES, critmin_table_text(rows, n + 2, row));
  cm_builder_text(builder, n + SOURCES, critmin_table_text(rows, n + 3, row));
}

static critmin_status build(const commitments *c, const cm_relation *relation, const critmin_table *rows,
                            critmin_table **table, critmin_error *error) {
  int32_t n = critmin_table_columns(rows) - N_STORED;
  cm_column all[CM_FIELDS_MAX + COLUMNS];
  for (int32_t i = 0; i < n; i++)
    all[i] = (cm_column){relation->fields[i].name, relation->fields[i].unit, critmin_table_type(rows, i)};
  memcpy(all + n, columns, sizeof columns);
  cm_builder *builder = cm_builder_new(all, n + COLUMNS);
  if (!builder) return cm_fail_memory(error);
  for (int64_t row = 0; row < critmin_table_rows(rows); row++) {
    commitment wanted = {.id = (int64_t)critmin_table_number(rows, n, row)};
    const commitment *found = c->n ? bsearch(&wanted, c->all, c->n, sizeof *c->all, by_id) : NULL;
    if (found) add_row(builder, rows, row, found);
  }
  return cm_builder_finish(builder, table, error);
}

static critmin_status read_stored(const commitments *c, const cm_relation *relation, const critmin_selection *selection,
                                  critmin_table **rows, critmin_error *error) {
  cm_where where = {.store = c->store};
  critmin_status status = cm_dictionary_refresh(c->store, error);
  if (!status) status = cm_where_selection(&where, relation, selection, error);
  cm_extra extras[N_STORED];
  memcpy(extras, stored, sizeof stored);
  cm_as_of_where(&where, relation, c->day);
  char *state = cm_as_of_sql(stored[1].sql, (int)where.n_bound); /* the day, bound last */
  extras[1].sql = state;
  if (!status) status = state ? cm_rows_where(&where, relation, extras, N_STORED, rows, error) : cm_fail_memory(error);
  cm_free(state);
  cm_where_free(&where);
  return status;
}

critmin_status cm_commitments_table(critmin_store *store, const critmin_selection *selection, const char *day,
                                    critmin_table **table, critmin_error *error) {
  const cm_relation *relation = cm_relation_find("agreement_commitment");
  commitments c = {.store = store, .day = day, .edition = cm_selection_option(selection, "edition")};
  critmin_table *rows = NULL;
  critmin_status status = read_all(&c, error);
  if (!status) status = read_stored(&c, relation, selection, &rows, error);
  if (!status) status = build(&c, relation, rows, table, error);
  critmin_table_free(rows);
  free_all(&c);
  return status;
}
