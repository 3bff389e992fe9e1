/* SPDX-License-Identifier: MIT */
/* A field's text or number turned into what its column holds. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/definition.h"
#include "base/memory.h"
#include "store/currency.h"
#include "store/dictionary.h"
#include "store/period.h"
#include "store/row.h"
#include "store/rows.h"

int cm_row_place(const cm_relation *relation, const char *name) {
  const cm_field *field = cm_relation_field(relation, name);
  return field ? (int)(field - relation->fields) : -1;
}

static const char *field_name(const void *user, size_t i) {
  return ((const cm_relation *)user)->fields[i].name;
}

int cm_row_find(const cm_relation *relation, const char *name, critmin_error *error) {
  int field = cm_row_place(relation, name);
  if (field >= 0) return field;
  const char *near = cm_name_nearest(name, field_name, relation, (size_t)relation->n_fields);
  cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "%s has no field '%s'%s%s%s", relation->name, name,
          near ? "; did you mean '" : "; list its fields to see what there is", near ? near : "", near ? "'?" : "");
  return -1;
}

critmin_status cm_row_fail(const cm_row *row, int field, critmin_error *error, critmin_status status,
                           const char *format, ...) {
  char sentence[900];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(sentence, sizeof sentence, format, arguments);
  va_end(arguments);
  cm_fail(error, status, "%s: field '%s' %s", row->relation->name, row->relation->fields[field].name, sentence);
  return cm_fail_at(error, status, 0, field + 1);
}

/* Passes on the failure of a lookup, saying in which field. */
static critmin_status fail_lookup(const cm_row *row, int field, critmin_error *error, const critmin_error *found) {
  if (found->status == CRITMIN_ERROR_MEMORY) return cm_fail_memory(error);
  return cm_row_fail(row, field, error, found->status, "cannot be read: %s", found->message);
}

static int place_of_type(const cm_relation *relation, cm_field_type type) {
  for (int i = 0; i < relation->n_fields; i++) {
    if (relation->fields[i].type == type) return i;
  }
  return -1;
}

critmin_status cm_row_open(cm_row *row, critmin_store *store, const cm_relation *relation, critmin_error *error) {
  memset(row, 0, sizeof *row);
  if (relation->n_fields > CM_FIELDS_MAX)
    return cm_fail(error, CRITMIN_ERROR_INTERNAL, "relation `%s` has more fields than a row holds", relation->name);
  row->store = store;
  row->relation = relation;
  row->mineral = place_of_type(relation, CM_FIELD_MINERAL);
  row->stage = place_of_type(relation, CM_FIELD_STAGE);
  row->source = place_of_type(relation, CM_FIELD_SOURCE);
  row->edition = place_of_type(relation, CM_FIELD_EDITION);
  row->publisher = cm_text_copy("");
  if (!row->publisher) return cm_fail_memory(error);
  cm_row_prepare_rules(row);
  const int first[4] = {row->source, row->edition, row->mineral, row->stage};
  int n = 0;
  for (int i = 0; i < 4; i++) {
    if (first[i] >= 0) row->order[n++] = first[i];
  }
  for (int i = 0; i < relation->n_fields; i++) {
    if (i != first[0] && i != first[1] && i != first[2] && i != first[3]) row->order[n++] = i;
  }
  return CRITMIN_OK;
}

void cm_row_close(cm_row *row) {
  for (int i = 0; i < CM_FIELDS_MAX; i++) {
    cm_buffer_free(&row->made[i]);
    cm_buffer_free(&row->said[i]);
  }
  cm_free(row->publisher);
  row->publisher = NULL;
}

static cm_slot text_slot(const char *text, size_t length) {
  return (cm_slot){.kind = CM_SLOT_TEXT, .text = text, .text_length = (int)length};
}

static cm_slot id_slot(int64_t id) {
  return (cm_slot){.kind = CM_SLOT_ID, .integer = id};
}

/* Numbers ------------------------------------------------------------------------------------------------------------
 */

static critmin_status set_number(cm_row *row, int field, double number, critmin_error *error) {
  const cm_field *f = &row->relation->fields[field];
  char said[CM_NUMBER_TEXT];
  if ((f->flags & CM_NOT_NEGATIVE) && number < 0) {
    cm_number_text(number, said);
    return cm_row_fail(row, field, error, CRITMIN_ERROR_NEGATIVE, "is %s; a quantity cannot be below zero", said);
  }
  if ((f->flags & CM_IS_SHARE) && !(number >= 0 && number <= 1)) {
    cm_number_text(number, said);
    return cm_row_fail(row, field, error, CRITMIN_ERROR_SHARE_RANGE, "is %s; a share lies between 0 and 1", said);
  }
  row->slots[field] = (cm_slot){.kind = CM_SLOT_NUMBER, .number = number};
  return CRITMIN_OK;
}

static critmin_status set_integer(cm_row *row, int field, int64_t integer, critmin_error *error) {
  const cm_field *f = &row->relation->fields[field];
  if (strcmp(f->unit, "year") == 0 && (integer < CM_YEAR_FIRST || integer > CM_YEAR_LAST))
    return cm_row_fail(row, field, error, CRITMIN_ERROR_YEAR_RANGE, "is %lld; a year lies between %d and %d",
                       (long long)integer, CM_YEAR_FIRST, CM_YEAR_LAST);
  if ((f->flags & CM_NOT_NEGATIVE) && integer < 0)
    return cm_row_fail(row, field, error, CRITMIN_ERROR_NEGATIVE, "is %lld; it cannot be below zero",
                       (long long)integer);
  row->slots[field] = (cm_slot){.kind = CM_SLOT_INTEGER, .integer = integer, .first = integer, .last = integer};
  return CRITMIN_OK;
}

/* Dates --------------------------------------------------------------------------------------------------------------
 */

static critmin_status set_date(cm_row *row, int field, const char *text, critmin_error *error) {
  const cm_field *f = &row->relation->fields[field];
  cm_slot slot = text_slot(text, strlen(text));
  int parts = 0;
  switch (cm_date_parse(text, &slot.first, &slot.last, &parts)) {
    case CM_DATE_GOOD:
      break;
    case CM_DATE_UNREAL:
      return cm_row_fail(row, field, error, CRITMIN_ERROR_INVALID_VALUE, "is '%s'; there is no such day", text);
    case CM_DATE_YEAR:
      return cm_row_fail(row, field, error, CRITMIN_ERROR_YEAR_RANGE, "is '%s'; a year lies between %d and %d", text,
                         CM_YEAR_FIRST, CM_YEAR_LAST);
    case CM_DATE_MALFORMED:
      return cm_row_fail(row, field, error, CRITMIN_ERROR_INVALID_VALUE,
                         "is '%s', no date; write it as 2025, 2025-02 or 2025-02-28", text);
  }
  if (f->type == CM_FIELD_DAY && parts != 3)
    return cm_row_fail(row, field, error, CRITMIN_ERROR_INVALID_VALUE, "is '%s'; write the whole day, as 2025-02-28",
                       text);
  if (f->type == CM_FIELD_PERIOD_FROM || f->type == CM_FIELD_PERIOD_TO) {
    slot.kind = CM_SLOT_INTEGER;
    slot.integer = f->type == CM_FIELD_PERIOD_FROM ? slot.first : slot.last;
  }
  row->slots[field] = slot;
  return CRITMIN_OK;
}

/* Words --------------------------------------------------------------------------------------------------------------
 */

typedef struct word_list {
  char words[24][32];
  size_t n;
} word_list;

static const char *word_at(const void *user, size_t i) {
  return ((const word_list *)user)->words[i];
}

static critmin_status set_word(cm_row *row, int field, const char *text, critmin_error *error) {
  const char *words = row->relation->fields[field].words;
  word_list list = {.n = 0};
  for (const char *at = words; *at;) {
    size_t length = strcspn(at, "|");
    if (list.n < sizeof list.words / sizeof list.words[0] && length < sizeof list.words[0]) {
      memcpy(list.words[list.n], at, length);
      list.words[list.n][length] = '\0';
      if (cm_name_equal(list.words[list.n], text)) {
        row->slots[field] = text_slot(at, length);
        return CRITMIN_OK;
      }
      list.n++;
    }
    at += at[length] ? length + 1 : length;
  }
  const char *near = cm_name_nearest(text, word_at, &list, list.n);
  return cm_row_fail(row, field, error, CRITMIN_ERROR_INVALID_VALUE, "is '%s'%s%s%s; it is one of %s", text,
                     near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "", words);
}

/* Names --------------------------------------------------------------------------------------------------------------
 */

static critmin_status set_name(cm_row *row, int field, cm_names_of kind, int64_t owner, const char *text,
                               critmin_error *error) {
  critmin_error found;
  int64_t id;
  if (cm_dictionary_find(row->store, kind, row->publisher, owner, text, &id, &found) != CRITMIN_OK)
    return fail_lookup(row, field, error, &found);
  row->slots[field] = id_slot(id);
  return CRITMIN_OK;
}

/* The row's source is the publisher whose words it uses. */
static critmin_status set_publisher(cm_row *row, int64_t source, critmin_error *error) {
  if (row->publisher_id == source) return CRITMIN_OK;
  const char *spelt = "";
  critmin_status status = source ? cm_dictionary_spell(row->store, CM_NAMES_SOURCE, source, &spelt, error) : CRITMIN_OK;
  if (status != CRITMIN_OK) return status;
  char *key = cm_text_copy(spelt ? spelt : "");
  if (!key) return cm_fail_memory(error);
  cm_free(row->publisher);
  row->publisher = key;
  row->publisher_id = source;
  return CRITMIN_OK;
}

static critmin_status set_source(cm_row *row, int field, const char *text, critmin_error *error) {
  critmin_status status = set_name(row, field, CM_NAMES_SOURCE, 0, text, error);
  if (status == CRITMIN_OK && field == row->source) status = set_publisher(row, row->slots[field].integer, error);
  return status;
}

static critmin_status set_edition(cm_row *row, int field, const char *text, critmin_error *error) {
  if (row->slots[row->source].kind != CM_SLOT_ID)
    return cm_row_fail(row, row->source, error, CRITMIN_ERROR_MISSING_VALUE,
                       "is empty; an edition is that of a source");
  return set_name(row, field, CM_NAMES_EDITION, row->slots[row->source].integer, text, error);
}

static critmin_status set_stage(cm_row *row, int field, const char *text, critmin_error *error) {
  if (row->mineral < 0 || row->slots[row->mineral].kind != CM_SLOT_ID)
    return cm_row_fail(row, row->mineral < 0 ? field : row->mineral, error, CRITMIN_ERROR_MISSING_VALUE,
                       "is empty; the stage '%s' is that of a mineral", text);
  critmin_error found;
  int64_t id;
  if (cm_resolve_stage(row->store, row->publisher, row->slots[row->mineral].integer, text, &id, &found) != CRITMIN_OK)
    return fail_lookup(row, field, error, &found);
  row->slots[field] = id_slot(id);
  return CRITMIN_OK;
}

static critmin_status set_country_or_group(cm_row *row, int field, const char *text, critmin_error *error) {
  critmin_error found;
  int64_t id;
  int is_group;
  if (cm_dictionary_find_country_or_group(row->store, row->publisher, text, &id, &is_group, &found) != CRITMIN_OK)
    return fail_lookup(row, field, error, &found);
  row->slots[field] = (cm_slot){.kind = is_group ? CM_SLOT_GROUP : CM_SLOT_ID, .integer = id};
  return CRITMIN_OK;
}

/* Countries joined with `;`, as their keys. */
static critmin_status set_countries(cm_row *row, int field, const char *text, critmin_error *error) {
  cm_buffer *made = &row->made[field];
  cm_buffer_free(made);
  while (*text) {
    text += strspn(text, " ;");
    size_t length = strcspn(text, ";");
    if (!length) break;
    while (length && text[length - 1] == ' ') length--;
    char *word = cm_text_copy_n(text, length);
    if (!word) return cm_fail_memory(error);
    critmin_error found;
    int64_t id;
    const char *key = NULL;
    critmin_status status = cm_dictionary_find(row->store, CM_NAMES_COUNTRY, row->publisher, 0, word, &id, &found);
    if (status == CRITMIN_OK) status = cm_dictionary_spell(row->store, CM_NAMES_COUNTRY, id, &key, &found);
    if (status == CRITMIN_OK && key) cm_buffer_print(made, "%s%s", made->length ? ";" : "", key);
    if (status != CRITMIN_OK) status = fail_lookup(row, field, error, &found);
    cm_free(word);
    if (status != CRITMIN_OK) return status;
    text += strcspn(text, ";");
  }
  if (made->failed) return cm_fail_memory(error);
  row->slots[field] = made->length ? text_slot(made->data, made->length) : (cm_slot){0};
  return CRITMIN_OK;
}

static critmin_status set_stage_word(cm_row *row, int field, const char *text, critmin_error *error) {
  int64_t mineral =
      row->mineral >= 0 && row->slots[row->mineral].kind == CM_SLOT_ID ? row->slots[row->mineral].integer : 0;
  critmin_error found;
  int known = cm_dictionary_stage_word(row->store, mineral, text, &found);
  if (known < 0) return fail_lookup(row, field, error, &found);
  if (!known) {
    if (mineral)
      return cm_row_fail(row, field, error, CRITMIN_ERROR_STAGE_NOT_IN_CHAIN,
                         "is '%s', which is no kind of stage and not in the mineral's chain: %s", text,
                         cm_dictionary_chain(row->store, mineral));
    cm_dictionary_no_stage(row->store, "", text, &found);
    return fail_lookup(row, field, error, &found);
  }
  row->slots[field] = text_slot(text, strlen(text));
  return CRITMIN_OK;
}

static critmin_status set_key(cm_row *row, int field, const char *text, critmin_error *error) {
  size_t length = strlen(text);
  if (text[0] == ' ' || text[length - 1] == ' ')
    return cm_row_fail(row, field, error, CRITMIN_ERROR_INVALID_VALUE, "is '%s'; a key has no space at its ends", text);
  for (const char *at = text; *at; at++) {
    if ((unsigned char)*at < 32 || *at == 127 || *at == ',' || *at == ';')
      return cm_row_fail(row, field, error, CRITMIN_ERROR_INVALID_VALUE,
                         "is '%s'; a key has no comma, semicolon or line break, so that keys can be listed", text);
  }
  row->slots[field] = text_slot(text, length);
  return CRITMIN_OK;
}

static critmin_status set_plain(cm_row *row, int field, const char *text, critmin_error *error) {
  const cm_field *f = &row->relation->fields[field];
  /* The words of a table of aliases belong to a publisher by the key of its source. */
  if ((f->flags & CM_EMPTY_TEXT) && strcmp(f->name, "publisher") == 0) {
    critmin_error found;
    int64_t id;
    if (cm_dictionary_find(row->store, CM_NAMES_SOURCE, "", 0, text, &id, &found) != CRITMIN_OK)
      return fail_lookup(row, field, error, &found);
    const char *key = NULL;
    if (cm_dictionary_spell(row->store, CM_NAMES_SOURCE, id, &key, &found) != CRITMIN_OK)
      return fail_lookup(row, field, error, &found);
    cm_buffer_free(&row->made[field]);
    cm_buffer_add(&row->made[field], key ? key : text);
    if (row->made[field].failed) return cm_fail_memory(error);
    text = row->made[field].data;
  }
  row->slots[field] = text_slot(text, strlen(text));
  return CRITMIN_OK;
}

/* Its place in the text is told in the message: that of the row is the caller's. */
static critmin_status set_composite(cm_row *row, int field, const char *text, critmin_error *error) {
  critmin_error found;
  int key = place_of_type(row->relation, CM_FIELD_KEY);
  if (cm_composite_check(row->slots[key].text, text, &found) != CRITMIN_OK) {
    if (found.status == CRITMIN_ERROR_MEMORY) return cm_fail_memory(error);
    return cm_row_fail(row, field, error, found.status, "cannot be computed: %s", found.message);
  }
  row->slots[field] = text_slot(text, strlen(text));
  return CRITMIN_OK;
}

critmin_status cm_row_text(cm_row *row, int field, const char *text, critmin_error *error) {
  const cm_field *f = &row->relation->fields[field];
  row->slots[field] = (cm_slot){0};
  if (!text || !*text) {
    text = f->initial;
    if (!text && (f->flags & CM_REQUIRED))
      return cm_row_fail(row, field, error, CRITMIN_ERROR_MISSING_VALUE, "is empty; it must be given: %s", f->text);
    if (!text) return field == row->source ? set_publisher(row, 0, error) : CRITMIN_OK;
  }
  if (!cm_text_valid(text, strlen(text)))
    return cm_row_fail(row, field, error, CRITMIN_ERROR_INVALID_VALUE, "is not well-formed UTF-8");
  double number;
  int64_t integer;
  switch (f->type) {
    case CM_FIELD_TEXT:
      return set_plain(row, field, text, error);
    case CM_FIELD_NUMBER:
      if (!cm_number_parse(text, &number))
        return cm_row_fail(row, field, error, CRITMIN_ERROR_INVALID_VALUE,
                           "is '%s', no number; write it as 1234.5, without thousands marks", text);
      return set_number(row, field, number, error);
    case CM_FIELD_INTEGER:
      if (!cm_integer_parse(text, &integer))
        return cm_row_fail(row, field, error, CRITMIN_ERROR_INVALID_VALUE, "is '%s', no whole number", text);
      return set_integer(row, field, integer, error);
    case CM_FIELD_DATE:
    case CM_FIELD_DAY:
    case CM_FIELD_PERIOD_FROM:
    case CM_FIELD_PERIOD_TO:
      return set_date(row, field, text, error);
    case CM_FIELD_WORD:
      return set_word(row, field, text, error);
    case CM_FIELD_CURRENCY:
      if (!cm_currency_known(text))
        return cm_row_fail(row, field, error, CRITMIN_ERROR_INVALID_VALUE,
                           "is '%s', no currency; write its ISO 4217 code in capitals, as USD", text);
      return set_plain(row, field, text, error);
    case CM_FIELD_COUNTRIES:
      return set_countries(row, field, text, error);
    case CM_FIELD_KEY:
      return set_key(row, field, text, error);
    case CM_FIELD_SOURCE:
      return set_source(row, field, text, error);
    case CM_FIELD_EDITION:
      return set_edition(row, field, text, error);
    case CM_FIELD_COUNTRY:
      return set_name(row, field, CM_NAMES_COUNTRY, 0, text, error);
    case CM_FIELD_GROUP:
      return set_name(row, field, CM_NAMES_GROUP, 0, text, error);
    case CM_FIELD_COUNTRY_OR_GROUP:
      return set_country_or_group(row, field, text, error);
    case CM_FIELD_MINERAL:
      return set_name(row, field, CM_NAMES_MINERAL, 0, text, error);
    case CM_FIELD_STAGE:
      return set_stage(row, field, text, error);
    case CM_FIELD_STAGE_WORD:
      return set_stage_word(row, field, text, error);
    case CM_FIELD_PRODUCER:
      return set_name(row, field, CM_NAMES_PRODUCER, 0, text, error);
    case CM_FIELD_AGREEMENT:
      return set_name(row, field, CM_NAMES_AGREEMENT, 0, text, error);
    case CM_FIELD_RESERVE:
      return set_name(row, field, CM_NAMES_RESERVE, 0, text, error);
    case CM_FIELD_RESTRICTION:
      return set_name(row, field, CM_NAMES_RESTRICTION, 0, text, error);
    case CM_FIELD_MEASURE:
      return set_name(row, field, CM_NAMES_MEASURE, 0, text, error);
    case CM_FIELD_INDICATOR:
      return set_name(row, field, CM_NAMES_INDICATOR, 0, text, error);
    case CM_FIELD_COMPOSITE:
      return set_composite(row, field, text, error);
  }
  return cm_fail(error, CRITMIN_ERROR_INTERNAL, "field type %d has no reader", (int)f->type);
}

critmin_status cm_row_number(cm_row *row, int field, double number, critmin_error *error) {
  const cm_field *f = &row->relation->fields[field];
  if (isnan(number)) return cm_row_text(row, field, NULL, error);
  if (!isfinite(number))
    return cm_row_fail(row, field, error, CRITMIN_ERROR_INVALID_VALUE, "is not finite; a missing number is NaN");
  if (f->type == CM_FIELD_NUMBER) return set_number(row, field, number, error);
  if (f->type == CM_FIELD_INTEGER && number == floor(number) && fabs(number) < 9007199254740992.0)
    return set_integer(row, field, (int64_t)number, error);
  if ((f->type == CM_FIELD_PERIOD_FROM || f->type == CM_FIELD_PERIOD_TO) && number == floor(number) &&
      number >= CM_YEAR_FIRST && number <= CM_YEAR_LAST) {
    int64_t first = (int64_t)number * 10000 + 101, last = (int64_t)number * 10000 + 1231;
    row->slots[field] = (cm_slot){.kind = CM_SLOT_INTEGER,
                                  .integer = f->type == CM_FIELD_PERIOD_FROM ? first : last,
                                  .first = first,
                                  .last = last};
    return CRITMIN_OK;
  }
  /* A number where text is expected, such as an HS code or the year of an edition, is read as its digits. */
  char digits[CM_NUMBER_TEXT];
  cm_number_text(number, digits);
  char *text = cm_text_copy(digits);
  if (!text) return cm_fail_memory(error);
  critmin_status status = cm_row_text(row, field, text, error);
  cm_slot *slot = &row->slots[field];
  if (status == CRITMIN_OK && slot->kind == CM_SLOT_TEXT && slot->text >= text && slot->text <= text + strlen(text)) {
    cm_buffer_free(&row->made[field]);
    cm_buffer_add(&row->made[field], text);
    if (row->made[field].failed)
      status = cm_fail_memory(error);
    else
      *slot = text_slot(row->made[field].data, row->made[field].length);
  }
  cm_free(text);
  return status;
}

critmin_status cm_row_take(cm_row *row, int field, cm_slot slot, critmin_error *error) {
  row->slots[field] = slot;
  return field == row->source ? set_publisher(row, slot.kind == CM_SLOT_ID ? slot.integer : 0, error) : CRITMIN_OK;
}
