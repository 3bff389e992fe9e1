/* SPDX-License-Identifier: MIT */
/*
 * The terms of a user's balance. Imports and exports are those that are printed, else those of the flows. Old scrap and
 * stock changes that are nowhere printed are none where a publisher prints a balance without them; elsewhere they are
 * what the parameter `unrecorded` takes them for.
 */
#include <math.h>

#include "metrics/use.h"

critmin_interval cm_figure_interval(const cm_figures *f, int32_t figure) {
  double factor = f->factor[figure], value = f->value[figure] * factor;
  double low = f->low[figure] * factor, high = f->high[figure] * factor;
  if (!isnan(value)) return (critmin_interval){value, isnan(low) ? value : low, isnan(high) ? value : high};
  if (isnan(high)) return cm_unknown;
  return (critmin_interval){NAN, isnan(low) ? 0 : low, high};
}

const cm_model_market *cm_use_figure(const cm_use *use, cm_balance_measure measure, int32_t country, int32_t *figure) {
  int32_t place = use->ledger->measure[measure];
  if (place == CM_NONE || country == CM_NONE) return NULL;
  int outlook = (int)use->values->number[CM_P_OUTLOOK];
  const char *scenario = use->values->text[CM_P_SCENARIO];
  const cm_model_market *market = cm_model_market_of_country(
      use->model, use->stage, place, CM_OF_COUNTRIES, country, use->year,
      outlook == CM_OUTLOOK_ANY ? CM_NONE : outlook == CM_OUTLOOK_PROJECTED, *scenario ? scenario : NULL);
  if (!market) return NULL;
  *figure = CM_NONE;
  for (int32_t i = market->first; i < market->first + market->n; i++) {
    if (use->model->figures.country[i] == country) *figure = i;
  }
  if (*figure == CM_NONE && country == use->ledger->world) *figure = market->world;
  return *figure == CM_NONE ? NULL : market;
}

uint64_t cm_market_flags(const critmin_model *model, const cm_model_market *market, int32_t figure) {
  uint64_t flags = cm_figure_flags(&model->figures, figure);
  if (cm_model_market_is_mean(market)) flags |= CRITMIN_FLAG_PERIOD_MEAN;
  if (market->projected) flags |= CRITMIN_FLAG_PROJECTED;
  if (model->figures.status[figure] == CM_STATUS_NOT_AVAILABLE) return flags | CRITMIN_FLAG_NOT_AVAILABLE;
  return isnan(model->figures.value[figure]) ? flags | CRITMIN_FLAG_WITHHELD_USED : flags;
}

int cm_use_read_country(cm_use *use, cm_balance_measure measure, int32_t country, int32_t term, double sign,
                        critmin_interval *amount) {
  static const char *const roles[CM_BALANCE_MEASURES] = {
      [CM_PRODUCTION] = "production",
      [CM_SECONDARY_PRODUCTION] = "secondary_production",
      [CM_IMPORTS] = "imports",
      [CM_EXPORTS] = "exports",
      [CM_STOCK_RELEASE] = "stock_release",
      [CM_STOCK_BUILD] = "stock_build",
      [CM_APPARENT_CONSUMPTION] = "apparent_consumption",
      [CM_REPORTED_CONSUMPTION] = "reported_consumption",
      [CM_DEMAND] = "demand",
      [CM_NET_IMPORT_RELIANCE] = "published",
      [CM_IMPORT_RELIANCE] = "published",
  };
  int32_t figure;
  const cm_model_market *market = cm_use_figure(use, measure, country, &figure);
  *amount = cm_unknown;
  if (!market) return 0;
  if (!market->is_share) *amount = cm_figure_interval(&use->model->figures, figure);
  use->flags[term] |= cm_market_flags(use->model, market, figure);
  cm_use_tell_figure(use, term, roles[measure], market, figure, sign * amount->value);
  return 1;
}

int cm_use_read(cm_use *use, cm_balance_measure measure, int32_t term, double sign, critmin_interval *amount) {
  if (use->area != CM_NONE && cm_use_read_country(use, measure, use->area, term, sign, amount)) return 1;
  *amount = cm_unknown;
  if (use->party.group == CM_NONE) return 0;
  critmin_interval sum = cm_nothing, one;
  int32_t found = 0;
  for (int32_t i = 0; i < use->n_members; i++) {
    if (!cm_use_read_country(use, measure, use->members[i], term, sign, &one)) continue;
    sum = cm_plus(sum, one);
    found++;
  }
  if (found == use->n_members && found > 0) *amount = sum;
  return found > 0;
}

/* Whether a publisher prints the user's balance, so that what it does not print there is none. */
static int has_balance(const cm_use *use) {
  static const cm_balance_measure printed[] = {CM_IMPORTS, CM_EXPORTS, CM_APPARENT_CONSUMPTION};
  int32_t figure;
  for (size_t i = 0; i < sizeof printed / sizeof printed[0]; i++) {
    if (cm_use_figure(use, printed[i], use->area, &figure)) return 1;
  }
  return 0;
}

static critmin_interval unrecorded(cm_use *use, int32_t term) {
  if (has_balance(use)) return cm_nothing;
  if ((int)use->values->number[CM_P_OWN + CM_OWN_UNRECORDED] != CM_UNRECORDED_NONE) return cm_unknown;
  use->flags[term] |= CRITMIN_FLAG_ASSUMED;
  return cm_nothing;
}

static critmin_interval stock_change(cm_use *use) {
  critmin_interval release, build;
  int released = cm_use_read(use, CM_STOCK_RELEASE, CM_TERM_STOCKS, 1, &release);
  int built = cm_use_read(use, CM_STOCK_BUILD, CM_TERM_STOCKS, -1, &build);
  if (!released && !built) return unrecorded(use, CM_TERM_STOCKS);
  if (!released) release = cm_nothing;
  if (!built) build = cm_nothing;
  return cm_plus(release, (critmin_interval){-build.value, -build.high, -build.low});
}

static critmin_interval imports(cm_use *use) {
  static const int ways[] = {CM_BY_QUANTITY};
  critmin_interval amount;
  if (use->area != CM_NONE && cm_use_read_country(use, CM_IMPORTS, use->area, CM_TERM_IMPORTS, 1, &amount) &&
      cm_is_known(amount))
    return amount;
  if (!cm_use_imports(use, ways, 1, 1, 0)) return cm_unknown;
  use->flags[CM_TERM_IMPORTS] = use->imports.flags;
  cm_use_cite(use, CM_TERM_IMPORTS, use->imports.market->edition);
  cm_use_tell_imports(use, CM_TERM_IMPORTS, NULL, 1);
  return use->imports.total;
}

static critmin_interval exports(cm_use *use) {
  critmin_interval amount;
  if (use->area != CM_NONE && cm_use_read_country(use, CM_EXPORTS, use->area, CM_TERM_EXPORTS, -1, &amount) &&
      cm_is_known(amount))
    return amount;
  return cm_use_exports(use, &amount) ? amount : cm_unknown;
}

critmin_status cm_use_balance(cm_use *use, int32_t terms, int32_t with_printed, critmin_error *error) {
  critmin_balance *b = &use->balance;
  critmin_status status = CRITMIN_OK;
  if (terms & CM_BIT(CM_TERM_CONSUMPTION) &&
      cm_use_read(use, CM_APPARENT_CONSUMPTION, CM_TERM_CONSUMPTION, 1, &b->apparent_consumption) &&
      cm_is_known(b->apparent_consumption))
    terms = with_printed | CM_BIT(CM_TERM_CONSUMPTION);
  else
    terms &= ~CM_BIT(CM_TERM_CONSUMPTION);
  use->terms |= terms;
  if (terms & CM_BIT(CM_TERM_PRODUCTION))
    status = cm_use_production(use, &use->party, &b->production, &use->flags[CM_TERM_PRODUCTION], error);
  if (status) return status;
  if (terms & CM_BIT(CM_TERM_SECONDARY) &&
      !cm_use_read(use, CM_SECONDARY_PRODUCTION, CM_TERM_SECONDARY, 1, &b->secondary))
    b->secondary = unrecorded(use, CM_TERM_SECONDARY);
  if (terms & CM_BIT(CM_TERM_STOCKS)) b->stock_change = stock_change(use);
  if (terms & CM_BIT(CM_TERM_IMPORTS)) b->imports = imports(use);
  if (terms & CM_BIT(CM_TERM_EXPORTS)) b->exports = exports(use);
  return use->failed ? cm_fail_memory(error) : CRITMIN_OK;
}
