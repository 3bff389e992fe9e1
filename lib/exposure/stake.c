/* SPDX-License-Identifier: MIT */
/* What missing tonnes cost the sectors that use them. */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/price.h"
#include "exposure/check.h"

typedef struct sector {
  double use, value; /* value that stops when all of the use is missing */
} sector;

static int by_value_of_a_tonne(const void *a, const void *b) {
  const sector *left = a, *right = b;
  double x = left->value / left->use, y = right->value / right->use;
  if (x != y) return x < y ? -1 : 1;
  return left->use < right->use ? -1 : left->use > right->use;
}

/* Value lost when sectors lose their tonnes one after the other. */
static double in_order(const sector *s, int64_t n, int backward, double missing) {
  double lost = 0;
  for (int64_t i = 0; i < n && missing > 0; i++) {
    const sector *at = &s[backward ? n - 1 - i : i];
    double cut = fmin(at->use, missing);
    lost += cut == at->use ? at->value : at->value * (cut / at->use);
    missing -= cut;
  }
  return lost;
}

static critmin_status check_answer(const critmin_answer *answer, critmin_error *error) {
  if (!answer) return cm_fail_null(error, "answer");
  return cm_check_size(answer->struct_size, sizeof *answer, "critmin_answer", error);
}

critmin_status critmin_value_at_stake(const double *use, const double *value_added, const double *dependence,
                                      int64_t sectors, double missing, critmin_answer *answer, critmin_error *error) {
  critmin_status status = check_answer(answer, error);
  if (status == CRITMIN_OK) status = cm_check_count(sectors, 0, "sectors", error);
  if (status == CRITMIN_OK) status = cm_check_number(missing, "missing", CM_NOT_NEGATIVE, error);
  const cm_column columns[] = {
      {use, sectors, "use", CM_NOT_NEGATIVE},
      {value_added, sectors, "value_added", CM_NOT_NEGATIVE},
      {dependence, sectors, "dependence", CM_SHARE | CM_OPTIONAL},
  };
  if (status == CRITMIN_OK) status = cm_check_columns(columns, sizeof columns / sizeof columns[0], error);
  if (status != CRITMIN_OK) return status;
  sector *s = cm_alloc_array((size_t)sectors, sizeof *s);
  if (!s) return cm_fail_memory(error);
  int64_t n = 0;
  double tonnes = 0, value = 0;
  for (int64_t i = 0; i < sectors; i++) {
    if (use[i] == 0) continue; /* cannot lose what it does not use */
    s[n] = (sector){use[i], value_added[i] * (dependence ? dependence[i] : 1)};
    tonnes += s[n].use;
    value += s[n++].value;
  }
  qsort(s, (size_t)n, sizeof *s, by_value_of_a_tonne);
  int all = missing >= tonnes;
  answer->value = all ? value : value * (missing / tonnes);
  answer->low = all ? value : fmin(in_order(s, n, 0, missing), answer->value);
  answer->high = all ? value : fmax(in_order(s, n, 1, missing), answer->value);
  answer->coverage = NAN;
  answer->flags = missing > tonnes ? CRITMIN_FLAG_CLAMPED : 0;
  answer->n_used = n;
  cm_free(s);
  return cm_ok(error);
}

critmin_status critmin_value_at_stake_joint(const double *missing, const double *dependence, const double *value_added,
                                            int64_t minerals, int64_t sectors, critmin_answer *answer,
                                            critmin_error *error) {
  critmin_status status = check_answer(answer, error);
  if (status == CRITMIN_OK) status = cm_check_count(minerals, 0, "minerals", error);
  if (status == CRITMIN_OK) status = cm_check_count(sectors, 0, "sectors", error);
  if (status == CRITMIN_OK && minerals > 0 && sectors > INT64_MAX / minerals) status = cm_fail_memory(error);
  if (status != CRITMIN_OK) return status;
  const cm_column columns[] = {
      {missing, minerals * sectors, "missing", CM_SHARE},
      {dependence, minerals * sectors, "dependence", CM_SHARE | CM_OPTIONAL},
      {value_added, sectors, "value_added", CM_NOT_NEGATIVE},
  };
  status = cm_check_columns(columns, sizeof columns / sizeof columns[0], error);
  if (status != CRITMIN_OK) return status;
  double value = 0, most = 0, least = 0;
  for (int64_t j = 0; j < sectors; j++) {
    double worst = 0, sum = 0;
    for (int64_t m = 0; m < minerals; m++) {
      double share = missing[m * sectors + j] * (dependence ? dependence[m * sectors + j] : 1);
      worst = fmax(worst, share);
      sum += share;
    }
    value += value_added[j] * worst;
    most += value_added[j] * fmin(1, sum);
  }
  for (int64_t m = 0; m < minerals; m++) {
    double alone = 0;
    for (int64_t j = 0; j < sectors; j++)
      alone += value_added[j] * missing[m * sectors + j] * (dependence ? dependence[m * sectors + j] : 1);
    least = fmax(least, alone);
  }
  answer->value = value;
  answer->low = fmin(least, value);
  answer->high = fmax(most, value);
  answer->coverage = NAN;
  answer->flags = 0;
  answer->n_used = sectors;
  return cm_ok(error);
}
