/* SPDX-License-Identifier: MIT */
/* Rows into a table. A row that is there is updated in place, never deleted and added again: others refer to its id. */
#include <string.h>

#include "base/memory.h"
#include "store/dictionary.h"
#include "store/names.h"
#include "store/record.h"
#include "store/row.h"
#include "store/rows_write.h"

/* Keys that one writer has written, hashed: a second row with the same key is refused. */
typedef struct key_set {
  uint64_t *hashes; /* 0 is free */
  size_t count, room;
} key_set;

struct cm_writer {
  cm_row row;
  int mode;
  sqlite3_stmt *probe, *update, *insert;
  int has_key, probes_first;
  int whole_row; /* of a relation without a key: a row that is there as a whole is not written again */
  int checks_off;
  int gives_names;
  int key_field;      /* the record's own key, or -1 */
  cm_name_table keys; /* keys of the relation as they are spelt */
  key_set written;
  int64_t (*markets)[2]; /* stages and editions of which shares were written */
  size_t n_markets, markets_room;
};

/* Statements ---------------------------------------------------------------------------------------------------------
 */

static int two_columns(const cm_field *field) {
  return field->type == CM_FIELD_COUNTRY_OR_GROUP;
}

static int nullable(const cm_field *field) {
  return !(field->flags & (CM_REQUIRED | CM_EMPTY_TEXT)) || two_columns(field);
}

static int refers(const cm_field *field) {
  return field->type >= CM_FIELD_SOURCE && field->type != CM_FIELD_STAGE_WORD;
}

static int tells_apart(const cm_writer *writer, const cm_field *field) {
  return field->column && (writer->whole_row || (field->flags & CM_IN_KEY));
}

/* The rows with the key that the parameters give. Written as the unique indexes are, so that they are used. */
static void add_key_condition(cm_buffer *sql, const cm_writer *writer) {
  const cm_relation *relation = writer->row.relation;
  const char *between = " WHERE ";
  for (int i = 0; i < relation->n_fields; i++) {
    const cm_field *f = &relation->fields[i];
    if (!tells_apart(writer, f)) continue;
    if (two_columns(f))
      cm_buffer_print(sql, "%s%s IS ?%d AND group_id IS ?%d", between, f->column, 2 * i + 1, 2 * i + 2);
    else if (!nullable(f))
      cm_buffer_print(sql, "%s%s = ?%d", between, f->column, 2 * i + 1);
    else if (refers(f))
      cm_buffer_print(sql, "%sifnull(%s, 0) = ifnull(?%d, 0)", between, f->column, 2 * i + 1);
    else
      cm_buffer_print(sql, "%s%s IS ?%d", between, f->column, 2 * i + 1);
    between = " AND ";
  }
}

static critmin_status prepare(critmin_store *store, cm_buffer *sql, sqlite3_stmt **statement, critmin_error *error) {
  critmin_status status = sql->failed ? cm_fail_memory(error) : cm_store_prepare(store, sql->data, statement, error);
  cm_buffer_free(sql);
  return status;
}

static critmin_status prepare_insert(cm_writer *writer, critmin_error *error) {
  const cm_relation *relation = writer->row.relation;
  cm_buffer sql = {0}, values = {0};
  cm_buffer_print(&sql, "INSERT INTO %s(", relation->table);
  const char *between = "";
  for (int i = 0; i < relation->n_fields; i++) {
    const cm_field *f = &relation->fields[i];
    if (!f->column) continue;
    cm_buffer_print(&sql, "%s%s%s", between, f->column, two_columns(f) ? ", group_id" : "");
    cm_buffer_print(&values, "%s?%d", between, 2 * i + 1);
    if (two_columns(f)) cm_buffer_print(&values, ", ?%d", 2 * i + 2);
    between = ", ";
  }
  cm_buffer_print(&sql, ") VALUES(%s)", values.data ? values.data : "");
  if (values.failed) sql.failed = 1;
  cm_buffer_free(&values);
  return prepare(writer->row.store, &sql, &writer->insert, error);
}

/* Where nothing but the key is kept there is nothing to update: the row is looked for instead. */
static critmin_status prepare_key_statements(cm_writer *writer, critmin_error *error) {
  const cm_relation *relation = writer->row.relation;
  cm_buffer sql = {0};
  cm_buffer_print(&sql, "SELECT 1 FROM %s", relation->table);
  add_key_condition(&sql, writer);
  critmin_status status = prepare(writer->row.store, &sql, &writer->probe, error);
  if (status != CRITMIN_OK || writer->mode == CM_INSERT) return status;
  cm_buffer_print(&sql, "UPDATE %s SET ", relation->table);
  const char *between = "";
  for (int i = 0; i < relation->n_fields; i++) {
    const cm_field *f = &relation->fields[i];
    if (!f->column || tells_apart(writer, f)) continue;
    cm_buffer_print(&sql, "%s%s = ?%d", between, f->column, 2 * i + 1);
    if (two_columns(f)) cm_buffer_print(&sql, ", group_id = ?%d", 2 * i + 2);
    between = ", ";
  }
  add_key_condition(&sql, writer);
  if (*between) return prepare(writer->row.store, &sql, &writer->update, error);
  cm_buffer_free(&sql);
  return CRITMIN_OK;
}

static critmin_status read_keys(cm_writer *writer, critmin_error *error) {
  cm_buffer sql = {0};
  sqlite3_stmt *statement;
  cm_buffer_print(&sql, "SELECT key FROM %s", writer->row.relation->table);
  critmin_status status = prepare(writer->row.store, &sql, &statement, error);
  if (status != CRITMIN_OK) return status;
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    const char *key = (const char *)sqlite3_column_text(statement, 0);
    if (!key || !cm_names_add(&writer->keys, 0, NULL, 0, key, 0, NULL)) {
      status = cm_fail_memory(error);
      break;
    }
  }
  if (status == CRITMIN_OK && code != SQLITE_DONE)
    status = cm_store_fail(writer->row.store, code, "read the keys", error);
  sqlite3_finalize(statement);
  return status;
}

/*
 * SQLite builds its CHECK lists of words anew for each row, which takes longer than all else. For the relations that
 * hold millions of rows, all of whose CHECKs the rules of a row state as well, a bulk goes without them.
 */
static critmin_status leave_out_checks(cm_writer *writer, critmin_error *error) {
  static const char *const large[] = {"figure", "flow", "indicator"};
  int bulk = writer->mode == CM_INSERT || writer->mode == CM_REPLACE_ONCE;
  for (size_t i = 0; bulk && i < sizeof large / sizeof large[0]; i++) {
    if (strcmp(writer->row.relation->name, large[i]) == 0) writer->checks_off = 1;
  }
  return writer->checks_off ? cm_store_execute(writer->row.store, "PRAGMA ignore_check_constraints = ON", error)
                            : CRITMIN_OK;
}

critmin_status cm_writer_open(critmin_store *store, const cm_relation *relation, int mode, cm_writer **out,
                              critmin_error *error) {
  cm_writer *writer = cm_alloc_array(1, sizeof *writer);
  if (!writer) return cm_fail_memory(error);
  writer->mode = mode;
  writer->key_field = -1;
  cm_parties_touch(store, relation);
  writer->gives_names = cm_dictionary_reads(relation);
  critmin_status status = cm_dictionary_refresh(store, error);
  if (status == CRITMIN_OK) status = cm_row_open(&writer->row, store, relation, error);
  for (int i = 0; i < relation->n_fields && status == CRITMIN_OK; i++) {
    const cm_field *f = &relation->fields[i];
    if (f->type == CM_FIELD_KEY) writer->key_field = i;
    if (!(f->flags & CM_IN_KEY)) continue;
    writer->has_key = 1;
    /* An index on a column that may be missing lets rows pass that are alike. */
    if (nullable(f) || relation->parent) writer->probes_first = 1;
  }
  writer->whole_row = !writer->has_key && mode != CM_INSERT;
  if (status == CRITMIN_OK) status = leave_out_checks(writer, error);
  if (status == CRITMIN_OK) status = prepare_insert(writer, error);
  if (status == CRITMIN_OK && (writer->has_key || writer->whole_row)) status = prepare_key_statements(writer, error);
  if (status == CRITMIN_OK && writer->key_field >= 0) status = read_keys(writer, error);
  if (status != CRITMIN_OK) {
    cm_writer_close(writer);
    return status;
  }
  *out = writer;
  return CRITMIN_OK;
}

void cm_writer_close(cm_writer *writer) {
  if (!writer) return;
  sqlite3_finalize(writer->probe);
  sqlite3_finalize(writer->update);
  sqlite3_finalize(writer->insert);
  if (writer->checks_off)
    sqlite3_exec(writer->row.store->db, "PRAGMA ignore_check_constraints = OFF", NULL, NULL, NULL);
  cm_row_close(&writer->row);
  cm_names_free(&writer->keys);
  cm_free(writer->written.hashes);
  cm_free(writer->markets);
  cm_free(writer);
}

cm_row *cm_writer_fields(cm_writer *writer) {
  return &writer->row;
}

/* One row ------------------------------------------------------------------------------------------------------------
 */

static void bind_slot(sqlite3_stmt *statement, int parameter, const cm_field *field, const cm_slot *slot) {
  switch (slot->kind) {
    case CM_SLOT_EMPTY:
      if (field->flags & CM_EMPTY_TEXT)
        sqlite3_bind_text(statement, parameter, "", 0, SQLITE_STATIC);
      else
        sqlite3_bind_null(statement, parameter);
      break;
    case CM_SLOT_NUMBER:
      sqlite3_bind_double(statement, parameter, slot->number);
      break;
    case CM_SLOT_TEXT:
      sqlite3_bind_text(statement, parameter, slot->text, slot->text_length, SQLITE_STATIC);
      break;
    case CM_SLOT_GROUP:
      sqlite3_bind_null(statement, parameter);
      break;
    case CM_SLOT_INTEGER:
    case CM_SLOT_ID:
      sqlite3_bind_int64(statement, parameter, slot->integer);
      break;
  }
  if (!two_columns(field)) return;
  if (slot->kind == CM_SLOT_GROUP)
    sqlite3_bind_int64(statement, parameter + 1, slot->integer);
  else
    sqlite3_bind_null(statement, parameter + 1);
}

/* Parameters are numbered 2i + 1 and 2i + 2 for field i; a statement has those it uses. */
static int run(cm_writer *writer, sqlite3_stmt *statement, int key_only) {
  const cm_relation *relation = writer->row.relation;
  for (int i = 0; i < relation->n_fields; i++) {
    const cm_field *f = &relation->fields[i];
    if (f->column && (!key_only || tells_apart(writer, f))) bind_slot(statement, 2 * i + 1, f, &writer->row.slots[i]);
  }
  int code = sqlite3_step(statement);
  int reset = sqlite3_reset(statement);
  return code == SQLITE_ROW || code == SQLITE_DONE ? code : reset;
}

/* The key's fields as "mineral cobalt, stage mining, ...". */
static critmin_status fail_duplicate(cm_writer *writer, const char *where, critmin_error *error) {
  cm_row *row = &writer->row;
  cm_buffer key = {0};
  int first = -1;
  for (int i = 0; i < row->relation->n_fields; i++) {
    const cm_field *f = &row->relation->fields[i];
    if (!(f->flags & CM_IN_KEY) && f->column) continue;
    if (row->slots[i].kind == CM_SLOT_EMPTY) continue;
    if (first < 0) first = i;
    cm_buffer_print(&key, "%s%s '%s'", key.length ? ", " : "", f->name, cm_row_said(row, i));
  }
  cm_fail(error, CRITMIN_ERROR_DUPLICATE_KEY, "%s: a row with that key is there already%s: %s", row->relation->name,
          where, key.data ? key.data : "");
  cm_buffer_free(&key);
  return cm_fail_at(error, CRITMIN_ERROR_DUPLICATE_KEY, 0, first + 1);
}

static critmin_status fail_constraint(cm_writer *writer, int code, critmin_error *error) {
  critmin_store *store = writer->row.store;
  int extended = sqlite3_extended_errcode(store->db);
  const char *said = sqlite3_errmsg(store->db), *detail = strstr(said, "failed: ");
  detail = detail ? detail + strlen("failed: ") : said;
  const char *name = writer->row.relation->name;
  if ((code & 0xff) == SQLITE_CONSTRAINT && extended == SQLITE_CONSTRAINT_CHECK)
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "%s: the row breaks a rule of the store: %.300s", name, detail);
  if (extended == SQLITE_CONSTRAINT_PRIMARYKEY) return fail_duplicate(writer, "", error);
  if (extended == SQLITE_CONSTRAINT_UNIQUE) {
    /* Where the key is free it is another rule of uniqueness, such as one place in a chain for each stage. */
    if (writer->probe && run(writer, writer->probe, 1) == SQLITE_ROW) return fail_duplicate(writer, "", error);
    return cm_fail(error, CRITMIN_ERROR_DUPLICATE_KEY, "%s: another row has the same %.300s", name, detail);
  }
  return cm_store_fail(store, code, "write a row", error);
}

/* Letters count alike in either case: some keys compare so, and for the others the table has been asked as well. */
static uint64_t hash_bytes(uint64_t hash, const void *data, size_t length, int letters) {
  const unsigned char *byte = data;
  for (size_t i = 0; i < length; i++) {
    unsigned char value = letters && byte[i] >= 'A' && byte[i] <= 'Z' ? (unsigned char)(byte[i] + 32) : byte[i];
    hash = (hash ^ value) * UINT64_C(1099511628211);
  }
  return hash;
}

static uint64_t hash_key(const cm_writer *writer) {
  const cm_relation *relation = writer->row.relation;
  uint64_t hash = UINT64_C(14695981039346656037);
  for (int i = 0; i < relation->n_fields; i++) {
    if (!relation->fields[i].column || !(relation->fields[i].flags & CM_IN_KEY)) continue;
    const cm_slot *slot = &writer->row.slots[i];
    hash = hash_bytes(hash, &slot->kind, sizeof slot->kind, 0);
    if (slot->kind == CM_SLOT_TEXT)
      hash = hash_bytes(hash, slot->text, (size_t)slot->text_length, 1);
    else if (slot->kind != CM_SLOT_EMPTY)
      hash = hash_bytes(hash, &slot->integer, sizeof slot->integer, 0);
  }
  return hash ? hash : 1;
}

/* Adds a hash; *was tells whether it was there. 0 when memory ran out. */
static int add_hash(key_set *set, uint64_t hash, int *was) {
  if (2 * (set->count + 1) > set->room) {
    size_t room = set->room ? 2 * set->room : 256;
    uint64_t *hashes = cm_alloc_array(room, sizeof *hashes);
    if (!hashes) return 0;
    for (size_t i = 0; i < set->room; i++) {
      if (!set->hashes[i]) continue;
      size_t to = (size_t)set->hashes[i] & (room - 1);
      while (hashes[to]) to = (to + 1) & (room - 1);
      hashes[to] = set->hashes[i];
    }
    cm_free(set->hashes);
    set->hashes = hashes;
    set->room = room;
  }
  size_t at = (size_t)hash & (set->room - 1);
  while (set->hashes[at] && set->hashes[at] != hash) at = (at + 1) & (set->room - 1);
  *was = set->hashes[at] != 0;
  set->count += !*was;
  set->hashes[at] = hash;
  return 1;
}

/* A key that differs from one that is there in case or in `-` and `_` only is that one. */
static critmin_status spell_key(cm_writer *writer, critmin_error *error) {
  cm_row *row = &writer->row;
  if (writer->key_field < 0) return CRITMIN_OK;
  size_t cursor = 0;
  const cm_name *there = cm_names_next(&writer->keys, 0, row->slots[writer->key_field].text, &cursor);
  if (!there) return CRITMIN_OK;
  if (writer->mode == CM_INSERT) return fail_duplicate(writer, "", error);
  const char *spelt = cm_names_text(&writer->keys, there->name);
  cm_buffer *made = &row->made[writer->key_field];
  if (strcmp(spelt, row->slots[writer->key_field].text) == 0) return CRITMIN_OK;
  cm_buffer_free(made);
  cm_buffer_add(made, spelt);
  if (made->failed) return cm_fail_memory(error);
  row->slots[writer->key_field].text = made->data;
  row->slots[writer->key_field].text_length = (int)made->length;
  return CRITMIN_OK;
}

static critmin_status note_share(cm_writer *writer, critmin_error *error) {
  const cm_row *row = &writer->row;
  if (row->rules.measure < 0 || !row->rules.market) return CRITMIN_OK;
  const cm_slot *unit = &row->slots[row->rules.unit];
  if (unit->text_length != 5 || memcmp(unit->text, "share", 5) != 0) return CRITMIN_OK;
  const int64_t market[2] = {row->slots[row->stage].integer, row->slots[row->edition].integer};
  for (size_t i = writer->n_markets; i > 0; i--) {
    if (writer->markets[i - 1][0] == market[0] && writer->markets[i - 1][1] == market[1]) return CRITMIN_OK;
  }
  if (!cm_grow(&writer->markets, writer->n_markets, &writer->markets_room, sizeof *writer->markets))
    return cm_fail_memory(error);
  memcpy(writer->markets[writer->n_markets++], market, sizeof market);
  return CRITMIN_OK;
}

critmin_status cm_writer_put(cm_writer *writer, int *replaced, critmin_error *error) {
  critmin_status status = cm_row_check(&writer->row, error);
  if (status == CRITMIN_OK) status = spell_key(writer, error);
  if (status == CRITMIN_OK) status = note_share(writer, error);
  if (status != CRITMIN_OK) return status;
  int there = 0, code = SQLITE_DONE;
  if (writer->update) {
    code = run(writer, writer->update, 0);
    there = code == SQLITE_DONE && sqlite3_changes(writer->row.store->db) > 0;
  } else if (writer->whole_row || (writer->has_key && (writer->mode != CM_INSERT || writer->probes_first))) {
    code = run(writer, writer->probe, 1);
    there = code == SQLITE_ROW;
  }
  if (code != SQLITE_DONE && code != SQLITE_ROW) return fail_constraint(writer, code, error);
  if (there && writer->mode == CM_INSERT) return fail_duplicate(writer, "", error);
  if (writer->mode == CM_REPLACE_ONCE && writer->has_key) {
    int was;
    if (!add_hash(&writer->written, hash_key(writer), &was)) return cm_fail_memory(error);
    if (was && there) return fail_duplicate(writer, ", from an earlier row of the same file", error);
  }
  if (!there) {
    code = run(writer, writer->insert, 0);
    if (code != SQLITE_DONE) return fail_constraint(writer, code, error);
    if (writer->key_field >= 0 &&
        !cm_names_add(&writer->keys, 0, NULL, 0, writer->row.slots[writer->key_field].text, 0, NULL))
      return cm_fail_memory(error);
  }
  if (writer->gives_names) cm_dictionary_changed(writer->row.store, writer->row.relation);
  if (replaced) *replaced = there;
  return CRITMIN_OK;
}

critmin_status cm_writer_row_mixed(cm_writer *writer, const char *const *values, const double *numbers, int *replaced,
                                   critmin_error *error) {
  critmin_error local;
  if (!error) error = &local;
  cm_row *row = &writer->row;
  for (int i = 0; i < row->relation->n_fields; i++) {
    int field = row->order[i];
    critmin_status status = numbers && numbers[field] == numbers[field]
                                ? cm_row_number(row, field, numbers[field], error)
                                : cm_row_text(row, field, values[field], error);
    if (status != CRITMIN_OK) return status;
  }
  return cm_writer_put(writer, replaced, error);
}

critmin_status cm_writer_row(cm_writer *writer, const char *const *values, int *replaced, critmin_error *error) {
  return cm_writer_row_mixed(writer, values, NULL, replaced, error);
}

/* Bulk rules ---------------------------------------------------------------------------------------------------------
 */

/* Published shares are rounded: a market's may add up to a little more than the whole. Measures that are ratios by
 * themselves, such as import reliance, are no parts of one. */
#define SHARES_TOLERATED 1.02

critmin_status cm_writer_finish(cm_writer *writer, critmin_error *error) {
  if (strcmp(writer->row.relation->name, "group_member") == 0)
    return cm_membership_check(writer->row.store, NULL, error);
  if (strcmp(writer->row.relation->name, "producer_owner") == 0)
    return cm_ownership_check(writer->row.store, NULL, error);
  if (!writer->n_markets) return CRITMIN_OK;
  critmin_store *store = writer->row.store;
  sqlite3_stmt *statement;
  critmin_status status = cm_store_prepare(
      store,
      "SELECT m.key, f.period_from / 10000, f.period_to / 10000, sum(f.value), n.key, s.key, o.key, e.key "
      "FROM figure f JOIN country c ON c.id = f.country_id JOIN measure m ON m.id = f.measure_id AND m.unit = "
      "'quantity' "
      "JOIN stage s ON s.id = f.stage_id JOIN mineral n ON n.id = s.mineral_id "
      "JOIN edition e ON e.id = f.edition_id JOIN source o ON o.id = e.source_id "
      "WHERE f.stage_id = ?1 AND f.edition_id = ?2 AND f.unit = 'share' AND f.producer_id IS NULL "
      "AND (c.kind NOT IN ('world', 'union') OR f.sector <> '') "
      "GROUP BY f.measure_id, f.period_from, f.period_to, f.outlook, f.scenario, "
      "CASE WHEN f.sector <> '' THEN f.country_id END HAVING sum(f.value) > ?3",
      &statement, error);
  if (status != CRITMIN_OK) return status;
  sqlite3_bind_double(statement, 3, SHARES_TOLERATED);
  for (size_t i = 0; i < writer->n_markets && status == CRITMIN_OK; i++) {
    sqlite3_bind_int64(statement, 1, writer->markets[i][0]);
    sqlite3_bind_int64(statement, 2, writer->markets[i][1]);
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
      char sum[CM_NUMBER_TEXT];
      cm_number_text(sqlite3_column_double(statement, 3), sum);
      const char *text[5] = {0};
      for (int j = 0; j < 4; j++) text[j] = (const char *)sqlite3_column_text(statement, 4 + j);
      text[4] = (const char *)sqlite3_column_text(statement, 0);
      status = cm_fail(
          error, CRITMIN_ERROR_SHARE_RANGE,
          "figure: the shares of %s of %s at the stage %s from %d to %d, source %s edition %s, sum to %s; they cannot "
          "exceed the whole",
          text[4], text[0], text[1], sqlite3_column_int(statement, 1), sqlite3_column_int(statement, 2), text[2],
          text[3], sum);
    } else if (code != SQLITE_DONE) {
      status = cm_store_fail(store, code, "add up shares", error);
    }
    sqlite3_reset(statement);
  }
  sqlite3_finalize(statement);
  return status;
}
