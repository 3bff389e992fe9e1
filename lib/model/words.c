/* SPDX-License-Identifier: MIT */
#include "model/model.h"

const char *const cm_status_words[CM_STATUSES] = {
    [CM_STATUS_REPORTED] = "reported",   [CM_STATUS_ESTIMATED] = "estimated",
    [CM_STATUS_ZERO] = "zero",           [CM_STATUS_LESS_THAN_HALF_UNIT] = "less_than_half_unit",
    [CM_STATUS_WITHHELD] = "withheld",   [CM_STATUS_NOT_AVAILABLE] = "not_available",
    [CM_STATUS_RESIDUAL] = "residual",   [CM_STATUS_IMPUTED] = "imputed",
    [CM_STATUS_PROJECTED] = "projected", [CM_STATUS_ASSUMED] = "assumed",
};

const char *const cm_country_kind_words[CM_COUNTRY_KINDS] = {
    [CM_IS_COUNTRY] = "country", [CM_IS_FORMER] = "former", [CM_IS_UNION] = "union",
    [CM_IS_WORLD] = "world",     [CM_IS_OTHER] = "other",   [CM_IS_UNKNOWN] = "unknown",
};

const char *const cm_stage_kind_words[CM_STAGE_KINDS] = {
    [CM_MINING] = "mining", [CM_CONCENTRATE] = "concentrate", [CM_PROCESSING] = "processing",
    [CM_METAL] = "metal",   [CM_COMPONENT] = "component",
};
