/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "briefing.h"

enum { WIDTH = 340, BARS = 6 };

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

void chart_producers(FILE *out, const facts *f, const market *m, const char *title) {
  const double left = 118, width = 160, step = 21;
  int bars = m->n_producers < BARS ? m->n_producers : BARS;
  fprintf(out, "<svg viewBox=\"0 0 %d %.0f\" role=\"img\" aria-label=\"", WIDTH, 8 + step * bars);
  escaped(out, title);
  fputs("\">", out);
  for (int i = 0; i < bars; i++) {
    const producer *p = &m->producers[i];
    double y = 4 + step * i;
    put_text(out, left - 6, y + 13, "label", "end", country_name(f, p->country));
    fprintf(out, "<rect class=\"track\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"15\"/>", left, y + 1, width);
    bar(out, left, width, y + 1, 15, p->share, strcmp(p->country, "CHN") == 0 ? "china" : "others");
    put_text(out, WIDTH - 2, y + 13, "figure", "end",
             isnan(p->share.value) ? with_interval(f, p->share) : percent(f, p->share.value));
  }
  fputs("</svg>", out);
}

void chart_china(FILE *out, const facts *f) {
  const double left = 128, width = 168, row = 19, top = 30;
  static const char *const words_for[] = {[MINED] = "mined", [REFINED] = "refined"};
  int rows = 0;
  for (int i = 0; i < f->n_topics; i++)
    for (int which = MINED; which <= REFINED; which++) rows += !isnan(f->topics[i].market[which].china.value);
  double bottom = top + row * rows;
  fprintf(out, "<svg viewBox=\"0 0 %d %.0f\" role=\"img\" aria-label=\"China's share by mineral and stage\">", WIDTH,
          bottom + 20);
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
      put_text(out, left - 6, y + 11, "label", "end", text_of(f->pool, "%s, %s", f->topics[i].name, words_for[which]));
      bar(out, left, width, y + 1, 13, m->china, which == REFINED ? "china" : "china pale");
      put_text(out, WIDTH - 2, y + 11, "figure", "end", percent(f, m->china.value));
    }
  }
  fputs("</svg>", out);
}
