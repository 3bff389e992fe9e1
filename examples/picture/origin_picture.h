/* SPDX-License-Identifier: MIT */
/* The picture of an origin, as a Sankey diagram. */
#ifndef ORIGIN_PICTURE_H
#define ORIGIN_PICTURE_H

#include "buffer.h"
#include "look_through.h"

/* Appends the picture as SVG. `placed` is NULL for a picture that stands alone, with its title, words and source in it;
 * else letters that set it apart from others on a page that says these around it. Nothing is appended where nothing is
 * on record: NOT_FOUND. */
critmin_status origin_picture(const origin *o, const char *placed, buffer *b, critmin_error *error);

#endif
