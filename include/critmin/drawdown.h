/* SPDX-License-Identifier: MIT */
/**
 * @file drawdown.h
 * @brief Kernels: how long stocks last, who runs short when, and how large a reserve ought to be.
 *
 * Time is in days from the start of an event, rates are tonnes a day. A *gap* is what a user lacks; below zero it is a
 * surplus. Between the dates at which something changes all is computed in closed form, not day by day. Nothing is
 * kept: any number of threads may call these functions.
 *
 * Unless a function says otherwise the errors are ARGUMENT, NEGATIVE, MISSING_VALUE (NaN), INVALID_VALUE (not finite,
 * days that do not rise), SHARE_RANGE (a share or probability outside 0 to 1) and MEMORY.
 */
#ifndef CRITMIN_DRAWDOWN_H
#define CRITMIN_DRAWDOWN_H

#include "critmin/export.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup drawdown Stocks in time
 *  @{ */

/**
 * Days of cover, in three senses.
 * @param stock tonnes. @param demand tonnes a day, above 0. @param reliance net import reliance; NaN: not known.
 * @param gap tonnes a day that are missing in the event that is looked at; NaN: none is.
 * @param[out] gross stock / demand. @param[out] net stock / (demand * reliance), as for oil (International Energy
 *             Agency); +infinity for a net exporter. @param[out] against stock / gap; +infinity where nothing is
 *             missing. Each may be NULL.
 */
CRITMIN_API critmin_status critmin_days_of_cover(double stock, double demand, double reliance, double gap,
                                                 double *gross, double *net, double *against, critmin_error *error);

/** A strategic reserve. `serves` is borrowed for the call. Initialise with critmin_stock_init(). */
typedef struct critmin_stock {
  uint32_t struct_size;  /**< sizeof(critmin_stock) as the caller knows it. */
  uint32_t reserved;     /**< Zero. */
  double tonnes;         /**< What is in it, usable at the stage that is looked at. */
  double rate;           /**< Most that can be released a day; +infinity: no limit. */
  double delay;          /**< Days until the first release. */
  double refill;         /**< Most that is taken from surpluses a day, up to `tonnes`; 0: it is not filled up again. */
  const int32_t *serves; /**< One entry a user, not 0: may draw from it. NULL: all may. */
} critmin_stock;

/** Sets `struct_size`, no limit to the rate, and all else to 0. Any thread. NULL is ignored. */
CRITMIN_API void critmin_stock_init(critmin_stock *stock);

/** Size of ::critmin_stock in this library. Any thread. */
CRITMIN_API int32_t critmin_stock_size(void);

/** What is drawn first. */
enum {
  CRITMIN_DRAW_RESERVES_FIRST = 0, /**< Reserves release from the first day what they can, private stocks the rest: the
                                        best. */
  CRITMIN_DRAW_INVENTORY_FIRST = 1 /**< Reserves release only what private stocks no longer can: the worst. */
};

/**
 * Users whose supply falls short, and what they have to bridge it with. Arrays are borrowed for the call. Initialise
 * with critmin_drawdown_init().
 */
typedef struct critmin_drawdown {
  uint32_t struct_size;    /**< sizeof(critmin_drawdown) as the caller knows it. */
  int32_t order;           /**< A `CRITMIN_DRAW_` constant. */
  int32_t users;           /**< Number of users. */
  int32_t reserves;        /**< Number of reserves. They are drawn on in their order; users share what one can release
                                in proportion to what they lack. */
  int64_t points;          /**< Number of points of the gaps. */
  const double *time;      /**< Day of each point, not falling, 0 or more. Two points of one day make a step. */
  const double *gap;       /**< `points` rows, one entry a user: gaps, with straight lines between the points. Before
                                the first point there is no gap, after the last it stays. */
  const double *inventory; /**< Private stock of each user, in tonnes, or NULL: none. Not filled up again. */
  const critmin_stock *const *reserve; /**< The reserves. */
  double horizon;                      /**< Days looked at; +infinity: until nothing changes any more. */
  double step;     /**< Longest stretch, in days, that is taken for straight where a reserve at its limit is
                        shared among users whose gaps change at different pace; 1 at the start. All else is
                        exact. */
  double period;   /**< Days of a period of `unmet_by_period`; 7 at the start. */
  int64_t periods; /**< Number of periods; 0: not wanted. */
} critmin_drawdown;

/** Sets `struct_size`, steps of 1 day, periods of 7, and all else to nothing. Any thread. NULL is ignored. */
CRITMIN_API void critmin_drawdown_init(critmin_drawdown *drawdown);

/** Size of ::critmin_drawdown in this library. Any thread. */
CRITMIN_API int32_t critmin_drawdown_size(void);

/**
 * Where the results of a drawdown are written: the caller's arrays, each of which may be NULL. Initialise with
 * critmin_drawdown_result_init().
 */
typedef struct critmin_drawdown_result {
  uint32_t struct_size;    /**< sizeof(critmin_drawdown_result) as the caller knows it. */
  uint32_t reserved;       /**< Zero. */
  double *shortage;        /**< One entry a user: the day from which it lacks something; +infinity: not within the
                                horizon. */
  double *needed;          /**< One entry a user: tonnes missing before any stock was drawn. */
  double *unmet;           /**< One entry a user: tonnes missing in the end. +infinity where a gap never ends. */
  double *drawn;           /**< One entry a user: tonnes from its private stock. */
  double *released;        /**< `reserves` rows, one entry a user: tonnes that it got from each reserve. */
  double *refilled;        /**< One entry a reserve: tonnes taken from surpluses. */
  double *empty;           /**< One entry a reserve: the day on which it is empty first; +infinity: never. */
  double *inventory_empty; /**< One entry a user: the day on which its private stock is empty; +infinity: never. */
  double *unmet_by_period; /**< `periods` rows, one entry a user: tonnes missing in each period. */
} critmin_drawdown_result;

/** Sets `struct_size`, and all else to NULL. Any thread. NULL is ignored. */
CRITMIN_API void critmin_drawdown_result_init(critmin_drawdown_result *result);

/** Size of ::critmin_drawdown_result in this library. Any thread. */
CRITMIN_API int32_t critmin_drawdown_result_size(void);

/**
 * Runs stocks down. At every moment gap = unmet + drawn + released, user by user. A stock that is empty just when its
 * gap ends brings no shortage.
 */
CRITMIN_API critmin_status critmin_drawdown_run(const critmin_drawdown *drawdown, const critmin_drawdown_result *result,
                                                critmin_error *error);

/**
 * What the users would have in normal times, what interrupts it, and what is agreed to make up for it. All arrays are
 * borrowed for the call. Initialise with critmin_interruption_init().
 */
typedef struct critmin_interruption {
  uint32_t struct_size;    /**< sizeof(critmin_interruption) as the caller knows it. */
  int32_t suppliers;       /**< Number of suppliers. */
  int32_t users;           /**< Number of users. */
  int32_t reserved;        /**< Zero. */
  const double *flow;      /**< `suppliers` rows, one entry a user: tonnes a day in normal times. */
  const double *spare;     /**< One entry a supplier: tonnes a day that it can deliver besides, shared in proportion to
                                what users lack; withheld with the rest. NULL: none. */
  int64_t shocks;          /**< Number of shocks. Of several that hit one supplier the one that withholds most at the
                                moment acts. */
  const int32_t *supplier; /**< Supplier that each shock hits. */
  const double *withheld;  /**< Share of its deliveries that is withheld. */
  const double *leak;      /**< Share of what is withheld that arrives by third countries; NULL: none. */
  const double *start;     /**< Day it begins. */
  const double *duration;  /**< Days it lasts, its ramp included; +infinity: for ever. */
  const double *ramp;      /**< Days until all of it is withheld, in a straight line; NULL: at once. */
  int64_t agreements;      /**< Number of agreements. */
  const int32_t *user;     /**< User that each agreement serves. */
  const double *tonnes;    /**< Tonnes a day that are not in `flow`. */
  const double *begins;    /**< Day of the first delivery; NULL: 0. */
  const double *agreement_ramp; /**< Days from then until all of it is delivered, in a straight line; NULL: at once. */
} critmin_interruption;

/** Sets `struct_size`, and all else to nothing. Any thread. NULL is ignored. */
CRITMIN_API void critmin_interruption_init(critmin_interruption *interruption);

/** Size of ::critmin_interruption in this library. Any thread. */
CRITMIN_API int32_t critmin_interruption_size(void);

/**
 * The gaps that an interruption leaves, as ::critmin_drawdown takes them: what is withheld, less what is agreed, less
 * what spare capacity brings.
 * @param horizon days looked at, finite. @param step longest stretch taken for straight where spare capacity is shared
 *        while a ramp lasts.
 * @param room how many points `time` and `gap` have room for; both may be NULL with 0.
 * @param[out] points how many there are. Where that is more than `room`, nothing else is written: call again with more
 *             room.
 */
CRITMIN_API critmin_status critmin_interruption_gaps(const critmin_interruption *interruption, double horizon,
                                                     double step, int64_t room, double *time, double *gap,
                                                     int64_t *points, critmin_error *error);

/**
 * The size of a reserve from which on another tonne costs more than it saves: the smallest R at which the law of the
 * gap reaches 1 - h / (f c) (the news-vendor's rule; Arrow, Harris and Marschak 1951).
 * @param gap tonnes missing in an event if there is no reserve, `n` outcomes in any order. @param probability of each,
 *        1 together; NULL: all alike. A law that has the years without an event in it goes with a frequency of 1.
 * @param frequency events a year, f. @param shortage cost of a missing tonne, c. @param holding cost of a tonne and
 *        year, h.
 */
CRITMIN_API critmin_status critmin_reserve_size(const double *gap, const double *probability, int64_t n,
                                                double frequency, double shortage, double holding, double *tonnes,
                                                critmin_error *error);

/**
 * The same for gaps of an exponential law of mean `mean`: mean ln(f c / h), or 0. +infinity where holding costs
 * nothing.
 */
CRITMIN_API critmin_status critmin_reserve_size_exponential(double mean, double frequency, double shortage,
                                                            double holding, double *tonnes, critmin_error *error);

/**
 * What one tonne more in a reserve of `tonnes` is worth a year, f c P(gap > R) - h, and what one less would cost, f c
 * P(gap >= R) - h. Parameters as in critmin_reserve_size(). @param[out] more, less either may be NULL.
 */
CRITMIN_API critmin_status critmin_reserve_value(const double *gap, const double *probability, int64_t n,
                                                 double frequency, double shortage, double holding, double tonnes,
                                                 double *more, double *less, critmin_error *error);

/**
 * What a tonne a year of an agreement is worth in one event: additional * performs * integral of worth(t) ramp(t) dt, t
 * in years.
 * @param time, worth `points` points in days, and what a tonne available then is worth: a shadow price, or the rise of
 *        the price. Straight lines between them, nothing outside.
 * @param begins day of the first delivery. @param ramp days from then until all is delivered. @param additional share
 *        that is not in today's flows. @param performs probability that it performs.
 */
CRITMIN_API critmin_status critmin_agreement_value(const double *time, const double *worth, int64_t points,
                                                   double begins, double ramp, double additional, double performs,
                                                   double *value, critmin_error *error);

/** @} */

CRITMIN_END

#endif
