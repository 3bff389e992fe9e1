/* SPDX-License-Identifier: MIT */
/*
 * One row: the kernel over the assembled market. Members of a party that the market does not list may hold part of the
 * residual, all of it at most. The measures of concentration are convex, and those of diversity concave, in how a
 * residual is split, so that the ends lie where a party has none of it or all of it.
 */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/assess.h"

/* Runs the kernel; inputs that contradict one another make an answer that says so, not a failure. */
static critmin_status run(const cm_metric *metric, const cm_call *call, const critmin_supply *supply,
                          critmin_answer *answer, critmin_error *error) {
  critmin_answer_init(answer);
  critmin_status status = metric->kernel(call, supply, answer, error);
  if (status != CRITMIN_ERROR_NEGATIVE && status != CRITMIN_ERROR_INVALID_VALUE) return status;
  critmin_answer_init(answer);
  answer->flags = CRITMIN_FLAG_OUT_OF_RANGE_INPUT;
  return CRITMIN_OK;
}

/* The interval of both; an end that one of them does not have, neither has the whole. */
static void widen(critmin_answer *answer, const critmin_answer *other) {
  if (isnan(answer->value)) return;
  answer->low = isnan(other->low) ? NAN : fmin(answer->low, other->low);
  answer->high = isnan(other->high) ? NAN : fmax(answer->high, other->high);
}

/* With weights that are intervals themselves: each end with the weights that make it so. */
static critmin_status run_weighted(const cm_metric *metric, cm_call *call, const cm_assembly *a,
                                   const critmin_supply *supply, critmin_answer *answer, critmin_error *error) {
  call->governance = a->weight;
  critmin_status status = run(metric, call, supply, answer, error);
  int apart = 0;
  for (int64_t i = 0; i < call->n && metric->governed; i++) apart |= a->weight_low[i] < a->weight_high[i];
  if (status || !apart || isnan(answer->value)) return status;
  critmin_answer end;
  call->governance = a->weight_low;
  status = run(metric, call, supply, &end, error);
  if (status) return status;
  answer->low = end.low;
  call->governance = a->weight_high;
  status = run(metric, call, supply, &end, error);
  answer->high = end.high;
  return status;
}

/* Where trade counts too, each weight is that of governance times the trade parameter over the greatest. */
static cm_trade part_of_trade(const cm_metric *metric, const cm_assembly *a, int32_t country,
                              const cm_trade_terms *terms) {
  if (!metric->traded) return (cm_trade){1, 1, 1, CM_NONE, NULL, NULL};
  cm_trade trade = cm_trade_find(a->model, a->market->stage, country, a->day, terms);
  trade.value /= a->trade_highest;
  trade.low /= a->trade_highest;
  trade.high /= a->trade_highest;
  return trade;
}

static void find_highest_trade(const cm_metric *metric, cm_assembly *a, double highest, const cm_trade_terms *terms) {
  a->trade_highest = 1;
  for (int64_t i = 0; i < a->n_listed; i++)
    highest = fmax(highest, part_of_trade(metric, a, a->listed[i].country, terms).high);
  a->trade_highest = highest;
  for (int64_t i = 0; i < a->n; i++) a->trade[i] = highest;
}

/* A missing score where trade counts: any at all, and in the value the mean of the others by what they produce. */
static void impute(cm_assembly *a, int64_t cell, const cm_trade *part, double mean) {
  a->weight[cell] = mean * part->value;
  a->weight_low[cell] = 0;
  a->weight_high[cell] = 10 * part->high;
  a->flags |= CRITMIN_FLAG_WGI_IMPUTED;
}

/*
 * Governance of each cell. That of a party is the mean of its members', weighted by what they produce; where members
 * lack a score, or what they produce is not known, an interval takes in all it may be.
 */
static critmin_status weigh(const cm_metric *metric, const cm_values *values, cm_assembly *a, critmin_error *error) {
  if (!metric->governed) return CRITMIN_OK;
  const double *own = values->number + CM_P_OWN;
  cm_governance_score score;
  double known = 0, governed = 0;
  cm_trade_terms terms = {.applies = 0};
  if (metric->traded) {
    terms = cm_trade_terms_asked(a->model, values);
    find_highest_trade(metric, a, own[CM_OWN_TRADE_HIGHEST], &terms);
  }
  for (int64_t i = 0; i < a->n; i++) {
    if (a->country[i] == CM_NONE) continue;
    critmin_status status = cm_governance_of(a->model, a->country[i], a->year, own, &score, error);
    if (status) return status;
    cm_trade part = part_of_trade(metric, a, a->country[i], &terms);
    a->weight[i] = score.weight * part.value;
    a->weight_low[i] = score.weight * part.low;
    a->weight_high[i] = score.weight * part.high;
    if (!(a->quantity[i] == 0)) a->flags |= score.flags | (part.assumption ? CRITMIN_FLAG_ASSUMED : 0);
    if (isnan(score.weight) || isnan(a->quantity[i])) continue;
    known += a->quantity[i];
    governed += a->quantity[i] * score.weight;
  }
  for (int64_t i = 0; i < a->n && metric->traded; i++) {
    if (a->country[i] == CM_NONE || !isnan(a->weight[i]) || a->quantity[i] == 0) continue;
    cm_trade part = part_of_trade(metric, a, a->country[i], &terms);
    impute(a, i, &part, known > 0 ? governed / known : 5);
  }
  for (int64_t p = 0; p < a->n_parties; p++) {
    double sum = 0, weighted = 0, low = 10, high = 0, sum_low = 0, sum_high = 0;
    int exact = 1, missing = 0;
    for (int64_t i = 0; i < a->n_listed; i++) {
      const cm_listed *cell = &a->listed[i];
      if (cell->party != (int32_t)p || cell->quantity == 0) continue;
      critmin_status status = cm_governance_of(a->model, cell->country, a->year, own, &score, error);
      if (status) return status;
      int unknown = isnan(score.weight);
      cm_trade part = part_of_trade(metric, a, cell->country, &terms);
      a->flags |= score.flags | (part.assumption ? CRITMIN_FLAG_ASSUMED : 0);
      double least = unknown ? 0 : score.weight * part.low, most = (unknown ? 10 : score.weight) * part.high;
      missing |= unknown;
      low = fmin(low, least);
      high = fmax(high, most);
      exact &= !isnan(cell->quantity) && !(cell->low < cell->high);
      double quantity = isnan(cell->quantity) ? (isnan(cell->high) ? 0 : cell->high / 2) : cell->quantity;
      sum_low += quantity * least;
      sum_high += quantity * most;
      if (unknown) continue;
      sum += quantity;
      weighted += quantity * score.weight * part.value;
    }
    int64_t at = a->parties[p].cell;
    double whole = a->quantity[at];
    a->weight[at] = sum > 0 ? weighted / sum : low <= high ? low + (high - low) / 2 : 0;
    a->weight_low[at] = exact && whole > 0 ? sum_low / whole : low <= high ? low : 0;
    a->weight_high[at] = exact && whole > 0 ? sum_high / whole : low <= high ? high : 0;
    if (exact && !missing && !(sum_low < sum_high)) a->weight_low[at] = a->weight_high[at] = a->weight[at];
    if (missing) a->flags |= CRITMIN_FLAG_WGI_IMPUTED;
  }
  return CRITMIN_OK;
}

/* The same market where a party holds all of the residual: with a total, it is what the others leave. */
static critmin_status with_residual(const cm_metric *metric, cm_call *call, cm_assembly *a, int64_t party,
                                    critmin_answer *answer, critmin_error *error) {
  int64_t at = a->parties[party].cell;
  const double quantity = a->quantity[at], low = a->low[at], high = a->high[at], weight_high = a->weight_high[at];
  const int32_t outside = a->outside[at];
  critmin_supply supply = a->supply;
  if (outside && low == high && !isnan(supply.total)) {
    a->outside[at] = 0;
    supply.total += low;
    if (!isnan(supply.total_low)) supply.total_low += low;
    if (!isnan(supply.total_high)) supply.total_high += low;
  }
  double most; /* that the cell can be */
  if (a->outside[at]) {
    a->unsafe = 1;
    most = high;
  } else if (isnan(supply.total)) {
    a->quantity[at] += supply.other;
    a->low[at] += supply.other;
    a->high[at] += supply.other;
    most = a->high[at];
  } else {
    a->quantity[at] = NAN;
    a->high[at] = NAN;
    most = isnan(supply.total_high) ? supply.total : supply.total_high;
    for (int64_t i = 0; i < a->n; i++) {
      if (i == at || a->outside[i]) continue;
      double least = isnan(a->low[i]) ? a->quantity[i] : a->low[i];
      if (!isnan(least)) most -= least;
    }
  }
  supply.other = NAN;
  if (metric->governed) {
    /* What is unlisted may weigh 10: the more of the cell it can be, the nearer to that. */
    double part = most > 0 && !isnan(low) ? fmin(low / most, 1) : 0;
    a->weight_high[at] = part * weight_high + (1 - part) * 10;
  }
  critmin_status status = run_weighted(metric, call, a, &supply, answer, error);
  a->quantity[at] = quantity;
  a->low[at] = low;
  a->high[at] = high;
  a->outside[at] = outside;
  a->weight_high[at] = weight_high;
  return status;
}

/* Between the answers without and with the residual, as the caller wants it. */
static double pick(const critmin_supply *supply, double without, double with) {
  if (supply->residual_value == CRITMIN_RESIDUAL_LOWER) return without;
  return supply->residual_value == CRITMIN_RESIDUAL_UPPER ? with : without + (with - without) / 2;
}

static critmin_status share_residual(const cm_metric *metric, cm_call *call, cm_assembly *a, int64_t subject,
                                     critmin_answer *answer, critmin_error *error) {
  if (!(answer->flags & CRITMIN_FLAG_RESIDUAL_USED)) return CRITMIN_OK;
  int64_t sharing = 0;
  critmin_status status = CRITMIN_OK;
  critmin_answer end;
  for (int64_t p = 0; p < a->n_parties && !status; p++) {
    if (a->parties[p].unlisted == 0) continue;
    sharing++;
    status = with_residual(metric, call, a, p, &end, error);
    if (status) return status;
    widen(answer, &end);
    if (a->parties[p].cell == subject && a->parties[p].listed == 0)
      answer->value = pick(&a->supply, answer->value, end.value);
  }
  if (sharing == 0 || a->supply.unlisted_max == 0) return status;
  /* A party that holds part of the residual is one more producer there, when it comes to how evenly it may be split. */
  critmin_supply supply = a->supply;
  supply.unlisted_max += sharing;
  status = run_weighted(metric, call, a, &supply, &end, error);
  if (!status) widen(answer, &end);
  return status;
}

static int64_t largest(const cm_assembly *a) {
  int64_t best = -1;
  double most = -1;
  for (int64_t i = 0; i < a->n; i++) {
    double size = !isnan(a->quantity[i]) ? a->quantity[i] : !isnan(a->low[i]) ? a->low[i] : 0;
    if (size > most) {
      most = size;
      best = i;
    }
  }
  return best;
}

/* Whether the market prints "not available" for the party: then nothing is known of it, unless a total bounds it. */
static int is_not_available(const cm_assembly *a, const cm_party *party, int32_t day) {
  const cm_figures *f = &a->model->figures;
  for (int32_t i = a->market->first; i < a->market->first + a->market->n; i++) {
    if (f->status[i] == CM_STATUS_NOT_AVAILABLE && cm_party_has(a->model, party, f->country[i], day)) return 1;
  }
  return 0;
}

int cm_assembly_is_open(const cm_assembly *a) {
  const cm_model_market *market = a->market;
  const cm_figures *f = &a->model->figures;
  if (!(a->flags & CRITMIN_FLAG_NOT_AVAILABLE) || market->is_share) return 0;
  return market->world == CM_NONE || (isnan(f->value[market->world]) && isnan(f->low[market->world]));
}

int64_t cm_row_cell(const cm_row *row, const cm_assembly *a) {
  if (row->party != CM_NONE && a->n_parties == 1) return a->parties[0].cell;
  for (int64_t i = 0; row->country != CM_NONE && i < a->n; i++) {
    if (a->country[i] == row->country) return i;
  }
  return -1;
}

static int needs_demand(const cm_metric *metric, const cm_values *values) {
  return metric->subject == CM_SUBJECT_SUPPLIER && (int)values->number[CM_P_OWN + CM_OWN_FORM] == CM_FORM_NET;
}

static int has_use(cm_workspace *w) {
  if (!w->use) w->use = cm_alloc_array(1, sizeof *w->use);
  if (w->use) w->use->tells = w->tells;
  return w->use != NULL;
}

static critmin_status demand_of(const cm_plan *plan, cm_row *row, cm_workspace *w, cm_call *call,
                               critmin_error *error) {
  if (!has_use(w)) return cm_fail_memory(error);
  critmin_status status = cm_demand_of(plan, row, &w->assembly, w->use, &call->demand, &call->own_demand, error);
  return status ? status : cm_row_cite(row, w->use, error);
}

static critmin_status evaluate(const cm_plan *plan, cm_row *row, cm_workspace *workspace, critmin_error *error) {
  cm_assembly *a = &workspace->assembly;
  const cm_metric *metric = &cm_metrics[plan->metrics[row->metric]];
  const cm_values *values = &plan->values[row->metric];
  int32_t day = cm_plan_day(plan, row->year);
  int of_market = metric->subject == CM_SUBJECT_MARKET;
  const cm_party *parties = of_market ? plan->groups : row->party != CM_NONE ? &plan->parties[row->party] : NULL;
  size_t n_parties = of_market ? plan->n_groups : row->party != CM_NONE;
  critmin_status status = cm_assemble(a, plan->model, row->market, row->year, values, parties, n_parties, day, error);
  if (!status) status = weigh(metric, values, a, error);
  if (status) return status;
  if (metric->subject == CM_SUBJECT_SUPPLIER && row->party == CM_NONE && row->country == CM_NONE) {
    int64_t at = largest(a);
    if (at >= 0) row->country = a->country[at];
  }
  cm_call call = {.quantity = a->quantity,
                  .n = a->n,
                  .trade = a->trade,
                  .trade_highest = a->trade_highest,
                  .index = of_market ? -1 : cm_row_cell(row, a),
                  .own = values->number + CM_P_OWN,
                  .demand = NAN,
                  .own_demand = NAN};
  critmin_answer *answer = &row->answer;
  if (!of_market && call.index < 0) { /* a market without any producer */
    critmin_answer_init(answer);
    answer->flags = CRITMIN_FLAG_NO_DATA | a->flags;
    return CRITMIN_OK;
  }
  if (needs_demand(metric, values)) status = demand_of(plan, row, workspace, &call, error);
  uint64_t of_demand = row->answer.flags;
  if (!status) status = run_weighted(metric, &call, a, &a->supply, answer, error);
  if (!status) status = share_residual(metric, &call, a, call.index, answer, error);
  if (status) return status;
  if (!of_market && row->party != CM_NONE && a->parties[0].listed == 0 && isnan(a->supply.total) &&
      is_not_available(a, parties, day))
    answer->value = answer->low = answer->high = NAN;
  if (cm_assembly_is_open(a)) { /* what is known may be any part of the market */
    answer->value = answer->coverage = NAN;
    answer->low = metric->low;
    answer->high = metric->high;
    answer->flags |= CRITMIN_FLAG_NO_DATA | CRITMIN_FLAG_UNBOUNDED;
  } else if (a->unsafe && !isnan(answer->value)) {
    answer->low = metric->low;
    answer->high = metric->high;
    answer->coverage = NAN;
    answer->flags |= CRITMIN_FLAG_UNBOUNDED;
  }
  answer->flags |= a->flags | of_demand;
  if (row->market->world != CM_NONE && !isnan(plan->model->figures.value[row->market->world]))
    answer->flags &= ~CRITMIN_FLAG_NO_TOTAL; /* one is printed, even where it could not be used as it is */
  return CRITMIN_OK;
}

void cm_workspace_free(cm_workspace *workspace) {
  cm_assembly_free(&workspace->assembly);
  if (workspace->use) cm_use_free(workspace->use);
  cm_free(workspace->use);
  workspace->use = NULL;
}

critmin_status cm_evaluate(const cm_plan *plan, cm_row *row, cm_workspace *workspace, critmin_error *error) {
  int of_user = cm_metric_is_of_user(&cm_metrics[plan->metrics[row->metric]]);
  critmin_answer_init(&row->answer);
  if (!of_user && (!row->market || row->undefined)) {
    row->answer.flags = !row->market ? CRITMIN_FLAG_NO_DATA : CRITMIN_FLAG_UNDEFINED;
    return CRITMIN_OK;
  }
  if (!of_user) return evaluate(plan, row, workspace, error);
  return has_use(workspace) ? cm_evaluate_user(plan, row, workspace->use, error) : cm_fail_memory(error);
}
