/* SPDX-License-Identifier: MIT */
/*
 * The benchmarks of Regulation (EU) 2024/1252 for one material, where they are indicative: the regulation sets the
 * three of capacity for all strategic materials together, and that of imports for each material and stage. What is
 * printed seldom is what the benchmarks ask for; what stands in for it is flagged ASSUMED.
 */
#include <math.h>

#include "critmin/target.h"
#include "metrics/assess.h"
#include "metrics/assessments.h"
#include "metrics/crma_origin.h"
#include "metrics/crma_years.h"

enum { OWN_REPORT, OWN_UNRECORDED, OWN_AT, OWN_GROWTH };
enum { REPORT_SHARE, REPORT_GAP, REPORT_TONNES, REPORT_YEARS };

const cm_parameter cm_crma_parameters[4] = {
    [OWN_REPORT] =
        {"report", CM_PARAMETER_WORD, "share", 0, 0, "share|gap|tonnes|years", "",
         "Regulation (EU) 2024/1252, Article 5",
         "share of consumption; how far it is on the wrong side of the benchmark; the same in the market's unit; years "
         "until the share is there, at a constant growth"},
    [OWN_UNRECORDED] = {"unrecorded", CM_PARAMETER_WORD, "none", 0, 0, "none|unknown", "", "docs/methods.md, 8",
                        "what old scrap and stock changes are where nobody prints them"},
    [OWN_AT] = {"at", CM_PARAMETER_TEXT, "", 0, 0, "", "", "docs/origin.md",
                "look through to this stage; empty: by what is made and delivered at the stage itself. Recycling has none"},
    [OWN_GROWTH] = {"growth", CM_PARAMETER_NUMBER, "", -0.99, 10, "", "1/a", "docs/methods.md, 9",
                    "yearly growth of the share, 0.05 for 5 %, below 0 where it falls; for `report=years`"},
};
_Static_assert((int)OWN_UNRECORDED == (int)CM_OWN_UNRECORDED, "a balance reads it there");

static const critmin_interval one = {1, 1, 1};

/* The answer in what the caller asks for, from an amount and consumption in one unit, or from a share of it. */
static critmin_status benchmark(cm_use *use, cm_row *row, int32_t which, critmin_interval amount,
                                critmin_interval consumption, int in_tonnes, uint64_t flags, critmin_error *error) {
  critmin_answer share, gap, tonnes;
  critmin_answer_init(&share);
  critmin_answer_init(&gap);
  critmin_answer_init(&tonnes);
  int report = (int)use->values->number[CM_P_OWN + OWN_REPORT];
  critmin_status status = critmin_crma_benchmark(which, &amount, &consumption, &share, &gap, &tonnes, error);
  if (cm_answer_of(status, &share)) return status;
  if (status) gap = tonnes = share;
  row->answer = report == REPORT_SHARE ? share : report == REPORT_GAP ? gap : tonnes;
  double growth = use->values->number[CM_P_OWN + OWN_GROWTH];
  if (report == REPORT_YEARS && (status = cm_crma_years(which, &share, growth, &row->answer, error))) return status;
  if (report == REPORT_TONNES && !in_tonnes) {
    critmin_answer_init(&row->answer);
    row->answer.flags = CRITMIN_FLAG_NO_DATA;
  }
  int known = !isnan(row->answer.value) || !isnan(row->answer.low);
  row->answer.flags |= cm_use_flags(use) | (known ? flags : 0);
  return CRITMIN_OK;
}

static void name_unit(cm_row *row, const cm_use *use) {
  if ((int)use->values->number[CM_P_OWN + OWN_REPORT] == REPORT_YEARS) row->unit = "a";
  if ((int)use->values->number[CM_P_OWN + OWN_REPORT] == REPORT_TONNES)
    row->unit = row->stage == CM_NONE ? "t" : use->model->stages[row->stage].unit;
}

/* What the user uses at the stage in a year. */
static critmin_status consumption_of(cm_use *use, critmin_interval *amount, critmin_error *error) {
  const int32_t all = CM_BIT(CM_TERM_PRODUCTION) | CM_BIT(CM_TERM_SECONDARY) | CM_BIT(CM_TERM_IMPORTS) |
                      CM_BIT(CM_TERM_EXPORTS) | CM_BIT(CM_TERM_STOCKS) | CM_BIT(CM_TERM_CONSUMPTION);
  critmin_answer answer;
  critmin_answer_init(&answer);
  critmin_status status = cm_use_balance(use, all, 0, error);
  if (!status) status = cm_answer_of(critmin_apparent_consumption(&use->balance, &answer, error), &answer);
  *amount = cm_answer_interval(&answer);
  if (amount->low < 0) *amount = cm_unknown; /* no share of it means anything */
  return status;
}

/* Capacity of those inside that a market of it lists; 0 where none does. */
static int capacity_of(cm_use *use, critmin_interval *amount) {
  const critmin_model *m = use->model;
  int32_t measure = cm_measure_place(m, "capacity");
  const cm_model_market *market =
      measure == CM_NONE ? NULL : cm_model_market_of(m, use->stage, measure, CM_OF_COUNTRIES, use->year, CM_NONE, NULL);
  int found = 0;
  *amount = cm_nothing;
  for (int32_t i = market ? market->first : 0; market && !market->is_share && i < market->first + market->n; i++) {
    if (!use->inside[m->figures.country[i]]) continue;
    *amount = cm_plus(*amount, cm_figure_interval(&m->figures, i));
    cm_use_tell_figure(use, CM_TERM_ASSESSMENT, "capacity", market, i, NAN);
    use->terms |= CM_BIT(CM_TERM_ASSESSMENT);
    found = 1;
  }
  return found;
}

/* The printed import reliance: net imports over production and net imports, so that the rest is what is made at home.
 */
static int made_of(cm_use *use, critmin_interval *share) {
  int32_t figure;
  const cm_model_market *market = cm_use_figure(use, CM_IMPORT_RELIANCE, use->area, &figure);
  if (!market) return 0;
  critmin_interval reliance = cm_figure_interval(&use->model->figures, figure);
  *share = (critmin_interval){1 - reliance.value, 1 - reliance.high, 1 - reliance.low};
  cm_use_tell_figure(use, CM_TERM_ASSESSMENT, "import_reliance", market, figure, NAN);
  use->terms = CM_BIT(CM_TERM_ASSESSMENT);
  use->flags[CM_TERM_ASSESSMENT] = cm_market_flags(use->model, market, figure);
  return cm_is_known(*share);
}

/* What is looked through is a share of what the Union has; where its use is known in tonnes, a share of that. */
static critmin_status looked_through(const cm_plan *plan, cm_row *row, cm_use *use, int32_t which,
                                     critmin_error *error) {
  critmin_interval share, whole = one;
  uint64_t flags = 0;
  name_unit(row, use);
  critmin_status status = consumption_of(use, &whole, error);
  if (!status) status = cm_crma_share_at(plan, row, use, which, &share, &flags, error);
  if (status) return status;
  use->terms = CM_BIT(CM_TERM_ASSESSMENT);
  int in_tonnes = whole.low > 0 && !(whole.low < whole.high);
  if (in_tonnes)
    share = (critmin_interval){share.value * whole.value, share.low * whole.low, share.high * whole.high};
  else
    whole = one;
  return benchmark(use, row, which, share, whole, in_tonnes, flags, error);
}

static int is_looked_through(const cm_values *values) {
  return *values->text[CM_P_OWN + OWN_AT] != '\0';
}

static critmin_status made_at_home(cm_row *row, cm_use *use, int32_t which, critmin_error *error) {
  critmin_interval consumption, amount;
  name_unit(row, use);
  critmin_status status = consumption_of(use, &consumption, error);
  if (status) return status;
  uint64_t flags = 0;
  if (!capacity_of(use, &amount)) {
    amount = use->balance.production; /* what was made, not what could be */
    flags = CRITMIN_FLAG_ASSUMED;
  }
  if (cm_is_known(amount) && cm_is_known(consumption))
    return benchmark(use, row, which, amount, consumption, 1, flags, error);
  if (!made_of(use, &amount)) amount = cm_unknown;
  return benchmark(use, row, which, amount, one, 0, CRITMIN_FLAG_ASSUMED | CRITMIN_FLAG_PUBLISHED, error);
}

static critmin_status extraction(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  if (is_looked_through(use->values)) return looked_through(plan, row, use, CRITMIN_CRMA_EXTRACTION, error);
  return made_at_home(row, use, CRITMIN_CRMA_EXTRACTION, error);
}

static critmin_status processing(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  if (is_looked_through(use->values)) return looked_through(plan, row, use, CRITMIN_CRMA_PROCESSING, error);
  return made_at_home(row, use, CRITMIN_CRMA_PROCESSING, error);
}

static const char home[] = "EUU";

/* Secondary inputs from old scrap over all inputs: of the country, or as the study prints it of the Union. */
static critmin_status recycling(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  static const char rate_of_inputs[] = "recycling_input_rate";
  name_unit(row, use);
  int32_t country = cm_parameter_in(plan->model, row->mineral, CM_NONE, use->area, rate_of_inputs, CM_NONE) != CM_NONE
                        ? use->area
                        : CM_NONE;
  critmin_interval rate = cm_unknown;
  if (country != CM_NONE || use->area == cm_country_place(plan->model, home))
    rate = cm_take_parameter(use, row->mineral, CM_NONE, country, rate_of_inputs, CM_NONE);
  return benchmark(use, row, CRITMIN_CRMA_RECYCLING, rate, one, 0,
                   CRITMIN_FLAG_ASSUMED | (cm_is_known(rate) ? CRITMIN_FLAG_PUBLISHED : 0), error);
}

/* The partner that delivers most; the high end is the most that any of them may deliver. */
static int32_t largest(const cm_cells *cells, critmin_interval *amount) {
  int32_t country = CM_NONE;
  *amount = cm_nothing;
  for (int64_t i = 0; i < cells->n_partners; i++) {
    double value = isnan(cells->quantity[i]) ? cells->low[i] : cells->quantity[i];
    if (country == CM_NONE || value > amount->value) {
      country = cells->country[i];
      amount->value = value;
    }
    amount->low = fmax(amount->low, cells->low[i]);
    amount->high = isnan(cells->high[i]) ? NAN : fmax(amount->high, cells->high[i]);
  }
  amount->high += fmax(cells->rest.high, 0); /* who is not named may be one country, or the largest */
  return country;
}

static critmin_status imports(const cm_plan *plan, cm_row *row, cm_use *use, critmin_error *error) {
  if (is_looked_through(use->values)) return looked_through(plan, row, use, CRITMIN_CRMA_IMPORTS, error);
  cm_cells cells = {0};
  int found = 0;
  name_unit(row, use);
  critmin_status status = cm_cells_of_supply(&cells, use, 1, &found, error);
  critmin_interval amount = cm_unknown, whole = one;
  int in_tonnes = found && use->imports.by == CM_BY_QUANTITY;
  if (!status && found) {
    row->partner = largest(&cells, &amount);
    whole = cm_plus(cells.own, use->imports.total);
    if (in_tonnes) status = consumption_of(use, &whole, error);
  }
  cm_cells_free(&cells);
  if (status) return status;
  if (!cm_is_known(amount)) amount = cm_unknown;
  /* Shares are of all that comes in and is made, exports included. */
  return benchmark(use, row, CRITMIN_CRMA_IMPORTS, amount, whole, in_tonnes, in_tonnes ? 0 : CRITMIN_FLAG_ASSUMED,
                   error);
}

static int is_of_kind(const cm_plan *plan, int32_t stage, int32_t first, int32_t last) {
  int32_t kind = plan->model->stages[stage].kind;
  return first <= kind && kind <= last;
}

/* Whether anything tells what is made or comes in at the stage. */
static int told(const cm_plan *plan, const cm_values *values, int32_t stage, int32_t year) {
  const critmin_model *m = plan->model;
  const cm_model_stage *s = &m->stages[stage];
  int32_t reliance = cm_measure_place(m, "import_reliance");
  if (cm_production_of(m, values, stage, year) || cm_next_flow_market(m, stage, year, NULL)) return 1;
  for (int32_t i = s->first_market; i < s->first_market + s->n_markets; i++) {
    if (m->markets[i].measure == reliance && cm_model_market_answers(m, &m->markets[i], year)) return 1;
  }
  return 0;
}

static int extraction_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage,
                                int32_t year, int asked) {
  (void)mineral;
  (void)asked;
  return (is_of_kind(plan, stage, CM_MINING, CM_CONCENTRATE) || is_looked_through(values)) &&
         told(plan, values, stage, year);
}

static int processing_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage,
                                int32_t year, int asked) {
  (void)mineral;
  (void)asked;
  return (is_of_kind(plan, stage, CM_PROCESSING, CM_METAL) || is_looked_through(values)) &&
         told(plan, values, stage, year);
}

static int recycling_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage,
                               int32_t year, int asked) {
  (void)values;
  (void)stage;
  int32_t at = cm_parameter_in(plan->model, mineral, CM_NONE, CM_NONE, "recycling_input_rate", CM_NONE);
  if (at == CM_NONE) return 0;
  return asked || year == plan->model->parameters[at].day / 10000;
}

static int imports_on_record(const cm_plan *plan, const cm_values *values, int32_t mineral, int32_t stage, int32_t year,
                             int asked) {
  (void)values;
  (void)mineral;
  (void)asked;
  return cm_next_flow_market(plan->model, stage, year, NULL) != NULL;
}

/* Years need a growth, and nothing else does. */
static critmin_status check_growth(const cm_plan *plan, const cm_values *values, critmin_error *error) {
  (void)plan;
  int years = (int)values->number[CM_P_OWN + OWN_REPORT] == REPORT_YEARS;
  if (years == !isnan(values->number[CM_P_OWN + OWN_GROWTH])) return CRITMIN_OK;
  return cm_fail(error, CRITMIN_ERROR_PARAMETER, "%s",
                 years ? "`report=years` of a benchmark needs `growth`, the yearly growth of the share, such as 0.05"
                       : "parameter `growth` of a benchmark is for `report=years`; set that too, or leave it out");
}

static critmin_status check(const cm_plan *plan, const cm_values *values, critmin_error *error) {
  critmin_status status = check_growth(plan, values, error);
  if (status) return status;
  const char *at = values->text[CM_P_OWN + OWN_AT];
  return !*at || cm_model_stage_word(plan->model, at) ? CRITMIN_OK : cm_model_no_stage(plan->model, at, error);
}

#define OF_HOME .home = home, .common = 1u << CM_P_LISTED_ONLY | CM_OF_PRODUCTION
static const cm_assessment of_extraction = {OF_HOME, .stages = 1, .on_record = extraction_on_record,
                                            .evaluate = extraction, .check = check};
static const cm_assessment of_processing = {OF_HOME, .stages = 1, .on_record = processing_on_record,
                                            .evaluate = processing, .check = check};
static const cm_assessment of_recycling = {OF_HOME, .whole = 1, .on_record = recycling_on_record,
                                           .evaluate = recycling, .check = check_growth};
static const cm_assessment of_imports = {OF_HOME, .stages = 1, .on_record = imports_on_record, .evaluate = imports,
                                         .check = check};
const cm_dependency cm_crma_extraction = {.exports = 1, .published = CM_NONE, .assessment = &of_extraction};
const cm_dependency cm_crma_processing = {.exports = 1, .published = CM_NONE, .assessment = &of_processing};
const cm_dependency cm_crma_recycling = {.published = CM_NONE, .assessment = &of_recycling};
const cm_dependency cm_crma_imports = {.exports = 1, .published = CM_NONE, .assessment = &of_imports};
