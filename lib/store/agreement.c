/* SPDX-License-Identifier: MIT */
#include "critmin/agreement.h"

#include "store/record_api.h"

CM_RECORD_API(agreement)
