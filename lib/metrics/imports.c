/* SPDX-License-Identifier: MIT */
/*
 * What comes into a user, by partner. A country's own list is taken, or a union's; a group without one is added up from
 * a market that lists all pairs, its members' flows to one another kept apart. The printed total, one for each trade
 * code, says how much the listed leave; without one the sum of the listed stands for it.
 */
#include <math.h>
#include <string.h>

#include "metrics/use.h"

/* Sums of different order differ so much. */
static const double ROUNDING = 1e-9;

int cm_is_unnamed(const critmin_model *model, int32_t country) {
  int32_t kind = model->countries[country].kind;
  return kind == CM_IS_OTHER || kind == CM_IS_UNKNOWN;
}

static int is_world(const critmin_model *model, int32_t country) {
  return model->countries[country].kind == CM_IS_WORLD;
}

/* Whether `a` is asked before `b`: one year's own, then by rank, then by place. */
static int comes_before(const cm_flow_market *a, const cm_flow_market *b) {
  int mean_a = a->from_year != a->to_year, mean_b = b->from_year != b->to_year;
  if (mean_a != mean_b) return mean_b;
  if (a->rank != b->rank) return a->rank < b->rank;
  if (a->to_year != b->to_year) return a->to_year > b->to_year;
  if (a->from_year != b->from_year) return a->from_year > b->from_year;
  return a < b;
}

const cm_flow_market *cm_next_flow_market(const critmin_model *model, int32_t stage, int32_t year,
                                          const cm_flow_market *after) {
  const cm_model_stage *s = &model->stages[stage];
  const cm_flow_market *next = NULL;
  for (int32_t i = s->first_flow; i < s->first_flow + s->n_flows; i++) {
    const cm_flow_market *market = &model->flow_markets[i];
    if (year < market->from_year || year > market->to_year) continue;
    if ((!after || comes_before(after, market)) && (!next || comes_before(market, next))) next = market;
  }
  return next;
}

double cm_use_flow(cm_use *use, const cm_flow_market *market, int64_t flow, int by) {
  const cm_flows *f = &use->model->flows;
  if (by == CM_BY_VALUE) return f->amount[flow];
  if (by == CM_BY_SHARE) return f->share ? f->share[flow] : NAN;
  if (isnan(f->quantity[flow])) return NAN;
  if (use->factor_of.market != market || use->factor_of.hs != f->hs[flow] || use->factor_of.basis != f->basis[flow]) {
    use->factor_of.market = market;
    use->factor_of.hs = f->hs[flow];
    use->factor_of.basis = f->basis[flow];
    use->factor_of.factor = cm_model_flow_factor(use->model, use->stage, flow);
  }
  return f->quantity[flow] * use->factor_of.factor;
}

uint64_t cm_use_flow_flags(const cm_use *use, int64_t flow, int by) {
  uint64_t flags = 0;
  double factor = use->factor_of.factor;
  if (by == CM_BY_QUANTITY && (factor < 1 || factor > 1)) flags |= CRITMIN_FLAG_BASIS_CONVERTED;
  switch (use->model->flows.status[flow]) {
    case CM_STATUS_ESTIMATED:
    case CM_STATUS_IMPUTED:
      return flags | CRITMIN_FLAG_ESTIMATED;
    case CM_STATUS_PROJECTED:
      return flags | CRITMIN_FLAG_PROJECTED;
    case CM_STATUS_ASSUMED:
      return flags | CRITMIN_FLAG_ASSUMED;
    case CM_STATUS_WITHHELD:
    case CM_STATUS_LESS_THAN_HALF_UNIT:
      return flags | CRITMIN_FLAG_WITHHELD_USED;
    case CM_STATUS_NOT_AVAILABLE:
      return flags | CRITMIN_FLAG_NOT_AVAILABLE;
    default:
      return flags;
  }
}

/* A flow that is on record without a number because nobody gives one, and not because it was counted otherwise. */
static int is_open(const cm_use *use, int64_t flow) {
  uint8_t status = use->model->flows.status[flow];
  return status == CM_STATUS_WITHHELD || status == CM_STATUS_NOT_AVAILABLE || status == CM_STATUS_LESS_THAN_HALF_UNIT;
}

/* What the list of one importer comes to. */
typedef struct importer_list {
  double gap;     /* what its printed totals leave */
  int has_total;  /* they cover all that is listed */
  int unknown;    /* flows of unknown size */
  int among;      /* of these, from inside the user */
  int is_partial; /* partners that are not named are on record, without a number */
  int any;
} importer_list;

static int same_code(const cm_flows *f, int64_t total, int64_t flow) {
  return f->hs[total] == 0 || f->hs[total] == f->hs[flow];
}

/* What a printed total leaves of the flows under its code; NaN where it has no number. */
static double gap_of(cm_use *use, const cm_flow_range *range, int64_t total, int by) {
  double whole = cm_use_flow(use, range->market, total, by), sum = 0;
  for (int64_t i = range->first; i < range->last; i++) {
    if (is_world(use->model, use->model->flows.exporter[i]) || !same_code(&use->model->flows, total, i)) continue;
    double number = cm_use_flow(use, range->market, i, by);
    if (!isnan(number)) sum += number;
  }
  if (whole < sum * (1 - ROUNDING)) use->imports.flags |= CRITMIN_FLAG_TOTAL_BELOW_SUM;
  return whole - sum > ROUNDING * whole ? whole - sum : isnan(whole) ? NAN : 0;
}

static int is_covered(const cm_use *use, int64_t flow, const int64_t *totals, int n) {
  for (int i = 0; i < n; i++) {
    if (same_code(&use->model->flows, totals[i], flow)) return 1;
  }
  return 0;
}

enum { TOTALS = 64 }; /* more trade codes than one stage has */

static void read_totals(cm_use *use, const cm_flow_range *range, int by, importer_list *list) {
  const cm_flows *f = &use->model->flows;
  int64_t totals[TOTALS];
  int n = 0;
  for (int64_t i = range->first; i < range->last && n < TOTALS; i++) {
    if (!is_world(use->model, f->exporter[i])) continue;
    double gap = gap_of(use, range, i, by);
    if (isnan(gap)) continue;
    list->gap += gap;
    totals[n++] = i;
  }
  list->has_total = n > 0;
  for (int64_t i = range->first; i < range->last && list->has_total; i++)
    list->has_total = is_world(use->model, f->exporter[i]) || is_covered(use, i, totals, n);
}

/* Shares are of one total, which is 1: of several codes they cannot be added. */
static int one_code(const cm_flows *f, const cm_flow_range *range) {
  for (int64_t i = range->first; i < range->last; i++) {
    if (f->hs[i] != f->hs[range->first]) return 0;
  }
  return 1;
}

static int one_currency(const cm_use *use, const cm_flow_range *range) {
  const cm_flows *f = &use->model->flows;
  for (int64_t i = range->first; i < range->last; i++) {
    if (!isnan(f->amount[i]) && f->currency[i] != f->currency[range->first]) return 0;
  }
  return 1;
}

/* Whether partners are named under the code of what a list puts down to others. */
static int is_named_code(const cm_use *use, const cm_flow_range *range, int64_t others) {
  const cm_flows *f = &use->model->flows;
  if (f->hs[others] == 0) return 1;
  for (int64_t i = range->first; i < range->last; i++) {
    int32_t exporter = f->exporter[i];
    if (f->hs[i] == f->hs[others] && !cm_is_unnamed(use->model, exporter) && !is_world(use->model, exporter)) return 1;
  }
  return 0;
}

/* Adds the list of one importer to the sums; 0 when it cannot be counted so. */
static int add_importer(cm_use *use, const cm_flow_range *range, int by, importer_list *list) {
  const critmin_model *m = use->model;
  const cm_flows *f = &m->flows;
  cm_imports *in = &use->imports;
  double sum = 0;
  if (by == CM_BY_SHARE ? !one_code(f, range) : by == CM_BY_VALUE && !one_currency(use, range)) return 0;
  if (by != CM_BY_SHARE) read_totals(use, range, by, list);
  for (int64_t i = range->first; i < range->last; i++) {
    int32_t exporter = f->exporter[i];
    if (is_world(m, exporter)) continue;
    double number = cm_use_flow(use, range->market, i, by);
    if (isnan(number) && !is_open(use, i)) return 0;
    list->any = 1;
    uint64_t flags = cm_use_flow_flags(use, i, by);
    in->flags |= flags;
    if (!isnan(number)) sum += number;
    if (cm_is_unnamed(m, exporter)) {
      if (isnan(number))
        list->is_partial = 1;
      else
        in->rest.high += number;
      if (number > 0 && !is_named_code(use, range, i)) in->elsewhere += number;
    } else if (use->inside[exporter]) {
      if (isnan(number)) {
        list->unknown++;
        list->among++;
      } else {
        in->inside += number;
        use->sums[exporter].known += number;
      }
    } else {
      cm_summing *partner = &use->sums[exporter];
      partner->seen++;
      partner->flags |= flags;
      if (isnan(number)) {
        partner->unknown++;
        list->unknown++;
      } else {
        partner->known += number;
        in->listed += number;
      }
    }
  }
  if (by == CM_BY_SHARE && list->any) {
    list->has_total = 1;
    list->gap = 1 - sum > ROUNDING ? 1 - sum : 0;
    if (sum > 1 + ROUNDING) in->flags |= CRITMIN_FLAG_TOTAL_BELOW_SUM;
  }
  return 1;
}

/* The gap that flows of unknown size may fill, each of them all of it. */
static void open_up(cm_use *use, const cm_flow_range *range, int by, const importer_list *list) {
  for (int64_t i = range->first; i < range->last; i++) {
    int32_t exporter = use->model->flows.exporter[i];
    if (is_world(use->model, exporter) || !isnan(cm_use_flow(use, range->market, i, by))) continue;
    use->sums[exporter].open = list->has_total ? use->sums[exporter].open + list->gap : NAN;
  }
}

static void begin(cm_use *use, const cm_flow_market *market, int by) {
  cm_imports *in = &use->imports;
  memset(use->sums, 0, use->model->n_countries * sizeof *use->sums);
  *in = (cm_imports){.market = market, .by = by, .from = in->from, .rest = cm_nothing, .total = cm_unknown};
  if (market->from_year != market->to_year) in->flags |= CRITMIN_FLAG_PERIOD_MEAN;
  if (by == CM_BY_VALUE) in->flags |= CRITMIN_FLAG_BY_VALUE;
}

/* While lists are read `rest.high` holds what is printed of partners that are not named. */
static void finish(cm_use *use, const importer_list *all) {
  cm_imports *in = &use->imports;
  double printed = in->rest.high;
  in->rest = (critmin_interval){printed, printed, printed};
  if (all->unknown && all->has_total) {
    in->rest.value = NAN;
    in->rest.high += all->gap;
  } else if (all->has_total) {
    in->rest = (critmin_interval){printed + all->gap, printed + all->gap, printed + all->gap};
  } else if (all->is_partial) {
    in->rest.value = in->rest.high = NAN;
  }
  if (in->rest.high > 0) in->flags |= CRITMIN_FLAG_RESIDUAL_USED;
  if (all->has_total || (!all->unknown && !all->is_partial)) {
    double whole = in->listed + printed + all->gap;
    in->total = (critmin_interval){whole, whole, whole};
    if (all->among) in->total = (critmin_interval){NAN, in->listed + printed, whole};
  }
  if (!all->has_total && !in->market->complete) in->flags |= CRITMIN_FLAG_NO_TOTAL;
  for (size_t country = 0; country < use->model->n_countries; country++) {
    const cm_summing *sum = &use->sums[country];
    if (!sum->seen || use->inside[country] || cm_is_unnamed(use->model, (int32_t)country)) continue;
    critmin_interval amount = {sum->known, sum->known, sum->known};
    if (sum->unknown) {
      amount.value = NAN;
      amount.high += sum->open;
    }
    in->from[in->n++] = (cm_delivery){(int32_t)country, amount, sum->flags};
  }
}

static int listed_only(const cm_use *use) {
  return use->values->number[CM_P_LISTED_ONLY] > 0;
}

/* The list of a country, or of a union as one. */
static int own_list(cm_use *use, const cm_flow_market *market, int by) {
  if (use->area == CM_NONE) return 0;
  cm_flow_range range = cm_flow_market_into(use->model, market, use->area);
  int is_union = use->model->countries[use->area].kind == CM_IS_UNION;
  if (range.first == range.last && (is_union || !market->complete || by == CM_BY_SHARE)) return 0;
  importer_list list = {0};
  begin(use, market, by);
  if (!add_importer(use, &range, by, &list)) return 0;
  if (list.unknown) open_up(use, &range, by, &list);
  if (listed_only(use)) list.gap = list.is_partial = 0;
  finish(use, &list);
  return 1;
}

/* All members' lists, in a market that has all pairs. */
static int members_lists(cm_use *use, const cm_flow_market *market, int by) {
  if (use->party.group == CM_NONE || by == CM_BY_SHARE || (!market->complete && !listed_only(use))) return 0;
  importer_list all = {.has_total = 1};
  begin(use, market, by);
  use->imports.by_members = 1;
  for (int32_t i = 0; i < use->n_members; i++) {
    cm_flow_range range = cm_flow_market_into(use->model, market, use->members[i]);
    if (range.first == range.last) continue;
    importer_list list = {0};
    if (!add_importer(use, &range, by, &list)) return 0;
    if (list.unknown) open_up(use, &range, by, &list);
    all.gap += list.gap;
    all.has_total &= list.has_total;
    all.unknown += list.unknown;
    all.among += list.among;
    all.is_partial |= list.is_partial;
  }
  if (listed_only(use)) all.gap = all.is_partial = 0;
  finish(use, &all);
  return 1;
}

enum { NONE = -1, ASKED_BY_NAME = 0 }; /* of ranks */

/* Lists that leave a rest nobody knows are taken up to the rank `open`. */
static int find_among(cm_use *use, const int *ways, int n_ways, int32_t open, int diluted, int32_t last_rank) {
  for (int together = diluted && use->party.group != CM_NONE; together < 2; together++) {
    const cm_flow_market *market = NULL;
    while ((market = cm_next_flow_market(use->model, use->stage, use->year, market))) {
      if (market->rank > last_rank) continue;
      for (int i = 0; i < n_ways; i++) {
        if (!(together ? members_lists(use, market, ways[i]) : own_list(use, market, ways[i]))) continue;
        if (market->rank <= open || cm_is_known(use->imports.total)) return 1;
      }
    }
  }
  use->imports.market = NULL;
  return 0;
}

/* What a source that was asked for by name lists pair by pair comes before the list that another has of a union. */
static int find_imports(cm_use *use, const int *ways, int n_ways, int32_t open, int diluted) {
  if (use->model->source && use->party.group != CM_NONE && find_among(use, ways, n_ways, open, diluted, ASKED_BY_NAME))
    return 1;
  return find_among(use, ways, n_ways, open, diluted, INT32_MAX);
}

int cm_use_imports(cm_use *use, const int *ways, int n_ways, int whole, int diluted) {
  if (whole) return find_imports(use, ways, n_ways, NONE, diluted);
  /* Chosen partners do for all only where no source tells of all, or where theirs was asked for. */
  return find_imports(use, ways, n_ways, ASKED_BY_NAME, diluted) || find_imports(use, ways, n_ways, INT32_MAX, diluted);
}

double cm_use_from_inside(const cm_use *use, const cm_party *partner) {
  double sum = 0;
  for (size_t country = 0; country < use->model->n_countries; country++) {
    if (use->inside[country] && cm_party_has(use->model, partner, (int32_t)country, use->day))
      sum += use->sums[country].known;
  }
  return sum;
}

/* Of a share of one partner the others are told too: they make the whole that it is a share of. */
static void tell_list(cm_use *use, int32_t importer, int32_t term, const cm_party *partner, double scale) {
  const cm_imports *in = &use->imports;
  cm_flow_range range = cm_flow_market_into(use->model, in->market, importer);
  for (int64_t flow = range.first; flow < range.last; flow++) {
    int32_t exporter = use->model->flows.exporter[flow];
    int all = is_world(use->model, exporter), named = !all && !cm_is_unnamed(use->model, exporter);
    int asked = named && (!partner || cm_party_has(use->model, partner, exporter, use->day));
    if (named && use->inside[exporter]) continue;
    double adds = asked || (!partner && !all) ? cm_use_flow(use, in->market, flow, in->by) * scale : NAN;
    const char *role = all ? "total" : !named ? "residual" : asked ? "flow" : "other_flow";
    cm_use_tell_flow(use, term, role, in->market, flow, adds);
  }
}

void cm_use_tell_imports(cm_use *use, int32_t term, const cm_party *partner, double scale) {
  if (!use->tells || !use->imports.market) return;
  for (int32_t i = 0; i < use->n_members && use->imports.by_members; i++)
    tell_list(use, use->members[i], term, partner, scale);
  if (!use->imports.by_members) tell_list(use, use->area, term, partner, scale);
}
