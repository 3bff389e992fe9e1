/* SPDX-License-Identifier: MIT */
/*
 * Metrics of a user and its partners: what a partner delivers, set against the user's supply, imports or consumption.
 * Tonnes are asked for first where a balance is needed; a printed share is one of all imports; money says something of
 * supply only where nothing is made at home. The list of a union counts its own output with what comes in.
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "metrics/use.h"

typedef struct pairing {
  const cm_plan *plan;
  cm_row *row;
  cm_use *use;
  int denominator, by, diluted, is_part;
  int counts_own;       /* the list is of all supply, the user's own among it */
  critmin_interval one; /* what one unit of the deliveries is in the balance */
} pairing;

static const critmin_interval unit = {1, 1, 1};

/* Takes what was chosen as what is imported. */
static int take_imports(pairing *p) {
  cm_use *use = p->use;
  const cm_imports *in = &use->imports;
  use->terms |= CM_BIT(CM_TERM_DELIVERIES);
  use->flags[CM_TERM_DELIVERIES] = in->flags;
  cm_use_cite(use, CM_TERM_DELIVERIES, in->market->edition);
  return 1;
}

static int choose(pairing *p, int by, int whole) {
  return (p->by == CM_BY_ANY || p->by == by) && cm_use_imports(p->use, &by, 1, whole, p->diluted) && take_imports(p);
}

static void set_imports(pairing *p) {
  critmin_balance *b = &p->use->balance;
  double inside = p->diluted ? p->use->imports.inside : 0;
  critmin_interval more = {inside, inside, inside};
  b->imports = cm_plus(p->use->imports.total, more);
  b->exports = cm_plus(b->exports, more);
}

static int makes_nothing(const cm_use *use) {
  const critmin_balance *b = &use->balance;
  return b->production.high == 0 && b->secondary.high == 0 && b->stock_change.high <= 0;
}

/* The list of a union that counts its members' output with what it brings in. */
static int is_of_supply(const cm_use *use) {
  return use->imports.by == CM_BY_SHARE && !use->imports.by_members && use->imports.inside > 0;
}

static int prepare_supply(pairing *p, critmin_status *status, critmin_error *error) {
  cm_use *use = p->use;
  int32_t made = CM_BIT(CM_TERM_PRODUCTION) | CM_BIT(CM_TERM_SECONDARY) | CM_BIT(CM_TERM_STOCKS);
  *status = cm_use_balance(use, made, 0, error);
  if (*status) return 0;
  if (choose(p, CM_BY_QUANTITY, 1)) {
    set_imports(p);
    return 1;
  }
  if (choose(p, CM_BY_SHARE, 0) && is_of_supply(use)) {
    double own = use->imports.inside;
    use->terms = CM_BIT(CM_TERM_DELIVERIES);
    critmin_balance_init(&use->balance);
    use->balance.production = (critmin_interval){own, own, own};
    use->balance.imports = use->imports.total;
    p->counts_own = 1;
    return 1;
  }
  if (makes_nothing(use) && (choose(p, CM_BY_SHARE, 1) || choose(p, CM_BY_VALUE, 1))) {
    set_imports(p);
    return 1;
  }
  return 0;
}

/* A printed share of all imports, of which the tonnes are known. */
static int prepare_shares(pairing *p, critmin_status *status, critmin_error *error) {
  cm_use *use = p->use;
  if (p->by != CM_BY_ANY && p->by != CM_BY_SHARE) return 0;
  *status = cm_use_balance(use, CM_BIT(CM_TERM_IMPORTS), 0, error);
  if (*status || !cm_is_known(use->balance.imports) || !choose(p, CM_BY_SHARE, 1)) return 0;
  p->one = use->balance.imports;
  if (isnan(p->one.value)) p->one.value = p->one.low + (p->one.high - p->one.low) / 2;
  return 1;
}

static int prepare_consumption(pairing *p, critmin_status *status, critmin_error *error) {
  cm_use *use = p->use;
  int32_t made = CM_BIT(CM_TERM_PRODUCTION) | CM_BIT(CM_TERM_SECONDARY) | CM_BIT(CM_TERM_STOCKS);
  *status = cm_use_balance(use, made | CM_BIT(CM_TERM_IMPORTS) | CM_BIT(CM_TERM_EXPORTS) | CM_BIT(CM_TERM_CONSUMPTION),
                           0, error);
  if (*status || !choose(p, CM_BY_QUANTITY, 1)) return 0;
  set_imports(p);
  return 1;
}

/* What the deliveries are taken from, and the balance they are set against; 0 when nobody tells. */
static int prepare(pairing *p, critmin_status *status, critmin_error *error) {
  static const int any[] = {CM_BY_VALUE, CM_BY_SHARE, CM_BY_QUANTITY};
  cm_use *use = p->use;
  if (p->denominator == CRITMIN_OVER_IMPORTS) {
    if (!cm_use_imports(use, p->by == CM_BY_ANY ? any : &p->by, p->by == CM_BY_ANY ? 3 : 1, 0, p->diluted)) return 0;
    set_imports(p);
    return take_imports(p);
  }
  int found = p->denominator == CRITMIN_OVER_SUPPLY ? prepare_supply(p, status, error)
                                                    : prepare_consumption(p, status, error);
  return found || (!*status && prepare_shares(p, status, error));
}

/* How a partner lies to the user. */
static int holds_all(const cm_use *use, const cm_party *partner) {
  for (int32_t i = 0; i < use->n_members; i++) {
    if (!cm_party_has(use->model, partner, use->members[i], use->day)) return 0;
  }
  return use->n_members > 0;
}

static int is_inside(const cm_use *use, const cm_party *partner, int *touches) {
  int all = 1, any = 0;
  *touches = 0;
  for (size_t country = 0; country < use->model->n_countries; country++) {
    if (!cm_party_has(use->model, partner, (int32_t)country, use->day)) continue;
    any = 1;
    all &= use->inside[country];
    *touches |= use->inside[country];
  }
  return all && any;
}

static const cm_delivery *delivery_of(const cm_imports *in, int32_t country) {
  int64_t first = 0, last = in->n;
  while (first < last) {
    int64_t middle = first + (last - first) / 2;
    if (in->from[middle].country < country)
      first = middle + 1;
    else
      last = middle;
  }
  return first < in->n && in->from[first].country == country ? &in->from[first] : NULL;
}

/* What a partner outside the user delivers. Members that are not listed may hold part of what the listed leave, and those
 * that are part of what is traded under codes of which nobody is named: the value is then the part that is told. */
static critmin_interval delivered(const pairing *p, const cm_party *partner, uint64_t *flags, int *untold) {
  const cm_use *use = p->use;
  const cm_imports *in = &use->imports;
  critmin_interval sum = cm_nothing;
  int listed = 0, unlisted = 0;
  for (size_t country = 0; country < use->model->n_countries; country++) {
    if (use->inside[country] || !cm_party_has(use->model, partner, (int32_t)country, use->day)) continue;
    const cm_delivery *from = delivery_of(in, (int32_t)country);
    listed += from != NULL;
    unlisted += from == NULL;
    if (!from) continue;
    *flags |= from->flags;
    sum = cm_plus(sum, from->amount);
  }
  if (cm_is_known(in->total)) { /* sums of another order may pass it by a last digit */
    sum.value = isnan(sum.value) ? NAN : fmin(sum.value, in->total.high);
    sum.low = fmin(sum.low, in->total.high);
    sum.high = isnan(sum.high) ? NAN : fmin(sum.high, in->total.high);
  }
  double open = unlisted > 0 ? in->rest.high : in->elsewhere;
  if (open == 0) return sum;
  *flags |= CRITMIN_FLAG_RESIDUAL_USED;
  sum.high += open;
  if (listed == 0) sum.value = cm_use_residual(use, in->rest.high);
  *untold = listed == 0 && isnan(sum.value);
  return sum;
}

static critmin_interval supply_of(const critmin_balance *b) {
  critmin_interval stocks = {fmax(b->stock_change.value, 0), fmax(b->stock_change.low, 0),
                             fmax(b->stock_change.high, 0)};
  if (!cm_is_known(b->stock_change)) stocks = cm_unknown;
  return cm_plus(cm_plus(b->production, b->secondary), cm_plus(b->imports, stocks));
}

static double middle(critmin_interval i) {
  return isnan(i.value) ? i.low + (i.high - i.low) / 2 : i.value;
}

/* A part of the supply that is made at home: it stands in the whole too, so that both move together. */
static void part_of_supply(const pairing *p, critmin_interval part, critmin_answer *a) {
  critmin_interval whole = supply_of(&p->use->balance);
  critmin_answer_init(a);
  part.value = middle(part);
  if (isnan(whole.value)) whole.value = middle(whole);
  if (!cm_is_known(part) || !cm_is_known(whole)) {
    a->flags = CRITMIN_FLAG_NO_DATA;
  } else if (!(whole.value > 0)) {
    a->flags = CRITMIN_FLAG_UNDEFINED | CRITMIN_FLAG_ZERO_TOTAL;
  } else {
    double least_rest = fmax(whole.low - part.low, 0), most_rest = fmax(whole.high - part.high, 0);
    a->value = fmin(part.value / whole.value, 1);
    a->low = part.low > 0 ? part.low / (part.low + most_rest) : 0;
    a->high = part.high > 0 ? part.high / (part.high + least_rest) : 0;
  }
}

/* What the user makes itself, and for a share of its supply what it takes from stocks. */
static critmin_interval own_part(const pairing *p) {
  const critmin_balance *b = &p->use->balance;
  double inside = p->diluted ? p->use->imports.inside : 0;
  critmin_interval made = cm_plus(b->production, (critmin_interval){inside, inside, inside});
  if (p->is_part || p->counts_own) return made;
  critmin_balance home = *b;
  home.imports = cm_nothing;
  return cm_plus(supply_of(&home), (critmin_interval){inside, inside, inside});
}

static critmin_interval times(critmin_interval amount, critmin_interval one) {
  return (critmin_interval){amount.value * one.value, amount.low * one.low, amount.high * one.high};
}

/* A partner's part of a total that nobody knows: at most what it is of the listed. */
static void part_of_listed(const pairing *p, critmin_interval from, critmin_answer *a) {
  double listed = p->use->imports.listed;
  critmin_answer_init(a);
  a->low = 0;
  a->high = from.high > 0 && from.high < listed ? from.high / listed : from.high == 0 ? 0 : 1;
  a->flags = CRITMIN_FLAG_NO_DATA;
}

static critmin_status part_imported(pairing *p, const cm_party *partner, critmin_interval from, critmin_answer *a,
                                    critmin_error *error) {
  cm_use *use = p->use;
  if (p->denominator == CRITMIN_OVER_IMPORTS && !cm_is_known(use->imports.total)) {
    part_of_listed(p, from, a);
    return CRITMIN_OK;
  }
  critmin_interval scaled = times(from, p->one), to = cm_unknown;
  if (!cm_is_known(scaled)) scaled = cm_unknown;
  if (p->denominator == CRITMIN_NET_OVER_CONSUMPTION && partner) to = cm_use_exports_to(use, partner);
  critmin_status status = critmin_partner_share(&use->balance, &scaled, &to, p->denominator, a, error);
  status = cm_answer_of(status, a);
  if (use->imports.total.value > 0) a->coverage = fmin(use->imports.listed / use->imports.total.value, 1);
  if (from.value > 0) use->scale[CM_TERM_DELIVERIES] = a->value / from.value;
  return status;
}

/* The user itself as its own partner, or one that lies inside it. */
static critmin_status part_from_inside(pairing *p, const cm_party *partner, critmin_answer *a, critmin_error *error) {
  cm_use *use = p->use;
  critmin_interval part = cm_unknown;
  critmin_answer_init(a);
  if (p->denominator == CRITMIN_OVER_IMPORTS && p->diluted && !partner) {
    double inside = use->imports.inside;
    return cm_answer_of(critmin_partner_share(&use->balance, &(critmin_interval){inside, inside, inside}, NULL,
                                              CRITMIN_OVER_IMPORTS, a, error), a);
  }
  if (p->denominator != CRITMIN_OVER_SUPPLY) {
    a->flags = CRITMIN_FLAG_UNDEFINED;
    return CRITMIN_OK;
  }
  if (!partner) {
    part = own_part(p);
  } else if (p->counts_own) {
    double inside = cm_use_from_inside(use, partner);
    part = (critmin_interval){inside, inside, inside};
  } else {
    critmin_status status = cm_use_production(use, partner, &part, &use->flags[CM_TERM_PRODUCTION], error);
    if (status) return status;
  }
  part_of_supply(p, part, a);
  if (middle(part) > 0) use->scale[CM_TERM_PRODUCTION] = a->value / middle(part);
  return CRITMIN_OK;
}

static critmin_status with_partner(pairing *p, const cm_party *partner, cm_row *row, critmin_error *error) {
  cm_use *use = p->use;
  critmin_answer *a = &row->answer;
  int touches;
  if (is_inside(use, partner, &touches)) {
    if (holds_all(use, partner)) row->partner = CM_PARTNER_ITSELF;
    return part_from_inside(p, holds_all(use, partner) ? NULL : partner, a, error);
  }
  uint64_t flags = 0;
  int untold = 0;
  critmin_interval from = delivered(p, partner, &flags, &untold);
  if (touches && p->is_part) { /* what is made at home stops too */
    if (!holds_all(use, partner)) {
      a->flags = CRITMIN_FLAG_UNDEFINED;
      return CRITMIN_OK;
    }
    part_of_supply(p, cm_plus(times(from, p->one), own_part(p)), a);
  } else {
    critmin_status status = part_imported(p, partner, from, a, error);
    if (status) return status;
  }
  a->flags |= flags;
  if (untold) a->value = NAN;
  cm_use_tell_imports(use, CM_TERM_DELIVERIES, partner, 1);
  return CRITMIN_OK;
}

static cm_row *add_row(pairing *p, int32_t partner, int32_t partner_party, int32_t order) {
  cm_row *user = p->row;
  if (!cm_grow(&user->pairs, user->n_pairs, &user->pairs_room, sizeof *user->pairs)) return NULL;
  cm_row *row = &user->pairs[user->n_pairs++];
  *row = *user;
  row->pairs = NULL;
  row->editions = NULL;
  row->n_pairs = row->pairs_room = 0;
  row->partner = partner;
  row->partner_party = partner_party;
  row->partner_order = order;
  critmin_answer_init(&row->answer);
  return row;
}

static void finish(const pairing *p, cm_row *row) {
  row->answer.flags |= cm_use_flags(p->use);
  if (p->use->untold & p->use->terms) row->answer.value = NAN;
}

static critmin_status add_named(pairing *p, int found, critmin_error *error) {
  const cm_plan *plan = p->plan;
  for (size_t i = 0; i < plan->n_partners; i++) {
    const cm_party *partner = &plan->partners[i];
    cm_row *row = add_row(p, partner->country, (int32_t)i, (int32_t)i);
    if (!row) return cm_fail_memory(error);
    critmin_status status = CRITMIN_OK;
    if (!found) {
      row->answer.flags = p->row->answer.flags;
    } else if (partner->country != CM_NONE && cm_is_unnamed(plan->model, partner->country)) {
      status = part_imported(p, NULL, p->use->imports.rest, &row->answer, error);
      cm_use_tell_imports(p->use, CM_TERM_DELIVERIES, partner, 1);
    } else {
      cm_party whole = cm_party_whole(plan->model, *partner, p->use->day);
      status = with_partner(p, &whole, row, error);
    }
    if (status) return status;
    finish(p, row);
  }
  return CRITMIN_OK;
}

static int by_partner(const void *a, const void *b) {
  const cm_row *x = a, *y = b;
  return x->partner_order < y->partner_order ? -1 : x->partner_order > y->partner_order;
}

/* Every partner on record, and what is left: the user's own first, those not named last. */
static critmin_status add_listed(pairing *p, critmin_error *error) {
  const cm_imports *in = &p->use->imports;
  int has_own = p->denominator == CRITMIN_OVER_SUPPLY    ? !(own_part(p).high == 0)
                : p->denominator == CRITMIN_OVER_IMPORTS ? in->inside > 0 && p->diluted
                                                         : 0;
  critmin_status status = CRITMIN_OK;
  if (has_own) {
    cm_row *row = add_row(p, CM_PARTNER_ITSELF, CM_NONE, CM_NONE);
    if (!row) return cm_fail_memory(error);
    status = part_from_inside(p, NULL, &row->answer, error);
  }
  for (int64_t i = 0; i < in->n && !status; i++) {
    int32_t country = in->from[i].country;
    cm_row *row = add_row(p, country, CM_NONE, p->plan->model->countries[country].order);
    if (!row) return cm_fail_memory(error);
    status = part_imported(p, &(cm_party){country, CM_NONE}, in->from[i].amount, &row->answer, error);
    row->answer.flags |= in->from[i].flags;
    cm_use_tell_imports(p->use, CM_TERM_DELIVERIES, &(cm_party){country, CM_NONE}, 1);
  }
  if (!(in->rest.high == 0) && !status && p->use->ledger->others != CM_NONE) {
    cm_row *row = add_row(p, p->use->ledger->others, CM_NONE, INT32_MAX);
    if (!row) return cm_fail_memory(error);
    status = part_imported(p, NULL, in->rest, &row->answer, error);
  }
  for (size_t i = 0; i < p->row->n_pairs && !status; i++) finish(p, &p->row->pairs[i]);
  if (p->row->n_pairs) qsort(p->row->pairs, p->row->n_pairs, sizeof *p->row->pairs, by_partner);
  return status;
}

critmin_status cm_evaluate_pairs(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  const cm_metric *metric = &cm_metrics[plan->metrics[row->metric]];
  const double *own = use->values->number + CM_P_OWN;
  pairing p = {.plan = plan, .row = row, .use = use, .one = unit};
  p.is_part = metric->dependency->is_part;
  p.by = (int)own[CM_OWN_BY];
  p.diluted = (int)own[CM_OWN_NETTING] == CM_NETTING_DILUTED;
  p.denominator = p.is_part ? CRITMIN_OVER_SUPPLY : (int)own[CM_OWN_DENOMINATOR];
  critmin_status status = CRITMIN_OK;
  int found = !row->undefined && prepare(&p, &status, error);
  if (status) return status;
  if (!found) {
    use->terms = 0;
    row->answer.flags = row->undefined ? CRITMIN_FLAG_UNDEFINED : CRITMIN_FLAG_NO_DATA | use->flags[CM_TERM_PRODUCTION];
  }
  if (plan->n_partners) return add_named(&p, found, error);
  return found ? add_listed(&p, error) : CRITMIN_OK;
}
