/* SPDX-License-Identifier: MIT */
/* What the publishers of the methods fixed, as data: every constant with its source, and whether it was read there. */
#ifndef CM_METRICS_PRESETS_H
#define CM_METRICS_PRESETS_H

#include <stddef.h>
#include <stdint.h>

typedef struct cm_preset {
  const char *method;
  const char *constant;
  double value;
  const char *unit;
  int32_t verified; /* 1: read in the source named, or reproduced from its published results */
  const char *source;
  const char *text;
} cm_preset;

/* The constants, those of one method together. */
size_t cm_preset_count(void);
const cm_preset *cm_preset_at(size_t i);
/* The constant of a method that has it: names are those of the table. */
double cm_preset_value(const char *method, const char *constant);
/* Whether it is there and was read in its source, or reproduced. */
int cm_preset_verified(const char *method, const char *constant);

#endif
