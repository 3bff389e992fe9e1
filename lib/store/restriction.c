/* SPDX-License-Identifier: MIT */
#include "critmin/restriction.h"

#include "store/record_api.h"

CM_RECORD_API(restriction)
