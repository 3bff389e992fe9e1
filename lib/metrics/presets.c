/* SPDX-License-Identifier: MIT */
#include "metrics/presets.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "critmin/criticality.h"
#include "table/builder.h"

#define EC_2010 "European Commission (2010), Critical raw materials for the EU"
#define EC_2014 "European Commission (2014), Report on critical raw materials for the EU"
#define EC_2017 "European Commission (2017), Study on the review of the list of critical raw materials"
#define EC_2020 "European Commission (2020), Study on the EU's list of critical raw materials"
#define EC_2023 "European Commission (2023), Study on the critical raw materials for the EU"
#define CRMA "Regulation (EU) 2024/1252"
#define GEOPOLRISK "Koyamparambath et al. (2024), Resources, Conservation and Recycling 209:107801, and its program"
#define USGS_2021 "Nassar and Fortier (2021), USGS Open-File Report 2021-1045"
#define BGS_2011 "British Geological Survey (2011), Risk list 2011"
#define BGS_2015 "British Geological Survey (2015), Risk list 2015"
#define HOSKINS "Hoskins Circular (2026), BGS mineral supply risk widget, specification"
#define SCARCE "Arendt et al. (2020), and the authors' program for Japan"

static const cm_preset presets[] = {
    {"eu_2010", "supply_risk_threshold", 1, "1", 0, EC_2010, "critical from here"},
    {"eu_2010", "economic_importance_threshold", 5, "1", 0, EC_2010, "critical from here, on the scale of its time"},
    {"eu_2014", "supply_risk_threshold", 1, "1", 0, EC_2014, "critical from here"},
    {"eu_2014", "economic_importance_threshold", 5, "1", 0, EC_2014, "critical from here, on the scale of its time"},
    {"eu_2017", "governance_worst", -3, "estimate", 1, EC_2017,
     "lower end of the governance scale; reproduced from the study's printed indices, which exclude -2.5"},
    {"eu_2017", "governance_best", 3, "estimate", 1, EC_2017, "upper end; reproduced likewise"},
    {"eu_2017", "governance_first_year", 2010, "year", 1, EC_2017, "first year of the governance mean; reproduced likewise"},
    {"eu_2017", "governance_last_year", 2014, "year", 1, EC_2017, "last year of the governance mean; reproduced likewise"},
    {"eu_2017", "trade_member", 0.8, "1", 1, EC_2017, "t of members of the EU"},
    {"eu_2017", "supply_risk_threshold", 1, "1", 1, EC_2017, "critical from here"},
    {"eu_2017", "economic_importance_threshold", 2.8, "1", 1, EC_2017, "critical from here"},
    {"eu_2020", "governance_worst", -2.5, "estimate", 0, EC_2020, "lower end of the governance scale; that of 2023 is taken"},
    {"eu_2020", "governance_best", 2.5, "estimate", 0, EC_2020, "upper end; that of 2023 is taken"},
    {"eu_2020", "trade_member", 0.8, "1", 0, EC_2020, "t of members of the EU; that of 2017 and 2023"},
    {"eu_2020", "supply_risk_threshold", 1, "1", 1, EC_2020, "critical from here"},
    {"eu_2020", "economic_importance_threshold", 2.8, "1", 1, EC_2020, "critical from here"},
    {"eu_2023", "governance_worst", -2.5, "estimate", 1, EC_2023,
     "lower end of the governance scale; reproduced from the study's scores"},
    {"eu_2023", "governance_best", 2.5, "estimate", 1, EC_2023, "upper end; reproduced likewise"},
    {"eu_2023", "governance_first_year", 2016, "year", 0, EC_2023,
     "first year of the governance mean; the scores do not tell 2016-2020 from 2017, 2020 or 2018-2020"},
    {"eu_2023", "governance_last_year", 2020, "year", 0, EC_2023, "last year of the governance mean; likewise"},
    {"eu_2023", "trade_member", 0.8, "1", 1, EC_2023, "t of members of the EU, in 816 of the study's 818 rows of members"},
    {"eu_2023", "trade_highest", 1.5, "1", 1, EC_2023, "the greatest t in the study's table"},
    {"eu_2023", "value_added_greatest", 204200, "million EUR", 1, EC_2023,
     "value added of NACE division 28, the greatest of manufacturing"},
    {"eu_2023", "supply_risk_threshold", 1, "1", 1, CRMA ", Annex II", "critical from here"},
    {"eu_2023", "economic_importance_threshold", 2.8, "1", 1, CRMA ", Annex II", "critical from here"},
    {"crma", "extraction", 0.10, "share", 1, CRMA ", Article 5(1)(a)(i)", "capacity over consumption at least, by 2030"},
    {"crma", "processing", 0.40, "share", 1, CRMA ", Article 5(1)(a)(ii)", "capacity over consumption at least, by 2030"},
    {"crma", "recycling", 0.25, "share", 1, CRMA ", Article 5(1)(a)(iii)", "capacity over consumption at least, by 2030"},
    {"crma", "imports", 0.65, "share", 1, CRMA ", Article 5(1)(b)",
     "of one third country over consumption at most, per material and stage, by 2030"},
    {"geopolrisk", "stability_worst", -2.5, "estimate", 1, GEOPOLRISK, "political stability that is risk 1"},
    {"geopolrisk", "stability_best", 2.5, "estimate", 1, GEOPOLRISK, "political stability that is risk 0"},
    {"geopolrisk", "reference", 0.409412948, "USD/kg", 1, GEOPOLRISK,
     "midpoint of copper, mean of the members of the OECD 2017-2021"},
    {"usgs_2021", "supply_risk_threshold", 0.40, "1", 1, USGS_2021, "on the list from here, mean of 2015-2018"},
    {"bgs_2011", "criteria", 4, "1", 1, BGS_2011, "scarcity, production concentration, reserve distribution, governance"},
    {"bgs_2011", "lowest_score", 1, "1", 1, BGS_2011, "least risk of a criterion"},
    {"bgs_2011", "highest_score", 5, "1", 1, BGS_2011, "greatest risk of a criterion"},
    {"bgs_2011", "step", 1, "1", 1, BGS_2011, "between scores; all 52 published indices are in its steps of 0.5"},
    {"bgs_2015", "criteria", 7, "1", 1, BGS_2015, "seven criteria; all 41 published indices are in steps of 10/42"},
    {"bgs_2015", "lowest_score", 1, "1", 1, BGS_2015, "least risk of a criterion"},
    {"bgs_2015", "highest_score", 3, "1", 1, BGS_2015, "greatest risk of a criterion"},
    {"bgs_2015", "step", 0.5, "1", 1, BGS_2015, "between scores; all 41 published indices are in steps of 10/42"},
    {"hoskins", "missing_risk", 5, "1", 1, HOSKINS, "risk of a country without a score, 0 to 10"},
    {"scarce", "cutoff", 0.8, "1", 1, SCARCE, "a squared ratio to the target below it counts as 0"},
    {"scarce", "target_reserve_concentration", 0.15, "1", 1, SCARCE, "sum of squared shares"},
    {"scarce", "target_production_concentration", 0.15, "1", 1, SCARCE, "sum of squared shares"},
    {"scarce", "target_exploration", 55, "1", 1, SCARCE, "feasibility of exploration: share x (99.07 - policy perception)"},
    {"scarce", "target_political_stability", 1.9, "1", 1, SCARCE, "share x governance, high is bad"},
    {"scarce", "target_mining_capacity", 50, "years", 1, SCARCE, "reserves over production; the ratio is target over it"},
    {"scarce", "target_trade_barriers", 3.15, "1", 1, SCARCE, "share x enabling trade index"},
    {"scarce", "target_demand_growth", 0.05, "%", 1, SCARCE, "as the program has it, in per cent"},
    {"scarce", "target_price_fluctuation", 20, "%", 1, SCARCE, "price volatility"},
    {"scarce", "target_primary_material", 75, "%", 1, SCARCE, "part of use that is not recycled"},
    {"scarce", "target_co_production", 0.25, "1", 1, SCARCE, "only main product 0, mostly 0.33, mostly companion 0.67, only 1"},
};

size_t cm_preset_count(void) { return sizeof presets / sizeof presets[0]; }

const cm_preset *cm_preset_at(size_t i) { return &presets[i]; }

double cm_preset_value(const char *method, const char *constant) {
  for (size_t i = 0; i < cm_preset_count(); i++)
    if (strcmp(presets[i].method, method) == 0 && strcmp(presets[i].constant, constant) == 0) return presets[i].value;
  return NAN;
}

int cm_preset_verified(const char *method, const char *constant) {
  for (size_t i = 0; i < cm_preset_count(); i++) {
    if (strcmp(presets[i].method, method) == 0 && strcmp(presets[i].constant, constant) == 0) return presets[i].verified;
  }
  return 0;
}

critmin_status critmin_preset_list(critmin_table **table, critmin_error *error) {
  if (!table) return cm_fail_null(error, "table");
  static const cm_column columns[] = {
      {"method", "", CRITMIN_COLUMN_TEXT},           {"constant", "", CRITMIN_COLUMN_TEXT},
      {"value", "as `unit`", CRITMIN_COLUMN_NUMBER}, {"unit", "", CRITMIN_COLUMN_TEXT},
      {"verified", "", CRITMIN_COLUMN_INTEGER},      {"source", "", CRITMIN_COLUMN_TEXT},
      {"text", "", CRITMIN_COLUMN_TEXT},
  };
  cm_builder *b = cm_builder_new(columns, 7);
  if (!b) return cm_fail_memory(error);
  for (size_t i = 0; i < cm_preset_count(); i++) {
    cm_builder_row(b);
    cm_builder_text(b, 0, presets[i].method);
    cm_builder_text(b, 1, presets[i].constant);
    cm_builder_number(b, 2, presets[i].value);
    cm_builder_text(b, 3, presets[i].unit);
    cm_builder_integer(b, 4, presets[i].verified);
    cm_builder_text(b, 5, presets[i].source);
    cm_builder_text(b, 6, presets[i].text);
  }
  return cm_builder_finish(b, table, error);
}

static const char *method_at(const void *user, size_t i) {
  (void)user;
  return presets[i].method;
}

/* The constants of one method; NULL for the others. */
static const char *constant_at(const void *user, size_t i) {
  return cm_name_equal(presets[i].method, user) ? presets[i].constant : NULL;
}

critmin_status critmin_preset(const char *method, const char *constant, double *value, int32_t *verified,
                              critmin_error *error) {
  if (!method) return cm_fail_null(error, "method");
  if (!constant) return cm_fail_null(error, "constant");
  if (!value) return cm_fail_null(error, "value");
  int known = 0;
  for (size_t i = 0; i < cm_preset_count(); i++) {
    if (!cm_name_equal(presets[i].method, method)) continue;
    known = 1;
    if (!cm_name_equal(presets[i].constant, constant)) continue;
    *value = presets[i].value;
    if (verified) *verified = presets[i].verified;
    return cm_ok(error);
  }
  const char *wrong = known ? constant : method;
  const char *nearest = cm_name_nearest(wrong, known ? constant_at : method_at, method, cm_preset_count());
  const char *kind = known ? "constant" : "preset";
  if (nearest)
    return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "there is no %s `%s`; did you mean `%s`?", kind, wrong, nearest);
  return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "there is no %s `%s`; list the presets to see their names", kind, wrong);
}
