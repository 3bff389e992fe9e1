/* SPDX-License-Identifier: MIT */
/* Uses, industries and producers by what they are of. */
#include <string.h>

#include "model/model.h"

static int same_list(const cm_model_end_use *a, const cm_model_end_use *b) {
  return a->country == b->country && a->edition == b->edition && a->from == b->from && a->to == b->to;
}

int32_t cm_model_end_uses(const critmin_model *model, int32_t mineral, int32_t country, int32_t year, int32_t source,
                          int32_t *first) {
  const cm_model_mineral *m = &model->minerals[mineral];
  int32_t end = m->first_use + m->n_uses;
  for (int32_t i = m->first_use; i < end; i++) {
    const cm_model_end_use *use = &model->end_uses[i];
    if (use->country != country) continue;
    if (year && (year < use->from / 10000 || year > use->to / 10000)) continue;
    if (source != CM_NONE && model->editions[use->edition].source != source) continue;
    *first = i;
    int32_t last = i;
    while (last < end && same_list(use, &model->end_uses[last])) last++;
    return last - i;
  }
  return 0;
}

const cm_model_industry *cm_model_industry_of(const critmin_model *model, const cm_model_end_use *use,
                                              const char *code) {
  for (size_t i = 0; i < model->n_industries; i++) {
    const cm_model_industry *industry = &model->industries[i];
    if (industry->country == use->country && industry->edition == use->edition && industry->from == use->from &&
        industry->to == use->to && strcmp(industry->code, code) == 0)
      return industry;
  }
  return NULL;
}

int32_t cm_model_producer_place(const critmin_model *model, int64_t id) {
  size_t low = 0, high = model->n_producers;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (model->producers[middle].id < id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < model->n_producers && model->producers[low].id == id ? (int32_t)low : CM_NONE;
}
