/* SPDX-License-Identifier: MIT */
#include "metrics/catalogue.h"

#include <math.h>
#include <string.h>

#include "metrics/assess.h"
#include "metrics/assessments.h"
#include "metrics/metric_eu.h"
#include "metrics/metric_origin.h"
#include "table/builder.h"

static const cm_parameter common[CM_P_OWN] = {
    [CM_P_MEASURE] = {"measure", CM_PARAMETER_WORD, "production", 0, 0, "production|capacity|reserves", "",
                      "docs/methods.md, 1", "what is concentrated"},
    [CM_P_RESIDUAL] = {"residual", CM_PARAMETER_WORD, "mid", 0, 0, "mid|lower|upper", "", "docs/methods.md, 2",
                       "value reported inside the interval that unlisted producers leave"},
    [CM_P_UNLISTED_MAX] = {"unlisted_max", CM_PARAMETER_INTEGER, "0", 0, 1e9, "", "producers", "docs/methods.md, 2",
                           "most unlisted producers there can be; 0: not known"},
    [CM_P_UNLISTED_CUTOFF] = {"unlisted_cutoff", CM_PARAMETER_NUMBER, "0", 0, 1, "", "1", "docs/methods.md, 2",
                              "share that no unlisted producer exceeds, an assumption about the table; 0: none"},
    [CM_P_LISTED_ONLY] = {"listed_only", CM_PARAMETER_FLAG, "0", 0, 1, "", "", "docs/methods.md, 1",
                          "1: shares are of the listed alone, and what is not listed is not there"},
    [CM_P_OUTLOOK] = {"outlook", CM_PARAMETER_WORD, "any", 0, 0, "any|actual|projected", "", "docs/methods.md, 1",
                      "any: figures, and projections where there are none"},
    [CM_P_SCENARIO] = {"scenario", CM_PARAMETER_TEXT, "", 0, 0, "", "", "docs/methods.md, 1",
                       "publisher's scenario, of projections; empty: any"},
};

/* For a user the middle of a world's residual is no likely value of what one country makes of it. */
static const cm_parameter residual_of_user = {
    "residual", CM_PARAMETER_WORD, "unknown", 0, 0, "mid|lower|upper|unknown", "", "docs/methods.md, 8",
    "value of what is not listed inside the interval that the listed leave; unknown: the interval alone is told"};

static const cm_parameter effective_number[] = {
    {"order", CM_PARAMETER_NUMBER, "2", 0, INFINITY, "", "1", "Hill (1973)",
     "0 counts producers, 1 is exp(Shannon), 2 is 1/HHI, inf is 1/(largest share)"},
};
#define GOVERNANCE                                                                                                     \
  [CM_OWN_WGI_WORST] = {"wgi_worst", CM_PARAMETER_NUMBER, "-2.5", -10, 10, "", "standard normal score",                  \
                        "European Commission (2023); -3 in 2017", "estimate that weighs 10"},                            \
  [CM_OWN_WGI_BEST] = {"wgi_best", CM_PARAMETER_NUMBER, "2.5", -10, 10, "", "standard normal score",                     \
                       "European Commission (2023); 3 in 2017", "estimate that weighs 0"},                               \
  [CM_OWN_WGI_YEARS] = {"wgi_years", CM_PARAMETER_INTEGER, "1", 1, 30, "", "years",                                      \
                        "European Commission: 5", "years up to the row's whose mean is taken"}
static const cm_parameter hhi_wgi[] = {GOVERNANCE};
static const cm_parameter hhi_wgi_t[] = {
    GOVERNANCE,
    [CM_OWN_TRADE_MEMBER] = {"trade_member", CM_PARAMETER_NUMBER, "0.8", 0, 10, "", "1", "European Commission (2017, 2023)",
                             "t of a member of the EU that the store has no trade parameter of; of others it is 1"},
    [CM_OWN_TRADE_HIGHEST] = {"trade_highest", CM_PARAMETER_NUMBER, "1.5", 0.1, 10, "", "1", "European Commission (2023)",
                              "greatest t there can be, of producers that are not listed"},
    [CM_OWN_TRADE_FROM] = {"trade", CM_PARAMETER_WORD, "parameters", 0, 0, "parameters|restrictions", "",
                           "docs/criticality.md",
                           "where t comes from: the store's trade parameters, or the restrictions in force by the table "
                           "that the store's assumptions make"},
    [CM_OWN_TRADE_IMPORTER] = {"trade_importer", CM_PARAMETER_TEXT, "", 0, 0, "", "", "docs/criticality.md",
                               "country or group that restrictions have to bind; empty: those that bind everybody"},
};
static const cm_parameter n_minus_1[] = {
    [CM_OWN_N_MINUS_1_DEMAND] = {"demand", CM_PARAMETER_NUMBER, "", 0, 1e300, "", "unit of the market",
                                 "docs/methods.md, 7",
                                 "demand to be met; empty: all of supply, or where the form is net the printed one"},
    [CM_OWN_FORM] = {"form", CM_PARAMETER_WORD, "gross", 0, 0, "gross|net", "", "IEA (2025); docs/methods.md, 7",
                     "gross: over all demand; net: over that of everybody but the producer's own country"},
};
#define UNRECORDED                                                                                                     \
  [CM_OWN_UNRECORDED] = {"unrecorded", CM_PARAMETER_WORD, "none", 0, 0, "none|unknown", "", "docs/methods.md, 8",      \
                         "what old scrap and stock changes are where nobody prints them: none (ASSUMED), or not known"}
#define PUBLISHED                                                                                                      \
  [CM_OWN_PUBLISHED] = {"published", CM_PARAMETER_WORD, "prefer", 0, 0, "prefer|only|never", "", "docs/methods.md, 8", \
                        "the publisher's own figure before one that is computed, that alone, or never"}
#define PARTNER                                                                                                        \
  [CM_OWN_BY] = {"by", CM_PARAMETER_WORD, "any", 0, 0, "any|quantity|value|share", "", "docs/methods.md, 8",           \
                 "what flows are counted in: tonnes, money, or shares as printed; any: what the denominator allows"},  \
  UNRECORDED, [CM_OWN_NETTING] = {"netting", CM_PARAMETER_WORD, "net", 0, 0, "net|diluted", "", "docs/methods.md, 8",  \
                                  "flows among members of a group: left out, or kept as supply without a partner"}

static const cm_parameter balance[] = {PUBLISHED, UNRECORDED};
static const cm_parameter published[] = {PUBLISHED};
static const cm_parameter extraction[] = {PARTNER};
static const cm_parameter partner_share[] = {
    PARTNER,
    [CM_OWN_DENOMINATOR] = {"denominator", CM_PARAMETER_WORD, "supply_mix", 0, 0, "supply_mix|imports|consumption|net",
                            "", "docs/methods.md, 8", "what a partner's deliveries are set against"},
};

#define EU_EDITION                                                                                                     \
  [CM_EU_EDITION] = {"study", CM_PARAMETER_WORD, "2023", 0, 0, "2010|2014|2017|2020|2023", "", "European Commission",   \
                     "edition of the method, its constants, and of the study"},                                         \
  [CM_EU_FIGURES] = {"figures", CM_PARAMETER_WORD, "printed", 0, 0, "printed|ranked", "", "docs/criticality.md",               \
                     "printed: the study's own, until five years after; ranked: of the year, from the "  \
                     "sources that come first"}
static const cm_parameter eu_supply_risk[] = {
    EU_EDITION,
    [CM_EU_RESIDUAL] = {"residual", CM_PARAMETER_WORD, "lower", 0, 0, "mid|lower|upper", "", "docs/methods.md, 2",
                        "value reported inside the interval that what is not listed leaves; the study counts it as nothing"},
    [CM_EU_WGI_WORST] = {"wgi_worst", CM_PARAMETER_NUMBER, "", -10, 10, "", "standard normal score", "the preset's",
                         "estimate that weighs 10; empty: the edition's"},
    [CM_EU_WGI_BEST] = {"wgi_best", CM_PARAMETER_NUMBER, "", -10, 10, "", "standard normal score", "the preset's",
                        "estimate that weighs 0; empty: the edition's"},
    [CM_EU_WGI_FIRST] = {"wgi_first", CM_PARAMETER_NUMBER, "", 1900, 2200, "", "year", "the preset's",
                         "first year of the mean of governance; empty: the edition's, ranked the fourth before"},
    [CM_EU_WGI_LAST] = {"wgi_last", CM_PARAMETER_NUMBER, "", 1900, 2200, "", "year", "the preset's",
                        "last year of it; empty: the edition's, ranked the year itself"},
};
static const cm_parameter eu_economic_importance[] = {
    EU_EDITION,
    [CM_EU_RENORMALISE] = {"renormalise", CM_PARAMETER_FLAG, "0", 0, 1, "", "", "docs/criticality.md",
                           "1: uses that no sector is named for are left out of the whole too"},
};

#define IMPORTS                                                                                                        \
  {"by", CM_PARAMETER_WORD, "any", 0, 0, "any|quantity|value|share", "", "docs/criticality.md",                        \
   "what flows are counted in: tonnes, money, or shares as printed; any: what there is"},                              \
      {"netting", CM_PARAMETER_WORD, "net", 0, 0, "net|diluted", "", "docs/criticality.md",                            \
       "flows among members of a group: left out, or kept as imports, as in the authors' program"}
#define FORM                                                                                                           \
  {"form", CM_PARAMETER_TEXT, "", 0, 0, "", "", "docs/criticality.md",                                                 \
   "form that is priced, as printed; empty: all, the value being their mean"}
static const cm_parameter geopolrisk_score[] = {IMPORTS};
static const cm_parameter geopolrisk_midpoint[] = {IMPORTS, FORM};
static const cm_parameter geopolrisk_cf[] = {
    IMPORTS, FORM,
    {"reference", CM_PARAMETER_NUMBER, "0.409412948", 1e-9, 1e9, "", "USD/kg", "Koyamparambath et al. (2024)",
     "midpoint that counts as 1; at the start that of copper, mean of the members of the OECD 2017-2021"},
};

#define CHAIN_OVER(words, text)                                                                                                          \
  [CM_CHAIN_BY] = {"by", CM_PARAMETER_WORD, "any", 0, 0, "any|quantity|value|share", "", "docs/origin.md",             \
                   "what flows are counted in: tonnes, money, or shares as printed; any: what there is"},              \
  [CM_CHAIN_AT] = {"at", CM_PARAMETER_TEXT, "", 0, 0, "", "", "docs/origin.md",                                        \
                   "stage traced to; empty: each of the chain, or for touch the earliest"},                            \
  [CM_CHAIN_DENOMINATOR] = {"denominator", CM_PARAMETER_WORD, "supply_mix", 0, 0, words, "", "docs/origin.md", text},  \
  [CM_CHAIN_YEARS_APART] = {"years_apart", CM_PARAMETER_INTEGER, "1", 0, CM_YEARS_BEFORE, "", "years",                 \
                            "docs/origin.md", "how far back a stage is looked for that has nothing of the year"}
#define CHAIN CHAIN_OVER("supply_mix|imports", "all that the user has, or what it imports alone")
static const cm_parameter hidden[] = {CHAIN};
static const cm_parameter origin[] = {
    CHAIN,
    [CM_ORIGIN_BOUNDS] = {"bounds", CM_PARAMETER_WORD, "mixing", 0, 0, "mixing|none", "", "docs/origin.md",
                          "whether low and high take that pools mix; none: that material may be led in any way "
                          "that adds up"},
};
static const cm_parameter effective[] = {
    CHAIN_OVER("supply_mix", "all that the user has"),
    [CM_EFFECTIVE_EXPOSED] = {"exposed", CM_PARAMETER_WORD, "touch", 0, 0, "touch|transit|origin", "", "docs/origin.md",
                              "what rests on the partner: made there at any stage from `at`, passed through it too, or "
                              "made there at `at` alone"},
    [CM_EFFECTIVE_DEMAND] = {"demand", CM_PARAMETER_NUMBER, "", 0, 1e300, "", "unit of the market", "docs/origin.md",
                             "what the user uses in the year; empty: what is printed"},
    [CM_EFFECTIVE_PROBABILITY] = {"probability", CM_PARAMETER_NUMBER, "", 0, 1, "", "1", "docs/origin.md",
                                  "that a commitment performs of which nobody says; empty: not known"},
    [CM_EFFECTIVE_ADDITIONALITY] = {"additionality", CM_PARAMETER_NUMBER, "", 0, 1, "", "1", "docs/origin.md",
                                    "part of a commitment that is not in the trade of today, where nobody says; empty: "
                                    "not known"},
    [CM_EFFECTIVE_DISPLACEMENT] = {"displacement", CM_PARAMETER_WORD, "targeted", 0, 0, "targeted|proportional", "",
                                   "docs/origin.md", "whose deliveries make room: the partner's, or everybody's alike"},
    [CM_EFFECTIVE_CORRELATION] = {"correlation", CM_PARAMETER_NUMBER, "0", 0, 0.99, "", "1", "docs/origin.md",
                                  "of whether commitments perform, through one common factor"},
    [CM_EFFECTIVE_LEVEL] = {"level", CM_PARAMETER_NUMBER, "", 0, 1, "", "1", "docs/origin.md",
                            "ask instead how likely it is that no more than this is left; empty: what is left on average"},
};
static const cm_parameter touch[] = {
    CHAIN,
    [CM_CHAIN_TRANSIT] = {"transit", CM_PARAMETER_FLAG, "0", 0, 1, "", "", "docs/origin.md",
                          "1: what passes through the partner counts too"},
};

#define P CM_BIT(CM_TERM_PRODUCTION)
#define R CM_BIT(CM_TERM_SECONDARY)
#define M CM_BIT(CM_TERM_IMPORTS)
#define X CM_BIT(CM_TERM_EXPORTS)
#define S CM_BIT(CM_TERM_STOCKS)
#define C CM_BIT(CM_TERM_CONSUMPTION)

static const cm_dependency apparent_consumption = {.terms = P | R | M | X | S,
                                                   .exports = 1,
                                                   .kernel = critmin_apparent_consumption,
                                                   .adds = P | R | M | X | S,
                                                   .published = CM_APPARENT_CONSUMPTION};
static const cm_dependency net_import_reliance = {.terms = P | R | M | X | S | C,
                                                  .with_printed = M | X | S,
                                                  .exports = 1,
                                                  .kernel = critmin_net_import_reliance,
                                                  .adds = M | X | S,
                                                  .published = CM_NET_IMPORT_RELIANCE};
static const cm_dependency import_reliance = {.terms = P | M | X,
                                              .exports = 1,
                                              .kernel = critmin_import_reliance,
                                              .adds = M | X,
                                              .published = CM_IMPORT_RELIANCE};
static const cm_dependency self_sufficiency = {.terms = P | R | M | X | S | C,
                                               .with_printed = P | R,
                                               .exports = 1,
                                               .kernel = critmin_self_sufficiency,
                                               .adds = P | R,
                                               .published = CM_NET_IMPORT_RELIANCE,
                                               .of_published = cm_published_sufficiency};
static const cm_dependency trade_exposure = {.terms = P | R | M | X | S | C,
                                             .with_printed = M | X | S,
                                             .exports = 1,
                                             .kernel = critmin_trade_exposure,
                                             .adds = M | X | S,
                                             .published = CM_NET_IMPORT_RELIANCE,
                                             .of_published = cm_published_exposure};
static const cm_dependency pair = {.exports = 1, .published = CM_NONE};
static const cm_dependency part = {.published = CM_NONE, .is_part = 1};

static const cm_assessment eu_supply = {.home = CM_EU_HOME, .home_only = 1, .stages = 1, .whole = 1, .common = CM_OF_PRODUCTION,
                                        .check = cm_eu_check, .on_record = cm_eu_supply_on_record,
                                        .year = cm_eu_year, .evaluate = cm_eu_supply};
static const cm_assessment eu_importance = {.home = CM_EU_HOME, .home_only = 1, .whole = 1,
                                            .check = cm_eu_check, .on_record = cm_eu_importance_on_record,
                                            .year = cm_eu_year, .evaluate = cm_eu_importance};
static const cm_dependency supply_risk = {.exports = 1, .published = CM_NONE, .assessment = &eu_supply};
static const cm_dependency economic_importance = {.published = CM_NONE, .assessment = &eu_importance};

#define GEOPOLRISK "Gemechu et al. (2015); Koyamparambath et al. (2024), Resources, Conservation and Recycling 209:107801"
#define ALONG_CHAIN                                                                                                    \
  (1u << CM_P_RESIDUAL | 1u << CM_P_LISTED_ONLY | 1u << CM_P_OUTLOOK | 1u << CM_P_SCENARIO)
static const cm_assessment by_origin = {
    .common = ALONG_CHAIN, .check = cm_origin_check, .evaluate = cm_evaluate_origin};
static const cm_assessment by_touch = {
    .common = ALONG_CHAIN, .check = cm_origin_check, .evaluate = cm_evaluate_touch};
static const cm_assessment by_hidden = {
    .common = ALONG_CHAIN, .check = cm_origin_check, .evaluate = cm_evaluate_hidden};
static const cm_dependency origin_share = {.published = CM_NONE, .assessment = &by_origin};
static const cm_dependency touch_share = {.published = CM_NONE, .assessment = &by_touch};
static const cm_assessment by_effective = {
    .common = ALONG_CHAIN, .check = cm_origin_check, .evaluate = cm_evaluate_effective};
static const cm_dependency effective_dependency = {.published = CM_NONE, .assessment = &by_effective};
static const cm_dependency hidden_exposure = {.published = CM_NONE, .assessment = &by_hidden};

#define CRMA "Regulation (EU) 2024/1252, Article 5(1)"
#define OWN(p) .own = p, .n_own = (int)(sizeof p / sizeof p[0])

const cm_metric cm_metrics[] = {
    {"share", "1", 0, 1, CM_SUBJECT_COUNTRY, 1, 0, "common to the literature; docs/methods.md, 1",
     "Share of a country, or of a group as one producer, in the total.", .kernel = cm_kernel_share,
     .contribution = cm_contribution_share},
    {"hhi", "1", 0, 1, CM_SUBJECT_MARKET, 1, 0, "Hirschman (1945); Herfindahl (1950); Rhoades (1993)",
     "Herfindahl-Hirschman index: sum of squared shares; 10,000 times that on the percent scale.",
     .kernel = cm_kernel_hhi, .contribution = cm_contribution_hhi},
    {"hhi_normalised", "1", 0, 1, CM_SUBJECT_MARKET, 1, 0, "docs/methods.md, 3",
     "HHI between 0 for equal producers and 1 for one: (H - 1/N) / (1 - 1/N).", .kernel = cm_kernel_hhi_normalised},
    {"cr1", "1", 0, 1, CM_SUBJECT_MARKET, 1, 0, "docs/methods.md, 4", "Share of the largest producer.", .kernel = cm_kernel_cr1,
     .contribution = cm_contribution_cr1},
    {"cr3", "1", 0, 1, CM_SUBJECT_MARKET, 1, 0, "docs/methods.md, 4; the headline of IEA (2025)",
     "Share of the three largest producers.", .kernel = cm_kernel_cr3, .contribution = cm_contribution_cr3},
    {"cr5", "1", 0, 1, CM_SUBJECT_MARKET, 1, 0, "docs/methods.md, 4", "Share of the five largest producers.",
     .kernel = cm_kernel_cr5, .contribution = cm_contribution_cr5},
    {"effective_number", "producers", 1, INFINITY, CM_SUBJECT_MARKET, 0, 0, "Hill (1973)",
     "Number of equal producers that would be as concentrated.", OWN(effective_number),
     .kernel = cm_kernel_effective_number},
    {"shannon", "nat", 0, INFINITY, CM_SUBJECT_MARKET, 0, 0, "Shannon (1948); Brown (2018)",
     "Shannon index of diversity: - sum s ln s.", .kernel = cm_kernel_shannon, .contribution = cm_contribution_shannon},
    {"evenness", "1", 0, 1, CM_SUBJECT_MARKET, 0, 0, "Shannon (1948); Brown (2018)",
     "Shannon index over that of as many equal producers.", .kernel = cm_kernel_evenness},
    {"hhi_wgi", "1", 0, 10, CM_SUBJECT_MARKET, 1, 1, "European Commission (2010, 2014)",
     "HHI with each square weighted by bad governance, 0 to 10, from the mean of six World Bank dimensions.",
     OWN(hhi_wgi), .kernel = cm_kernel_hhi_wgi, .contribution = cm_contribution_hhi_wgi},
    {"hhi_wgi_t", "1", 0, INFINITY, CM_SUBJECT_MARKET, 1, 1,
     "European Commission (2017, 2020, 2023); Regulation (EU) 2024/1252, Annex II",
     "The same with each square weighted by the trade parameter t too: of the store's `trade_parameter`, the newest, or "
     "of the restrictions in force.",
     OWN(hhi_wgi_t), .kernel = cm_kernel_hhi_wgi_t, .contribution = cm_contribution_hhi_wgi, .traded = 1},
    {"n_minus_1", "1", 0, INFINITY, CM_SUBJECT_SUPPLIER, 0, 0, "IEA (2025); docs/methods.md, 7",
     "What is left of supply without its largest producer, or the one named, over demand.", OWN(n_minus_1),
     .kernel = cm_kernel_n_minus_1, .contribution = cm_contribution_n_minus_1},
    {"apparent_consumption", NULL, -INFINITY, INFINITY, CM_SUBJECT_USER, 1, 0,
     "US Geological Survey, Mineral Commodity Summaries",
     "Production and old scrap plus imports less exports, plus what stocks release.", OWN(balance),
     .dependency = &apparent_consumption},
    {"net_import_reliance", "1", -INFINITY, 1, CM_SUBJECT_USER, 1, 0,
     "US Geological Survey, Mineral Commodity Summaries; Fortier et al. (2015)",
     "Net imports and stock release over apparent consumption; below 0 for a net exporter.", OWN(balance),
     .dependency = &net_import_reliance},
    {"import_reliance", "1", 0, 1, CM_SUBJECT_USER, 1, 0, "European Commission (2017)",
     "Net imports over production and net imports, without scrap and stocks, at least 0.", OWN(published),
     .dependency = &import_reliance},
    {"self_sufficiency", "1", 0, INFINITY, CM_SUBJECT_USER, 1, 0, "docs/methods.md, 8",
     "Production and old scrap over apparent consumption: 1 less the net import reliance.", OWN(balance),
     .dependency = &self_sufficiency},
    {"trade_exposure", "1", 0, 1, CM_SUBJECT_USER, 0, 0, "Nassar et al. (2020)",
     "Net import reliance cut to 0 to 1.", OWN(balance), .dependency = &trade_exposure},
    {"partner_share", "1", -INFINITY, INFINITY, CM_SUBJECT_PAIR, 1, 0, "common to the literature; docs/methods.md, 8",
     "Part of a user's supply, imports or consumption that comes from a partner.", OWN(partner_share),
     .dependency = &pair},
    {"hypothetical_extraction", "1", 0, 1, CM_SUBJECT_PAIR, 0, 0, "docs/methods.md, 8",
     "Part of a user's supply at a stage that is gone at once when the partner's output stops; nothing is rerouted.",
     OWN(extraction), .dependency = &part},
    {"origin_share", "1", 0, 1, CM_SUBJECT_PAIR, 1, 0, "Kemeny and Snell (1960); Cheng et al. (2024); docs/origin.md",
     "Part of what a user has that was made in a country at a stage, looked through trade and stages.", OWN(origin),
     .dependency = &origin_share},
    {"touch_share", "1", 0, 1, CM_SUBJECT_PAIR, 0, 0, "docs/origin.md",
     "Part of what a user has that was made in a country at one stage at least.", OWN(touch), .dependency = &touch_share},
    {"hidden_exposure", "1", -1, 1, CM_SUBJECT_PAIR, 0, 0, "docs/origin.md",
     "Origin share less what customs see of the country; below 0 for one that passes on what others made.", OWN(hidden),
     .dependency = &hidden_exposure},
    {"effective_dependency", "1", 0, 1, CM_SUBJECT_PAIR, 0, 0, "docs/origin.md",
     "Part of demand that still rests on a country once what others are bound to deliver is counted.", OWN(effective),
     .dependency = &effective_dependency},
    {"eu_supply_risk", "1", 0, INFINITY, CM_SUBJECT_ASSESSED, 1, 0, "European Commission (2017, 2020, 2023); Regulation (EU) 2024/1252, Annex II",
     "Supply risk of the European Union, of each stage and of the mineral: its bottleneck, or the mean of its members.",
     OWN(eu_supply_risk), .dependency = &supply_risk},
    {"eu_economic_importance", "1", 0, INFINITY, CM_SUBJECT_ASSESSED, 1, 0, "European Commission (2017, 2020, 2023); Regulation (EU) 2024/1252, Annex II",
     "Economic importance for the European Union: shares of use times the value added of their sectors.",
     OWN(eu_economic_importance), .dependency = &economic_importance},
    {"hoskins", "1", 0, 10, CM_SUBJECT_ASSESSED, 0, 0, "Hoskins Circular (2026)",
     "Sum of squares of share times risk, over 10; who looks, where one is named, bears no risk from its own output.",
     OWN(cm_hoskins_parameters), .dependency = &cm_hoskins_index},
    {"import_hhi", "1", 0, 1, CM_SUBJECT_USER, 0, 0, "Hirschman (1945); docs/criticality.md",
     "HHI of one user's suppliers.", OWN(cm_import_hhi_parameters), .dependency = &cm_import_hhi},
    {"export_hhi", "1", 0, 1, CM_SUBJECT_ASSESSED, 0, 0, "Hirschman (1945); docs/criticality.md",
     "HHI of a mineral's exporters.", OWN(cm_export_hhi_parameters), .dependency = &cm_export_hhi},
    {"reexports", NULL, 0, INFINITY, CM_SUBJECT_USER, 0, 0, "docs/methods.md, 9",
     "What a user sends on of what it brings in, by a simple rule, or what is left of imports or exports without it.",
     OWN(cm_reexports_parameters), .dependency = &cm_reexports},
    {"owner_hhi", "1", 0, 1, CM_SUBJECT_ASSESSED, 0, 0, "Brioschi et al. (1989); docs/criticality.md",
     "HHI of a market by the countries that own what is made, through chains of holdings.", OWN(cm_owner_parameters),
     .dependency = &cm_owner_concentration},
    {"crma_extraction", "1", 0, INFINITY, CM_SUBJECT_ASSESSED, 1, 0, CRMA,
     "What the Union can mine over what it uses: at least 10 % by 2030, of all strategic materials together.",
     OWN(cm_crma_parameters), .dependency = &cm_crma_extraction},
    {"crma_processing", "1", 0, INFINITY, CM_SUBJECT_ASSESSED, 1, 0, CRMA,
     "What the Union can process over what it uses: at least 40 % by 2030, of all strategic materials together.",
     OWN(cm_crma_parameters), .dependency = &cm_crma_processing},
    {"crma_recycling", "1", 0, INFINITY, CM_SUBJECT_ASSESSED, 1, 0, CRMA,
     "What the Union recycles over what it uses: at least 25 % by 2030, of all strategic materials together.",
     OWN(cm_crma_parameters), .dependency = &cm_crma_recycling},
    {"crma_imports", "1", 0, INFINITY, CM_SUBJECT_ASSESSED, 1, 0, CRMA,
     "What the largest third country delivers over what the Union uses: at most 65 % by 2030, at each stage.",
     OWN(cm_crma_parameters), .dependency = &cm_crma_imports},
    {"usgs_supply_risk", "1", 0, 1, CM_SUBJECT_ASSESSED, 0, 0, "Nassar et al. (2020); Nassar and Fortier (2021)",
     "Geometric mean of disruption potential, trade exposure and economic vulnerability; the first and last are the "
     "store's parameters `usgs_disruption_potential` and `usgs_economic_vulnerability`.",
     .dependency = &cm_usgs_risk},
    {"bgs_risk", "1", 0, 10, CM_SUBJECT_ASSESSED, 1, 0, "British Geological Survey (2011, 2015)",
     "Risk list: criteria scored in classes, from the store's parameters `bgs_...`.", OWN(cm_bgs_parameters),
     .dependency = &cm_bgs_list},
    {"geopolrisk_score", "1", 0, 1, CM_SUBJECT_USER, 1, 0, GEOPOLRISK,
     "Concentration of world production times the risk of imports, over what an importer makes and imports.",
     OWN(geopolrisk_score), .dependency = &cm_geopolrisk_score},
    {"geopolrisk_midpoint", "USD/kg", 0, INFINITY, CM_SUBJECT_USER, 1, 0, GEOPOLRISK, "GeoPolRisk score times the price.",
     OWN(geopolrisk_midpoint), .dependency = &cm_geopolrisk_midpoint},
    {"geopolrisk_cf", "kg Cu-eq/kg", 0, INFINITY, CM_SUBJECT_USER, 1, 0, GEOPOLRISK,
     "Characterisation factor of geopolitical supply risk: the midpoint over that of copper.", OWN(geopolrisk_cf),
     .dependency = &cm_geopolrisk_cf},
};
const int cm_n_metrics = (int)(sizeof cm_metrics / sizeof cm_metrics[0]);

int cm_metric_is_of_user(const cm_metric *metric) {
  return metric->dependency != NULL;
}

const cm_assessment *cm_metric_assessment(const cm_metric *metric) {
  return metric->dependency ? metric->dependency->assessment : NULL;
}

int cm_metric_parameters(const cm_metric *metric) {
  return CM_P_OWN + metric->n_own;
}

const cm_parameter *cm_metric_parameter(const cm_metric *metric, int i) {
  if (i == CM_P_RESIDUAL && cm_metric_is_of_user(metric)) return &residual_of_user;
  return i < CM_P_OWN ? &common[i] : &metric->own[i - CM_P_OWN];
}

int cm_metric_has(const cm_metric *metric, int i) {
  if (i >= CM_P_OWN || !cm_metric_is_of_user(metric)) return 1;
  const cm_assessment *assessment = cm_metric_assessment(metric);
  if (assessment) return (int)(assessment->common >> i & 1);
  return i == CM_P_RESIDUAL || i == CM_P_LISTED_ONLY || i == CM_P_OUTLOOK || i == CM_P_SCENARIO;
}

int cm_metric_find(const char *name) {
  for (int i = 0; i < cm_n_metrics; i++) {
    if (cm_name_equal(cm_metrics[i].name, name)) return i;
  }
  return CM_NONE;
}

static const char *metric_at(const void *user, size_t i) {
  return ((const cm_metric *)user)[i].name;
}

critmin_status cm_metric_unknown(const char *name, critmin_error *error) {
  const char *nearest = cm_name_nearest(name, metric_at, cm_metrics, (size_t)cm_n_metrics);
  if (nearest)
    return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "there is no metric `%s`; did you mean `%s`?", name, nearest);
  return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "there is no metric `%s`; list the metrics to see their names",
                 name);
}

static double end_of_range(double end) {
  return isinf(end) ? NAN : end;
}

critmin_status critmin_metric_parameters(const char *metric, critmin_table **table, critmin_error *error) {
  if (!table) return cm_fail_null(error, "table");
  int only = metric ? cm_metric_find(metric) : CM_NONE;
  if (metric && only == CM_NONE) return cm_metric_unknown(metric, error);
  static const char *const types[] = {"number", "integer", "flag", "word", "text"};
  static const cm_column columns[] = {
      {"metric", "", CRITMIN_COLUMN_TEXT},         {"parameter", "", CRITMIN_COLUMN_TEXT},
      {"type", "", CRITMIN_COLUMN_TEXT},           {"default", "", CRITMIN_COLUMN_TEXT},
      {"low", "as `unit`", CRITMIN_COLUMN_NUMBER}, {"high", "as `unit`", CRITMIN_COLUMN_NUMBER},
      {"words", "", CRITMIN_COLUMN_TEXT},          {"unit", "", CRITMIN_COLUMN_TEXT},
      {"source", "", CRITMIN_COLUMN_TEXT},         {"text", "", CRITMIN_COLUMN_TEXT},
  };
  cm_builder *b = cm_builder_new(columns, 10);
  if (!b) return cm_fail_memory(error);
  for (int i = only == CM_NONE ? 0 : only; i < (only == CM_NONE ? cm_n_metrics : only + 1); i++) {
    const cm_metric *m = &cm_metrics[i];
    for (int j = 0; j < cm_metric_parameters(m); j++) {
      if (!cm_metric_has(m, j)) continue;
      const cm_parameter *p = cm_metric_parameter(m, j);
      int is_number = p->type != CM_PARAMETER_WORD && p->type != CM_PARAMETER_TEXT;
      cm_builder_row(b);
      cm_builder_text(b, 0, m->name);
      cm_builder_text(b, 1, p->name);
      cm_builder_text(b, 2, types[p->type]);
      cm_builder_text(b, 3, p->initial);
      cm_builder_number(b, 4, is_number ? p->low : NAN);
      cm_builder_number(b, 5, is_number ? end_of_range(p->high) : NAN);
      cm_builder_text(b, 6, p->words);
      cm_builder_text(b, 7, p->unit);
      cm_builder_text(b, 8, p->source);
      cm_builder_text(b, 9, p->text);
    }
  }
  return cm_builder_finish(b, table, error);
}
