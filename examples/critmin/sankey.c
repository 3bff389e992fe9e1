/* SPDX-License-Identifier: MIT */
#include "sankey.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LEFT = 24, TOP = 112, WIDE = 12, HEIGHT = 470, GAP = 9, STEP = 215, LINE = 13, HEADING = 30, LEAST_WIDTH = 860 };

/* Nodes of less have no label. */
static const double FAINT = .0005;

/* Told apart by those who see no red or green, and in grey (after Okabe and Ito). */
static const char *const colours[] = {"#b5413a", "#2f6c9e", "#d59a2d", "#3f8f6b",
                                      "#8a5fa0", "#6fb0d6", "#a9682f", "#7c8a3a"};
enum { COLOURS = sizeof colours / sizeof colours[0] };

static void add(buffer *b, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;
static void add(buffer *b, const char *format, ...) {
  char text[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  buffer_text(b, text);
}

static void escaped(buffer *b, const char *words) {
  for (; *words; words++) {
    const char *as = *words == '&'   ? "&amp;"
                     : *words == '<' ? "&lt;"
                     : *words == '>' ? "&gt;"
                     : *words == '"' ? "&quot;"
                                     : NULL;
    if (as)
      buffer_text(b, as);
    else
      buffer_bytes(b, words, 1);
  }
}

static const char *fill_of(int colour) {
  if (colour == SANKEY_UNKNOWN) return "url(#unknown)";
  return colour < 0 ? "#b9b9b9" : colour < COLOURS ? colours[colour] : "#8d97a3";
}

/* Where a node stands, and how much of its two sides bands have taken. */
typedef struct place {
  double y, height, out, in;
} place;

static void lay_out(const sankey *s, place places[SANKEY_COLUMNS][SANKEY_NODES]) {
  for (int c = 0; c < s->n_columns; c++) {
    const sankey_column *column = &s->column[c];
    double whole = 0, y = TOP;
    for (int i = 0; i < column->n; i++) whole += column->node[i].share;
    double unit = (HEIGHT - GAP * (column->n - 1)) / (whole > 0 ? whole : 1);
    for (int i = 0; i < column->n; i++) {
      double height = column->node[i].share * unit;
      places[c][i] = (place){y, height, 0, 0};
      y += height + GAP;
    }
  }
}

static void add_link(const sankey *s, const sankey_link *link, place places[SANKEY_COLUMNS][SANKEY_NODES], buffer *b) {
  const sankey_node *from = &s->column[link->column].node[link->from],
                    *to = &s->column[link->column + 1].node[link->to];
  place *a = &places[link->column][link->from], *z = &places[link->column + 1][link->to];
  double thick = a->height * link->share / from->share, end = z->height * link->share / to->share;
  double x = LEFT + STEP * link->column + WIDE, to_x = LEFT + STEP * (link->column + 1), middle = (x + to_x) / 2;
  double y = a->y + a->out, to_y = z->y + z->in;
  a->out += thick;
  z->in += end;
  add(b,
      "<path d=\"M%.1f %.2fC%.1f %.2f %.1f %.2f %.1f %.2fV%.2fC%.1f %.2f %.1f %.2f %.1f %.2fZ\" fill=\"%s\" "
      "class=\"band\"/>\n",
      x, y, middle, y, middle, to_y, to_x, to_y, to_y + end, middle, to_y + end, middle, y + thick, x, y + thick,
      from->colour == SANKEY_UNKNOWN ? "#cfcfcf" : fill_of(from->colour));
}

static void add_percent(buffer *b, double share) {
  double percent = 100 * share;
  add(b, percent > 0 && percent < .95 ? "%.1f" : "%.0f", percent);
}

static void add_label(const sankey_node *node, double x, double y, buffer *b) {
  add(b, "<text x=\"%.1f\" y=\"%.1f\" class=\"name\">", x, y);
  escaped(b, node->name);
  buffer_text(b, " <tspan class=\"share\">");
  add_percent(b, node->share);
  buffer_text(b, " %</tspan>");
  if (node->high - node->low >= .005) {
    buffer_text(b, " <tspan class=\"ends\">");
    add_percent(b, node->low);
    buffer_text(b, "–");
    add_percent(b, node->high);
    buffer_text(b, "</tspan>");
  }
  buffer_text(b, "</text>\n");
}

/* On one line, or on two where it is long. */
static void add_heading(const char *title, double x, buffer *b) {
  size_t length = strlen(title), end = length;
  if (length > HEADING) {
    end = HEADING;
    while (end > 0 && title[end] != ' ') end--;
    if (end == 0) end = length;
  }
  for (int line = 0; line < 2 && length > 0; line++) {
    add(b, "<text x=\"%.1f\" y=\"%d\" class=\"stage\">", x, TOP - 14 - (line == 0 && end < length ? 15 : 0));
    for (size_t i = line ? end + 1 : 0; i < (line ? length : end); i++) escaped(b, (char[]){title[i], '\0'});
    buffer_text(b, "</text>\n");
    if (end == length) return;
  }
}

/* Labels stand beside the middle of their nodes, moved down where they would meet. */
static void add_column(const sankey *s, int c, place places[SANKEY_COLUMNS][SANKEY_NODES], buffer *b) {
  const sankey_column *column = &s->column[c];
  double x = LEFT + STEP * c, free_from = TOP - LINE;
  add_heading(column->title, x, b);
  for (int i = 0; i < column->n; i++) {
    const place *p = &places[c][i];
    add(b, "<rect x=\"%.1f\" y=\"%.2f\" width=\"%d\" height=\"%.2f\" fill=\"%s\"/>\n", x, p->y, WIDE,
        fmax(p->height, .6), fill_of(column->node[i].colour));
  }
  for (int i = 0; i < column->n; i++) {
    const place *p = &places[c][i];
    if (column->node[i].share < FAINT) continue;
    double y = fmax(p->y + p->height / 2 + 4, free_from + LINE);
    add_label(&column->node[i], x + WIDE + 5, y, b);
    free_from = y;
  }
}

/* Broken between words into lines of so many letters. */
static void add_lines(buffer *b, const char *words, int y, const char *class, size_t letters) {
  for (; *words; y += 15) {
    size_t length = strlen(words);
    if (length > letters) {
      length = letters;
      while (length > 0 && words[length] != ' ') length--;
      if (length == 0) length = letters;
    }
    add(b, "<text x=\"%d\" y=\"%d\" class=\"%s\">", LEFT, y, class);
    for (size_t i = 0; i < length; i++) escaped(b, (char[]){words[i], '\0'});
    buffer_text(b, "</text>\n");
    words += length;
    while (*words == ' ') words++;
  }
}

void sankey_svg(const sankey *s, buffer *b) {
  place places[SANKEY_COLUMNS][SANKEY_NODES];
  int width = LEFT + STEP * s->n_columns + 30, height = TOP + HEIGHT + 96;
  if (width < LEAST_WIDTH) width = LEAST_WIDTH;
  add(b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n",
      width, height, width, height);
  buffer_text(b, "<title>");
  escaped(b, s->title);
  buffer_text(b,
              "</title>\n<defs><pattern id=\"unknown\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" "
              "patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\" fill=\"#fff\"/><rect width=\"2\" "
              "height=\"5\" fill=\"#777\"/></pattern></defs>\n");
  buffer_text(b,
              "<style>text{font-family:\"Source Sans 3\",\"Helvetica Neue\",Arial,sans-serif;fill:#222}"
              ".title{font-size:20px;font-weight:600}.subtitle{font-size:13px;fill:#555}.note{font-size:11px;fill:#555}"
              ".stage{font-size:13px;font-weight:600}.name{font-size:12px;paint-order:stroke;stroke:#fff;"
              "stroke-width:3px;stroke-linejoin:round}.share{font-weight:600}.ends{font-size:10.5px;fill:#555}"
              ".band{opacity:.42}</style>\n");
  add(b, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", width, height);
  add_lines(b, s->title, 34, "title", (size_t)width / 11);
  if (s->subtitle) add_lines(b, s->subtitle, 56, "subtitle", (size_t)width / 7);
  lay_out(s, places);
  for (int i = 0; i < s->n_links; i++) add_link(s, &s->link[i], places, b);
  for (int c = 0; c < s->n_columns; c++) add_column(s, c, places, b);
  if (s->note) add_lines(b, s->note, TOP + HEIGHT + 36, "note", (size_t)width / 6);
  buffer_text(b, "</svg>\n");
}
