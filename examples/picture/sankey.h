/* SPDX-License-Identifier: MIT */
/* A Sankey diagram: columns of nodes, each column 1 in all, and bands between neighbours that are as wide as their
 * share. */
#ifndef SANKEY_H
#define SANKEY_H

#include "buffer.h"

enum { SANKEY_NODES = 16, SANKEY_COLUMNS = 12, SANKEY_LINKS = 1024 };
enum { SANKEY_OTHERS = -1, SANKEY_UNKNOWN = -2 }; /* colours that are no country's */

typedef struct sankey_node {
  const char *name;        /* borrowed */
  double share, low, high; /* low and high NaN: no interval is told; share NaN: the name alone */
  double height;           /* as drawn, of 1: what bands need; the label tells `share` */
  int colour;              /* from 0, the same for one country everywhere; or one of the above */
} sankey_node;

typedef struct sankey_column {
  const char *title; /* borrowed */
  sankey_node node[SANKEY_NODES];
  int n;
} sankey_column;

typedef struct sankey_link {
  int column, from, to; /* from a node of the column to one of the next */
  double share;
} sankey_link;

typedef struct sankey {
  const char *title;           /* borrowed, as are all texts */
  const char *subtitle, *note; /* NULL, both: a page around it shows title, words and source; it is then drawn lower */
  const char *id;              /* letters that set it apart from others on its page */
  sankey_column column[SANKEY_COLUMNS];
  int n_columns;
  sankey_link link[SANKEY_LINKS];
  int n_links;
} sankey;

/* Appends the diagram as SVG: no script, no outside font; with the shares in words for those who cannot see it. Colours
 * alternate between dark and light, so that they are told apart in grey too. */
void sankey_svg(const sankey *s, buffer *b);

#endif
