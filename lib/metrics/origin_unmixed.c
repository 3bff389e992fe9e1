/* SPDX-License-Identifier: MIT */
/*
 * The ends of an origin without the assumption that pools mix. Where a list has every pair of countries at the user's
 * stage the chain is taken as amounts (origin_amounts.c); elsewhere a pool may be of any size, and a partner can have
 * sent the user any that its own pool can hold.
 */
#include <math.h>

#include "critmin/origin.h"
#include "metrics/origin_amounts.h"

/* Those marked; -1 where they are some members of the group that is the user, but not all: its pool is one. */
static int32_t find_marked(cm_trail *t) {
  const cm_chain *chain = t->chain;
  int32_t n = 0, last = chain->supply.countries - 1, day = cm_plan_day(t->plan, t->row->year);
  for (int32_t c = 0; c <= last; c++) {
    if (!chain->mark[c]) continue;
    if (c < last && chain->party.group != CM_NONE && !chain->mark[last] &&
        cm_party_has(t->plan->model, &chain->party, c, day))
      return -1;
    t->origin[n++] = c;
  }
  return n;
}

static critmin_status ask(const critmin_network *network, int32_t stage, int32_t at, int32_t buyer,
                          const int32_t *origin, int32_t origins, critmin_answer *ends, critmin_error *error) {
  critmin_trace trace;
  critmin_trace_init(&trace);
  trace.stage = stage;
  trace.at = at;
  trace.buyer = &buyer;
  trace.buyers = 1;
  critmin_answer_init(ends);
  return critmin_origin_bounds(network, &trace, origin, origins, ends, error);
}

static critmin_status by_amounts(cm_trail *t, int32_t origins, critmin_answer *ends, critmin_error *error) {
  cm_amounts amounts = {0};
  critmin_status status = cm_amounts_listed(&amounts, t, error);
  if (!status) status = ask(amounts.network, t->stage - t->at, 0, amounts.buyer, t->origin, origins, ends, error);
  cm_amounts_free(&amounts);
  if (t->at < t->stage) ends->flags |= CRITMIN_FLAG_ASSUMED; /* that what is used is worked into the next stage */
  return status;
}

/* Of what a user imports: each partner sends what its pool can hold. */
static critmin_status by_partners(cm_trail *t, int32_t origins, critmin_answer *ends, critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  critmin_answer_init(ends);
  ends->low = 0;
  ends->high = 1 - t->known;
  for (int32_t i = 0; i < t->buyers && !status; i++) {
    critmin_answer of;
    status = ask(t->chain->network, t->stage, t->at, t->buyer[i], t->origin, origins, &of, error);
    if (!(of.low < 1)) ends->low += isnan(of.low) ? 0 : t->weight[i];
    if (!(of.high <= 0)) ends->high += t->weight[i];
  }
  return status;
}

critmin_status cm_trail_unmixed(cm_trail *t, critmin_answer *answer, critmin_error *error) {
  critmin_answer ends;
  critmin_answer_init(&ends);
  int32_t origins = find_marked(t);
  critmin_status status = CRITMIN_OK;
  if (origins > 0 && cm_amounts_are_listed(t->chain, t->stage))
    status = by_amounts(t, origins, &ends, error);
  else if (origins > 0 && t->imports_only)
    status = by_partners(t, origins, &ends, error);
  else if (origins > 0)
    status = ask(t->chain->network, t->stage, t->at, t->country, t->origin, origins, &ends, error);
  if (status == CRITMIN_ERROR_UNSUPPORTED) { /* this build solves no linear programmes */
    status = CRITMIN_OK;
    origins = -1;
  }
  if (status || origins == 0) return status;
  answer->flags |= ends.flags & CRITMIN_FLAG_ASSUMED;
  if (origins < 0 || isnan(ends.low)) {
    answer->low = answer->high = NAN;
    answer->flags |= CRITMIN_FLAG_UNBOUNDED;
    return CRITMIN_OK;
  }
  answer->low = fmin(answer->low, ends.low);
  answer->high = fmax(answer->high, ends.high);
  return CRITMIN_OK;
}
