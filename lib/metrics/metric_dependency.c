/* SPDX-License-Identifier: MIT */
/* Metrics of a user's balance: what the publisher prints of them, or what the balance gives. */
#include <math.h>

#include "base/memory.h"
#include "metrics/use.h"

void cm_published_sufficiency(critmin_answer *a) {
  double low = a->low;
  a->value = 1 - a->value;
  a->low = 1 - a->high;
  a->high = 1 - low;
}

void cm_published_exposure(critmin_answer *a) {
  if (a->value < 0 || a->high <= 0) a->flags |= CRITMIN_FLAG_CLAMPED;
  if (a->high <= 0) a->value = 0;
  a->value = a->value < 0 ? 0 : a->value;
  a->low = a->low < 0 ? 0 : a->low;
  a->high = a->high < 0 ? 0 : a->high;
}

/* A printed reliance: a bound has no value, and one that is not above 0 is that of a net exporter. */
static void read_reliance(const cm_figures *f, int32_t figure, critmin_answer *a) {
  double value = f->value[figure], low = f->low[figure], high = f->high[figure];
  a->value = value;
  a->low = !isnan(low) ? low : isnan(value) ? -INFINITY : value;
  a->high = !isnan(high) ? high : isnan(value) ? 1 : value;
  if (a->high <= 0 && !(value >= 0)) a->flags |= CRITMIN_FLAG_NET_EXPORTER;
}

/* The publisher's own figure; 0 when there is none, or it says nothing. */
static int published(cm_use *use, const cm_metric *metric, critmin_answer *a) {
  const cm_dependency *d = metric->dependency;
  const cm_figures *f = &use->model->figures;
  int32_t figure;
  const cm_model_market *market = cm_use_figure(use, (cm_balance_measure)d->published, use->area, &figure);
  if (!market || (isnan(f->value[figure]) && isnan(f->low[figure]) && isnan(f->high[figure]))) return 0;
  critmin_answer_init(a);
  a->flags = cm_market_flags(use->model, market, figure) | CRITMIN_FLAG_PUBLISHED;
  a->n_used = 1;
  if (d->published == CM_APPARENT_CONSUMPTION) {
    critmin_interval amount = cm_figure_interval(f, figure);
    a->value = amount.value;
    a->low = amount.low;
    a->high = amount.high;
  } else {
    read_reliance(f, figure, a);
    if (d->of_published) d->of_published(a);
  }
  use->terms = CM_BIT(CM_TERM_PUBLISHED);
  use->scale[CM_TERM_PUBLISHED] = 1;
  cm_use_tell_figure(use, CM_TERM_PUBLISHED, "published", market, figure, a->value);
  return 1;
}

uint64_t cm_use_flags(const cm_use *use) {
  uint64_t flags = 0;
  for (int term = 0; term < CM_TERMS; term++) {
    if (use->terms & CM_BIT(term)) flags |= use->flags[term];
  }
  return flags;
}

critmin_status cm_row_cite(cm_row *row, const cm_use *use, critmin_error *error) {
  cm_free(row->editions);
  row->n_editions = 0;
  row->editions = cm_alloc_array(use->n_cited, sizeof *row->editions);
  if (!row->editions) return cm_fail_memory(error);
  int32_t first = CM_NONE;
  for (size_t i = 0; i < use->n_cited; i++) {
    if (!(use->cited[i].terms & use->terms)) continue;
    int32_t edition = use->cited[i].edition, source = use->model->editions[edition].source;
    if (first != CM_NONE && source != first) row->answer.flags |= CRITMIN_FLAG_SEVERAL_SOURCES;
    first = first == CM_NONE ? source : first;
    row->editions[row->n_editions++] = edition;
  }
  return CRITMIN_OK;
}

critmin_status cm_answer_of(critmin_status status, critmin_answer *answer) {
  if (status != CRITMIN_ERROR_NEGATIVE && status != CRITMIN_ERROR_INVALID_VALUE) return status;
  critmin_answer_init(answer);
  answer->flags = CRITMIN_FLAG_OUT_OF_RANGE_INPUT;
  return CRITMIN_OK;
}

/* The terms that add up to the answer do so over one divisor, save where it was cut. */
static void set_scale(cm_use *use, const cm_dependency *d, const critmin_answer *a) {
  const critmin_balance *b = &use->balance;
  const double terms[] = {[CM_TERM_PRODUCTION] = b->production.value, [CM_TERM_SECONDARY] = b->secondary.value,
                          [CM_TERM_IMPORTS] = b->imports.value,       [CM_TERM_EXPORTS] = -b->exports.value,
                          [CM_TERM_STOCKS] = b->stock_change.value};
  double sum = 0;
  for (int term = 0; term < CM_TERM_CONSUMPTION; term++) sum += d->adds & CM_BIT(term) ? terms[term] : 0;
  int is_cut = a->flags & CRITMIN_FLAG_CLAMPED || (a->value == 0 && sum != 0);
  for (int term = 0; term < CM_TERM_CONSUMPTION && !is_cut; term++) {
    if (d->adds & CM_BIT(term)) use->scale[term] = a->value / sum;
  }
}

static critmin_status of_user(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  const cm_metric *metric = &cm_metrics[plan->metrics[row->metric]];
  const cm_dependency *d = metric->dependency;
  int choice = (int)use->values->number[CM_P_OWN + CM_OWN_PUBLISHED];
  critmin_answer *a = &row->answer;
  if (row->undefined) {
    a->flags = CRITMIN_FLAG_UNDEFINED;
    return CRITMIN_OK;
  }
  if (choice != CM_PUBLISHED_NEVER && published(use, metric, a)) return CRITMIN_OK;
  if (choice == CM_PUBLISHED_ONLY) {
    a->flags = CRITMIN_FLAG_NO_DATA;
    return CRITMIN_OK;
  }
  critmin_status status = cm_use_balance(use, d->terms, d->with_printed, error);
  if (status) return status;
  status = cm_answer_of(d->kernel(&use->balance, a, error), a);
  a->flags |= cm_use_flags(use);
  if (use->untold & use->terms) a->value = NAN;
  set_scale(use, d, a);
  return status;
}

critmin_status cm_evaluate_user(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  cm_party party = row->party != CM_NONE ? plan->parties[row->party] : (cm_party){row->country, CM_NONE};
  critmin_status status =
      cm_use_begin(use, plan, &plan->values[row->metric], row->stage, row->year, party, error);
  if (status) return status;
  const cm_metric *metric = &cm_metrics[plan->metrics[row->metric]];
  const cm_assessment *assessment = cm_metric_assessment(metric);
  if (assessment && row->undefined) row->answer.flags = CRITMIN_FLAG_UNDEFINED;
  status = assessment && row->undefined         ? CRITMIN_OK
           : assessment                         ? assessment->evaluate(plan, row, use, error)
           : metric->subject == CM_SUBJECT_PAIR ? cm_evaluate_pairs(plan, row, use, error)
                                                : of_user(plan, row, use, error);
  if (!status) status = cm_row_cite(row, use, error);
  for (size_t i = 0; i < row->n_pairs && !status; i++) {
    row->pairs[i].editions = row->editions;
    row->pairs[i].n_editions = row->n_editions;
    row->pairs[i].answer.flags |= row->answer.flags & CRITMIN_FLAG_SEVERAL_SOURCES;
  }
  if (!status && use->failed) status = cm_fail_memory(error);
  return status;
}
