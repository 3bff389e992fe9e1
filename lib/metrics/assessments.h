/* SPDX-License-Identifier: MIT */
/* Assessments that the catalogue lists, each in a file of its own, with their own parameters. */
#ifndef CM_METRICS_ASSESSMENTS_H
#define CM_METRICS_ASSESSMENTS_H

#include "metrics/catalogue.h"

/* metric_hoskins.c */
extern const cm_dependency cm_hoskins_index;
extern const cm_parameter cm_hoskins_parameters[1];

/* metric_import_hhi.c */
extern const cm_dependency cm_import_hhi;
extern const cm_parameter cm_import_hhi_parameters[2];

/* metric_export_hhi.c */
extern const cm_dependency cm_export_hhi;
extern const cm_parameter cm_export_hhi_parameters[2];

/* metric_reexports.c */
extern const cm_dependency cm_reexports;
extern const cm_parameter cm_reexports_parameters[3];

/* metric_owner.c */
extern const cm_dependency cm_owner_concentration;
extern const cm_parameter cm_owner_parameters[3];

/* metric_crma.c */
extern const cm_dependency cm_crma_extraction, cm_crma_processing, cm_crma_recycling, cm_crma_imports;
extern const cm_parameter cm_crma_parameters[4];

/* metric_scored.c: made of terms that the store has as parameters */
extern const cm_dependency cm_bgs_list, cm_usgs_risk;
extern const cm_parameter cm_bgs_parameters[1];

#endif
