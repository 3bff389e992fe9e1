/* SPDX-License-Identifier: MIT */
/* An origin in words: one line a stage, the largest first, then what customs see. */
#ifndef ORIGIN_TEXT_H
#define ORIGIN_TEXT_H

#include "../picture/buffer.h"
#include "../picture/look_through.h"

/* Appends it. Returns an exit code. */
int origin_text(const origin *o, buffer *b);

#endif
