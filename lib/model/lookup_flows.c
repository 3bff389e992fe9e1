/* SPDX-License-Identifier: MIT */
#include "model/model.h"

/* The first flow of first to last - 1 whose importer is not before `importer`. */
static int64_t first_not_before(const critmin_model *model, int64_t first, int64_t last, int32_t importer) {
  while (first < last) {
    int64_t middle = first + (last - first) / 2;
    if (model->flows.importer[middle] < importer) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first;
}

cm_flow_range cm_flow_market_into(const critmin_model *model, const cm_flow_market *market, int32_t importer) {
  int64_t end = market->first + market->n, first = first_not_before(model, market->first, end, importer);
  return (cm_flow_range){.market = market, .first = first, .last = first_not_before(model, first, end, importer + 1)};
}

/* Whether `a` is asked before `b`: one year's own, then by rank, the newest edition, the latest period. */
static int comes_before(const critmin_model *model, const cm_flow_market *a, const cm_flow_market *b) {
  int mean_a = a->from_year != a->to_year, mean_b = b->from_year != b->to_year;
  if (mean_a != mean_b) return mean_b;
  if (a->rank != b->rank) return a->rank < b->rank;
  int32_t day_a = model->editions[a->edition].day, day_b = model->editions[b->edition].day;
  if (day_a != day_b) return day_a > day_b;
  if (a->to_year != b->to_year) return a->to_year > b->to_year;
  return a->from_year > b->from_year;
}

cm_flow_range cm_model_flows_into(const critmin_model *model, int32_t stage, int32_t importer, int32_t year) {
  const cm_model_stage *s = &model->stages[stage];
  cm_flow_range best = {0};
  for (int32_t i = s->first_flow; i < s->first_flow + s->n_flows; i++) {
    const cm_flow_market *market = &model->flow_markets[i];
    if (year < market->from_year || year > market->to_year) continue;
    if (best.market && !comes_before(model, market, best.market)) continue;
    cm_flow_range range = cm_flow_market_into(model, market, importer);
    if (range.first < range.last || market->complete) best = range;
  }
  return best;
}

const cm_flow_market *cm_model_flow_matrix(const critmin_model *model, int32_t stage, int32_t year) {
  const cm_model_stage *s = &model->stages[stage];
  const cm_flow_market *best = NULL;
  for (int32_t i = s->first_flow; i < s->first_flow + s->n_flows; i++) {
    const cm_flow_market *market = &model->flow_markets[i];
    if (year < market->from_year || year > market->to_year || !market->complete) continue;
    if (!best || comes_before(model, market, best)) best = market;
  }
  return best;
}
