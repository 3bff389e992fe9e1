/* SPDX-License-Identifier: MIT */
/* Solving one stage, for one row of shares or for many columns of origins. */
#ifndef CM_NETWORK_SOLVE_H
#define CM_NETWORK_SOLVE_H

#include "network/network.h"
#include "network/vector.h"

/*
 * One row. `weight`, one entry a country, is what is taken of each live pool; it becomes, for each live pool, the
 * weight of each tonne that sources bring into it: its origin shares are weight[q] * output[q]. `scratch` has 2 *
 * countries entries.
 */
void cm_solve_row(const cm_stage *stage, const cm_vector *vector, double *weight, double *scratch);

/*
 * CM_BLOCK columns. `rows`, one row a country, is what the sources bring into each live pool, in tonnes of each origin;
 * it becomes the share of each origin in the pool. Rows of pools that are not live must be 0 and stay so.
 */
void cm_solve_block(const cm_stage *stage, const cm_vector *vector, double *rows);

#endif
