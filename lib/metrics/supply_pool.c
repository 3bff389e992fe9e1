/* SPDX-License-Identifier: MIT */
/*
 * What a country has of a mineral at a stage: whom its imports come from, and how much it makes itself.
 *
 * Where output and imports are both known in tonnes of one mineral the share is their ratio. Elsewhere it is what is
 * assumed of the country, or, of one that is on record as a producer, anything from what its trade leaves no other way
 * to explain, up to all. One that is on record as no producer makes nothing. At a stage whose output nobody publishes a
 * country makes what it has from what it has of the stage before, its own first, and as far as that goes.
 */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/supply_chain.h"

static const char HOME_SHARE[] = "home_share";

/* What is known of the pool while it is made. */
typedef struct making {
  cm_chain *chain;
  cm_chain_stage *s;
  int32_t k, country;
  cm_party party;
  cm_supply_pool *pool;
  cm_pool_story *story;
  int has_list;
  double supply, use; /* tonnes made and imported, and used, where they are known; else NaN */
} making;

static void cite(cm_pool_story *story, int32_t edition) {
  for (int32_t i = 0; i < story->n_editions; i++) {
    if (story->editions[i] == edition) return;
  }
  if (story->n_editions < CM_POOL_EDITIONS) story->editions[story->n_editions++] = edition;
}

static int back_of(const making *p) {
  return (int)p->chain->use.values->number[CM_P_OWN + CM_CHAIN_YEARS_APART];
}

static critmin_status begin(making *p, int32_t stage, int32_t year, critmin_error *error) {
  cm_chain *chain = p->chain;
  return cm_use_begin(&chain->use, chain->plan, &chain->settings, stage, year, p->party, error);
}

static uint64_t flags_of_year(const making *p, int32_t year) {
  return year < p->chain->year ? CRITMIN_FLAG_EARLIER_YEAR : 0;
}

/* Imports ------------------------------------------------------------------------------------------------------------
 */

static int add_partner(making *p, int32_t partner, double share) {
  cm_supply_stage *stage = &p->chain->supply.stage[p->k];
  if (stage->n >= p->chain->room[p->k]) {
    int64_t room = stage->n ? 2 * stage->n : 256;
    void *partners = cm_resize(stage->partner, (size_t)room, sizeof *stage->partner);
    if (partners) stage->partner = partners;
    void *shares = partners ? cm_resize(stage->share, (size_t)room, sizeof *stage->share) : NULL;
    if (shares) stage->share = shares;
    if (!shares) return 0;
    p->chain->room[p->k] = room;
  }
  stage->partner[stage->n] = partner;
  stage->share[stage->n++] = share;
  return 1;
}

/* A size that is known, or the middle of what it may be. */
static double middle(critmin_interval amount) {
  return isnan(amount.value) ? amount.low + (amount.high - amount.low) / 2 : amount.value;
}

/* All that comes in, as far as it is known. */
static double whole_of(const cm_imports *in) {
  double whole = cm_is_known(in->total) ? middle(in->total) : in->listed;
  return whole >= in->listed ? whole : in->listed;
}

/* The list that was chosen, as shares of all that comes in. What the listed leave is of no known origin, and so are
 * flows whose size is not known. */
static critmin_status take_list(making *p, int32_t stage, int32_t year, critmin_error *error) {
  const cm_use *use = &p->chain->use;
  const cm_imports *in = &use->imports;
  cm_supply_pool *pool = p->pool;
  double whole = whole_of(in), sum = 0;
  pool->first = p->chain->supply.stage[p->k].n;
  for (int64_t i = 0; i < in->n && whole > 0; i++) {
    double share = in->from[i].amount.low / whole;
    if (!(share > 0)) continue;
    if (!add_partner(p, in->from[i].country, share)) return cm_fail_memory(error);
    sum += share;
    pool->n++;
  }
  double *share = p->chain->supply.stage[p->k].share; /* NULL where no pool has partners yet */
  for (int64_t i = 0; i < pool->n && sum > 1; i++) share[pool->first + i] /= sum;
  pool->rest = sum < 1 - 1e-12 ? 1 - sum : 0;
  int says_nothing = in->n == 0 && in->rest.high <= 0; /* of all pairs none is into it */
  p->story->list_flags = says_nothing ? 0 : in->flags | flags_of_year(p, year);
  p->story->list_stage = stage;
  p->story->list_year = year;
  p->story->list_by = in->by;
  cite(p->story, in->market->edition);
  p->has_list = pool->n > 0 || pool->rest > 0;
  if (!p->has_list) pool->rest = 0;
  return CRITMIN_OK;
}

static int may_have_list(const making *p, int32_t stage, int32_t year) {
  const critmin_model *m = p->chain->plan->model;
  if (p->party.group != CM_NONE) return cm_next_flow_market(m, stage, year, NULL) != NULL;
  const cm_flow_market *market = NULL;
  while ((market = cm_next_flow_market(m, stage, year, market))) {
    cm_flow_range range = cm_flow_market_into(m, market, p->country);
    if (range.first < range.last || market->complete) return 1;
  }
  return 0;
}

static critmin_status find_list_among(making *p, int32_t worst_rank, double least_named, int *found,
                                      critmin_error *error) {
  static const int any[] = {CM_BY_VALUE, CM_BY_SHARE, CM_BY_QUANTITY};
  int by = (int)p->chain->use.values->number[CM_P_OWN + CM_CHAIN_BY];
  for (int i = 0; i < p->s->n; i++) {
    for (int back = 0; back <= back_of(p); back++) {
      int32_t stage = p->s->family[i], year = p->chain->year - back;
      if (!may_have_list(p, stage, year)) continue;
      critmin_status status = begin(p, stage, year, error);
      if (status) return status;
      if (!cm_use_imports(&p->chain->use, by == CM_BY_ANY ? any : &by, by == CM_BY_ANY ? 3 : 1, 0, 0)) continue;
      const cm_imports *in = &p->chain->use.imports;
      if (in->market->rank > worst_rank || in->listed < least_named * whole_of(in)) continue;
      *found = 1;
      return take_list(p, stage, year, error);
    }
  }
  return CRITMIN_OK;
}

/* A list that names less than half of what comes in waits for one that does, be it of a year before; single figures, of
 * sources that nobody ranks, are asked last. */
static critmin_status find_list(making *p, critmin_error *error) {
  const struct {
    int32_t worst_rank;
    double least_named;
  } tries[] = {{INT32_MAX - 1, .5}, {INT32_MAX - 1, 0}, {INT32_MAX, 0}};
  critmin_status status = CRITMIN_OK;
  int found = 0;
  for (size_t i = 0; i < sizeof tries / sizeof tries[0] && !status && !found; i++)
    status = find_list_among(p, tries[i].worst_rank, tries[i].least_named, &found, error);
  return status;
}

/* What it makes -------------------------------------------------------------------------------------------------------
 */

static void set_own(making *p, double low, double value, double high) {
  p->pool->own_low = fmin(fmax(low, 0), 1);
  p->pool->own_high = fmin(fmax(high, p->pool->own_low), 1);
  p->pool->own = fmin(fmax(value, p->pool->own_low), p->pool->own_high);
}

/* Of an interval about which nothing more is known the middle, or the end that the caller wants. */
static void set_interval(making *p, double low, double high) {
  int wanted = (int)p->chain->use.values->number[CM_P_RESIDUAL];
  double part = wanted == CRITMIN_RESIDUAL_LOWER ? 0 : wanted == CRITMIN_RESIDUAL_UPPER ? 1 : .5;
  set_own(p, low, low + part * (high - low), high);
  if (low < high) p->story->flags |= CRITMIN_FLAG_ASSUMED;
}

static int is_assumed(making *p) {
  const critmin_model *m = p->chain->plan->model;
  int32_t day = cm_plan_day(p->chain->plan, p->chain->year);
  int32_t country = p->party.group == CM_NONE ? p->country : cm_model_area(m, p->party.group, day);
  for (int i = 0; i < p->s->n; i++) {
    int32_t stage = p->s->family[i];
    const cm_model_assumption *a = cm_model_assumption_of(m, HOME_SHARE, m->stages[stage].mineral, stage, country);
    if (!a || a->country != country || country == CM_NONE) continue;
    set_own(p, a->low, a->value, a->high);
    p->story->assumption = a;
    p->story->flags |= CRITMIN_FLAG_ASSUMED;
    return 1;
  }
  return 0;
}

/* The share of its own output in what a union is supplied with, where its list counts that. */
static int is_listed_own(making *p) {
  const cm_use *use = &p->chain->use;
  const cm_imports *in = &use->imports;
  if (!p->has_list || !in->market || in->by != CM_BY_SHARE || in->by_members || use->area == CM_NONE) return 0;
  if (use->model->countries[use->area].kind != CM_IS_UNION || !cm_is_known(in->total)) return 0;
  double all = in->inside + middle(in->total);
  if (!(in->inside > 0)) return 0;
  set_own(p, in->inside / all, in->inside / all, in->inside / all);
  return 1;
}

/* The least of its exports that it must have made, in shares of its pool: what exceeds all that is listed as imported.
 */
static double least_by_trade(const making *p) {
  const cm_chain_stage *s = p->s;
  if (!s->trade || p->party.group != CM_NONE || !(s->exports[p->country] > s->imports[p->country])) return 0;
  if (!s->trade->complete && !(s->imports[p->country] > 0)) return 0; /* it may not be among the importers listed */
  return (s->exports[p->country] - s->imports[p->country]) / s->exports[p->country];
}

static int is_listed(const making *p, const cm_model_market *market) {
  const critmin_model *m = p->chain->plan->model;
  for (int32_t i = market->first; i < market->first + market->n; i++) {
    int32_t country = m->figures.country[i];
    if (m->figures.status[i] != CM_STATUS_NOT_AVAILABLE &&
        (p->party.group == CM_NONE ? country == p->country : p->chain->use.inside[country]))
      return 1;
  }
  return 0;
}

/* All that comes in, in tonnes: as it is printed, or as far as it is listed. */
static critmin_status tonnes_of_imports(making *p, critmin_interval *tonnes, critmin_error *error) {
  static const int ways[] = {CM_BY_QUANTITY};
  cm_use *use = &p->chain->use;
  critmin_status status = cm_use_balance(use, CM_BIT(CM_TERM_IMPORTS), 0, error);
  *tonnes = use->balance.imports;
  if (status || cm_is_known(*tonnes)) return status;
  if (!cm_use_imports(use, ways, 1, 0, 0)) return CRITMIN_OK;
  *tonnes = (critmin_interval){use->imports.listed, use->imports.listed, use->imports.listed};
  p->story->flags |= CRITMIN_FLAG_NO_TOTAL;
  return CRITMIN_OK;
}

/* Output of the country in tonnes at a stage, from the mineral of the family that is told of there; NaN where it is not
 * known, or in another basis. */
static critmin_status output_at(making *p, int32_t k, int32_t mineral, const char *basis, double *tonnes,
                                critmin_error *error) {
  const critmin_model *m = p->chain->plan->model;
  const cm_chain_stage *s = &p->chain->stage[k];
  *tonnes = NAN;
  for (int i = 0; i < s->n; i++) {
    int32_t stage = s->family[i];
    if (m->stages[stage].mineral != mineral || strcmp(m->stages[stage].basis, basis) != 0) continue;
    for (int back = 0; back <= back_of(p) && isnan(*tonnes); back++) {
      critmin_interval made;
      uint64_t flags = 0;
      int32_t measure = p->chain->plan->ledger->measure[CM_PRODUCTION], year = p->chain->year - back;
      const cm_model_market *market =
          measure == CM_NONE ? NULL : cm_model_market_of(m, stage, measure, CM_OF_COUNTRIES, year, CM_NONE, NULL);
      critmin_status status = begin(p, stage, year, error);
      if (!status && market && is_listed(p, market))
        status = cm_use_production(&p->chain->use, &p->chain->use.party, &made, &flags, error);
      else if (!status && market && !market->is_share)
        made = cm_nothing;
      else if (!status)
        continue;
      if (status) return status;
      if (!cm_is_known(made)) continue;
      *tonnes = middle(made);
      p->story->fed[k > p->k] = market;
      cite(p->story, market->edition);
    }
  }
  return CRITMIN_OK;
}

/* What is printed of the country's use. */
static void read_use(making *p) {
  static const cm_balance_measure measures[] = {CM_APPARENT_CONSUMPTION, CM_REPORTED_CONSUMPTION};
  critmin_interval amount;
  for (size_t i = 0; i < sizeof measures / sizeof measures[0] && isnan(p->use); i++) {
    if (cm_use_read(&p->chain->use, measures[i], CM_TERM_CONSUMPTION, 1, &amount) && cm_is_known(amount))
      p->use = middle(amount);
  }
}

static void cite_use(making *p) {
  const cm_use *use = &p->chain->use;
  for (size_t i = 0; i < use->n_cited; i++) cite(p->story, use->cited[i].edition);
  if (use->imports.market) cite(p->story, use->imports.market->edition);
}

/* What is made and imported, and used, in tonnes, where all of it is known. Old scrap is no part of the pool, but
 * serves. */
static critmin_status weigh(making *p, critmin_interval made, critmin_interval *imported, critmin_error *error) {
  *imported = p->has_list ? cm_unknown : cm_nothing;
  if (!cm_is_known(made)) return CRITMIN_OK;
  critmin_status status = p->has_list ? tonnes_of_imports(p, imported, error) : CRITMIN_OK;
  if (status || !cm_is_known(*imported)) return status;
  critmin_interval scrap;
  int has_scrap = cm_use_read(&p->chain->use, CM_SECONDARY_PRODUCTION, CM_TERM_SECONDARY, 1, &scrap);
  p->supply = middle(made) + middle(*imported) + (has_scrap && cm_is_known(scrap) ? middle(scrap) : 0);
  read_use(p);
  cite_use(p);
  if (p->k + 1 >= p->chain->supply.stages) return CRITMIN_OK;
  const cm_model_stage *of = &p->chain->plan->model->stages[p->s->made->stage];
  double intake;
  status = output_at(p, p->k + 1, of->mineral, of->basis, &intake, error);
  if (!isnan(intake) && !(p->use >= intake)) p->use = intake;
  return status;
}

static critmin_status made_of_market(making *p, critmin_interval *made, critmin_error *error) {
  const cm_model_market *market = p->s->made;
  uint64_t flags = 0;
  *made = cm_nothing;
  if (!is_listed(p, market)) {
    if (market->n_other) p->story->flags |= CRITMIN_FLAG_RESIDUAL_USED;
    return CRITMIN_OK;
  }
  critmin_status status = cm_use_production(&p->chain->use, &p->chain->use.party, made, &flags, error);
  p->story->flags |= flags | flags_of_year(p, p->s->made_year);
  cite(p->story, market->edition);
  return status;
}

/* Whether anybody else may make any. */
static int others_make(const making *p, const cm_model_market *market) {
  const cm_figures *of = &p->chain->plan->model->figures;
  for (int32_t i = market->first; i < market->first + market->n; i++) {
    if (of->status[i] == CM_STATUS_NOT_AVAILABLE || of->value[i] == 0) continue;
    if (p->party.group == CM_NONE ? of->country[i] != p->country : !p->chain->use.inside[of->country[i]]) return 1;
  }
  return market->n_other > 0;
}

/* From the market of producers. */
static critmin_status own_of_market(making *p, critmin_error *error) {
  critmin_interval made, imported = cm_unknown;
  critmin_status status = begin(p, p->s->made->stage, p->s->made_year, error);
  p->story->made_stage = p->s->made->stage;
  p->story->made_year = p->s->made_year;
  if (!status) status = made_of_market(p, &made, error);
  if (!status) status = weigh(p, made, &imported, error);
  if (status) return status;
  if (cm_is_known(made) && made.high == 0) {
    set_own(p, 0, 0, 0);
  } else if (!p->has_list) {
    set_own(p, 1, 1, 1);
    p->story->imports_untold = others_make(p, p->s->made);
  } else if (cm_is_known(imported)) {
    set_own(p, made.low / (made.low + imported.high), middle(made) / (middle(made) + middle(imported)),
            made.high / (made.high + imported.low));
  } else {
    set_interval(p, least_by_trade(p), 1);
  }
  return CRITMIN_OK;
}

/* How far the country's own material of the stage before goes towards what it makes at the stage after; NaN where that
 * is not known. */
static critmin_status own_feed(making *p, double *ratio, critmin_error *error) {
  const critmin_model *m = p->chain->plan->model;
  const cm_chain_stage *first = &p->chain->stage[p->k - 1];
  *ratio = NAN;
  if (p->k + 1 >= p->chain->supply.stages) return CRITMIN_OK;
  const cm_supply_pool *before = &p->chain->supply.stage[p->k - 1].pool[p->country];
  for (int i = 0; i < first->n && isnan(*ratio); i++) {
    const cm_model_stage *of = &m->stages[first->family[i]];
    double made, needed;
    critmin_status status = output_at(p, p->k - 1, of->mineral, of->basis, &made, error);
    if (!status) status = output_at(p, p->k + 1, of->mineral, of->basis, &needed, error);
    if (status) return status;
    if (isnan(made) || !(needed > 0)) continue;
    if (before->own < 1 && before->n > 0) { /* it may have imported what it lacks before */
      if (!(before->own > 0)) continue;
      made /= before->own;
    }
    *ratio = fmin(made / needed, 1);
  }
  return CRITMIN_OK;
}

static critmin_status own_of_feed(making *p, critmin_error *error) {
  if (p->k == 0 || !p->chain->supply.stage[p->k - 1].pool[p->country].is_there) {
    set_own(p, 0, 0, 0);
    return CRITMIN_OK;
  }
  double ratio;
  critmin_status status = own_feed(p, &ratio, error);
  if (status) return status;
  p->story->flags |= CRITMIN_FLAG_ASSUMED;
  if (!p->has_list && isnan(ratio))
    set_own(p, 1, 1, 1);
  else if (!isnan(ratio) && (ratio < 1 || !p->has_list))
    set_own(p, ratio, ratio, ratio);
  else
    set_interval(p, least_by_trade(p), 1);
  return CRITMIN_OK;
}

/* What leaves a pool beyond all that is known to enter it, in tonnes where these are known, else as the trade is
 * counted. */
static double gap_of(const making *p) {
  const cm_chain_stage *s = p->s;
  int is_counted = s->trade && s->trade->complete && p->party.group == CM_NONE;
  double supply, left = 0;
  if (!isnan(p->supply)) {
    supply = p->supply;
    if (is_counted && s->trade_by == CM_BY_QUANTITY && s->trade->stage == s->made->stage) left = s->exports[p->country];
    if (!isnan(p->use)) left += p->use;
  } else {
    if (!is_counted || p->pool->own_high >= 1) return 0;
    supply = s->imports[p->country] / (1 - p->pool->own_high);
    left = s->exports[p->country];
  }
  return left > supply * (1 + 1e-9) ? (left - supply) / left : 0;
}

/* Whether all that comes in goes out again, and nothing is made or known to be used. */
static int only_passes_on(const making *p) {
  const cm_chain_stage *s = p->s;
  if (!s->trade || !s->trade->complete || p->party.group != CM_NONE || p->pool->own_high > 0 || p->use > 0) return 0;
  double in = s->imports[p->country];
  return in > 0 && s->exports[p->country] >= in * (1 - 1e-9);
}

critmin_status cm_chain_list(cm_chain *chain, const cm_pool_story *story, cm_party party, double *whole,
                             critmin_error *error) {
  const cm_values *values = &chain->settings;
  critmin_status status =
      cm_use_begin(&chain->use, chain->plan, values, story->list_stage, story->list_year, party, error);
  if (!status && !cm_use_imports(&chain->use, &story->list_by, 1, 0, 0)) chain->use.imports.market = NULL;
  *whole = chain->use.imports.market ? whole_of(&chain->use.imports) : 0;
  return status;
}

critmin_status cm_chain_pool(cm_chain *chain, int32_t k, int32_t country, critmin_error *error) {
  making p = {.chain = chain,
              .s = &chain->stage[k],
              .k = k,
              .country = country,
              .party = cm_chain_party(chain, country),
              .supply = NAN,
              .use = NAN};
  p.pool = &chain->supply.stage[k].pool[country];
  p.story = &p.s->story[country];
  memset(p.pool, 0, sizeof *p.pool);
  *p.story = (cm_pool_story){.list_stage = CM_NONE, .made_stage = CM_NONE};
  p.pool->rest = 1;
  critmin_status status = find_list(&p, error);
  if (status) return status;
  if (!is_assumed(&p) && !is_listed_own(&p)) status = p.s->made ? own_of_market(&p, error) : own_of_feed(&p, error);
  if (status) return status;
  if (!p.has_list) p.pool->rest = 1;
  p.pool->gap = gap_of(&p);
  if (only_passes_on(&p)) p.story->flags |= CRITMIN_FLAG_TRANSIT_ONLY;
  p.pool->is_there = p.has_list || p.pool->own_high > 0 || p.pool->gap > 0;
  return chain->use.failed ? cm_fail_memory(error) : CRITMIN_OK;
}
