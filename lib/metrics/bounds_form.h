/* SPDX-License-Identifier: MIT */
/*
 * The separable form that HHI, Shannon and all Hill numbers share: with P = sum w g(x) and X = sum x,
 *   order 2: g = x^2, C = P / X^2           (HHI, or the governance-weighted HHI with w = W)
 *   order 1: g = x ln x, C = P / X - ln X   (minus Shannon)
 *   else:    g = x^q (minus it below 1), C = P / X^q.
 * g is convex in every case, so that C is quasi-convex in x and grows with concentration.
 */
#ifndef CM_METRICS_BOUNDS_FORM_H
#define CM_METRICS_BOUNDS_FORM_H

#include <math.h>

static inline double cm_power(double order, double x) {
  if (order == 2) return x * x;
  if (x <= 0) return 0;
  if (order == 1) return x * log(x);
  double power = pow(x, order);
  return order < 1 ? -power : power;
}

static inline double cm_form(double order, double power, double sum) {
  if (order == 2) return power / (sum * sum);
  if (order == 1) return power / sum - log(sum);
  return power / pow(sum, order);
}

/* The size that a producer has to have for a small change of it to leave C alone: X over the Hill number. */
static inline double cm_level(double order, double power, double sum) {
  if (sum <= 0) return 0;
  if (order == 2) return power / sum;
  if (order == 1) return exp(power / sum);
  return pow(fabs(power) / sum, 1 / (order - 1));
}

#endif
