/* SPDX-License-Identifier: MIT */
#include "import/header.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"

static const char *field_name(const void *user, size_t i) {
  return ((const cm_relation *)user)->fields[i].name;
}

/* A field that every row must give: one with an initial value may be left out. */
static int must(const cm_field *field) {
  return (field->flags & CM_REQUIRED) && !field->initial;
}

static int has_column(const char *const *names, size_t n, const char *name) {
  for (size_t i = 0; i < n; i++) {
    if (cm_name_equal(names[i], name)) return 1;
  }
  return 0;
}

typedef struct fit {
  size_t known;            /* columns that the relation has */
  size_t required;         /* of them, fields that every row must give */
  size_t missing;          /* such fields without a column */
  const cm_field *lacking; /* the first of those */
} fit;

static fit fit_of(const cm_relation *relation, const char *const *names, size_t n) {
  fit found = {0, 0, 0, NULL};
  for (size_t i = 0; i < n; i++) found.known += cm_relation_field(relation, names[i]) != NULL;
  for (int i = 0; i < relation->n_fields; i++) {
    const cm_field *field = &relation->fields[i];
    if (!must(field)) continue;
    if (has_column(names, n, field->name)) {
      found.required++;
    } else {
      found.missing++;
      if (!found.lacking) found.lacking = field;
    }
  }
  return found;
}

/* The relation that a file is named after, as figure.csv or figure-usgs.csv, or NULL. */
static const cm_relation *named_after(const char *path) {
  const char *base = strrchr(path, '/');
  base = base ? base + 1 : path;
  size_t length = strcspn(base, ".-");
  for (int i = 0; i < cm_n_relations; i++) {
    const cm_relation *relation = &cm_relations[i];
    if (strlen(relation->name) == length && memcmp(relation->name, base, length) == 0) return relation;
    if (relation->plural && strlen(relation->plural) == length && memcmp(relation->plural, base, length) == 0)
      return relation;
  }
  return NULL;
}

/* The relation that comes nearest to a header that fits none. */
static const cm_relation *nearest(const char *const *names, size_t n) {
  const cm_relation *best = NULL;
  fit best_fit = {0, 0, 0, NULL};
  for (int i = 0; i < cm_n_relations; i++) {
    fit found = fit_of(&cm_relations[i], names, n);
    if (best && (found.known < best_fit.known || (found.known == best_fit.known && found.missing >= best_fit.missing)))
      continue;
    best = &cm_relations[i];
    best_fit = found;
  }
  return best_fit.known ? best : NULL;
}

static critmin_status fail_no_fit(const char *const *names, size_t n, const char *path, int64_t *column,
                                  critmin_error *error) {
  const cm_relation *meant = named_after(path);
  if (!meant || !fit_of(meant, names, n).known) meant = nearest(names, n);
  if (!meant)
    return cm_fail(error, CRITMIN_ERROR_FORMAT,
                   "none of the columns is a field of any relation; the first line names the columns");
  for (size_t i = 0; i < n; i++) {
    if (cm_relation_field(meant, names[i])) continue;
    const char *near = cm_name_nearest(names[i], field_name, meant, (size_t)meant->n_fields);
    *column = (int64_t)i + 1;
    return cm_fail(error, CRITMIN_ERROR_FORMAT, "'%s' is no column of %s%s%s%s", names[i], meant->name,
                   near ? "; did you mean '" : "; rename or drop it", near ? near : "", near ? "'?" : "");
  }
  const cm_field *lacking = fit_of(meant, names, n).lacking;
  return cm_fail(error, CRITMIN_ERROR_FORMAT, "the column '%s' is missing, which rows of %s must have: %s",
                 lacking ? lacking->name : "?", meant->name, lacking ? lacking->text : "?");
}

static critmin_status choose(cm_header *header, const char *const *names, size_t n, const char *path, int64_t *column,
                             critmin_error *error) {
  const cm_relation *named = named_after(path), *best = NULL, *other = NULL;
  size_t best_required = 0;
  for (int i = 0; i < cm_n_relations; i++) {
    const cm_relation *relation = &cm_relations[i];
    fit found = fit_of(relation, names, n);
    if (found.known < n || found.missing) continue;
    if (relation == named) {
      header->relation = relation;
      return CRITMIN_OK;
    }
    if (!best || found.required > best_required) {
      best = relation;
      best_required = found.required;
      other = NULL;
    } else if (found.required == best_required) {
      other = relation;
    }
  }
  if (!best) return fail_no_fit(names, n, path, column, error);
  if (other)
    return cm_fail(error, CRITMIN_ERROR_FORMAT,
                   "the columns may be those of %s or of %s; add a column that only one has, or name the file %s.csv",
                   best->name, other->name, best->name);
  header->relation = best;
  return CRITMIN_OK;
}

critmin_status cm_header_read(cm_header *header, const char *const *names, size_t n, const char *path, int64_t *column,
                              critmin_error *error) {
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j < i; j++) {
      if (!cm_name_equal(names[i], names[j])) continue;
      *column = (int64_t)i + 1;
      return cm_fail(error, CRITMIN_ERROR_FORMAT, "the column '%s' is there twice", names[i]);
    }
  }
  critmin_status status = choose(header, names, n, path, column, error);
  if (status != CRITMIN_OK) return status;
  header->columns = cm_alloc_array(n, sizeof *header->columns);
  if (!header->columns) return cm_fail_memory(error);
  header->n_columns = n;
  for (size_t i = 0; i < n; i++) header->columns[i] = cm_relation_field(header->relation, names[i]);
  return CRITMIN_OK;
}

void cm_header_free(cm_header *header) {
  cm_free(header->columns);
  memset(header, 0, sizeof *header);
}

int64_t cm_header_column(const cm_header *header, int field) {
  for (size_t i = 0; i < header->n_columns; i++) {
    if (header->columns[i] == &header->relation->fields[field]) return (int64_t)i + 1;
  }
  return 0;
}
