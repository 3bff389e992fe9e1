/* SPDX-License-Identifier: MIT */
/*
 * Functions that draws are made with. Those of the C library may differ in the last bit from one processor to the next;
 * these are the same operations in the same order everywhere, within 2 units in the last place.
 */
#ifndef CM_BASE_ELEMENTARY_H
#define CM_BASE_ELEMENTARY_H

#include <stdint.h>

/* Natural logarithm of a normal number above 0. */
double cm_log(double x);
/* y = cm_log(x), each, with the widest registers of the machine. */
void cm_logs(const double *x, int64_t n, double *y);
/* e to the power of x; 0 below -708, infinite above 709. */
double cm_exp(double x);
/* Cosine of a part of a full turn, 0 to 1. */
double cm_cos_turn(double part);

#endif
