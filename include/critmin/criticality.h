/* SPDX-License-Identifier: MIT */
/**
 * @file criticality.h
 * @brief Kernels: the published criticality methods, each as its institution defines it, over plain numbers.
 *
 * A kernel takes the terms of one method and writes a ::critmin_answer whose bounds hold over the whole box of the terms'
 * intervals. A term that is not known is NaN, never zero: an answer that needs it is NaN with NO_DATA. What a method's publisher
 * fixed (weights, scales, thresholds, reference values) is in the presets, each with its source and whether it was
 * read there; an answer that rests on one that was not, or on a formula read only second-hand, is flagged UNVERIFIED_PRESET. Nothing is
 * kept: any number of threads may call the kernels.
 *
 * Unless a function says otherwise the errors are ARGUMENT, NEGATIVE (a term below zero), INVALID_VALUE (a term outside its
 * scale, low above high, a number that is not finite; the message names the term).
 */
#ifndef CRITMIN_CRITICALITY_H
#define CRITMIN_CRITICALITY_H

#include "critmin/answer.h"
#include "critmin/concentration.h"
#include "critmin/dependency.h"
#include "critmin/export.h"
#include "critmin/status.h"
#include "critmin/table.h"

CRITMIN_BEGIN

/** @defgroup criticality Criticality kernels
 *  @{ */

/**
 * Every constant of every method: columns `method` (such as `eu_2017`), `constant`, `value`, `unit`, `verified` (1: read in
 * its source, or reproduced from published results; 0: not), `source`, `text`. @param[out] table owned by the caller.
 * Errors: MEMORY. Any thread.
 */
CRITMIN_API critmin_status critmin_preset_list(critmin_table **table, critmin_error *error);

/**
 * One constant, such as `eu_2017`, `governance_best`.
 * @param[out] value the constant. @param[out] verified 1 or 0; may be NULL.
 * Errors: UNKNOWN_NAME (no such method, or no such constant of it; the message suggests the nearest). Any thread.
 */
CRITMIN_API critmin_status critmin_preset(const char *method, const char *constant, double *value, int32_t *verified,
                                          critmin_error *error);

/** Terms of the EU's supply risk at one stage. Initialise with critmin_eu_supply_init(). */
typedef struct critmin_eu_supply {
  uint32_t struct_size;             /**< sizeof(critmin_eu_supply) as the caller knows it. */
  int32_t edition;                  /**< 2010, 2014, 2017, 2020 or 2023; 2023 at the start. */
  critmin_interval global_supply;   /**< Governance- and trade-weighted index of world production, critmin_hhi_wgi_t(). */
  critmin_interval eu_sourcing;     /**< The same of what the EU uses: its own production and its imports. NaN: not known. */
  critmin_interval import_reliance; /**< critmin_import_reliance(), cut to 0 to 1. */
  critmin_interval recycling;       /**< End-of-life recycling input rate, 0 to 1. */
  critmin_interval substitution;    /**< Substitution index of supply risk, 0 to 1; 1 for no substitute. */
} critmin_eu_supply;

/** Sets `struct_size` and the edition; all else NaN. Any thread. NULL is ignored. */
CRITMIN_API void critmin_eu_supply_init(critmin_eu_supply *supply);

/** Size of ::critmin_eu_supply in this library. Any thread. */
CRITMIN_API int32_t critmin_eu_supply_size(void);

/**
 * Supply risk of the European Commission at one stage, 0 to about 10, critical from 1.
 *
 * From 2017: (H_global IR/2 + H_sourcing (1 - IR/2)) (1 - recycling) substitution (Blengini et al. 2017; Regulation (EU)
 * 2024/1252, Annex II). Where one of the two indices is not known the other takes its weight, flagged NOT_AVAILABLE. An import
 * reliance outside 0 to 1 is cut, CLAMPED. 2010 and 2014: substitution (1 - recycling) H_global, with H the governance-weighted index
 * without trade; flagged UNVERIFIED_PRESET, and not comparable with the later ones.
 *
 * Exact over the box of the terms. Errors besides: ARGUMENT for an edition that is none.
 */
CRITMIN_API critmin_status critmin_eu_supply_risk(const critmin_eu_supply *supply, critmin_answer *answer,
                                                  critmin_error *error);

/** How scores of parts make the score of the whole. */
enum {
  CRITMIN_COMBINE_GREATEST = 0, /**< The bottleneck: the stage of the highest risk stands for the material. */
  CRITMIN_COMBINE_MEAN = 1      /**< The plain mean: a group of materials, such as the light rare earths. */
};

/**
 * The score of a material from those of its stages, or of a group from those of its members (European Commission 2017).
 * @param scores `n` scores. Those that are NaN throughout are left out, NOT_AVAILABLE: the answer is over the others.
 * @param rule a `CRITMIN_COMBINE_` constant.
 * @param[out] part index of the greatest score, -1 when there is none; may be NULL.
 */
CRITMIN_API critmin_status critmin_eu_combine(const critmin_interval *scores, int64_t n, int32_t rule, int64_t *part,
                                              critmin_answer *answer, critmin_error *error);

/** Where a material is used. Arrays are borrowed for the call. Initialise with critmin_eu_uses_init(). */
typedef struct critmin_eu_uses {
  uint32_t struct_size;          /**< sizeof(critmin_eu_uses) as the caller knows it. */
  int32_t edition;               /**< 2010, 2014, 2017, 2020 or 2023; 2023 at the start. */
  const double *share;           /**< Share of the material's use, 0 to 1, `n` entries. */
  const double *value_added;     /**< Value added of the sector of that use, `n` entries; NaN: allocated to no sector. */
  int64_t n;                     /**< Uses. */
  double denominator;            /**< From 2017: the greatest value added of a manufacturing sector. Before: GDP. */
  critmin_interval substitution; /**< Substitution index of economic importance, 0 to 1; not used before 2017. */
  int32_t renormalise;           /**< Not 0: uses without a sector are left out of the shares too (LISTED_ONLY). */
  int32_t reserved;              /**< Zero. */
} critmin_eu_uses;

/** Sets `struct_size` and the edition; numbers NaN, no uses. Any thread. NULL is ignored. */
CRITMIN_API void critmin_eu_uses_init(critmin_eu_uses *uses);

/** Size of ::critmin_eu_uses in this library. Any thread. */
CRITMIN_API int32_t critmin_eu_uses_size(void);

/**
 * Economic importance of the European Commission: from 2017 10 (sum of share x value added) / denominator x substitution, 0 to 10,
 * critical from 2.8 together with supply risk; 2010 and 2014 the sum over GDP, critical from 5 on the scale of its time
 * (UNVERIFIED_PRESET). Uses that have no sector, and what the shares leave of 1, add nothing to the value, as in the study,
 * and anything up to the denominator's sector to the high end. `coverage` is the share of uses with a sector.
 * Errors besides: SHARE_RANGE when the shares sum to more than 1 by more than the rounding of whole per cents.
 */
CRITMIN_API critmin_status critmin_eu_economic_importance(const critmin_eu_uses *uses, critmin_answer *answer,
                                                          critmin_error *error);

/** What GeoPolRisk knows of one importer, raw material and year. Initialise with critmin_geopolrisk_init(). */
typedef struct critmin_geopolrisk {
  uint32_t struct_size;        /**< sizeof(critmin_geopolrisk) as the caller knows it. */
  uint32_t reserved;           /**< Zero. */
  critmin_interval hhi;        /**< critmin_hhi() of world production, 0 to 1. */
  critmin_interval production; /**< Own production; 0 for a company that owns no mine. */
  critmin_interval price;      /**< Money for a unit, as the midpoint is to be in; used by midpoint and factor only. */
  const double *imports;       /**< Imports from each partner in the unit of production, `n` entries; borrowed. */
  const double *low;           /**< Least each can be, or NULL: the imports themselves. NaN: the same. */
  const double *high;          /**< Most each can be, or NULL: the imports themselves. NaN: the same. */
  const double *risk;          /**< 0 (stable) to 1 of each partner; NaN: no score. See critmin_geopolrisk_risk(). */
  int64_t n;                   /**< Partners. */
  double reference;            /**< Midpoint of the reference material; at the start copper's of 2017-2021. */
} critmin_geopolrisk;

/** Sets `struct_size`, production 0 and the reference; all else NaN, no partners. Any thread. NULL is ignored. */
CRITMIN_API void critmin_geopolrisk_init(critmin_geopolrisk *terms);

/** Size of ::critmin_geopolrisk in this library. Any thread. */
CRITMIN_API int32_t critmin_geopolrisk_size(void);

/** Risk of a partner, 0 to 1, from its estimate of political stability: (2.5 - estimate) / 5, CLAMPED; no score: [0, 1], WGI_IMPUTED. */
CRITMIN_API critmin_status critmin_geopolrisk_risk(double stability, critmin_answer *answer, critmin_error *error);

/**
 * GeoPolRisk score: hhi x (sum of risk x imports) / (production + imports), 0 to 1 (Gemechu et al. 2015; Koyamparambath et
 * al. 2024). A partner without a score stands as [0, 1] in the bounds and as the mean of the others by imports in the value
 * (WGI_IMPUTED). Neither production nor imports: UNDEFINED. Exact over the box of the terms. For a group, leave the flows inside it out.
 * Errors besides: INVALID_VALUE for imports that are NaN without both bounds.
 */
CRITMIN_API critmin_status critmin_geopolrisk_score(const critmin_geopolrisk *terms, critmin_answer *answer,
                                                    critmin_error *error);

/** Midpoint: score x price, in the unit of the price. */
CRITMIN_API critmin_status critmin_geopolrisk_midpoint(const critmin_geopolrisk *terms, critmin_answer *answer,
                                                       critmin_error *error);

/** Characterisation factor (geopolitical supply risk): midpoint / reference, in kg copper equivalents per kg. */
CRITMIN_API critmin_status critmin_geopolrisk_cf(const critmin_geopolrisk *terms, critmin_answer *answer,
                                                 critmin_error *error);

/**
 * Scores of all importers of many markets in one pass over their flows, values only: what critmin_geopolrisk_score() and
 * critmin_geopolrisk_cf() give each, with critmin_hhi() of the production.
 *
 * Flows come sorted by market, and within a market by importer; a flow of a country to itself is passed over.
 * @param market, importer, exporter, quantity `flows` entries: market 0 to markets - 1, countries 0 to countries - 1, tonnes.
 * @param production `markets` rows of `countries`, in the unit of the quantities; 0 where nothing is made.
 * @param risk of exporters, 0 to 1, NaN where there is no score, `risk_rows` rows of `countries`; market i uses row i modulo
 *        `risk_rows`.
 * @param price one a market; NaN: not known. NULL with `cf` NULL. @param reference midpoint that counts as 1.
 * @param hhi one a market: NaN where nothing is made. NULL: not wanted.
 * @param score, cf `markets` rows of `countries`; NaN where a country neither makes nor imports, where none of its partners has a
 *        score, and of a market in which nothing is made. NULL: not wanted.
 * @param threads worker threads, 0 for one per processor; the bits do not depend on it.
 * On failure the results are left half written. Errors: ARGUMENT (null, out of range or out of order: the row is given),
 * INVALID_VALUE, MEMORY.
 */
CRITMIN_API critmin_status critmin_geopolrisk_batch(const int32_t *market, const int32_t *importer, const int32_t *exporter,
                                                    const double *quantity, int64_t flows, int32_t markets,
                                                    int32_t countries, const double *production, const double *risk,
                                                    int32_t risk_rows, const double *price, double reference, double *hhi,
                                                    double *score, double *cf, int32_t threads, critmin_error *error);

/**
 * Disruption potential before it is scaled: sum of squared shares x ability x willingness, both 0 (able, willing) to 1
 * (Nassar et al. 2020). Leave the importing country out of the quantities, or give it zeros. Where an index is missing the product
 * of both is [0, 1] in the bounds and the mean of the others by production in the value (WGI_IMPUTED), unless the other index is 0.
 * Flagged UNVERIFIED_PRESET.
 * Errors besides: MEMORY and those of critmin_hhi().
 */
CRITMIN_API critmin_status critmin_usgs_disruption_potential(const double *quantity, const double *ability,
                                                             const double *willingness, int64_t n,
                                                             const critmin_supply *supply, critmin_answer *answer,
                                                             critmin_error *error);

/**
 * Supply risk of the US Geological Survey: the geometric mean of disruption potential, trade exposure and economic vulnerability, each 0
 * to 1 as scaled by the caller (Nassar et al. 2020; Nassar and Fortier 2021, list from 0.40). Flagged UNVERIFIED_PRESET: the
 * mean was read second-hand, and the scaling is not published.
 */
CRITMIN_API critmin_status critmin_usgs_supply_risk(const critmin_interval *disruption_potential,
                                                    const critmin_interval *trade_exposure,
                                                    const critmin_interval *economic_vulnerability,
                                                    critmin_answer *answer, critmin_error *error);

/**
 * Expected economic effect: the sum over scenarios of probability x change of GDP, in the money of the effects (US
 * Geological Survey 2025). @param probability 0 to 1, `n` entries. @param effect below zero for a loss, `n` entries.
 */
CRITMIN_API critmin_status critmin_usgs_expected_effect(const critmin_interval *probability, const critmin_interval *effect,
                                                        int64_t n, critmin_answer *answer, critmin_error *error);

/**
 * Criticality potential of the early-warning screening: the geometric mean of supply risk, production growth and market
 * dynamics, each 0 to 1 as scaled by the caller (US National Science and Technology Council 2016; McCullough and Nassar 2017).
 */
CRITMIN_API critmin_status critmin_nstc_criticality_potential(const critmin_interval *supply_risk,
                                                              const critmin_interval *production_growth,
                                                              const critmin_interval *market_dynamics,
                                                              critmin_answer *answer, critmin_error *error);

/**
 * Risk list of the British Geological Survey, up to 10: the sum of the criteria's scores over the greatest sum, times 10.
 * @param edition 2011: four criteria (scarcity, production concentration, reserve distribution, governance) scored 1 to 5;
 *        2015: seven criteria scored 1 to 3 in half steps.
 * @param scores in that order, NaN where there is none: the value is then over the others (NOT_AVAILABLE), the bounds take the
 *        ends of the scale. @param n must be the number of criteria of the edition.
 * Errors besides: ARGUMENT for an edition that is none and a wrong `n`; INVALID_VALUE for a score off the scale or its steps.
 */
CRITMIN_API critmin_status critmin_bgs_risk(int32_t edition, const double *scores, int64_t n, critmin_answer *answer,
                                            critmin_error *error);

/**
 * Hoskins index, 0 to 10: sum of (share x risk)^2 / 10, shares of what is listed (Hoskins Circular 2026).
 * @param risk 0 to 10 of each producer under the lens chosen; NaN: no score, 5 in the value as in the publisher's, 0 to 10 in the
 *        bounds (WGI_IMPUTED).
 * @param own index of the country that looks, whose own production bears no risk for it; -1 for the world's view.
 * Errors besides: MEMORY and those of critmin_hhi().
 */
CRITMIN_API critmin_status critmin_hoskins(const double *quantity, const double *risk, int64_t n, int64_t own,
                                           const critmin_supply *supply, critmin_answer *answer, critmin_error *error);

/**
 * Supply risk of SCARCE, 0 to 1 over the materials given (Arendt et al. 2020, as its authors' program has it): each indicator's squared
 * ratio to its target, 0 below 0.8, is brought to 0 to 1 over the materials, summed, and the sum again.
 * The score is of the set: adding a material can change all of them. An indicator on which all are alike adds nothing.
 * @param indicators `materials` rows of `n` indicators, row-major; NaN: not known.
 * @param target `n` targets above zero. @param rising `n` entries, not 0 where more is riskier; else the ratio is target over
 *        indicator.
 * @param[out] scores `materials` scores; NaN for a material of which an indicator is NaN, and where all are alike.
 * Errors besides: MEMORY.
 */
CRITMIN_API critmin_status critmin_scarce_supply_risk(const double *indicators, int64_t materials, int64_t n,
                                                      const double *target, const int32_t *rising, double *scores,
                                                      critmin_error *error);

/** @} */

CRITMIN_END

#endif
