/* SPDX-License-Identifier: MIT */
/*
 * The trade parameter of a country from the measures that it has in force, by the table of the store: assumptions of the
 * subjects `trade_parameter_ban`, `trade_parameter_quota` and so on for each kind of restriction, and of taxes
 * `trade_parameter_tax_from_0.25` for those of that rate and more. Nothing is taken for a kind that has no row.
 */
#include <math.h>
#include <string.h>

#include "metrics/assess.h"

static const char prefix[] = "trade_parameter_", from[] = "_from_";
static const char *const kinds[] = {"ban", "quota", "licence", "tax", "outage", "sanction", "other"};

static int is_row(const cm_model_assumption *a) {
  return strncmp(a->subject, prefix, sizeof prefix - 1) == 0;
}

/* The kind that a row of the table is of, and from which rate on; NULL when its subject says something else. */
static const char *kind_of(const cm_model_assumption *a, double *rate) {
  const char *at = a->subject + sizeof prefix - 1;
  *rate = 0;
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
    size_t length = strlen(kinds[i]);
    if (strncmp(at, kinds[i], length) != 0) continue;
    if (at[length] == '\0') return kinds[i];
    if (strncmp(at + length, from, sizeof from - 1) != 0) return NULL;
    return cm_number_parse(at + length + sizeof from - 1, rate) && *rate >= 0 ? kinds[i] : NULL;
  }
  return NULL;
}

critmin_status cm_trade_check(const critmin_model *model, const cm_metric *metric, const cm_values *values,
                              critmin_error *error) {
  const char *importer = values->text[CM_P_OWN + CM_OWN_TRADE_IMPORTER];
  int rows = 0, by_restrictions = (int)values->number[CM_P_OWN + CM_OWN_TRADE_FROM] == CM_TRADE_RESTRICTIONS;
  if (!by_restrictions && *importer)
    return cm_fail(error, CRITMIN_ERROR_PARAMETER,
                   "parameter `trade_importer` of metric `%s` is for `trade=restrictions`; set that too, or leave it out",
                   metric->name);
  for (size_t i = 0; i < model->n_assumptions && by_restrictions; i++) {
    const cm_model_assumption *a = &model->assumptions[i];
    double rate;
    if (!is_row(a)) continue;
    rows++;
    if (!kind_of(a, &rate) || a->low < 0)
      return cm_fail(error, CRITMIN_ERROR_PARAMETER,
                     "assumption `%s` of `%s` is no row of a table of trade parameters: write trade_parameter_ban, "
                     "_quota, _licence, _tax, _tax_from_0.25, _sanction, _outage or _other, and a t of 0 or more",
                     a->key, a->subject);
  }
  if (by_restrictions && rows == 0)
    return cm_fail(error, CRITMIN_ERROR_PARAMETER,
                   "parameter `trade` of metric `%s` is `restrictions`, and the store has no table of what they make of "
                   "t: set assumptions of the subjects trade_parameter_ban, trade_parameter_tax and so on",
                   metric->name);
  int32_t country, group;
  return *importer ? cm_model_find_party(model, importer, &country, &group, error) : CRITMIN_OK;
}

static int fits(int32_t of, int32_t is) {
  return of == CM_NONE || of == is;
}

/* The row of a kind with the greatest rate not above, and of those the one that names most: mineral, stage, country. */
static const cm_model_assumption *row_of(const critmin_model *model, const char *kind, double rate, int32_t stage,
                                         int32_t country) {
  const cm_model_assumption *best = NULL;
  double from_rate, best_rate = -1;
  int most = -1;
  for (size_t i = 0; i < model->n_assumptions; i++) {
    const cm_model_assumption *a = &model->assumptions[i];
    const char *of = is_row(a) ? kind_of(a, &from_rate) : NULL;
    if (!of || strcmp(of, kind) != 0 || from_rate > rate || from_rate < best_rate) continue;
    if (!fits(a->mineral, model->stages[stage].mineral) || !fits(a->stage, stage) || !fits(a->country, country)) continue;
    int names = 4 * (a->mineral != CM_NONE) + 2 * (a->stage != CM_NONE) + (a->country != CM_NONE);
    if (from_rate <= best_rate && names <= most) continue;
    best = a;
    best_rate = from_rate;
    most = names;
  }
  return best;
}

/* A restriction of a group of minerals is one of its members, at the stages of the same name. */
static int covers(const critmin_model *model, const cm_model_restriction *r, int32_t stage) {
  const cm_model_stage *s = &model->stages[stage];
  int same = r->stage == CM_NONE || r->stage == stage || strcmp(model->stages[r->stage].key, s->key) == 0;
  if (r->mineral == s->mineral) return same;
  const cm_model_mineral *group = &model->minerals[r->mineral];
  for (int32_t i = 0; i < group->n_members; i++) {
    if (model->members[group->first_member + i] == s->mineral) return same;
  }
  return 0;
}

static int is_by(const critmin_model *model, const cm_model_restriction *r, int32_t country, int32_t day) {
  return r->country == country || (r->group != CM_NONE && cm_model_in_group(model, r->group, country, day));
}

/* Of a group every member has to be bound. */
static int binds(const critmin_model *model, const cm_model_restriction *r, const cm_party *importer, int32_t day) {
  if (importer->group == CM_NONE) return cm_model_restriction_binds(model, r, importer->country, day);
  const cm_model_group *g = &model->groups[importer->group];
  int members = 0;
  for (int32_t i = g->first_member; i < g->first_member + g->n_members; i++) {
    const cm_model_membership *m = &model->memberships[i];
    if (day < m->from || day > m->to) continue;
    members++;
    if (!cm_model_restriction_binds(model, r, m->country, day)) return 0;
  }
  return members > 0 || cm_model_restriction_binds(model, r, CM_NONE, day);
}

/* Of several measures the one with the greatest t. A tax whose rate nobody says may be any of those in the table. */
int cm_trade_by_restrictions(const critmin_model *model, int32_t stage, int32_t country, int32_t day,
                             const cm_party *importer, cm_trade *trade) {
  int found = 0;
  for (size_t i = 0; i < model->n_restrictions; i++) {
    const cm_model_restriction *r = &model->restrictions[i];
    if (!is_by(model, r, country, day) || !covers(model, r, stage) || !cm_model_restriction_acts(model, r, day) ||
        !binds(model, r, importer, day))
      continue;
    const cm_model_assumption *a = row_of(model, r->kind, isnan(r->rate) ? 0 : r->rate, stage, country);
    const cm_model_assumption *most = isnan(r->rate) ? row_of(model, r->kind, INFINITY, stage, country) : a;
    if (!a) a = most;
    if (!a) continue;
    double low = fmin(a->low, most->low), high = fmax(a->high, most->high);
    if (!found++) *trade = (cm_trade){-INFINITY, low, high, CM_NONE, NULL, NULL};
    trade->low = fmax(trade->low, low);
    trade->high = fmax(trade->high, high);
    if (a->value <= trade->value) continue;
    trade->value = a->value;
    trade->restriction = r;
    trade->assumption = a;
  }
  return found;
}
