/* SPDX-License-Identifier: MIT */
/* From one basis to another, by way of the contained element. */
#include <math.h>

#include "base/text.h"
#include "model/model.h"

/* How closely a factor is said of what is asked: the stage's own before the mineral's, and before either that of the
 * trade code. -1: of something else. */
static int closeness(const cm_model_factor *factor, int32_t stage, const char *code) {
  if (factor->stage != CM_NONE && factor->stage != stage) return -1;
  int of_code = *factor->hs != '\0';
  if (of_code && !cm_name_equal(factor->hs, code)) return -1;
  return 2 * of_code + (factor->stage != CM_NONE);
}

/* Tonnes of contained element in a tonne of the basis; NaN when nobody says, or several elements are said of. */
static double content_of(const critmin_model *model, int32_t stage, const char *basis, const char *code) {
  if (cm_name_equal(basis, "content")) return 1;
  const cm_model_stage *s = &model->stages[stage];
  const char *symbol = model->minerals[s->mineral].symbol;
  double found = NAN;
  int closest = -1, own = 0, several = 0;
  for (size_t i = 0; i < model->n_factors; i++) {
    const cm_model_factor *f = &model->factors[i];
    if (f->mineral != s->mineral || !cm_name_equal(f->basis, basis)) continue;
    int close = closeness(f, stage, code), is_own = symbol && cm_name_equal(f->element, symbol);
    if (close < 0 || close < closest || (close == closest && own)) continue;
    several = close == closest && !is_own;
    closest = close;
    own = is_own;
    found = f->value;
  }
  return several ? NAN : found;
}

static double factor_of(const critmin_model *model, int32_t stage, const char *basis, const char *code) {
  const char *market = model->stages[stage].basis;
  if (cm_name_equal(market, basis)) return 1;
  return content_of(model, stage, basis, code) / content_of(model, stage, market, code);
}

double cm_model_factor_of(const critmin_model *model, int32_t stage, const char *basis) {
  return factor_of(model, stage, basis, "");
}

double cm_model_code_factor(const critmin_model *model, int32_t stage, const char *basis, const char *code) {
  return factor_of(model, stage, basis, code);
}

double cm_model_flow_factor(const critmin_model *model, int32_t stage, int64_t flow) {
  const cm_model_stage *s = &model->stages[stage];
  for (int32_t i = s->first_flow_factor; i < s->first_flow_factor + s->n_flow_factors; i++) {
    const cm_flow_factor *f = &model->flow_factors[i];
    if (f->hs == model->flows.hs[flow] && f->basis == model->flows.basis[flow]) return f->value;
  }
  return NAN;
}
