/* SPDX-License-Identifier: MIT */
/* A document as text: keys in the order in which they were given, numbers as the shortest decimals that read back. */
#include <math.h>

#include "base/text.h"
#include "exposure/scenario.h"

static void line(cm_buffer *out, int depth) {
  cm_buffer_add(out, "\n");
  for (int i = 0; i < depth; i++) cm_buffer_add(out, "  ");
}

static void add_text(cm_buffer *out, const char *text) {
  cm_buffer_add(out, "\"");
  for (; *text; text++) {
    unsigned char c = (unsigned char)*text;
    if (c == '"' || c == '\\')
      cm_buffer_print(out, "\\%c", c);
    else if (c == '\n')
      cm_buffer_add(out, "\\n");
    else if (c < 0x20 || c == 0x7F)
      cm_buffer_print(out, "\\u%04x", (unsigned)c);
    else
      cm_buffer_add_n(out, text, 1);
  }
  cm_buffer_add(out, "\"");
}

static int is_simple(json_t *value) {
  return !json_is_object(value) && !json_is_array(value);
}

/* Lists and objects of nothing but words and numbers stand on one line. */
static int is_flat(json_t *value) {
  size_t i;
  json_t *inner;
  const char *key;
  if (json_is_array(value)) {
    json_array_foreach(value, i, inner) if (!is_simple(inner)) return 0;
  } else {
    json_object_foreach(value, key, inner) if (!is_simple(inner) || json_object_size(value) > 3) return 0;
  }
  return 1;
}

static void add_value(cm_buffer *out, json_t *value, int depth) {
  size_t i;
  json_t *inner;
  const char *key;
  switch (json_typeof(value)) {
    case JSON_OBJECT:
    case JSON_ARRAY: {
      int flat = depth > 0 && is_flat(value), first = 1;
      cm_buffer_add(out, json_is_array(value) ? "[" : "{");
      if (json_is_array(value)) {
        json_array_foreach(value, i, inner) {
          cm_buffer_add(out, first ? "" : flat ? ", " : ",");
          if (!flat) line(out, depth + 1);
          add_value(out, inner, depth + 1);
          first = 0;
        }
      } else {
        json_object_foreach(value, key, inner) {
          cm_buffer_add(out, first ? "" : flat ? ", " : ",");
          if (!flat) line(out, depth + 1);
          add_text(out, key);
          cm_buffer_add(out, ": ");
          add_value(out, inner, depth + 1);
          first = 0;
        }
      }
      if (!flat && !first) line(out, depth);
      cm_buffer_add(out, json_is_array(value) ? "]" : "}");
      break;
    }
    case JSON_STRING:
      add_text(out, json_string_value(value));
      break;
    case JSON_INTEGER:
      cm_buffer_print(out, "%lld", (long long)json_integer_value(value));
      break;
    case JSON_REAL:
      cm_buffer_number(out, json_real_value(value));
      break;
    case JSON_TRUE:
      cm_buffer_add(out, "true");
      break;
    case JSON_FALSE:
      cm_buffer_add(out, "false");
      break;
    default:
      cm_buffer_add(out, "null");
      break;
  }
}

char *cm_scenario_text(json_t *value) {
  cm_buffer out = {0};
  add_value(&out, value, 0);
  cm_buffer_add(&out, "\n");
  return cm_buffer_take(&out);
}
