/* SPDX-License-Identifier: MIT */
#include "critmin/producer.h"

#include "store/record_api.h"

CM_RECORD_API(producer)
