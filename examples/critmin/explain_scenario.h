/* SPDX-License-Identifier: MIT */
#ifndef EXPLAIN_SCENARIO_H
#define EXPLAIN_SCENARIO_H

#include "../picture/buffer.h"
#include "command.h"

/* Returns an exit code. */
int explain_scenario(request *r);
/* Each source of the rows once, as one would cite it (run_metric.c). */
void explain_add_sources(buffer *b, const critmin_table *rows);

#endif
