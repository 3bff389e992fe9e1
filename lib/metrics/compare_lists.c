/* SPDX-License-Identifier: MIT */
/* Who calls a mineral critical: official lists, the newest of each publisher by the end of the year. */
#include <math.h>
#include <string.h>

#include "metrics/compare.h"

/* Groups of minerals hold groups; the store does not keep them from going round. */
enum { DEEPEST = 8 };

static int is_list(const cm_model_parameter *p) {
  return strncmp(p->parameter, "listed_", strlen("listed_")) == 0;
}

/* A newer list of the same publisher takes the place of an older one, on which the mineral may have been. */
static int is_in_force(const cm_comparison *c, const cm_model_parameter *p) {
  const critmin_model *m = c->model;
  int32_t end = c->year * 10000 + 1231;
  if (p->day > end) return 0;
  for (size_t i = 0; i < m->n_editions; i++) {
    const cm_model_edition *other = &m->editions[i];
    if (other->source == m->editions[p->edition].source && other->day <= end && other->day > p->day) return 0;
  }
  return 1;
}

static int holds(const critmin_model *m, int32_t group, int32_t mineral, int depth) {
  const cm_model_mineral *g = &m->minerals[group];
  for (int32_t i = 0; i < g->n_members && depth < DEEPEST; i++) {
    int32_t member = m->members[g->first_member + i];
    if (member == mineral || holds(m, member, mineral, depth + 1)) return 1;
  }
  return 0;
}

/* Whether the mineral itself is on that list of that edition. */
static int is_on(const critmin_model *m, int32_t mineral, const cm_model_parameter *list) {
  const cm_model_mineral *of = &m->minerals[mineral];
  for (int32_t i = of->first_parameter; i < of->first_parameter + of->n_parameters; i++) {
    const cm_model_parameter *p = &m->parameters[i];
    if (p->edition == list->edition && p->country == list->country && strcmp(p->parameter, list->parameter) == 0)
      return 1;
  }
  return 0;
}

static void add(const cm_comparison *c, cm_builder *b, int32_t mineral, const cm_model_parameter *p) {
  const critmin_model *m = c->model;
  const cm_model_edition *edition = &m->editions[p->edition];
  cm_builder_row(b);
  cm_builder_text(b, CM_COMPARED_MINERAL, m->minerals[mineral].key);
  cm_builder_text(b, CM_COMPARED_KIND, "list");
  cm_builder_text(b, CM_COMPARED_METHOD, m->sources[edition->source].key);
  if (!isnan(p->value)) cm_builder_integer(b, CM_COMPARED_CRITICAL, p->value > 0);
  cm_builder_text(b, CM_COMPARED_WORDS, p->words);
  cm_builder_text(b, CM_COMPARED_SOURCE, m->sources[edition->source].key);
  cm_builder_text(b, CM_COMPARED_EDITION, edition->key);
}

void cm_comparison_lists(const cm_comparison *c, cm_builder *b, int32_t mineral) {
  const critmin_model *m = c->model;
  for (size_t i = 0; i < m->n_parameters; i++) {
    const cm_model_parameter *p = &m->parameters[i];
    if (!is_list(p) || !is_in_force(c, p)) continue;
    /* A list names the group or its members; a mineral that it names itself is as it says of that. */
    if (p->mineral == mineral || (holds(m, p->mineral, mineral, 0) && !is_on(m, mineral, p))) add(c, b, mineral, p);
  }
}
