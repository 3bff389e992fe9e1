/* SPDX-License-Identifier: MIT */
#include "critmin/reserve.h"

#include "store/record_api.h"

CM_RECORD_API(reserve)
