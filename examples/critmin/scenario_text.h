/* SPDX-License-Identifier: MIT */
/* What comes of a scenario, as one reads it: the cases side by side, user by user, then what is said of them. */
#ifndef SCENARIO_TEXT_H
#define SCENARIO_TEXT_H

#include "../picture/buffer.h"
#include "critmin/critmin.h"

/* The tables `summary` and `inputs` of an outcome. */
void scenario_add_summary(const critmin_table *summary, const critmin_table *inputs, buffer *b);

#endif
