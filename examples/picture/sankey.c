/* SPDX-License-Identifier: MIT */
#include "sankey.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 960, LEFT = 24, RIGHT = 128, WIDE = 12, GAP = 9, LINE = 13, HEADING_LINE = 15, WIDEST_STEP = 230 };
enum { ALONE_TOP = 76, ALONE_HEIGHT = 440, ALONE_NOTE = 62, PLACED_HEIGHT = 180, PLACED_LOW = 120, FEW = 3, MARGIN = 8 };

/* Nodes of less have no label. */
static const double FAINT = .0005;

/* Dark and light in turn: told apart in grey, and by those who see no red or green. */
static const char *const colours[] = {"#a62b23", "#e2b04a", "#2b5f93", "#93c9ab",
                                      "#5b3a78", "#86bbe0", "#8c5422", "#c6cc7e"};
enum { COLOURS = sizeof colours / sizeof colours[0] };

/* Where columns stand. */
typedef struct frame {
  double top, height, step;
} frame;

/* Where a node stands, and how much of its two sides bands have taken. */
typedef struct place {
  double y, height, out, in, label;
} place;

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

static void escaped_bytes(buffer *b, const char *words, size_t length) {
  for (size_t i = 0; i < length; i++) {
    const char *as = words[i] == '&'   ? "&amp;"
                     : words[i] == '<' ? "&lt;"
                     : words[i] == '>' ? "&gt;"
                     : words[i] == '"' ? "&quot;"
                                       : NULL;
    if (as)
      buffer_text(b, as);
    else
      buffer_bytes(b, words + i, 1);
  }
}

static void escaped(buffer *b, const char *words) { escaped_bytes(b, words, strlen(words)); }

static void add_fill(const sankey *s, int colour, buffer *b) {
  if (colour == SANKEY_UNKNOWN)
    add(b, "url(#%.40s-unknown)", s->id);
  else
    buffer_text(b, colour < 0 ? "#b9b9b9" : colour < COLOURS ? colours[colour] : "#8d97a3");
}

/* Labels stand beside the middle of their nodes: moved down where they would meet, then up where they would leave. */
static void place_labels(const sankey_column *column, const frame *f, place *places) {
  double free_from = f->top, free_to = f->top + f->height + LINE;
  for (int i = 0; i < column->n; i++) {
    if (column->node[i].share < FAINT) continue;
    places[i].label = fmax(places[i].y + places[i].height / 2 + 4, free_from);
    free_from = places[i].label + LINE;
  }
  for (int i = column->n; i-- > 0;) {
    if (column->node[i].share < FAINT) continue;
    places[i].label = fmin(places[i].label, free_to - LINE + 4);
    free_to = places[i].label - 4;
  }
}

static void lay_out(const sankey *s, const frame *f, place places[SANKEY_COLUMNS][SANKEY_NODES]) {
  for (int c = 0; c < s->n_columns; c++) {
    const sankey_column *column = &s->column[c];
    double whole = 0, y = f->top;
    for (int i = 0; i < column->n; i++) whole += column->node[i].height;
    double unit = (f->height - GAP * (column->n - 1)) / (whole > 0 ? whole : 1);
    for (int i = 0; i < column->n; i++) {
      double height = column->node[i].height * unit;
      places[c][i] = (place){y, height, 0, 0, 0};
      y += height + GAP;
    }
    place_labels(column, f, places[c]);
  }
}

static void add_link(const sankey *s, const frame *f, const sankey_link *link,
                     place places[SANKEY_COLUMNS][SANKEY_NODES], buffer *b) {
  const sankey_node *from = &s->column[link->column].node[link->from],
                    *to = &s->column[link->column + 1].node[link->to];
  place *a = &places[link->column][link->from], *z = &places[link->column + 1][link->to];
  double thick = a->height * link->share / from->height, end = z->height * link->share / to->height;
  double x = LEFT + f->step * link->column + WIDE, to_x = LEFT + f->step * (link->column + 1), middle = (x + to_x) / 2;
  double y = a->y + a->out, to_y = z->y + z->in;
  a->out += thick;
  z->in += end;
  add(b, "<path d=\"M%.1f %.2fC%.1f %.2f %.1f %.2f %.1f %.2fV%.2fC%.1f %.2f %.1f %.2f %.1f %.2fZ\" fill=\"", x, y,
      middle, y, middle, to_y, to_x, to_y, to_y + end, middle, to_y + end, middle, y + thick, x, y + thick);
  add_fill(s, from->colour, b);
  add(b, "\" class=\"band%s\"/>\n", from->colour == SANKEY_UNKNOWN ? " dim" : "");
}

static void add_percent(buffer *b, double share) {
  double percent = 100 * share;
  add(b, percent >= .05 && percent < .95 ? "%.1f" : "%.0f", percent);
}

static int has_interval(const sankey_node *node) { return node->high - node->low >= .005; }

static void add_label(const sankey_node *node, double x, double y, buffer *b) {
  add(b, "<text x=\"%.1f\" y=\"%.1f\" class=\"name\">", x, y);
  escaped(b, node->name);
  if (!isnan(node->share)) {
    buffer_text(b, " <tspan class=\"share\">");
    add_percent(b, node->share);
    buffer_text(b, " %</tspan>");
  }
  if (has_interval(node)) {
    buffer_text(b, " <tspan class=\"ends\">");
    add_percent(b, node->low);
    buffer_text(b, "–");
    add_percent(b, node->high);
    buffer_text(b, "</tspan>");
  }
  buffer_text(b, "</text>\n");
}

/* Bytes of the next line of so many letters at most, broken between words. */
static size_t line_of(const char *words, size_t letters) {
  size_t length = strlen(words);
  if (length <= letters) return length;
  length = letters;
  while (length > 0 && words[length] != ' ') length--;
  return length ? length : strcspn(words, " ");
}

static size_t heading_letters(const frame *f) { return (size_t)((f->step - 10) / 7.2); }

static int count_lines(const char *words, size_t letters) {
  int lines = 0;
  for (; *words; lines++) {
    words += line_of(words, letters);
    while (*words == ' ') words++;
  }
  return lines;
}

/* The last line of a heading stands just above its column. */
static void add_heading(const char *title, const frame *f, double x, buffer *b) {
  size_t letters = heading_letters(f);
  int lines = count_lines(title, letters);
  for (int i = 0; *title; i++) {
    size_t length = line_of(title, letters);
    add(b, "<text x=\"%.1f\" y=\"%.1f\" class=\"stage\">", x, f->top - 9 - HEADING_LINE * (lines - 1 - i));
    escaped_bytes(b, title, length);
    buffer_text(b, "</text>\n");
    title += length;
    while (*title == ' ') title++;
  }
}

static void add_column(const sankey *s, const frame *f, int c, const place *places, buffer *b) {
  const sankey_column *column = &s->column[c];
  double x = LEFT + f->step * c;
  add_heading(column->title, f, x, b);
  for (int i = 0; i < column->n; i++) {
    add(b, "<rect x=\"%.1f\" y=\"%.2f\" width=\"%d\" height=\"%.2f\" fill=\"", x, places[i].y, WIDE,
        fmax(places[i].height, .6));
    add_fill(s, column->node[i].colour, b);
    buffer_text(b, "\"/>\n");
  }
  for (int i = 0; i < column->n; i++) {
    if (!(column->node[i].share < FAINT)) add_label(&column->node[i], x + WIDE + 5, places[i].label, b);
  }
}

static void add_lines(buffer *b, const char *words, double y, const char *class, size_t letters) {
  for (; *words; y += 15) {
    size_t length = line_of(words, letters);
    add(b, "<text x=\"%d\" y=\"%.1f\" class=\"%s\">", LEFT, y, class);
    escaped_bytes(b, words, length);
    buffer_text(b, "</text>\n");
    words += length;
    while (*words == ' ') words++;
  }
}

/* Column by column, what a reader of the picture sees. */
static void add_description(const sankey *s, buffer *b) {
  for (int c = 0; c < s->n_columns; c++) {
    if (!*s->column[c].title) continue;
    escaped(b, s->column[c].title);
    buffer_text(b, ": ");
    for (int i = 0; i < s->column[c].n; i++) {
      const sankey_node *node = &s->column[c].node[i];
      if (i) buffer_text(b, ", ");
      escaped(b, node->name);
      buffer_text(b, " ");
      add_percent(b, node->share);
      buffer_text(b, " %");
      if (!has_interval(node)) continue;
      buffer_text(b, " (");
      add_percent(b, node->low);
      buffer_text(b, " to ");
      add_percent(b, node->high);
      buffer_text(b, ")");
    }
    buffer_text(b, ". ");
  }
}

static void add_head(const sankey *s, double height, buffer *b) {
  add(b,
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %.0f\" width=\"%d\" height=\"%.0f\" role=\"img\" "
      "class=\"sankey\" aria-labelledby=\"%.40s-title %.40s-words\">\n",
      WIDTH, height, WIDTH, height, s->id, s->id);
  add(b, "<title id=\"%.40s-title\">", s->id);
  escaped(b, s->title);
  add(b, "</title>\n<desc id=\"%.40s-words\">", s->id);
  add_description(s, b);
  add(b,
      "</desc>\n<defs><pattern id=\"%.40s-unknown\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" "
      "patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\" fill=\"#fff\"/><rect width=\"2\" "
      "height=\"5\" fill=\"#777\"/></pattern></defs>\n",
      s->id);
  buffer_text(b,
              "<style>.sankey text{font-family:\"Source Sans 3\",\"Helvetica Neue\",Arial,sans-serif;fill:#222}"
              ".sankey .title{font-size:20px;font-weight:600}.sankey .subtitle{font-size:13px;fill:#555}"
              ".sankey .note{font-size:11px;fill:#555}.sankey .stage{font-size:13px;font-weight:600}"
              ".sankey .name{font-size:12px;paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}"
              ".sankey .share{font-weight:600}.sankey .ends{font-size:10.5px;fill:#444}"
              ".sankey .band{opacity:.45}.sankey .dim{opacity:.28}</style>\n");
}

static frame frame_of(const sankey *s) {
  int alone = s->subtitle != NULL, lines = 1;
  double step = s->n_columns > 1 ? (double)(WIDTH - LEFT - WIDE - RIGHT) / (s->n_columns - 1) : WIDEST_STEP;
  frame f = {0, alone ? ALONE_HEIGHT : s->n_columns <= FEW ? PLACED_LOW : PLACED_HEIGHT, fmin(step, WIDEST_STEP)};
  for (int c = 0; c < s->n_columns; c++) {
    int here = count_lines(s->column[c].title, heading_letters(&f));
    if (here > lines) lines = here;
  }
  f.top = (alone ? ALONE_TOP : MARGIN) + HEADING_LINE * lines + 4;
  return f;
}

void sankey_svg(const sankey *s, buffer *b) {
  place places[SANKEY_COLUMNS][SANKEY_NODES];
  frame f = frame_of(s);
  double height = f.top + f.height + (s->subtitle ? ALONE_NOTE : MARGIN);
  add_head(s, height, b);
  add(b, "<rect width=\"%d\" height=\"%.0f\" fill=\"#fff\"/>\n", WIDTH, height);
  if (s->subtitle) {
    add_lines(b, s->title, 34, "title", WIDTH / 11);
    add_lines(b, s->subtitle, 56, "subtitle", WIDTH / 7);
  }
  lay_out(s, &f, places);
  for (int i = 0; i < s->n_links; i++) add_link(s, &f, &s->link[i], places, b);
  for (int c = 0; c < s->n_columns; c++) add_column(s, &f, c, places[c], b);
  if (s->note) add_lines(b, s->note, f.top + f.height + 24, "note", WIDTH / 6);
  buffer_text(b, "</svg>\n");
}
