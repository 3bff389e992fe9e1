/* SPDX-License-Identifier: MIT */
#include "critmin/source.h"

#include "store/record_api.h"

CM_RECORD_API(source)
