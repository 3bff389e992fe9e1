/* SPDX-License-Identifier: MIT */
/* The rules of a row as a whole: periods, intervals, statuses, money, the market's unit and basis. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "store/dictionary.h"
#include "store/handle.h"
#include "store/period.h"
#include "store/row.h"

void cm_row_prepare_rules(cm_row *row) {
  static const char *const periods[3][2] = {{"from", "to"}, {"from", "until"}, {"effective", "until"}};
  static const char *const intervals[3][3] = {
      {"low", "value", "high"}, {"low", "amount", "high"}, {"share_low", "share", "share_high"}};
  const cm_relation *relation = row->relation;
  row->rules.status = cm_row_place(relation, "status");
  if (row->rules.status >= 0) {
    const char *words = relation->fields[row->rules.status].words;
    if (!words || !strstr(words, "withheld")) row->rules.status = -1;
  }
  row->rules.quantity = cm_row_place(relation, "value");
  if (row->rules.quantity < 0) row->rules.quantity = cm_row_place(relation, "quantity");
  if (row->rules.quantity < 0) row->rules.quantity = cm_row_place(relation, "amount");
  row->rules.unit = cm_row_place(relation, "unit");
  row->rules.basis = cm_row_place(relation, "basis");
  row->rules.measure = cm_row_place(relation, "measure");
  row->rules.amount = cm_row_place(relation, "amount");
  row->rules.currency = cm_row_place(relation, "currency");
  row->rules.importer = cm_row_place(relation, "importer");
  row->rules.exporter = cm_row_place(relation, "exporter");
  row->rules.commitment = cm_row_place(relation, "tonnes") >= 0 ? cm_row_place(relation, "kind") : -1;
  row->rules.word = cm_row_place(relation, "stage") < 0 ? cm_row_place(relation, "word") : -1;
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 2; j++) row->rules.period[i][j] = cm_row_place(relation, periods[i][j]);
    for (int j = 0; j < 3; j++) row->rules.interval[i][j] = cm_row_place(relation, intervals[i][j]);
  }
  /* A basis that is text and tells no rows apart is that of a quantity at a stage. */
  const cm_field *basis = row->rules.basis >= 0 ? &relation->fields[row->rules.basis] : NULL;
  row->rules.market = row->stage >= 0 && basis && basis->type == CM_FIELD_TEXT && !(basis->flags & CM_IN_KEY);
}

static int empty(const cm_row *row, int field) {
  return field < 0 || row->slots[field].kind == CM_SLOT_EMPTY;
}

static int text_is(const cm_row *row, int field, const char *text) {
  const cm_slot *slot = &row->slots[field];
  return slot->kind == CM_SLOT_TEXT && (size_t)slot->text_length == strlen(text) &&
         memcmp(slot->text, text, (size_t)slot->text_length) == 0;
}

const char *cm_row_said(cm_row *row, int field) {
  static const cm_names_of kinds[] = {[CM_FIELD_SOURCE] = CM_NAMES_SOURCE,
                                      [CM_FIELD_EDITION] = CM_NAMES_EDITION,
                                      [CM_FIELD_COUNTRY] = CM_NAMES_COUNTRY,
                                      [CM_FIELD_COUNTRY_OR_GROUP] = CM_NAMES_COUNTRY,
                                      [CM_FIELD_GROUP] = CM_NAMES_GROUP,
                                      [CM_FIELD_MINERAL] = CM_NAMES_MINERAL,
                                      [CM_FIELD_STAGE] = CM_NAMES_STAGE,
                                      [CM_FIELD_PRODUCER] = CM_NAMES_PRODUCER,
                                      [CM_FIELD_AGREEMENT] = CM_NAMES_AGREEMENT,
                                      [CM_FIELD_RESERVE] = CM_NAMES_RESERVE,
                                      [CM_FIELD_RESTRICTION] = CM_NAMES_RESTRICTION,
                                      [CM_FIELD_MEASURE] = CM_NAMES_MEASURE,
                                      [CM_FIELD_INDICATOR] = CM_NAMES_INDICATOR};
  const cm_slot *slot = &row->slots[field];
  cm_field_type type = row->relation->fields[field].type;
  char from[CM_DATE_TEXT], to[CM_DATE_TEXT];
  cm_buffer said = {0};
  switch (slot->kind) {
    case CM_SLOT_EMPTY:
      break;
    case CM_SLOT_NUMBER:
      cm_buffer_number(&said, slot->number);
      break;
    case CM_SLOT_INTEGER:
      if (type == CM_FIELD_PERIOD_FROM || type == CM_FIELD_PERIOD_TO) {
        cm_period_text(slot->first, slot->last, from, to);
        cm_buffer_add(&said, type == CM_FIELD_PERIOD_FROM ? from : to);
      } else {
        cm_buffer_print(&said, "%lld", (long long)slot->integer);
      }
      break;
    case CM_SLOT_TEXT:
      cm_buffer_add_n(&said, slot->text, (size_t)slot->text_length);
      break;
    case CM_SLOT_ID:
      cm_buffer_add(&said, cm_dictionary_key(row->store, kinds[type], slot->integer));
      break;
    case CM_SLOT_GROUP:
      cm_buffer_add(&said, cm_dictionary_key(row->store, CM_NAMES_GROUP, slot->integer));
      break;
  }
  cm_buffer_free(&row->said[field]);
  row->said[field] = said;
  return said.failed || !said.data ? "" : said.data;
}

static critmin_status check_periods(cm_row *row, critmin_error *error) {
  for (int i = 0; i < 3; i++) {
    int begins = row->rules.period[i][0], ends = row->rules.period[i][1];
    if (empty(row, begins) || empty(row, ends) || row->slots[begins].first <= row->slots[ends].last) continue;
    const char *said = cm_row_said(row, begins);
    return cm_row_fail(row, ends, error, CRITMIN_ERROR_YEAR_RANGE,
                       "is %s, before '%s', which is %s; a period ends after it begins", cm_row_said(row, ends),
                       row->relation->fields[begins].name, said);
  }
  return CRITMIN_OK;
}

static critmin_status check_intervals(cm_row *row, critmin_error *error) {
  for (int i = 0; i < 3; i++) {
    const int *at = row->rules.interval[i];
    if (at[0] < 0 || at[1] < 0 || at[2] < 0) continue;
    for (int j = 0; j < 3; j++) {
      int below = at[j == 2 ? 1 : 0], above = at[j == 0 ? 1 : 2];
      if (empty(row, below) || empty(row, above) || row->slots[below].number <= row->slots[above].number) continue;
      const char *said = cm_row_said(row, above);
      int wrong = below == at[1] ? above : below;
      return cm_row_fail(row, wrong, error, CRITMIN_ERROR_INVALID_VALUE,
                         "breaks low <= value <= high: '%s' is %s, '%s' is %s", row->relation->fields[below].name,
                         cm_row_said(row, below), row->relation->fields[above].name, said);
    }
  }
  return CRITMIN_OK;
}

static int says_nothing(const cm_row *row) {
  for (int i = 0; i < row->relation->n_fields; i++) {
    if (row->relation->fields[i].type == CM_FIELD_NUMBER && !empty(row, i)) return 0;
  }
  return 1;
}

static critmin_status check_status(cm_row *row, critmin_error *error) {
  int status = row->rules.status, quantity = row->rules.quantity;
  if (empty(row, status) || quantity < 0) return CRITMIN_OK;
  if (text_is(row, status, "withheld") || text_is(row, status, "not_available")) {
    if (!empty(row, quantity))
      return cm_row_fail(row, quantity, error, CRITMIN_ERROR_INVALID_VALUE,
                         "is %s although the status is %s; leave it empty, and put what is known into low and high",
                         cm_row_said(row, quantity), cm_row_said(row, status));
    return CRITMIN_OK;
  }
  if (text_is(row, status, "zero")) {
    /* Of a flow, the money alone may be known to be nothing. */
    int flow = row->rules.importer >= 0;
    if ((empty(row, quantity) && !flow) || (!empty(row, quantity) && row->slots[quantity].number != 0))
      return cm_row_fail(row, quantity, error, CRITMIN_ERROR_INVALID_VALUE,
                         "is '%s' although the status is zero; it must be 0", cm_row_said(row, quantity));
    return CRITMIN_OK;
  }
  /* Less than half a unit and a residual may be known by name only. */
  if (text_is(row, status, "less_than_half_unit") || text_is(row, status, "residual")) return CRITMIN_OK;
  if ((row->relation->fields[status].flags & CM_REQUIRED) && says_nothing(row))
    return cm_row_fail(
        row, quantity, error, CRITMIN_ERROR_MISSING_VALUE,
        "is empty although the status is %s; give a number, or a status such as withheld or not_available",
        cm_row_said(row, status));
  return CRITMIN_OK;
}

static critmin_status check_market(cm_row *row, critmin_error *error) {
  int unit = row->rules.unit, basis = row->rules.basis;
  if (!row->rules.market || empty(row, row->mineral)) return CRITMIN_OK;
  int64_t mineral = row->slots[row->mineral].integer,
          stage = empty(row, row->stage) ? 0 : row->slots[row->stage].integer;
  const cm_stage *market = NULL;
  critmin_error found;
  if (stage && cm_dictionary_stage(row->store, stage, &market, &found) != CRITMIN_OK)
    return cm_row_fail(row, row->stage, error, found.status, "cannot be read: %s", found.message);
  if (!empty(row, unit) && market) {
    int share = text_is(row, unit, "share");
    if (!share && !text_is(row, unit, market->unit))
      return cm_row_fail(row, unit, error, CRITMIN_ERROR_INVALID_VALUE,
                         "is '%s'; quantities of %s at the stage %s are in %s (or a share)", cm_row_said(row, unit),
                         cm_row_said(row, row->mineral), market->key, market->unit);
    if (!empty(row, row->rules.measure)) {
      int of_share = cm_dictionary_measures_share(row->store, row->slots[row->rules.measure].integer, error);
      if (of_share < 0) return CRITMIN_ERROR_MEMORY;
      if (of_share && !share)
        return cm_row_fail(row, unit, error, CRITMIN_ERROR_INVALID_VALUE, "is '%s'; the measure %s is a share",
                           cm_row_said(row, unit), cm_row_said(row, row->rules.measure));
    }
    for (int j = 0; share && j < 3; j++) {
      int at = row->rules.interval[0][j];
      if (!empty(row, at) && row->slots[at].number > 1)
        return cm_row_fail(row, at, error, CRITMIN_ERROR_SHARE_RANGE, "is %s; a share lies between 0 and 1",
                           cm_row_said(row, at));
    }
  }
  /* A flow known by its money or its share alone is of no basis. */
  if (empty(row, basis) || (row->rules.importer >= 0 && empty(row, row->rules.quantity))) return CRITMIN_OK;
  const char *word = row->slots[basis].text, *spelt;
  int known = cm_dictionary_basis(row->store, mineral, stage, row->rules.importer >= 0, word, &spelt, error);
  if (known < 0) return error ? error->status : CRITMIN_ERROR_MEMORY;
  if (known) {
    row->slots[basis].text = spelt;
    row->slots[basis].text_length = (int)strlen(spelt);
    return CRITMIN_OK;
  }
  const char *of = cm_row_said(row, row->mineral);
  return cm_row_fail(
      row, basis, error, CRITMIN_ERROR_MIXED_BASES,
      "is '%s', but %s%s%s is in '%s', and no content factor of %s turns one into the other; add one, or convert", word,
      of, market ? " at the stage " : "", market ? market->key : "", market ? market->basis : "the bases of its stages",
      of);
}

static critmin_status check_ends(cm_row *row, critmin_error *error) {
  int importer = row->rules.importer, exporter = row->rules.exporter;
  if (importer < 0 || exporter < 0 || row->slots[importer].integer != row->slots[exporter].integer) return CRITMIN_OK;
  int world;
  critmin_status status = cm_dictionary_is_world(row->store, row->slots[importer].integer, &world, error);
  if (status != CRITMIN_OK || world) return status;
  return cm_row_fail(row, exporter, error, CRITMIN_ERROR_INVALID_VALUE,
                     "is %s, the importer; a flow runs between two countries", cm_row_said(row, exporter));
}

static critmin_status check_names(cm_row *row, critmin_error *error) {
  if (!empty(row, row->rules.amount) && row->rules.currency >= 0 && empty(row, row->rules.currency))
    return cm_row_fail(row, row->rules.currency, error, CRITMIN_ERROR_MISSING_VALUE,
                       "is empty; money is of a currency, as USD");
  /* A word that is the key of another record would be read as that one. */
  int word = row->rules.word;
  if (word < 0 || empty(row, word)) return CRITMIN_OK;
  int means = row->mineral >= 0 ? row->mineral : cm_row_place(row->relation, "country");
  cm_names_of kind = row->mineral >= 0 ? CM_NAMES_MINERAL : CM_NAMES_COUNTRY;
  int64_t id;
  critmin_status status = cm_dictionary_is_key(row->store, kind, cm_row_said(row, word), &id, error);
  if (status != CRITMIN_OK || !id || id == row->slots[means].integer) return status;
  return cm_row_fail(row, word, error, CRITMIN_ERROR_INVALID_VALUE, "is '%s', which is itself a key; it cannot mean %s",
                     cm_row_said(row, word), cm_row_said(row, means));
}

/* A commitment is of tonnes, of a share, a right, or of money: what its kind is not stays empty. */
static critmin_status check_commitment(cm_row *row, critmin_error *error) {
  static const struct {
    const char *kind, *field;
  } amounts[] = {{"tonnes", "tonnes"}, {"share", "share"}, {"money", "amount"}, {"money", "currency"}};
  int kind = row->rules.commitment;
  if (kind < 0) return CRITMIN_OK;
  for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++) {
    int at = cm_row_place(row->relation, amounts[i].field), wanted = text_is(row, kind, amounts[i].kind);
    if (!empty(row, at) && !wanted)
      return cm_row_fail(row, at, error, CRITMIN_ERROR_INVALID_VALUE,
                         "is %s although the kind is %s; a commitment is of one kind, so write the other as one of its own",
                         cm_row_said(row, at), cm_row_said(row, kind));
    if (empty(row, at) && wanted)
      return cm_row_fail(row, at, error, CRITMIN_ERROR_MISSING_VALUE, "is empty although the kind is %s", amounts[i].kind);
  }
  return CRITMIN_OK;
}

/* Scores may leave the nominal ends of a scale a little; by half of it and more they are of another one. */
static critmin_status check_scale(cm_row *row, critmin_error *error) {
  sqlite3_stmt *statement = NULL;
  if (strcmp(row->relation->name, "indicator") != 0) return CRITMIN_OK;
  int indicator = cm_row_place(row->relation, "indicator"), value = row->rules.quantity;
  if (empty(row, indicator) || empty(row, value)) return CRITMIN_OK;
  critmin_status status = cm_store_prepare(
      row->store, "SELECT min(worst, best), max(worst, best) FROM indicator_kind WHERE id = ?1", &statement, error);
  if (status) return status;
  sqlite3_bind_int64(statement, 1, row->slots[indicator].integer);
  if (sqlite3_step(statement) == SQLITE_ROW) {
    double low = sqlite3_column_double(statement, 0), high = sqlite3_column_double(statement, 1);
    double number = row->slots[value].number, half = (high - low) / 2;
    if (half > 0 && (number < low - half || number > high + half))
      status = cm_row_fail(row, value, error, CRITMIN_ERROR_INVALID_VALUE, "is %s; the scale of %s runs from %g to %g",
                           cm_row_said(row, value), cm_row_said(row, indicator), low, high);
  }
  sqlite3_finalize(statement);
  return status;
}

critmin_status cm_row_check(cm_row *row, critmin_error *error) {
  critmin_status status = check_periods(row, error);
  if (status == CRITMIN_OK) status = check_intervals(row, error);
  if (status == CRITMIN_OK) status = check_status(row, error);
  if (status == CRITMIN_OK) status = check_ends(row, error);
  if (status == CRITMIN_OK) status = check_names(row, error);
  if (status == CRITMIN_OK) status = check_commitment(row, error);
  if (status == CRITMIN_OK) status = check_market(row, error);
  if (status == CRITMIN_OK) status = check_scale(row, error);
  /* An edition that is not given leaves a source that the row cannot keep. */
  if (status == CRITMIN_OK && row->edition >= 0 && row->source >= 0 && empty(row, row->edition) &&
      !empty(row, row->source))
    return cm_row_fail(row, row->edition, error, CRITMIN_ERROR_MISSING_VALUE, "is empty; say which edition of %s it is",
                       cm_row_said(row, row->source));
  return status;
}
