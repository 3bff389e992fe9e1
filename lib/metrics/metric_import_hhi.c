/* SPDX-License-Identifier: MIT */
/* How concentrated one user's suppliers are. */
#include <math.h>

#include "metrics/assess.h"
#include "metrics/assessments.h"

enum { OWN_OF, OWN_RESIDUAL };
enum { OF_IMPORTS, OF_SUPPLY };

const cm_parameter cm_import_hhi_parameters[2] = {
    [OWN_OF] = {"of", CM_PARAMETER_WORD, "imports", 0, 0, "imports|supply_mix", "", "docs/criticality.md",
                "imports alone, or all supply, what is made at home being one supplier"},
    [OWN_RESIDUAL] = {"residual", CM_PARAMETER_WORD, "mid", 0, 0, "mid|lower|upper", "", "docs/methods.md, 2",
                      "value reported inside the interval that partners who are not named leave"},
};

/* What is made at home is one supplier, whoever inside makes it. */
static void join_own(cm_cells *cells) {
  cells->n = cells->n_partners;
  if (cells->own.high == 0) return;
  cells->quantity[cells->n] = cells->own.value;
  cells->low[cells->n] = cells->own.low;
  cells->high[cells->n++] = cells->own.high;
}

static critmin_status index_of(cm_use *use, cm_cells *cells, critmin_answer *a, critmin_error *error) {
  critmin_supply supply;
  critmin_supply_init(&supply);
  supply.low = cells->low;
  supply.high = cells->high;
  supply.residual_value = (int32_t)use->values->number[CM_P_OWN + OWN_RESIDUAL];
  if (cells->rest.high > 0) supply.other = cells->rest.high;
  critmin_status status = cm_answer_of(critmin_hhi(cells->quantity, cells->n, &supply, a, error), a);
  a->flags &= ~CRITMIN_FLAG_NO_TOTAL; /* imports say themselves whether one is printed */
  if (isnan(cells->rest.high)) {      /* nobody knows how much the others deliver */
    a->value = a->coverage = NAN;
    a->low = 0;
    a->high = 1;
    a->flags |= CRITMIN_FLAG_NO_DATA | CRITMIN_FLAG_UNBOUNDED;
  }
  a->flags |= cells->flags | cm_use_flags(use);
  return status;
}

static critmin_status evaluate(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  (void)plan;
  cm_cells cells = {0};
  int of_supply = (int)use->values->number[CM_P_OWN + OWN_OF] == OF_SUPPLY, found = 0;
  critmin_status status = cm_cells_of_supply(&cells, use, of_supply, &found, error);
  if (!status && found) {
    if (of_supply) join_own(&cells);
    status = index_of(use, &cells, &row->answer, error);
  } else {
    row->answer.flags = CRITMIN_FLAG_NO_DATA;
    use->terms = 0;
  }
  cm_cells_free(&cells);
  return status;
}

static const cm_assessment import_hhi = {.common = 1u << CM_P_LISTED_ONLY | CM_OF_PRODUCTION, .evaluate = evaluate};
const cm_dependency cm_import_hhi = {.published = CM_NONE, .assessment = &import_hhi};
