/* SPDX-License-Identifier: MIT */
/**
 * @file price.h
 * @brief Kernels: what prices do when supply is withheld, and what the missing tonnes cost.
 *
 * Prices are multiples of today's price p0, money from prices is in units of p0 times tonnes. Nothing is kept: any
 * number of threads may call these functions. Elasticities are of supply, 0 or more, and of demand, 0 or less. They are
 * known to a factor at best: draw them from a law, or ask with both ends.
 *
 * Unless a function says otherwise the errors are ARGUMENT, NEGATIVE, MISSING_VALUE (NaN), INVALID_VALUE (not finite,
 * an elasticity of the wrong sign), SHARE_RANGE (a share outside 0 to 1) and MEMORY.
 */
#ifndef CRITMIN_PRICE_H
#define CRITMIN_PRICE_H

#include "critmin/answer.h"
#include "critmin/export.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup price Prices and losses
 *  @{ */

/** A market in equilibrium. Initialise with critmin_price_init(). */
typedef struct critmin_price {
  uint32_t struct_size; /**< sizeof(critmin_price) as the caller knows it. */
  uint32_t reserved;    /**< Zero. */
  double price;         /**< In multiples of today's. */
  double quantity;      /**< Tonnes used. */
  double unmet;         /**< Tonnes that users want at this price and that are not there: above 0 where the price is
                             capped, or contracts take all. */
  double expenditure;   /**< What is paid more than today for what is bought, over what is paid today. */
  double loss;          /**< Area left of the demand curves between the two prices, over what is paid today: what users
                             lose. */
  uint64_t flags;       /**< CLAMPED: no price up to the cap clears the market; UNDEFINED: there is no market left for a
                             price. */
} critmin_price;

/** Sets `struct_size` and makes every number NaN or 0. Any thread. NULL is ignored. */
CRITMIN_API void critmin_price_init(critmin_price *price);

/** Size of ::critmin_price in this library. Any thread. */
CRITMIN_API int32_t critmin_price_size(void);

/**
 * The closed form: price (1 - L)^(-1 / (e + |d|)) after a share L of supply is lost, where supply was as large as
 * demand and all suppliers have one elasticity e and all users one elasticity d (textbook; the first order L / (e +
 * |d|) is far too low for large L). `quantity` and `unmet` are shares of today's. Errors besides: INVALID_VALUE where
 * something is lost and both elasticities are 0, or all is lost: no price clears such a market.
 */
CRITMIN_API critmin_status critmin_price_after_loss(double lost, double supply_elasticity, double demand_elasticity,
                                                    critmin_price *price, critmin_error *error);

/**
 * Suppliers and users of one market. Arrays are borrowed for the call, one entry a supplier or a user; NULL stands for
 * what is said. Initialise with critmin_price_market_init().
 */
typedef struct critmin_price_market {
  uint32_t struct_size;            /**< sizeof(critmin_price_market) as the caller knows it. */
  int32_t cut;                     /**< Not 0: contracts are cut by the share that is lost; 0: they are kept, and the
                                        rest bears it all. */
  int64_t suppliers;               /**< Number of suppliers. */
  int64_t users;                   /**< Number of users. */
  const double *supply;            /**< Tonnes at today's price, without any restriction. */
  const double *supply_elasticity; /**< NULL: 0. */
  const double *capacity;          /**< Most tonnes; +infinity for no limit. NULL: no limits. */
  const double *withheld;          /**< Share of what each would deliver that is withheld; NULL: nothing. */
  const double *quota;             /**< Most tonnes that are let out, whatever the price; +infinity for none. NULL:
                                        none. */
  const double *tax;               /**< Rate of an export tax: the seller sees price / (1 + tax). NULL: none. */
  const double *demand;            /**< Tonnes at today's price. */
  const double *demand_elasticity; /**< NULL: 0. */
  double contracted;               /**< Share of demand under contracts at a fixed price, below 1; only the rest sees
                                        the price. */
  double cap;                      /**< Highest price looked for, above 1; 100 at the start. */
} critmin_price_market;

/** Sets `struct_size`, a cap of 100, and all else to nothing. Any thread. NULL is ignored. */
CRITMIN_API void critmin_price_market_init(critmin_price_market *market);

/** Size of ::critmin_price_market in this library. Any thread. */
CRITMIN_API int32_t critmin_price_market_size(void);

/**
 * The price at which what suppliers deliver is what users want. A market in which more is delivered than wanted at
 * today's price finds a price below 1. With contracts all terms but the price, which is that of the rest, are of the
 * whole market.
 * @param[out] supplied, used one entry a supplier, a user; either may be NULL. `used` is what each wants at the price,
 *             less its share, in proportion, of what is unmet.
 */
CRITMIN_API critmin_status critmin_price_equilibrium(const critmin_price_market *market, critmin_price *price,
                                                     double *supplied, double *used, critmin_error *error);

/**
 * A restriction of exports makes two markets of one: inside, where what is not let out depresses the price, and
 * outside.
 * @param inside, outside the suppliers and users on either side, as they would be alone.
 * @param exports tonnes from inside to outside today. @param withheld share of them that is withheld.
 * @param leak share of what is withheld that finds its way out nevertheless, by third countries.
 */
CRITMIN_API critmin_status critmin_price_restriction(const critmin_price_market *inside,
                                                     const critmin_price_market *outside, double exports,
                                                     double withheld, double leak, critmin_price *price_inside,
                                                     critmin_price *price_outside, critmin_error *error);

/**
 * Value added that stops when tonnes are missing, in the unit of `value_added`. `value` takes them from all sectors in
 * proportion, `low` from those that make least of a tonne first, `high` from those that make most of it (after Manley,
 * Alonso and Nassar 2022).
 * @param use tonnes that each sector uses. @param value_added of each sector, in the same period. @param dependence
 *        share of it that stops when the material is missing altogether; NULL: 1.
 * @param missing tonnes. More than all use: all is lost, CLAMPED.
 */
CRITMIN_API critmin_status critmin_value_at_stake(const double *use, const double *value_added,
                                                  const double *dependence, int64_t sectors, double missing,
                                                  critmin_answer *answer, critmin_error *error);

/**
 * Value added that stops when several minerals are missing at once. Within a sector the mineral that is missing most
 * decides (`value`); at most they add up (`high`); the loss of the worst mineral alone is the least (`low`).
 * @param missing `minerals` rows of `sectors`: share of its use that each sector does not get.
 * @param dependence `minerals` rows of `sectors`, or NULL: 1.
 */
CRITMIN_API critmin_status critmin_value_at_stake_joint(const double *missing, const double *dependence,
                                                        const double *value_added, int64_t minerals, int64_t sectors,
                                                        critmin_answer *answer, critmin_error *error);

/** @} */

CRITMIN_END

#endif
