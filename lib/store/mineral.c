/* SPDX-License-Identifier: MIT */
#include "critmin/mineral.h"

#include "store/record_api.h"

CM_RECORD_API(mineral)
