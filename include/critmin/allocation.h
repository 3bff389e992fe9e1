/* SPDX-License-Identifier: MIT */
/**
 * @file allocation.h
 * @brief Kernels: who gets what remains when there is less than all need, and how else it could be shared.
 *
 * Quantities are tonnes, of one kind, in one period. Nothing is kept: any number of threads may call these functions.
 *
 * Unless a function says otherwise the errors are ARGUMENT, NEGATIVE, MISSING_VALUE (NaN), INVALID_VALUE (not finite),
 * each with the user, node or arc as the error's row, and MEMORY.
 */
#ifndef CRITMIN_ALLOCATION_H
#define CRITMIN_ALLOCATION_H

#include "critmin/export.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup allocation Allocation of what remains
 *  @{ */

/** How those who are served together share what is too little. */
enum {
  CRITMIN_SHARE_PROPORTIONAL = 0, /**< All get the same share of what they need. */
  CRITMIN_SHARE_EQUAL_AWARDS = 1  /**< All get the same tonnes, but nobody more than what it needs (constrained equal
                                       awards). */
};

/**
 * Who needs how much of one supply. All arrays are borrowed for the call, one entry a user. Initialise with
 * critmin_needs_init().
 */
typedef struct critmin_needs {
  uint32_t struct_size;     /**< sizeof(critmin_needs) as the caller knows it. */
  int32_t rule;             /**< A `CRITMIN_SHARE_` constant. */
  int64_t users;            /**< Number of users. */
  const double *need;       /**< What each needs. */
  const int32_t *tier;      /**< The tier in which each is served, lower ones first, or NULL: all together. */
  const double *contracted; /**< Tonnes of the supply that are each user's by contract, before all tiers, or NULL: none.
                                 More than the user needs is left to the others; where there is less than all contracts,
                                 they share it by the rule. */
} critmin_needs;

/** Sets `struct_size`, and all else to nothing. Any thread. NULL is ignored. */
CRITMIN_API void critmin_needs_init(critmin_needs *needs);

/** Size of ::critmin_needs in this library. Any thread. */
CRITMIN_API int32_t critmin_needs_size(void);

/**
 * Shares a supply out: contracts first, then tier by tier, within each by the rule. Nothing is held back while somebody
 * needs it.
 * @param supply tonnes that remain; may be +infinity.
 * @param[out] award what each user gets; what it needs less this is its unmet need.
 */
CRITMIN_API critmin_status critmin_allocate(const critmin_needs *needs, double supply, double *award,
                                            critmin_error *error);

/**
 * The least and the most that each user can get, whatever the policy: served after all others, and before them. Rule,
 * tiers and contracts are not looked at.
 */
CRITMIN_API critmin_status critmin_allocation_bounds(const critmin_needs *needs, double supply, double *least,
                                                     double *most, critmin_error *error);

/** How an optimum is found. */
enum {
  CRITMIN_SOLVE_AUTO = 0,  /**< As flows where nothing is lost and nothing costs, else as a linear programme. */
  CRITMIN_SOLVE_FLOW = 1,  /**< As maximum flows; UNSUPPORTED where a yield is not 1 or a cost not 0. */
  CRITMIN_SOLVE_LINEAR = 2 /**< As a linear programme; UNSUPPORTED in a library that was built without a solver for
                                them. */
};

/**
 * Supplies, needs, and the ways between them. A node is a pool (a country at a stage, say); a plant that can work only
 * so much is two nodes and an arc of its capacity. All arrays are borrowed for the call. Initialise with
 * critmin_transport_init().
 */
typedef struct critmin_transport {
  uint32_t struct_size;   /**< sizeof(critmin_transport) as the caller knows it. */
  int32_t solve;          /**< A `CRITMIN_SOLVE_` constant. */
  int64_t arcs;           /**< Number of arcs. */
  int32_t nodes;          /**< Number of nodes. */
  int32_t reserved;       /**< Zero. */
  const double *supply;   /**< What becomes available at each node; need not be used. */
  const double *need;     /**< What is needed at each node. */
  const double *worth;    /**< Of a tonne of unmet need at each node, above 0; NULL: 1 everywhere. */
  const int32_t *from;    /**< Node that each arc leaves. */
  const int32_t *to;      /**< Node that it enters. */
  const double *capacity; /**< Most that can leave on each arc; +infinity for no limit. NULL: no arc has one. */
  const double *yield;    /**< Tonnes that arrive for a tonne that leaves, above 0 and at most 1; NULL: 1 for all
                               arcs. */
  const double *cost;     /**< Of a tonne sent, 0 or more, in the unit of `worth`; NULL: 0 for all arcs. */
} critmin_transport;

/** Sets `struct_size`, and all else to nothing. Any thread. NULL is ignored. */
CRITMIN_API void critmin_transport_init(critmin_transport *transport);

/** Size of ::critmin_transport in this library. Any thread. */
CRITMIN_API int32_t critmin_transport_size(void);

/**
 * The best use of what there is: the least sum of unmet needs, each by its worth, and of costs. It takes perfect
 * coordination, and is the best case, not a forecast (Ahuja, Magnanti and Orlin 1993).
 * @param[out] unmet one entry a node. @param[out] flow one entry an arc, tonnes that leave; or NULL.
 * @param[out] more one entry a node, or NULL: by how much the objective falls for one more tonne available there, the
 *             shadow price.
 * @param[out] less one entry a node, or NULL: by how much it rises for one tonne less; never below `more`. At a node
 *             without supply, of what would be lost on its way. Linear programmes give one number for both.
 * @param[out] objective or NULL. Where several optima exist, which one is given depends on the order of arcs and on the
 *             solver; the objective does not. Errors besides: UNSUPPORTED, INTERNAL (the solver gave up).
 */
CRITMIN_API critmin_status critmin_least_unmet(const critmin_transport *transport, double *unmet, double *flow,
                                               double *more, double *less, double *objective, critmin_error *error);

/**
 * The least and the most that can reach a set of nodes: when all others are served first as well as can be, and when
 * they are. Yields and costs must be those of a flow (UNSUPPORTED otherwise).
 * @param node `count` nodes, each once; their needs count. @param[out] least, most tonnes, either may be NULL.
 */
CRITMIN_API critmin_status critmin_transport_bounds(const critmin_transport *transport, const int32_t *node,
                                                    int32_t count, double *least, double *most, critmin_error *error);

/** @} */

CRITMIN_END

#endif
