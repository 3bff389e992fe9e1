/* SPDX-License-Identifier: MIT */
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

critmin_status kernel_run(const kernel_call *call, const double *quantity, int64_t n, const critmin_supply *supply,
                          critmin_answer *answer, critmin_error *error) {
  switch (call->kernel) {
  case SHARE: return critmin_share(quantity, n, call->index, supply, answer, error);
  case HHI: return critmin_hhi(quantity, n, supply, answer, error);
  case HHI_NORMALISED: return critmin_hhi_normalised(quantity, n, supply, answer, error);
  case RATIO: return critmin_concentration_ratio(quantity, n, call->index, supply, answer, error);
  case SHANNON: return critmin_shannon(quantity, n, supply, answer, error);
  case EVENNESS: return critmin_evenness(quantity, n, supply, answer, error);
  case EFFECTIVE: return critmin_effective_number(quantity, n, call->number, supply, answer, error);
  case HHI_WGI: return critmin_hhi_wgi(quantity, call->governance, n, supply, answer, error);
  default: return critmin_n_minus_1(quantity, n, call->index, call->number, supply, answer, error);
  }
}

critmin_answer kernel_answer(const kernel_call *call, const double *quantity, int64_t n, const critmin_supply *supply) {
  critmin_answer answer;
  critmin_error error;
  critmin_answer_init(&answer);
  critmin_status status = kernel_run(call, quantity, n, supply, &answer, &error);
  /* Check writes to a file at every assertion, passed or not; this is called too often for that. */
  if (status != CRITMIN_OK || error.status != CRITMIN_OK || error.message[0])
    ck_abort_msg("%s: %s", kernel_name(call->kernel), error.message);
  return answer;
}

static int descending(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return left < right ? 1 : left > right ? -1 : 0;
}

double kernel_formula(const kernel_call *call, const double *quantity, const double *governance, int64_t n, double dust) {
  double sum = dust, count = 0, square = 0, entropy = 0, weighted = 0, power = 0, largest = 0;
  for (int64_t i = 0; i < n; i++) sum += quantity[i];
  if (call->kernel == N_MINUS_1 && !isnan(call->number)) return (sum - quantity[call->index]) / call->number;
  if (!(sum > 0)) return NAN;
  for (int64_t i = 0; i < n; i++) {
    double s = quantity[i] / sum;
    square += s * s;
    if (governance) weighted += s * s * governance[i];
    count += s > 1e-12; /* less is what sums of doubles leave */
    if (s > 0) {
      entropy -= s * log(s);
      power += pow(s, call->number);
    }
    if (s > largest) largest = s;
  }
  switch (call->kernel) {
  case SHARE: return quantity[call->index] / sum;
  case HHI: return square;
  case HHI_NORMALISED: return count > 1 ? (square - 1 / count) / (1 - 1 / count) : 1;
  case RATIO: {
    double sorted[64], top = 0;
    if (n > 64) ck_abort_msg("no room for %d producers", (int)n);
    memcpy(sorted, quantity, (size_t)n * sizeof *sorted);
    qsort(sorted, (size_t)n, sizeof *sorted, descending);
    for (int64_t i = 0; i < n && i < call->index; i++) top += sorted[i];
    return top / sum;
  }
  case SHANNON: return dust > 0 ? INFINITY : entropy;
  case EVENNESS: return count > 1 ? entropy / log(count) : NAN;
  case EFFECTIVE:
    if (call->number <= 1 && dust > 0) return INFINITY;
    if (call->number == 0) return count;
    if (call->number == 1) return exp(entropy);
    if (isinf(call->number)) return 1 / largest;
    return pow(power, 1 / (1 - call->number));
  case HHI_WGI: return weighted;
  default: return (sum - quantity[call->index]) / sum;
  }
}

const char *kernel_name(enum kernel kernel) {
  static const char *const names[KERNELS] = {"share",    "hhi",      "hhi_normalised", "concentration_ratio", "shannon",
                                             "evenness", "effective", "hhi_wgi",       "n_minus_1"};
  return names[kernel];
}

static uint64_t next(stream *s) {
  uint64_t z = s->state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

double stream_uniform(stream *s, double low, double high) {
  return low + (high - low) * ((double)(next(s) >> 11) * 0x1p-53);
}

int64_t stream_integer(stream *s, int64_t low, int64_t high) {
  return low + (int64_t)(next(s) % (uint64_t)(high - low + 1));
}
