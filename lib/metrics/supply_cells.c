/* SPDX-License-Identifier: MIT */
/* What supplies a user, country by country: what its partners deliver, and what it makes itself. */
#include <math.h>

#include "base/memory.h"
#include "metrics/assess.h"

void cm_cells_free(cm_cells *c) {
  cm_free(c->country);
  cm_free(c->quantity);
  cm_free(c->low);
  cm_free(c->high);
  *c = (cm_cells){0};
}

static int make_room(cm_cells *c, int64_t room) {
  c->country = cm_alloc_array((size_t)room, sizeof *c->country);
  c->quantity = cm_alloc_array((size_t)room, sizeof *c->quantity);
  c->low = cm_alloc_array((size_t)room, sizeof *c->low);
  c->high = cm_alloc_array((size_t)room, sizeof *c->high);
  c->room = room;
  return c->country && c->quantity && c->low && c->high;
}

static void add(cm_cells *c, int32_t country, critmin_interval amount) {
  c->country[c->n] = country;
  c->quantity[c->n] = amount.value;
  c->low[c->n] = amount.low;
  c->high[c->n++] = amount.high;
}

static int imports_by(cm_use *use, int by, int whole) {
  return cm_use_imports(use, &by, 1, whole, 0);
}

/* Chooses what deliveries are counted in, and says what the user makes itself in that unit. */
static critmin_status choose(cm_cells *c, cm_use *use, int *found, critmin_error *error) {
  critmin_status status = cm_use_production(use, &use->party, &c->own, &c->flags, error);
  if (status) return status;
  use->terms |= CM_BIT(CM_TERM_PRODUCTION);
  if (cm_is_known(c->own) && imports_by(use, CM_BY_QUANTITY, 1)) {
    *found = 1;
    return CRITMIN_OK;
  }
  if (imports_by(use, CM_BY_SHARE, 0) && !use->imports.by_members && use->imports.inside > 0) {
    double inside = use->imports.inside; /* the list of a union counts what its members make */
    c->own = (critmin_interval){inside, inside, inside};
    use->terms &= ~CM_BIT(CM_TERM_PRODUCTION);
    *found = 1;
    return CRITMIN_OK;
  }
  *found = c->own.high == 0 && (imports_by(use, CM_BY_SHARE, 1) || imports_by(use, CM_BY_VALUE, 1));
  return CRITMIN_OK;
}

/* What each of those inside makes, in the unit that was chosen. */
static critmin_status add_own(cm_cells *c, cm_use *use, critmin_error *error) {
  int counted = !(use->terms & CM_BIT(CM_TERM_PRODUCTION));
  uint64_t flags = 0;
  if (c->own.high == 0) return CRITMIN_OK;
  for (int32_t i = 0; i < use->n_members; i++) {
    double known = use->sums[use->members[i]].known;
    critmin_interval amount = {known, known, known};
    critmin_status status = CRITMIN_OK;
    if (!counted) status = cm_use_production(use, &(cm_party){use->members[i], CM_NONE}, &amount, &flags, error);
    if (status) return status;
    if (amount.high == 0) continue;
    if (!cm_is_known(amount)) amount = (critmin_interval){NAN, 0, c->own.high};
    add(c, use->members[i], amount);
  }
  return CRITMIN_OK;
}

critmin_status cm_cells_of_supply(cm_cells *c, cm_use *use, int with_own, int *found, critmin_error *error) {
  static const int ways[] = {CM_BY_VALUE, CM_BY_SHARE, CM_BY_QUANTITY};
  *c = (cm_cells){.own = cm_nothing};
  *found = 0;
  critmin_status status = CRITMIN_OK;
  if (with_own)
    status = choose(c, use, found, error);
  else
    *found = cm_use_imports(use, ways, 3, 0, 0);
  if (status || !*found) return status;
  const cm_imports *in = &use->imports;
  if (!make_room(c, in->n + use->n_members)) return cm_fail_memory(error);
  use->terms |= CM_BIT(CM_TERM_DELIVERIES);
  use->flags[CM_TERM_DELIVERIES] = in->flags;
  cm_use_cite(use, CM_TERM_DELIVERIES, in->market->edition);
  cm_use_tell_imports(use, CM_TERM_DELIVERIES, NULL, 1);
  for (int64_t i = 0; i < in->n; i++) {
    c->flags |= in->from[i].flags;
    add(c, in->from[i].country, in->from[i].amount);
  }
  c->n_partners = c->n;
  c->rest = in->rest;
  c->inside = in->inside;
  return with_own ? add_own(c, use, error) : CRITMIN_OK;
}
