/* SPDX-License-Identifier: MIT */
#include "critmin/group.h"

#include "store/record_api.h"

CM_RECORD_API(group)
