/* SPDX-License-Identifier: MIT */
/*
 * GeoPolRisk over a model: an importer's score, midpoint and characterisation factor at a stage in a year. Imports are
 * those of the importer's balance; what partners that are not told hold of them is one more partner, of whom no risk is
 * known. Where nothing is made at home shares and money do as well as tonnes, and printed shares of imports whose tonnes
 * are printed do always.
 */
#include <math.h>

#include "metrics/geopolrisk_world.h"

enum { OWN_BY, OWN_NETTING, OWN_FORM, OWN_REFERENCE };

typedef struct importing {
  cm_use *use;
  int by, diluted;
  critmin_interval one; /* what one unit of the deliveries is in the balance */
  cm_world *world;
  int64_t n; /* partners so far */
} importing;

static int choose(const importing *k, int by, int whole) {
  return (k->by == CM_BY_ANY || k->by == by) && cm_use_imports(k->use, &by, 1, whole, k->diluted);
}

/* The list of a union that counts what its members make with what comes in. */
static int counts_own(cm_use *use) {
  return !use->imports.by_members && use->imports.inside > 0;
}

/* Production and imports in one unit; 0 when nobody tells. */
static int prepare(importing *k, critmin_status *status, critmin_error *error) {
  cm_use *use = k->use;
  critmin_balance *b = &use->balance;
  *status = cm_use_balance(use, CM_BIT(CM_TERM_PRODUCTION), 0, error);
  if (*status) return 0;
  if (cm_is_known(b->production) && choose(k, CM_BY_QUANTITY, 1)) return 1;
  if (choose(k, CM_BY_SHARE, 0) && counts_own(use)) {
    double inside = use->imports.inside;
    b->production = (critmin_interval){inside, inside, inside};
    use->terms &= ~CM_BIT(CM_TERM_PRODUCTION);
    use->untold &= ~CM_BIT(CM_TERM_PRODUCTION);
    return 1;
  }
  if (!cm_is_known(b->production)) return 0;
  if (b->production.high == 0 && (choose(k, CM_BY_SHARE, 1) || choose(k, CM_BY_VALUE, 1))) return 1;
  if (k->by != CM_BY_ANY && k->by != CM_BY_SHARE) return 0;
  *status = cm_use_balance(use, CM_BIT(CM_TERM_IMPORTS), 0, error);
  if (*status || !cm_is_known(b->imports) || !choose(k, CM_BY_SHARE, 1)) return 0;
  k->one = b->imports;
  if (isnan(k->one.value)) k->one.value = k->one.low + (k->one.high - k->one.low) / 2;
  return 1;
}

static critmin_status add(importing *k, int32_t country, critmin_interval amount, critmin_error *error) {
  cm_world *w = k->world;
  if (amount.high == 0) return CRITMIN_OK;
  w->imports[k->n] = amount.value * k->one.value;
  w->low[k->n] = amount.low * k->one.low;
  w->high[k->n] = amount.high * k->one.high;
  w->country[k->n] = country;
  w->risk[k->n] = NAN;
  critmin_status status = country == CM_NONE ? CRITMIN_OK : cm_world_risk(k->use, country, &w->risk[k->n], error);
  k->n++;
  return status;
}

/* What partners of whom nothing is known hold of the total: what is withheld of others with it, so that the parts sum to
 * the total. */
static critmin_interval untold(const cm_imports *in) {
  double known = 0;
  int open = 0;
  for (int64_t i = 0; i < in->n; i++) {
    known += in->from[i].amount.low;
    open |= isnan(in->from[i].amount.value);
  }
  if (!open && !isnan(in->rest.value)) return in->rest;
  critmin_interval rest = {in->total.value - known, in->total.low - known, in->total.high - known};
  rest.low = fmax(rest.low, 0);
  rest.high = fmax(rest.high, 0);
  rest.value = isnan(rest.value) ? rest.low + (rest.high - rest.low) / 2 : fmax(rest.value, 0);
  return rest;
}

static critmin_status add_partners(importing *k, critmin_error *error) {
  cm_use *use = k->use;
  const cm_imports *in = &use->imports;
  critmin_status status = CRITMIN_OK;
  for (int64_t i = 0; i < in->n && !status; i++) {
    double told = in->from[i].amount.low;
    use->flags[CM_TERM_DELIVERIES] |= in->from[i].flags;
    status = add(k, in->from[i].country, (critmin_interval){told, told, told}, error);
  }
  for (int32_t i = 0; i < use->n_members && k->diluted && !counts_own(use) && !status; i++) {
    double told = use->sums[use->members[i]].known;
    status = add(k, use->members[i], (critmin_interval){told, told, told}, error);
  }
  return status ? status : add(k, CM_NONE, untold(in), error);
}

/* Risk of a partner as it stands in the sum, NaN where none is known. */
static double risk_of(const importing *k, int32_t country) {
  for (int64_t i = 0; i < k->n; i++) {
    if (k->world->country[i] == country) return k->world->risk[i];
  }
  return NAN;
}

/* Flows with what each adds, and the figures that concentration rests on, which add nothing each by itself. */
static void tell(const importing *k, double per_unit) {
  cm_use *use = k->use;
  const cm_model_market *market = use->world->market;
  size_t first = use->n_evidence;
  if (!use->tells) return;
  cm_use_tell_imports(use, CM_TERM_DELIVERIES, NULL, k->one.value);
  for (size_t i = first; i < use->n_evidence; i++) {
    cm_evidence *e = &use->evidence[i];
    if (e->flow_market) e->adds *= risk_of(k, use->model->flows.exporter[e->flow]);
  }
  use->scale[CM_TERM_DELIVERIES] = per_unit;
  if (!market) return;
  for (int32_t i = market->first; i < market->first + market->n; i++)
    cm_use_tell_figure(use, CM_TERM_ASSESSMENT, "producer", market, i, NAN);
  for (int32_t i = market->other; i < market->other + market->n_other; i++)
    cm_use_tell_figure(use, CM_TERM_ASSESSMENT, "residual", market, i, NAN);
  if (market->world != CM_NONE) cm_use_tell_figure(use, CM_TERM_ASSESSMENT, "total", market, market->world, NAN);
}

/* What the answer rests on besides the importer's own balance. */
static void cite(importing *k, int priced) {
  cm_use *use = k->use;
  const cm_world *w = use->world;
  use->terms |= CM_BIT(CM_TERM_DELIVERIES) | CM_BIT(CM_TERM_ASSESSMENT);
  use->flags[CM_TERM_DELIVERIES] |= use->imports.flags;
  use->flags[CM_TERM_ASSESSMENT] |= w->hhi.flags;
  cm_use_cite(use, CM_TERM_DELIVERIES, use->imports.market->edition);
  if (w->market) cm_use_cite(use, CM_TERM_ASSESSMENT, w->market->edition);
  for (size_t i = 0; i < w->prices.n && priced; i++)
    cm_use_tell_fact(use, CM_TERM_ASSESSMENT, "price", CM_FACT_PRICE, w->prices.place[i], NAN);
  if (priced) use->flags[CM_TERM_ASSESSMENT] |= w->prices.flags;
}

typedef critmin_status (*geopolrisk)(const critmin_geopolrisk *terms, critmin_answer *answer, critmin_error *error);
enum { SCORE, MIDPOINT, FACTOR };

static critmin_status answer(importing *k, int what, critmin_answer *a, critmin_error *error) {
  static const geopolrisk kernels[] = {critmin_geopolrisk_score, critmin_geopolrisk_midpoint, critmin_geopolrisk_cf};
  cm_use *use = k->use;
  const cm_world *w = use->world;
  critmin_geopolrisk terms = w->terms;
  terms.hhi = (critmin_interval){w->hhi.value, w->hhi.low, w->hhi.high};
  terms.production = use->balance.production;
  terms.imports = w->imports;
  terms.low = w->low;
  terms.high = w->high;
  terms.risk = w->risk;
  terms.n = k->n;
  if (what != SCORE) terms.price = w->prices.amount;
  if (what == FACTOR) terms.reference = use->values->number[CM_P_OWN + OWN_REFERENCE];
  critmin_status status = cm_answer_of(kernels[what](&terms, a, error), a);
  if (status) return status;
  double supply = terms.production.value, each = w->hhi.value;
  for (int64_t i = 0; i < k->n; i++) supply += w->imports[i];
  if (what != SCORE) each *= terms.price.value;
  if (what == FACTOR) each /= terms.reference;
  tell(k, each / supply);
  a->flags |= cm_use_flags(use);
  if (use->untold & use->terms || isnan(w->hhi.value)) a->value = NAN;
  return CRITMIN_OK;
}

static critmin_status evaluate(cm_row *row, cm_use *use, int what, critmin_error *error) {
  const double *own = use->values->number + CM_P_OWN;
  importing k = {.use = use, .by = (int)own[OWN_BY], .one = {1, 1, 1}};
  k.diluted = (int)own[OWN_NETTING] == CM_NETTING_DILUTED;
  critmin_status status = CRITMIN_OK;
  int found = prepare(&k, &status, error);
  if (!found) {
    row->answer.flags = CRITMIN_FLAG_NO_DATA | use->flags[CM_TERM_PRODUCTION];
    use->terms = 0;
    return status;
  }
  status = cm_world_of(use, what == SCORE ? NULL : use->values->text[CM_P_OWN + OWN_FORM], error);
  k.world = use->world;
  if (!status) status = add_partners(&k, error);
  if (!status) {
    cite(&k, what != SCORE);
    status = answer(&k, what, &row->answer, error);
  }
  return status;
}

static critmin_status score(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  (void)plan;
  return evaluate(row, use, SCORE, error);
}

static critmin_status midpoint(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  (void)plan;
  return evaluate(row, use, MIDPOINT, error);
}

static critmin_status factor(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  (void)plan;
  return evaluate(row, use, FACTOR, error);
}

enum { COMMON = 1 << CM_P_RESIDUAL | 1 << CM_P_LISTED_ONLY | 1 << CM_P_OUTLOOK | 1 << CM_P_SCENARIO };
static const cm_assessment scores = {.common = COMMON, .evaluate = score};
static const cm_assessment midpoints = {.common = COMMON, .evaluate = midpoint};
static const cm_assessment factors = {.common = COMMON, .evaluate = factor};
const cm_dependency cm_geopolrisk_score = {.published = CM_NONE, .assessment = &scores};
const cm_dependency cm_geopolrisk_midpoint = {.published = CM_NONE, .assessment = &midpoints};
const cm_dependency cm_geopolrisk_cf = {.published = CM_NONE, .assessment = &factors};
