/* SPDX-License-Identifier: MIT */
#include "store/names.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"

static uint64_t hash_of(int64_t owner, const char *name) {
  return cm_name_hash(name) ^ ((uint64_t)owner * UINT64_C(0x9E3779B97F4A7C15));
}

static int add_text(cm_name_table *table, const char *text, size_t *place) {
  if (!text || !*text) {
    *place = 0; /* the table's text begins with an empty one */
    if (table->text_length) return 1;
    text = "";
  }
  size_t length = strlen(text) + 1;
  if (table->text_length + length > table->text_room) {
    size_t room = table->text_room ? table->text_room : 1024;
    while (room < table->text_length + length + 1) room *= 2;
    char *grown = cm_resize(table->text, room, 1);
    if (!grown) return 0;
    table->text = grown;
    table->text_room = room;
  }
  if (!table->text_length && *text) table->text[table->text_length++] = '\0';
  *place = table->text_length;
  memcpy(table->text + table->text_length, text, length);
  table->text_length += length;
  return 1;
}

static void place_entry(cm_name_table *table, size_t entry) {
  size_t at = (size_t)table->entries[entry].hash & (table->n_slots - 1);
  while (table->slots[at]) at = (at + 1) & (table->n_slots - 1);
  table->slots[at] = (uint32_t)(entry + 1);
}

static int grow_slots(cm_name_table *table) {
  size_t n = table->n_slots ? table->n_slots * 2 : 64;
  uint32_t *slots = cm_alloc_array(n, sizeof *slots);
  if (!slots) return 0;
  cm_free(table->slots);
  table->slots = slots;
  table->n_slots = n;
  for (size_t i = 0; i < table->count; i++) place_entry(table, i);
  return 1;
}

int cm_names_add(cm_name_table *table, int level, const char *publisher, int64_t owner, const char *name, int64_t id,
                 const char *text) {
  if (2 * (table->count + 1) > table->n_slots && !grow_slots(table)) return 0;
  if (!cm_grow(&table->entries, table->count, &table->room, sizeof *table->entries)) return 0;
  cm_name entry = {.hash = hash_of(owner, name), .owner = owner, .id = id, .level = level};
  if (!add_text(table, name, &entry.name) || !add_text(table, publisher, &entry.publisher) ||
      !add_text(table, text, &entry.text))
    return 0;
  table->entries[table->count] = entry;
  place_entry(table, table->count++);
  return 1;
}

void cm_names_free(cm_name_table *table) {
  cm_free(table->entries);
  cm_free(table->slots);
  cm_free(table->text);
  memset(table, 0, sizeof *table);
}

const char *cm_names_text(const cm_name_table *table, size_t place) {
  return table->text + place;
}

const cm_name *cm_names_next(const cm_name_table *table, int64_t owner, const char *name, size_t *cursor) {
  if (!table->n_slots) return NULL;
  uint64_t hash = hash_of(owner, name);
  /* The cursor counts the slots walked so far. */
  for (;;) {
    size_t at = ((size_t)hash + *cursor) & (table->n_slots - 1);
    if (!table->slots[at]) return NULL;
    ++*cursor;
    const cm_name *entry = &table->entries[table->slots[at] - 1];
    if (entry->hash == hash && entry->owner == owner && cm_name_equal(table->text + entry->name, name)) return entry;
  }
}
