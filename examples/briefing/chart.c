/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "briefing.h"

enum { WIDTH = 340, BARS = 4, NARROW = 272 };

void escaped(FILE *out, const char *words) {
  for (; *words; words++) {
    switch (*words) {
      case '&':
        fputs("&amp;", out);
        break;
      case '<':
        fputs("&lt;", out);
        break;
      case '>':
        fputs("&gt;", out);
        break;
      case '"':
        fputs("&quot;", out);
        break;
      case '\'':
        fputs("&#39;", out);
        break;
      default:
        fputc(*words, out);
    }
  }
}

static void put_text(FILE *out, double x, double y, const char *class, const char *anchor, const char *words) {
  fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\" text-anchor=\"%s\">", x, y, class, anchor);
  escaped(out, words);
  fputs("</text>", out);
}

static double clamp(double share) {
  return share < 0 ? 0 : share > 1 ? 1 : share;
}

/* A bar to the value; the interval as a whisker over it. */
static void bar(FILE *out, double left, double width, double y, double height, number share, const char *class) {
  if (!isnan(share.value))
    fprintf(out, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", class, left, y,
            share.value > 0.003 ? width * clamp(share.value) : 0.5, height);
  if (!isnan(share.low) && !isnan(share.high) && share.high - share.low >= 0.005) {
    double a = left + width * clamp(share.low), b = left + width * clamp(share.high), middle = y + height / 2;
    fprintf(out, "<path class=\"whisker\" d=\"M%.1f %.1fH%.1fM%.1f %.1fv6M%.1f %.1fv6\"/>", a, middle, b, a, middle - 3,
            b, middle - 3);
  }
}

static void begin_svg(FILE *out, double width, double height, const char *title) {
  fprintf(out, "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"", width, height);
  escaped(out, title);
  fputs("\">", out);
}

void chart_producers(FILE *out, const facts *f, const market *m, const char *title) {
  const double left = 104, width = 116, step = 19;
  int bars = m->n_producers < BARS ? m->n_producers : BARS;
  begin_svg(out, NARROW, 4 + step * bars, title);
  for (int i = 0; i < bars; i++) {
    const producer *p = &m->producers[i];
    double y = 2 + step * i;
    put_text(out, left - 6, y + 12, "label", "end", country_name(f, p->country));
    fprintf(out, "<rect class=\"track\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"13\"/>", left, y + 1, width);
    bar(out, left, width, y + 1, 13, p->share, strcmp(p->country, "CHN") == 0 ? "china" : "others");
    put_text(out, NARROW - 2, y + 12, "figure", "end",
             isnan(p->share.value) ? with_interval(f, p->share) : percent(f, p->share.value));
  }
  fputs("</svg>", out);
}

void chart_china(FILE *out, const facts *f) {
  const double left = 128, width = 168, row = 14, top = 30;
  static const char *const words_for[] = {[MINED] = "mined", [REFINED] = "refined"};
  int rows = 0;
  for (int i = 0; i < f->n_topics; i++)
    for (int which = MINED; which <= REFINED; which++) rows += !isnan(f->topics[i].market[which].china.value);
  double bottom = top + row * rows;
  begin_svg(out, WIDTH, bottom + 20, "China's share of the world's supply, by mineral and stage");
  fprintf(out, "<rect class=\"story\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", left + 0.47 * width,
          top - 8, 0.40 * width, bottom - top + 10);
  put_text(out, left + 0.67 * width, top - 13, "note", "middle",
           "quoted: 47\xe2\x80\x93"
           "87 %");
  for (int tick = 0; tick <= 100; tick += 25) {
    double x = left + width * tick / 100;
    fprintf(out, "<path class=\"grid\" d=\"M%.1f %.1fV%.1f\"/>", x, top - 8, bottom + 2);
    put_text(out, x, bottom + 15, "note", "middle", text_of(f->pool, tick == 100 ? "%d %%" : "%d", tick));
  }
  int at = 0;
  for (int i = 0; i < f->n_topics; i++) {
    for (int which = MINED; which <= REFINED; which++) {
      const market *m = &f->topics[i].market[which];
      if (isnan(m->china.value)) continue;
      double y = top + row * at++;
      put_text(out, left - 6, y + 10, "label", "end", text_of(f->pool, "%s, %s", f->topics[i].name, words_for[which]));
      bar(out, left, width, y + 1, 10, m->china, which == REFINED ? "china" : "china pale");
      put_text(out, WIDTH - 2, y + 10, "figure", "end", percent(f, m->china.value));
    }
  }
  fputs("</svg>", out);
}

typedef struct plot {
  FILE *out;
  const critmin_table *weeks;
  double left, top, width, height;
  double n; /* weeks */
} plot;

static double across(const plot *p, double week) {
  return p->left + p->width * (week - 1) / (p->n > 1 ? p->n - 1 : 1);
}

static double down(const plot *p, double share) {
  return p->top + p->height * (1 - clamp(share));
}

/* A line through the weeks from `first`; backwards where a band is closed. A week without a value breaks nothing: there
 * is none. */
static void through(const plot *p, int64_t first, const char *column, int backwards, int joined) {
  for (int64_t i = 0; i < (int64_t)p->n; i++) {
    int64_t week = backwards ? (int64_t)p->n - 1 - i : i;
    double share = number_at(p->weeks, column, first + week);
    if (isnan(share)) return;
    fprintf(p->out, "%c%.1f %.1f", i || joined ? 'L' : 'M', across(p, (double)week + 1), down(p, share));
  }
}

static int is_first_week(const critmin_table *weeks, int64_t row, int64_t like, const char *in_case) {
  static const char *const columns[] = {"country", "mineral", "stage"};
  if (number_at(weeks, "week", row) != 1 || strcmp(text_at(weeks, "case", row), in_case) != 0) return 0;
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    if (strcmp(text_at(weeks, columns[i], row), text_at(weeks, columns[i], like)) != 0) return 0;
  return 1;
}

void chart_weeks(FILE *out, const stop *s, int64_t row, const char *title) {
  static const char *const cases[] = {"neither", "reserve", "agreement", "both"};
  plot p = {out, s->weeks, 44, 8, 290, 110, 0};
  for (int64_t i = row; i < critmin_table_rows(p.weeks) && number_at(p.weeks, "week", i) > p.n; i++) p.n++;
  begin_svg(out, WIDTH, 140, title);
  for (int tick = 0; tick <= 100; tick += 50) {
    fprintf(out, "<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/>", p.left, down(&p, tick / 100.0), p.left + p.width);
    char label[16];
    snprintf(label, sizeof label, tick == 100 ? "%d %%" : "%d", tick);
    put_text(out, p.left - 4, down(&p, tick / 100.0) + 4, "note", "end", label);
  }
  for (int quarter = 0; quarter <= 4; quarter++) {
    char label[16];
    snprintf(label, sizeof label, quarter ? "%d" : "day %d", quarter * 91);
    put_text(out, p.left + p.width * quarter / 4, 134, "note", quarter ? quarter < 4 ? "middle" : "end" : "start", label);
  }
  for (int64_t i = 0; i < critmin_table_rows(p.weeks); i++) {
    if (!is_first_week(p.weeks, i, row, "both")) continue;
    fputs("<path class=\"track\" d=\"", out);
    through(&p, i, "low", 0, 0);
    through(&p, i, "high", 1, 1);
    fputs("Z\"/>", out);
  }
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
    for (int64_t i = 0; i < critmin_table_rows(p.weeks); i++) {
      if (!is_first_week(p.weeks, i, row, cases[c]) || isnan(number_at(p.weeks, "value", i))) continue;
      fprintf(out, "<path class=\"line %s\" d=\"", cases[c]);
      through(&p, i, "value", 0, 0);
      fputs("\"/>", out);
    }
  }
  fputs("</svg>", out);
}
