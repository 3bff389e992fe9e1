/* SPDX-License-Identifier: MIT */
#include "metrics/geopolrisk_world.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/supply_chain.h"

const critmin_interval cm_unknown = {NAN, NAN, NAN}, cm_nothing = {0, 0, 0};

int cm_is_known(critmin_interval interval) {
  return !isnan(interval.low) && !isnan(interval.high);
}

critmin_interval cm_plus(critmin_interval a, critmin_interval b) {
  return (critmin_interval){a.value + b.value, a.low + b.low, a.high + b.high};
}

/* The group whose statistics as one stand under the country on the day, or CM_NONE. */
static int32_t group_of_area(const critmin_model *m, int32_t country, int32_t day) {
  for (size_t group = 0; group < m->n_groups; group++) {
    const cm_model_group *g = &m->groups[group];
    if (g->area != country) continue;
    for (int32_t i = 0; i < g->n_members; i++) {
      const cm_model_membership *of = &m->memberships[g->first_member + i];
      if (of->from <= day && day <= of->to) return (int32_t)group;
    }
  }
  return CM_NONE;
}

cm_party cm_party_whole(const critmin_model *m, cm_party party, int32_t day) {
  if (party.country == CM_NONE || m->countries[party.country].kind != CM_IS_UNION) return party;
  int32_t group = group_of_area(m, party.country, day);
  return group == CM_NONE ? party : (cm_party){CM_NONE, group};
}

static int make_room(cm_use *use, size_t countries) {
  if (use->inside) return 1;
  use->inside = cm_alloc_array(countries, sizeof *use->inside);
  use->members = cm_alloc_array(countries, sizeof *use->members);
  use->sums = cm_alloc_array(countries, sizeof *use->sums);
  use->imports.from = cm_alloc_array(countries, sizeof *use->imports.from);
  return use->inside && use->members && use->sums && use->imports.from;
}

void cm_use_move(cm_use *use, int32_t stage) {
  use->stage = stage;
  critmin_balance_init(&use->balance);
  use->balance.secondary = use->balance.stock_change = cm_unknown;
  memset(use->flags, 0, sizeof use->flags);
  use->imports.market = NULL;
  use->untold = 0;
  for (int term = 0; term < CM_TERMS; term++) use->scale[term] = NAN;
  use->factor_of.market = NULL;
}

/* Of a country alone, which most are, only that one is looked at. */
static void clear_inside(cm_use *use, size_t countries) {
  if (use->party.country == CM_NONE)
    memset(use->inside, 0, countries * sizeof *use->inside);
  else
    use->inside[use->party.country] = 0;
  if (use->area != CM_NONE) use->inside[use->area] = 0;
}

static void set_inside(cm_use *use) {
  const critmin_model *m = use->model;
  int is_one = use->party.country != CM_NONE && m->countries[use->party.country].kind != CM_IS_UNION;
  int32_t first = is_one ? use->party.country : 0, last = is_one ? first + 1 : (int32_t)m->n_countries;
  use->n_members = 0;
  if (use->area != CM_NONE) use->inside[use->area] = 1;
  for (int32_t country = first; country < last; country++) {
    if (cm_party_has(m, &use->party, country, use->day)) use->inside[country] = 1;
    if (use->inside[country] && m->countries[country].kind != CM_IS_UNION)
      use->members[use->n_members++] = country;
  }
}

critmin_status cm_use_begin(cm_use *use, const cm_plan *plan, const cm_values *values, int32_t stage, int32_t year,
                            cm_party party, critmin_error *error) {
  const critmin_model *m = plan->model;
  if (!make_room(use, m->n_countries)) return cm_fail_memory(error);
  clear_inside(use, m->n_countries);
  use->model = m;
  use->ledger = plan->ledger;
  use->values = values;
  use->year = year;
  use->day = cm_plan_day(plan, year);
  use->party = cm_party_whole(m, party, use->day);
  use->area = party.country != CM_NONE ? party.country
              : party.group != CM_NONE ? cm_model_area(m, party.group, use->day)
                                       : CM_NONE;
  set_inside(use);
  use->n_cited = use->n_evidence = 0;
  use->terms = use->failed = 0;
  cm_use_move(use, stage);
  return CRITMIN_OK;
}

void cm_use_free(cm_use *use) {
  cm_free(use->inside);
  cm_free(use->members);
  cm_free(use->sums);
  cm_free(use->imports.from);
  cm_free(use->cited);
  cm_free(use->evidence);
  cm_assembly_free(&use->assembly);
  if (use->chain) cm_chain_free(use->chain);
  cm_free(use->chain);
  cm_world_free(use->world);
  memset(use, 0, sizeof *use);
}

void cm_use_cite(cm_use *use, int32_t term, int32_t edition) {
  for (size_t i = 0; i < use->n_cited; i++) {
    if (use->cited[i].edition != edition) continue;
    use->cited[i].terms |= CM_BIT(term);
    return;
  }
  if (!cm_grow(&use->cited, use->n_cited, &use->cited_room, sizeof *use->cited)) {
    use->failed = 1;
    return;
  }
  use->cited[use->n_cited++] = (cm_cited){edition, CM_BIT(term)};
}

double cm_use_residual(const cm_use *use, double residual) {
  static const double parts[] = {
      [CRITMIN_RESIDUAL_MID] = .5,
      [CRITMIN_RESIDUAL_LOWER] = 0,
      [CRITMIN_RESIDUAL_UPPER] = 1,
      [CM_RESIDUAL_UNKNOWN] = NAN,
  };
  return parts[(int)use->values->number[CM_P_RESIDUAL]] * residual;
}

/* A fact that several parts of an answer take is told once. */
static int is_told(const cm_use *use, const cm_evidence *evidence) {
  for (size_t i = 0; i < use->n_evidence && evidence->fact != CM_NO_FACT; i++) {
    const cm_evidence *e = &use->evidence[i];
    if (e->fact == evidence->fact && e->place == evidence->place && e->term == evidence->term && isnan(e->adds) &&
        isnan(evidence->adds) && strcmp(e->role, evidence->role) == 0)
      return 1;
  }
  return 0;
}

static void tell(cm_use *use, cm_evidence evidence) {
  if (!use->tells || is_told(use, &evidence)) return;
  if (!cm_grow(&use->evidence, use->n_evidence, &use->evidence_room, sizeof *use->evidence)) {
    use->failed = 1;
    return;
  }
  use->evidence[use->n_evidence++] = evidence;
}

void cm_use_tell_figure(cm_use *use, int32_t term, const char *role, const cm_model_market *market, int32_t figure,
                        double adds) {
  cm_use_cite(use, term, market->edition);
  tell(use, (cm_evidence){.term = term, .role = role, .market = market, .figure = figure, .flow = CM_NONE, .adds = adds});
}

void cm_use_tell_fact(cm_use *use, int32_t term, const char *role, cm_fact fact, int32_t place, double adds) {
  const critmin_model *m = use->model;
  int32_t edition = fact == CM_FACT_PARAMETER ? m->parameters[place].edition
                    : fact == CM_FACT_PRICE   ? m->prices[place].edition
                    : fact == CM_FACT_END_USE ? m->end_uses[place].edition
                    : fact == CM_FACT_INDUSTRY ? m->industries[place].edition
                                              : CM_NONE;
  if (edition != CM_NONE) cm_use_cite(use, term, edition);
  tell(use, (cm_evidence){.term = term, .role = role, .figure = CM_NONE, .flow = CM_NONE, .adds = adds, .fact = fact,
                          .place = place});
}

void cm_use_tell_score(cm_use *use, int32_t term, int32_t country, int32_t indicator, int32_t place) {
  cm_use_cite(use, term, use->model->scores.edition[place]);
  tell(use, (cm_evidence){.term = term, .role = "governance", .figure = CM_NONE, .flow = CM_NONE, .adds = NAN,
                          .fact = CM_FACT_SCORE, .place = place, .country = country, .indicator = indicator});
}

void cm_use_tell_flow(cm_use *use, int32_t term, const char *role, const cm_flow_market *market, int64_t flow,
                      double adds) {
  tell(use, (cm_evidence){.term = term,
                          .role = role,
                          .figure = CM_NONE,
                          .flow_market = market,
                          .flow = flow,
                          .by = term == CM_TERM_EXPORTS ? CM_BY_QUANTITY : use->imports.by,
                          .adds = adds});
}
