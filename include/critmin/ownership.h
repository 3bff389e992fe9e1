/* SPDX-License-Identifier: MIT */
/**
 * @file ownership.h
 * @brief Kernels: who owns what is made, through chains of holdings, and how concentrated that is.
 *
 * Three measures belong together: concentration by country of production (critmin_hhi()), by operating company (critmin_hhi()
 * over the companies), and by owner, here. Holder is row and held is column throughout. Nothing is kept: any number of
 * threads may call them. Errors: ARGUMENT, NEGATIVE, SHARE_RANGE, INVALID_VALUE, MEMORY.
 */
#ifndef CRITMIN_OWNERSHIP_H
#define CRITMIN_OWNERSHIP_H

#include "critmin/answer.h"
#include "critmin/concentration.h"
#include "critmin/export.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup ownership Ownership
 *  @{ */

/** What a share in a firm is worth. */
enum {
  CRITMIN_OWNERSHIP_EQUITY = 0, /**< Its part. */
  CRITMIN_OWNERSHIP_CONTROL = 1 /**< All of the firm when it is more than half, its part otherwise. */
};

/**
 * Ultimate shares of final owners in firms and assets: E = A (I - C)^-1 (Brioschi, Buzzacchi and Colombo 1989).
 *
 * @param held `firms` x `firms`, row-major: C[i][j], the share of firm j that firm i holds. An asset is a firm that holds
 *        nothing. Shares a firm holds in itself cancel.
 * @param owned `owners` x `firms`: A[o][j], the share of firm j that final owner o holds directly.
 * @param rule a `CRITMIN_OWNERSHIP_` constant. Who takes the tonnes (offtake) needs no chain: give those shares to
 *        critmin_owner_hhi() as they are.
 * @param[out] ultimate `owners` + 1 rows of `firms`; the last row is what nobody known owns. Every column sums to 1. Firms that only
 *             hold one another have no final owner: unknown throughout.
 * @param[out] flags SINGULAR_LOOP where there are such firms; may be NULL.
 * Errors besides: SHARE_RANGE (a share outside 0 to 1, or a firm held by more than all of it; the firm is named).
 */
CRITMIN_API critmin_status critmin_ownership(const double *held, const double *owned, int64_t firms, int64_t owners,
                                             int32_t rule, double *ultimate, uint64_t *flags, critmin_error *error);

/**
 * Herfindahl-Hirschman index by owner, 0 to 1. What nobody known owns goes nowhere at the low end (infinitely many owners) and to the
 * largest owner at the high end: an unknown owner may be a listed one. RESIDUAL_USED when there is any.
 * @param output of each of `n` assets, one unit; NaN: not known, left out (NOT_AVAILABLE).
 * @param share `owners` + 1 rows of `n`, as critmin_ownership() gives it; the columns sum to 1.
 * @param total of the market where it is more than the assets' sum, the rest's owners unknown; NaN: the sum.
 * @param value a `CRITMIN_RESIDUAL_` constant: which value is reported inside the interval.
 */
CRITMIN_API critmin_status critmin_owner_hhi(const double *output, const double *share, int64_t n, int64_t owners,
                                             double total, int32_t value, critmin_answer *answer, critmin_error *error);

/**
 * Share of one owner in all output, 0 to 1: its known part at the low end, all that is unknown besides at the high end. The
 * value is the known part. Arguments as in critmin_owner_hhi(). @param owner 0 to `owners` - 1.
 */
CRITMIN_API critmin_status critmin_owner_share(const double *output, const double *share, int64_t n, int64_t owners,
                                               double total, int64_t owner, critmin_answer *answer, critmin_error *error);

/** @} */

CRITMIN_END

#endif
