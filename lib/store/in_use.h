/* SPDX-License-Identifier: MIT */
#ifndef CM_STORE_IN_USE_H
#define CM_STORE_IN_USE_H

#include "store/where.h"

/* IN_USE, naming a row that refers to those that the conditions leave, which could not be deleted. */
critmin_status cm_fail_in_use(const cm_where *deleting, const cm_relation *relation, critmin_error *error);

#endif
