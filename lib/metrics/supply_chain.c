/* SPDX-License-Identifier: MIT */
/*
 * Which stages a chain has and where each is told of; then its pools, and the network they make. A year in which
 * nothing is on record is answered by the nearest before it, as far back as the caller allows.
 */
#include "metrics/supply_chain.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

static int back_of(const cm_chain *chain) {
  return (int)chain->use.values->number[CM_P_OWN + CM_CHAIN_YEARS_APART];
}

/* Minerals that may tell of the chain: the mineral, groups among its members, groups that it is in. */
static int family_of(const critmin_model *m, int32_t mineral, int32_t family[CM_FAMILY_MAX]) {
  int n = 0;
  family[n++] = mineral;
  const cm_model_mineral *of = &m->minerals[mineral];
  for (int32_t i = 0; i < of->n_members && n < CM_FAMILY_MAX; i++) {
    int32_t member = m->members[of->first_member + i];
    if (m->minerals[member].is_group) family[n++] = member;
  }
  for (size_t group = 0; group < m->n_minerals && n < CM_FAMILY_MAX; group++) {
    const cm_model_mineral *g = &m->minerals[group];
    for (int32_t i = 0; i < g->n_members; i++) {
      if (m->members[g->first_member + i] != mineral) continue;
      family[n++] = (int32_t)group;
      break;
    }
  }
  return n;
}

static int32_t stage_of(const critmin_model *m, int32_t mineral, const char *key) {
  const cm_model_mineral *of = &m->minerals[mineral];
  for (int32_t stage = of->first_stage; stage < of->first_stage + of->n_stages; stage++) {
    if (cm_name_equal(m->stages[stage].key, key)) return stage;
  }
  return CM_NONE;
}

static const cm_model_market *production(const cm_chain *chain, int32_t stage, int32_t year) {
  const cm_values *values = chain->use.values;
  int outlook = (int)values->number[CM_P_OUTLOOK];
  const char *scenario = values->text[CM_P_SCENARIO];
  int32_t measure = chain->plan->ledger->measure[CM_PRODUCTION];
  if (measure == CM_NONE) return NULL;
  return cm_model_market_of(chain->plan->model, stage, measure, CM_OF_COUNTRIES, year,
                            outlook == CM_OUTLOOK_ANY ? CM_NONE : outlook == CM_OUTLOOK_PROJECTED,
                            *scenario ? scenario : NULL);
}

static void find_production(const cm_chain *chain, cm_chain_stage *s) {
  for (int i = 0; i < s->n && !s->made; i++) {
    for (int back = 0; back <= back_of(chain) && !s->made; back++) {
      s->made_year = chain->year - back;
      s->made = production(chain, s->family[i], s->made_year);
    }
  }
}

static int has_flows(const cm_chain *chain, const cm_chain_stage *s) {
  for (int i = 0; i < s->n; i++) {
    for (int back = 0; back <= back_of(chain); back++) {
      if (cm_next_flow_market(chain->plan->model, s->family[i], chain->year - back, NULL)) return 1;
    }
  }
  return 0;
}

/* Adds up exports and imports by country, counted in one way; what has no number leaves its importer's total open. 0
 * where flows between countries have none. */
static int add_flows(cm_chain *chain, cm_chain_stage *s, const cm_flow_market *market, int by) {
  const critmin_model *m = chain->plan->model;
  chain->use.stage = market->stage;
  memset(s->exports, 0, m->n_countries * sizeof *s->exports);
  memset(s->imports, 0, m->n_countries * sizeof *s->imports);
  for (int64_t flow = market->first; flow < market->first + market->n; flow++) {
    int32_t from = m->flows.exporter[flow], to = m->flows.importer[flow];
    if (m->countries[from].kind == CM_IS_WORLD || m->countries[to].kind == CM_IS_WORLD) continue;
    double number = cm_use_flow(&chain->use, market, flow, by);
    if (isnan(number) && !cm_is_unnamed(m, from)) return 0;
    s->imports[to] += number;
    if (!isnan(number)) s->exports[from] += number;
  }
  s->trade = market;
  s->trade_by = by;
  return 1;
}

/* The first list of the year, or before, that has all pairs, or else that has the most of its year's sources: by rank.
 */
static const cm_flow_market *find_trade(const cm_chain *chain, const cm_chain_stage *s, int complete) {
  const critmin_model *m = chain->plan->model;
  for (int i = 0; i < s->n; i++) {
    for (int back = 0; back <= back_of(chain); back++) {
      int32_t year = chain->year - back;
      const cm_flow_market *found =
          complete ? cm_model_flow_matrix(m, s->family[i], year) : cm_next_flow_market(m, s->family[i], year, NULL);
      if (found) return found;
    }
  }
  return NULL;
}

/* What each country sends and receives, in money or else in the basis of the stage. */
static critmin_status add_up(cm_chain *chain, cm_chain_stage *s, critmin_error *error) {
  size_t n = chain->plan->model->n_countries;
  const cm_flow_market *market = find_trade(chain, s, 1);
  if (!market) market = find_trade(chain, s, 0);
  if (!market) return CRITMIN_OK;
  s->exports = cm_alloc_array(n, sizeof *s->exports);
  s->imports = cm_alloc_array(n, sizeof *s->imports);
  if (!s->exports || !s->imports) return cm_fail_memory(error);
  int asked = (int)chain->use.values->number[CM_P_OWN + CM_CHAIN_BY];
  if (asked == CM_BY_ANY)
    (void)(add_flows(chain, s, market, CM_BY_VALUE) || add_flows(chain, s, market, CM_BY_QUANTITY));
  else if (asked != CM_BY_SHARE)
    (void)add_flows(chain, s, market, asked);
  return CRITMIN_OK;
}

static critmin_status find_stages(cm_chain *chain, critmin_error *error) {
  const critmin_model *m = chain->plan->model;
  const cm_model_mineral *of = &m->minerals[chain->mineral];
  int32_t family[CM_FAMILY_MAX], n = family_of(m, chain->mineral, family);
  size_t most = (size_t)of->n_stages;
  chain->stage = cm_alloc_array(most, sizeof *chain->stage);
  chain->supply.stage = cm_alloc_array(most, sizeof *chain->supply.stage);
  chain->room = cm_alloc_array(most, sizeof *chain->room);
  if (!chain->stage || !chain->supply.stage || !chain->room) return cm_fail_memory(error);
  critmin_status status = CRITMIN_OK;
  for (int32_t i = 0; i < of->n_stages && !status; i++) {
    cm_chain_stage *s = &chain->stage[chain->supply.stages];
    memset(s, 0, sizeof *s);
    for (int j = 0; j < n; j++) {
      int32_t stage = stage_of(m, family[j], m->stages[of->first_stage + i].key);
      if (stage != CM_NONE) s->family[s->n++] = stage;
    }
    find_production(chain, s);
    if (!s->made && !has_flows(chain, s)) continue;
    chain->supply.stages++;
    status = add_up(chain, s, error);
    size_t countries = (size_t)chain->supply.countries;
    chain->supply.stage[chain->supply.stages - 1].pool = cm_alloc_array(countries, sizeof(cm_supply_pool));
    s->story = cm_alloc_array(countries, sizeof *s->story);
    if (!chain->supply.stage[chain->supply.stages - 1].pool || !s->story) status = cm_fail_memory(error);
  }
  return status;
}

static critmin_status make_pools(cm_chain *chain, critmin_error *error) {
  const critmin_model *m = chain->plan->model;
  critmin_status status = CRITMIN_OK;
  for (int32_t k = 0; k < chain->supply.stages && !status; k++) {
    for (size_t country = 0; country < m->n_countries && !status; country++) {
      int32_t kind = m->countries[country].kind;
      if (kind != CM_IS_COUNTRY && kind != CM_IS_FORMER && kind != CM_IS_UNION) continue;
      status = cm_chain_pool(chain, k, (int32_t)country, error);
    }
    if (!status && chain->party.group != CM_NONE) status = cm_chain_pool(chain, k, (int32_t)m->n_countries, error);
  }
  return status;
}

static void empty(cm_chain *chain) {
  for (int32_t k = 0; k < chain->supply.stages; k++) {
    cm_free(chain->stage[k].exports);
    cm_free(chain->stage[k].imports);
    cm_free(chain->stage[k].story);
    cm_free(chain->supply.stage[k].pool);
    cm_free(chain->supply.stage[k].partner);
    cm_free(chain->supply.stage[k].share);
  }
  cm_free(chain->stage);
  cm_free(chain->supply.stage);
  cm_free(chain->room);
  cm_free(chain->mark);
  cm_free(chain->least);
  cm_free(chain->visits);
  critmin_network_free(chain->network);
  cm_use use = chain->use;
  memset(chain, 0, sizeof *chain);
  chain->use = use;
}

void cm_chain_free(cm_chain *chain) {
  empty(chain);
  cm_use_free(&chain->use);
}

static critmin_status make(cm_chain *chain, critmin_error *error) {
  chain->supply.countries = (int32_t)chain->plan->model->n_countries + 1;
  critmin_status status = find_stages(chain, error);
  if (!status) status = make_pools(chain, error);
  if (status || chain->supply.stages == 0) return status;
  size_t pools = (size_t)chain->supply.stages * (size_t)chain->supply.countries;
  chain->mark = cm_alloc_array((size_t)chain->supply.countries, sizeof *chain->mark);
  chain->least = cm_alloc_array(pools, sizeof *chain->least);
  chain->visits = cm_alloc_array(pools, sizeof *chain->visits);
  if (!chain->mark || !chain->least || !chain->visits) return cm_fail_memory(error);
  return cm_supply_network(&chain->supply, &chain->network, error);
}

cm_party cm_chain_user(const cm_plan *plan, const cm_row *row) {
  cm_party party = row->party != CM_NONE ? plan->parties[row->party] : (cm_party){row->country, CM_NONE};
  return cm_party_whole(plan->model, party, cm_plan_day(plan, row->year));
}

critmin_status cm_chain_make(cm_chain *chain, const cm_plan *plan, const cm_row *row, const cm_values *values,
                             critmin_error *error) {
  cm_party party = cm_chain_user(plan, row);
  if (party.group == CM_NONE) party = (cm_party){CM_NONE, CM_NONE};
  if (chain->made && chain->plan == plan && chain->metric == row->metric && chain->mineral == row->mineral &&
      chain->year == row->year && chain->party.group == party.group)
    return CRITMIN_OK;
  empty(chain);
  chain->plan = plan;
  chain->metric = row->metric;
  chain->settings = *values;
  chain->mineral = row->mineral;
  chain->year = row->year;
  chain->party = party;
  critmin_status status = cm_use_begin(&chain->use, plan, &chain->settings, row->stage, row->year,
                                       (cm_party){row->country, party.group}, error);
  if (!status) status = make(chain, error);
  chain->made = !status;
  return status;
}

int32_t cm_chain_place(const cm_chain *chain, int32_t stage) {
  for (int32_t k = 0; k < chain->supply.stages; k++) {
    if (chain->stage[k].family[0] == stage) return k;
  }
  return CM_NONE;
}

cm_party cm_chain_party(const cm_chain *chain, int32_t country) {
  return country == chain->supply.countries - 1 ? chain->party : (cm_party){country, CM_NONE};
}

int32_t cm_chain_country(const cm_chain *chain, cm_party party) {
  return party.group == CM_NONE ? party.country : chain->supply.countries - 1;
}
