/* SPDX-License-Identifier: MIT */
/*
 * Definitions: texts that the store keeps and a room above it computes. That room checks them before they are kept;
 * what it has to say for that is declared here, where both can see it.
 */
#ifndef CM_BASE_DEFINITION_H
#define CM_BASE_DEFINITION_H

#include "base/error.h"

/* Whether a composite of that key (NULL: not known yet) can be computed as its JSON says. error->row and column are the
 * place in the text (metrics/composite_definition.c). */
critmin_status cm_composite_check(const char *key, const char *json, critmin_error *error);

#endif
