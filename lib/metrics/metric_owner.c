/* SPDX-License-Identifier: MIT */
/*
 * Concentration of a market by the countries that own what is made. Facilities and companies with an output of their
 * own on record are followed up to their final owners; what else a country makes has owners nobody recorded.
 */
#include <math.h>

#include "base/memory.h"
#include "critmin/ownership.h"
#include "metrics/assess.h"
#include "metrics/assessments.h"
#include "metrics/owner_offtake.h"

enum { RULE_OFFTAKE = CRITMIN_OWNERSHIP_CONTROL + 1 };
enum { OWN_RULE, OWN_UNRECORDED, OWN_RESIDUAL };
enum { UNRECORDED_UNKNOWN, UNRECORDED_HOST };

const cm_parameter cm_owner_parameters[3] = {
    [OWN_RULE] = {"rule", CM_PARAMETER_WORD, "equity", 0, 0, "equity|control|offtake", "", "docs/criticality.md",
                  "whose output is: holders' by their parts, or all that of who has more than half; or that of who has "
                  "contracted to take it"},
    [OWN_UNRECORDED] =
        {"unrecorded", CM_PARAMETER_WORD, "unknown", 0, 0, "unknown|host", "", "docs/criticality.md",
         "who owns what no facility on record makes: nobody known, or the country it is made in (ASSUMED)"},
    [OWN_RESIDUAL] = {"residual", CM_PARAMETER_WORD, "unknown", 0, 0, "mid|lower|upper|unknown", "",
                      "docs/methods.md, 2",
                      "value inside the interval that unknown owners leave; unknown: the interval alone is told"},
};

/* Who may own, and what they own of every producer in the end. */
typedef struct holdings {
  int32_t *owner; /* place among the owners by country, or CM_NONE */
  int64_t owners;
  double *ultimate; /* owners + 1 rows of producers */
  int by_offtake;
  int64_t firms, firm; /* of those by offtake: how many there are, and the one at hand */
  int64_t offtakes;    /* commitments on record of the market */
} holdings;

static void holdings_free(holdings *h) {
  cm_free(h->owner);
  cm_free(h->ultimate);
}

static void may_own(holdings *h, int32_t country) {
  if (h->owner[country] == CM_NONE) h->owner[country] = (int32_t)h->owners++;
}

static int holds(const cm_model_owner *o, int32_t day) {
  return o->from <= day && day <= o->to && !isnan(o->share);
}

/* Of who takes the tonnes each column is filled once the output is known. */
static critmin_status nobody_takes(const cm_use *use, holdings *h, critmin_error *error) {
  h->firms = (int64_t)use->model->n_producers;
  h->ultimate = cm_alloc_array((size_t)((h->owners + 1) * h->firms), sizeof *h->ultimate);
  if (!h->ultimate) return cm_fail_memory(error);
  for (int64_t firm = 0; firm < h->firms; firm++) h->ultimate[h->owners * h->firms + firm] = 1;
  return CRITMIN_OK;
}

static void take_buyer(void *user, int32_t country, double part) {
  holdings *h = user;
  if (country == CM_NONE) return; /* it stays with nobody known */
  h->ultimate[h->owner[country] * h->firms + h->firm] += part;
  double *unknown = &h->ultimate[h->owners * h->firms + h->firm];
  *unknown = fmax(0, *unknown - part);
}

static critmin_status trace(const cm_use *use, holdings *h, uint64_t *flags, critmin_error *error) {
  const critmin_model *m = use->model;
  size_t firms = m->n_producers, owners = (size_t)h->owners;
  double *held = cm_alloc_array(firms * firms, sizeof *held), *owned = cm_alloc_array(owners * firms, sizeof *owned);
  h->ultimate = cm_alloc_array((owners + 1) * firms, sizeof *h->ultimate);
  critmin_status status = held && owned && h->ultimate ? CRITMIN_OK : cm_fail_memory(error);
  for (size_t firm = 0; firm < firms && !status; firm++) {
    const cm_model_producer *p = &m->producers[firm];
    for (int32_t i = p->first_owner; i < p->first_owner + p->n_owners; i++) {
      const cm_model_owner *o = &m->owners[i];
      if (!holds(o, use->day)) continue;
      if (o->holder != CM_NONE)
        held[(size_t)o->holder * firms + firm] += o->share;
      else
        owned[(size_t)h->owner[o->country] * firms + firm] += o->share;
    }
  }
  int32_t rule = (int32_t)use->values->number[CM_P_OWN + OWN_RULE];
  if (!status) status = critmin_ownership(held, owned, (int64_t)firms, h->owners, rule, h->ultimate, flags, error);
  cm_free(held);
  cm_free(owned);
  return status;
}

static critmin_status find_owners(const cm_use *use, holdings *h, uint64_t *flags, critmin_error *error) {
  const critmin_model *m = use->model;
  const cm_assembly *a = &use->assembly;
  h->owner = cm_alloc_array(m->n_countries, sizeof *h->owner);
  if (!h->owner) return cm_fail_memory(error);
  for (size_t country = 0; country < m->n_countries; country++) h->owner[country] = CM_NONE;
  for (size_t i = 0; i < m->n_owners; i++) {
    if (m->owners[i].country != CM_NONE) may_own(h, m->owners[i].country);
  }
  for (int64_t i = 0; i < a->n; i++) may_own(h, a->country[i]);
  for (size_t i = 0; i < m->n_commitments && h->by_offtake; i++) {
    if (m->commitments[i].buyer != CM_NONE) may_own(h, m->commitments[i].buyer);
  }
  return h->by_offtake ? nobody_takes(use, h, error) : trace(use, h, flags, error);
}

/* What is owned: outputs, and who has which part of each. */
typedef struct assets {
  double *output, *share; /* share: owners + 1 rows of `room` */
  int64_t n, room;
} assets;

static void add(assets *list, const holdings *h, double output, int64_t firm, int64_t firms, int32_t host) {
  for (int64_t o = 0; o <= h->owners; o++) {
    double part = firm >= 0 ? h->ultimate[o * firms + firm] : host == CM_NONE ? o == h->owners : o == h->owner[host];
    list->share[o * list->room + list->n] = part;
  }
  list->output[list->n++] = output;
}

static critmin_status find_buyers(cm_use *use, holdings *h, size_t firm, double output, critmin_error *error) {
  int on_record = 0;
  h->firm = (int64_t)firm;
  critmin_status status =
      h->by_offtake ? cm_owner_offtake(use, (int32_t)firm, output, take_buyer, h, &on_record, error) : CRITMIN_OK;
  h->offtakes += on_record;
  return status;
}

/* Output of the producers of a country on record, each followed up to its owners, or to who takes it. */
static critmin_status add_producers(assets *list, cm_use *use, holdings *h, int32_t country, double *sum,
                                    critmin_error *error) {
  const critmin_model *m = use->model;
  int32_t measure = use->ledger->measure[CM_PRODUCTION];
  critmin_status status = CRITMIN_OK;
  *sum = 0;
  for (size_t firm = 0; firm < m->n_producers && !status; firm++) {
    const cm_model_market *market =
        cm_model_market_of_producer(m, use->stage, measure, m->producers[firm].id, CM_NONE, use->year, 0, NULL);
    if (!market || market->is_share || market->n == 0 || m->figures.country[market->first] != country) continue;
    critmin_interval output = cm_figure_interval(&m->figures, market->first);
    if (isnan(output.value)) continue;
    cm_use_tell_figure(use, CM_TERM_ASSESSMENT, "facility", market, market->first, NAN);
    status = find_buyers(use, h, firm, output.value, error);
    add(list, h, output.value, (int64_t)firm, (int64_t)m->n_producers, CM_NONE);
    *sum += output.value;
  }
  return status;
}

static critmin_status list_assets(assets *list, cm_use *use, holdings *h, critmin_error *error) {
  const cm_assembly *a = &use->assembly;
  int host = (int)use->values->number[CM_P_OWN + OWN_UNRECORDED] == UNRECORDED_HOST;
  list->room = a->n + (int64_t)use->model->n_producers;
  list->output = cm_alloc_array((size_t)list->room, sizeof *list->output);
  list->share = cm_alloc_array((size_t)(list->room * (h->owners + 1)), sizeof *list->share);
  if (!list->output || !list->share) return cm_fail_memory(error);
  for (int64_t i = 0; i < a->n; i++) {
    double recorded;
    critmin_status status = add_producers(list, use, h, a->country[i], &recorded, error);
    if (status) return status;
    double rest = a->quantity[i] - recorded;
    if (rest < 0) use->flags[CM_TERM_ASSESSMENT] |= CRITMIN_FLAG_TOTAL_BELOW_SUM;
    if (rest < 0 || rest == 0) continue;
    if (host) use->flags[CM_TERM_ASSESSMENT] |= CRITMIN_FLAG_ASSUMED;
    add(list, h, rest, -1, 0, host ? a->country[i] : CM_NONE);
  }
  return CRITMIN_OK;
}

/* The kernel takes rows of as many as there are. */
static void close_ranks(assets *list, int64_t owners) {
  for (int64_t o = 1; o <= owners && list->n < list->room; o++) {
    for (int64_t i = 0; i < list->n; i++) list->share[o * list->n + i] = list->share[o * list->room + i];
  }
}

static critmin_status of_market(cm_row *row, cm_use *use, critmin_error *error) {
  holdings h = {.by_offtake = (int)use->values->number[CM_P_OWN + OWN_RULE] == RULE_OFFTAKE};
  assets list = {0};
  uint64_t flags = 0;
  critmin_answer *a = &row->answer;
  critmin_status status = find_owners(use, &h, &flags, error);
  if (!status) status = list_assets(&list, use, &h, error);
  if (!status && h.by_offtake && h.offtakes == 0) {
    a->flags = CRITMIN_FLAG_NO_DATA | cm_use_flags(use);
  } else if (!status) {
    close_ranks(&list, h.owners);
    const critmin_supply *s = &use->assembly.supply;
    double total = s->total;
    int32_t residual = (int32_t)use->values->number[CM_P_OWN + OWN_RESIDUAL];
    int untold = residual == CM_RESIDUAL_UNKNOWN;
    if (untold) residual = CRITMIN_RESIDUAL_MID;
    status = cm_answer_of(critmin_owner_hhi(list.output, list.share, list.n, h.owners, total, residual, a, error), a);
    if (untold && a->flags & CRITMIN_FLAG_RESIDUAL_USED) a->value = NAN;
    a->flags |= flags | cm_use_flags(use);
    cm_assess_gaps(use, 1, a);
  }
  holdings_free(&h);
  cm_free(list.output);
  cm_free(list.share);
  return status;
}

static critmin_status evaluate(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  (void)plan;
  const cm_model_market *market = cm_production_of(use->model, use->values, use->stage, use->year);
  if (!market || market->is_share) { /* shares have no tonnes to part among owners */
    row->answer.flags = CRITMIN_FLAG_NO_DATA;
    return CRITMIN_OK;
  }
  critmin_status status = cm_assess_market(use, market, "producer", error);
  return status ? status : of_market(row, use, error);
}

static int on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage, int32_t year,
                     int asked) {
  const critmin_model *m = plan->model;
  const cm_model_stage *s = &m->stages[stage];
  const cm_model_market *market = cm_production_of(m, values, stage, year);
  (void)mineral;
  (void)asked;
  if (!market || market->is_share) return 0;
  for (int32_t i = s->first_market; i < s->first_market + s->n_markets; i++) {
    const cm_model_market *of = &m->markets[i];
    if (of->detail == CM_OF_PRODUCERS && of->measure == market->measure && !of->projected &&
        cm_model_market_answers(m, of, year))
      return 1;
  }
  return 0;
}

static const cm_assessment owner = {
    .of_market = 1, .stages = 1, .common = CM_OF_PRODUCTION, .on_record = on_record, .evaluate = evaluate};
const cm_dependency cm_owner_concentration = {.published = CM_NONE, .assessment = &owner};
