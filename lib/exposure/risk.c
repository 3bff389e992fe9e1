/* SPDX-License-Identifier: MIT */
/* Risk of laws and of draws, and the exact law of a sum. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/risk.h"
#include "exposure/check.h"

/* A cumulated probability that is short of the level by rounding reaches it. */
static const double ROUNDING = 1e-12;

void critmin_risk_init(critmin_risk *risk) {
  if (!risk) return;
  memset(risk, 0, sizeof *risk);
  risk->struct_size = sizeof *risk;
  risk->level = risk->mean = risk->mean_error = risk->deviation = risk->var = risk->var_low = risk->var_high =
      risk->cvar = risk->cvar_error = risk->greatest = NAN;
}

int32_t critmin_risk_size(void) {
  return (int32_t)sizeof(critmin_risk);
}

typedef struct outcome {
  double loss, probability;
} outcome;

static int rising(const void *a, const void *b) {
  const outcome *left = a, *right = b;
  return left->loss < right->loss ? -1 : left->loss > right->loss;
}

/* The least loss that is not exceeded with the probability `level`. */
static int law_var(const double *loss, const double *probability, int64_t n, double level, double *var) {
  outcome *law = cm_alloc_array((size_t)n, sizeof *law);
  if (!law) return 0;
  for (int64_t i = 0; i < n; i++) law[i] = (outcome){loss[i], probability[i]};
  qsort(law, (size_t)n, sizeof *law, rising);
  double sum = 0;
  int64_t last = 0;
  for (int64_t i = 0; i < n; i++) { /* what cannot happen is nobody's value at risk */
    if (law[i].probability == 0) continue;
    last = i;
    sum += law[i].probability;
    if (sum >= level - ROUNDING) break;
  }
  *var = law[last].loss;
  cm_free(law);
  return 1;
}

/* The k-th smallest, from 0, by partitions around a median of three (Hoare 1961). Changes the order. */
static double smallest(double *x, int64_t n, int64_t k) {
  int64_t low = 0, high = n - 1;
  while (low < high) {
    double a = x[low], b = x[low + (high - low) / 2], c = x[high];
    double pivot = a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);
    int64_t i = low, j = high;
    while (i <= j) {
      while (x[i] < pivot) i++;
      while (x[j] > pivot) j--;
      if (i > j) break;
      double kept = x[i];
      x[i++] = x[j];
      x[j--] = kept;
    }
    if (k <= j)
      high = j;
    else if (k >= i)
      low = i;
    else
      return x[k];
  }
  return x[k];
}

static int draws_var(const double *loss, int64_t n, double level, double *var) {
  double *copy = cm_alloc_array((size_t)n, sizeof *copy);
  if (!copy) return 0;
  memcpy(copy, loss, (size_t)n * sizeof *copy);
  int64_t rank = (int64_t)ceil(level * (double)n - 1e-9); /* from 1 */
  *var = smallest(copy, n, rank < 1 ? 0 : rank - 1);
  cm_free(copy);
  return 1;
}

critmin_status critmin_risk_of(const double *loss, const double *probability, int64_t n, double level,
                               critmin_risk *risk, critmin_error *error) {
  if (!risk) return cm_fail_null(error, "risk");
  critmin_status status = cm_check_size(risk->struct_size, sizeof *risk, "critmin_risk", error);
  if (status == CRITMIN_OK) status = cm_check_count(n, 1, "n", error);
  if (status == CRITMIN_OK) status = cm_check_numbers(loss, n, "loss", CM_ANY, error);
  if (status == CRITMIN_OK) status = cm_check_law(probability, n, error);
  if (status == CRITMIN_OK) status = cm_check_number(level, "level", CM_SHARE, error);
  if (status == CRITMIN_OK && level == 1)
    status =
        cm_fail(error, CRITMIN_ERROR_SHARE_RANGE, "level must be below 1: nothing is worse than the greatest loss");
  if (status != CRITMIN_OK) return status;
  double var;
  if (!(probability ? law_var(loss, probability, n, level, &var) : draws_var(loss, n, level, &var)))
    return cm_fail_memory(error);
  double mean = 0, tail = 0, square = 0, tail_square = 0, greatest = -INFINITY;
  for (int64_t i = 0; i < n; i++) {
    double p = probability ? probability[i] : 1 / (double)n;
    mean += p * loss[i];
    tail += p * fmax(0, loss[i] - var);
    if (p > 0) greatest = fmax(greatest, loss[i]);
  }
  for (int64_t i = 0; i < n; i++) {
    double p = probability ? probability[i] : 1 / (double)n, over = fmax(0, loss[i] - var);
    square += p * (loss[i] - mean) * (loss[i] - mean);
    tail_square += p * (over - tail) * (over - tail);
  }
  double draws = (double)n, unbiased = probability || n == 1 ? 1 : draws / (draws - 1);
  risk->level = level;
  risk->mean = mean;
  risk->deviation = sqrt(square * unbiased);
  risk->mean_error = probability ? 0 : n == 1 ? NAN : risk->deviation / sqrt(draws);
  risk->var = risk->var_low = risk->var_high = var;
  risk->cvar = var + tail / (1 - level);
  risk->cvar_error = probability ? 0 : n == 1 ? NAN : sqrt(tail_square * unbiased) / ((1 - level) * sqrt(draws));
  risk->greatest = greatest;
  risk->n = n;
  return cm_ok(error);
}

critmin_status critmin_event_probability(double yearly, double years, double *probability, critmin_error *error) {
  critmin_status status = cm_check_number(yearly, "yearly", CM_SHARE, error);
  if (status == CRITMIN_OK) status = cm_check_number(years, "years", CM_NOT_NEGATIVE, error);
  if (status != CRITMIN_OK) return status;
  if (!probability) return cm_fail_null(error, "probability");
  *probability = years == 0 ? 0 : -expm1(years * log1p(-yearly));
  return cm_ok(error);
}

critmin_status critmin_loss_law(const double *loss, const double *probability, int64_t n, double step, int64_t cells,
                                double *law, critmin_error *error) {
  critmin_status status = cm_check_count(n, 0, "n", error);
  if (status == CRITMIN_OK) status = cm_check_count(cells, 1, "cells", error);
  if (status == CRITMIN_OK) status = cm_check_number(step, "step", CM_POSITIVE, error);
  if (status == CRITMIN_OK) status = cm_check_numbers(loss, n, "loss", CM_NOT_NEGATIVE, error);
  if (status == CRITMIN_OK) status = cm_check_numbers(probability, n, "probability", CM_SHARE, error);
  if (status != CRITMIN_OK) return status;
  if (!law) return cm_fail_null(error, "law");
  double reached = 0;
  for (int64_t i = 0; i < n; i++) reached += round(loss[i] / step);
  if (reached > (double)(cells - 1))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "all losses together are %.0f steps, and the grid has points 0 to %lld; give it more, or "
                   "longer steps",
                   reached, (long long)cells - 1);
  memset(law, 0, (size_t)cells * sizeof *law);
  law[0] = 1;
  int64_t top = 0; /* the largest sum so far */
  for (int64_t i = 0; i < n; i++) {
    int64_t jump = (int64_t)round(loss[i] / step);
    double p = probability[i];
    if (jump == 0 || p == 0) continue;
    top += jump;
    for (int64_t k = top; k >= jump; k--) law[k] = law[k] * (1 - p) + law[k - jump] * p;
    for (int64_t k = 0; k < jump && k <= top; k++) law[k] *= 1 - p;
  }
  return cm_ok(error);
}
