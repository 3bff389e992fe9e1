/* SPDX-License-Identifier: MIT */
/* The paper as one HTML page, with its charts, for the screen and for A4. */
#include <math.h>
#include <string.h>

#include "briefing.h"

static const char looks[] =
    ":root{--ink:#1b1f24;--soft:#5b6470;--line:#d9dde2;--china:#b3261e;--pale:#e3a6a1;--other:#5f7d95;--track:#eef0f2;-"
    "-story:#f4e9c8}"
    "*{box-sizing:border-box}body{margin:0;background:#fff;color:var(--ink);font:16px/1.5 Georgia,'Times New "
    "Roman',serif}"
    "main{max-width:64rem;margin:0 auto;padding:1.5rem 1.1rem 3rem}"
    "h1{font-size:1.9rem;line-height:1.2;margin:.2rem 0 .3rem}h2{font-size:1.25rem;margin:2.2rem 0 "
    ".6rem;border-top:2px solid var(--ink);padding-top:.5rem}"
    "h3{font-size:1.05rem;margin:0 0 .4rem}h3::first-letter{text-transform:uppercase}p{margin:.4rem "
    "0;max-width:44rem}.lead{color:var(--soft)}"
    "ul,ol{padding-left:1.3rem;max-width:48rem}li{margin:.4rem "
    "0}ol.small,ul.small{max-width:none;overflow-wrap:anywhere}.none{color:var(--soft)}ol.small li,ul.small "
    "li{margin:.15rem 0}"
    "svg{width:100%;max-width:30rem;height:auto;display:block}svg text{font:12px system-ui,'Segoe "
    "UI',Arial,sans-serif;fill:var(--ink)}"
    "svg text.figure{font-weight:600}svg text.note{fill:var(--soft);font-size:10.5px}"
    ".china{fill:var(--china)}.china.pale{fill:var(--pale)}.others{fill:var(--other)}.track{fill:var(--track)}.story{"
    "fill:var(--story)}"
    ".grid{stroke:var(--line);fill:none}.whisker{stroke:var(--ink);stroke-width:1.2;fill:none}"
    ".line{fill:none;stroke-width:1.6}.neither{stroke:var(--china)}.reserve{stroke:var(--pale)}.agreement{stroke:var(--"
    "other)}.both{stroke:var(--ink)}"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font:14px/1.35 system-ui,'Segoe "
    "UI',Arial,sans-serif}"
    "th,td{padding:.28rem .6rem .28rem 0;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}"
    "th{font-weight:600;color:var(--soft);vertical-align:bottom}td.n,th.n{text-align:right;padding-right:.9rem;font-"
    "variant-numeric:tabular-nums}"
    "tr.first td{border-top:1px solid var(--soft)}td.tint{padding-left:.4rem;white-space:nowrap}a{color:inherit}"
    ".grid3{display:grid;grid-template-columns:repeat(auto-fit,minmax(17.5rem,1fr));gap:.8rem 1.6rem}"
    ".mineral{break-inside:avoid;margin:1.4rem 0}.panel h4{margin:.2rem 0;font:600 14px system-ui,'Segoe "
    "UI',Arial,sans-serif}"
    ".small{font:12.5px/1.4 system-ui,'Segoe UI',Arial,sans-serif;color:var(--soft);max-width:none}"
    "@media(max-width:40rem){body{font-size:15px}h1{font-size:1.5rem}table.cards "
    "thead{display:none}table.cards,table.cards tbody,table.cards tr,table.cards td{display:block;width:100%}"
    "table.cards tr{border-bottom:1px solid var(--soft);padding:.4rem 0}table.cards td{border:0;padding:.08rem "
    "0;text-align:left}"
    "table.cards td[data-label]::before{content:attr(data-label) ': ';color:var(--soft)}table.cards "
    "td:empty{display:none}tr.first td{border-top:0}}"
    "@media print{@page{size:A4;margin:11mm "
    "13mm}body{font-size:9.2pt;line-height:1.33}main{max-width:none;padding:0}h2{break-after:avoid}"
    ".scroll{overflow:visible}table{font-size:7pt;line-height:1.25}th,td{padding:.1rem .35rem .1rem "
    "0}.small{font-size:7.5pt}tr{break-inside:avoid}"
    ".grid3{grid-template-columns:repeat(3,1fr);gap:.5rem 1rem}"
    "td.n,th.n{padding-right:.7rem}ol.small{columns:2;column-gap:1.6rem;font-size:7pt;line-height:1.25}h1{font-size:"
    "17pt}h2{margin:.9rem 0 .3rem;padding-top:.3rem;font-size:12.5pt}h3{margin:.5rem 0 .2rem}li{margin:.25rem "
    "0}p{margin:.25rem 0}"
    "ol,ul,p,.lead{max-width:none}svg{max-width:24rem}h3,h4{break-after:avoid}"
    "*{-webkit-print-color-adjust:exact;print-color-adjust:exact}a{color:inherit}}";

/* Text with links: `[12]` to a source, `<http...>` to a page. */
static void linked(FILE *out, const char *words) {
  while (*words) {
    size_t digits = *words == '[' ? strspn(words + 1, "0123456789") : 0;
    if (digits && words[digits + 1] == ']') {
      fprintf(out, "<a href=\"#s%.*s\">[%.*s]</a>", (int)digits, words + 1, (int)digits, words + 1);
      words += digits + 2;
    } else if (strncmp(words, "<http", 5) == 0) {
      size_t length = strcspn(words + 1, ">");
      char url[1024];
      snprintf(url, sizeof url, "%.*s", (int)length, words + 1);
      fputs("<a href=\"", out);
      escaped(out, url);
      fputs("\">", out);
      escaped(out, url);
      fputs("</a>", out);
      words += length + 1 + (words[length + 1] == '>');
    } else if (strncmp(words, " %", 2) == 0) {
      fputs("&#160;%", out); /* a number and its sign stay on one line */
      words += 2;
    } else {
      char one[2] = {*words++, '\0'};
      escaped(out, one);
    }
  }
}

static void begin(FILE *out, const char *title, const char *lead) {
  fputs(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width,initial-scale=1\"><title>",
      out);
  escaped(out, title);
  fprintf(out, "</title><style>%s</style></head><body><main>\n<h1>", looks);
  escaped(out, title);
  fputs("</h1>\n<p class=\"lead\">", out);
  linked(out, lead);
  fputs("</p>\n", out);
}

static void heading(FILE *out, int level, const char *words) {
  fprintf(out, "<h%d>", level);
  escaped(out, words);
  fprintf(out, "</h%d>\n", level);
}

static void paragraph(FILE *out, int small, const char *words) {
  fputs(small ? "<p class=\"small\">" : "<p>", out);
  linked(out, words);
  fputs("</p>\n", out);
}

static void items(FILE *out, const char *const *words, int n, int numbered, int small) {
  const char *tag = numbered ? "ol" : "ul";
  if (!n) return;
  fprintf(out, "<%s%s>\n", tag, small ? " class=\"small\"" : "");
  for (int i = 0; i < n; i++) {
    if (numbered && small)
      fprintf(out, "<li id=\"s%d\">", i + 1);
    else
      fputs("<li>", out);
    linked(out, words[i]);
    fputs("</li>\n", out);
  }
  fprintf(out, "</%s>\n", tag);
}

static double characters(const char *words) {
  double n = 0;
  for (; *words; words++) n += ((unsigned char)*words & 0xC0u) != 0x80u;
  return n;
}

/* A column with four times the text is twice as wide: rows then come out about as high as they can be low. */
static void widths(FILE *out, const sheet *s) {
  double weight[64], sum = 0;
  for (int c = 0; c < s->columns && c < 64; c++) {
    double all = characters(s->names[c]);
    for (int row = 0; row < s->rows; row++) all += characters(s->cells[row * s->columns + c]);
    sum += weight[c] = sqrt(all);
  }
  fputs("<colgroup>", out);
  for (int c = 0; c < s->columns && c < 64; c++) fprintf(out, "<col style=\"width:%.1f%%\">", 100 * weight[c] / sum);
  fputs("</colgroup>", out);
}

static void table(FILE *out, const sheet *s) {
  fputs("<div class=\"scroll\"><table class=\"cards\">", out);
  widths(out, s);
  fputs("<thead><tr>", out);
  for (int c = 0; c < s->columns; c++) {
    fputs(s->kinds[c] == FIGURE_COLUMN ? "<th class=\"n\">" : "<th>", out);
    escaped(out, s->names[c]);
    fputs("</th>", out);
  }
  fputs("</tr></thead><tbody>\n", out);
  for (int row = 0; row < s->rows; row++) {
    fputs("<tr>", out);
    for (int c = 0; c < s->columns; c++) {
      int at = row * s->columns + c;
      fprintf(out, "<td data-label=\"%s\"", s->names[c]);
      if (s->kinds[c] == FIGURE_COLUMN || !isnan(s->tints[at]))
        fprintf(out, " class=\"%s%s\"", s->kinds[c] == FIGURE_COLUMN ? "n" : "", isnan(s->tints[at]) ? "" : " tint");
      if (!isnan(s->tints[at])) fprintf(out, " style=\"background:rgba(179,38,30,%.2f)\"", 0.5 * s->tints[at]);
      fputc('>', out);
      if (strcmp(s->cells[at], "no data") == 0)
        fputs("<span class=\"none\">no data</span>", out);
      else
        linked(out, s->cells[at]);
      fputs("</td>", out);
    }
    fputs("</tr>\n", out);
  }
  fputs("</tbody></table></div>\n", out);
}

static void china(FILE *out, const facts *f) {
  fputs("<h3>China&#8217;s share by stage</h3>\n", out);
  chart_china(out, f);
  fputs(
      "<p class=\"small\">Dark: refined. Pale: mined. Line: what withheld figures, unlisted producers and rounding "
      "allow. Band: the range quoted for the "
      "refining of copper, lithium, cobalt, graphite and rare earths.</p>\n",
      out);
}

static void panel(FILE *out, const facts *f, const topic *t, int which) {
  static const char *const panels[] = {
      [MINED] = "Who mines", [REFINED] = "Who refines", [IN_GROUND] = "Who holds the reserves in the ground"};
  const market *m = &t->market[which];
  fprintf(out, "<div class=\"panel\"><h4>%s%s", panels[which], m->found ? ", " : "");
  if (m->found) fputs(year_words(f, m->year, m->flags), out);
  fputs("</h4>", out);
  if (!m->found) {
    fprintf(out, "<p class=\"small\">%s</p></div>\n", why_missing(which));
    return;
  }
  chart_producers(out, f, m, text_of(f->pool, "%s: %s, %s", panels[which], t->name, year_words(f, m->year, m->flags)));
  fputs("<p class=\"small\">", out);
  if (strcmp(m->mineral, t->key) != 0) {
    escaped(out, mineral_name(f, m->mineral));
    fputs(". ", out);
  }
  escaped(out, house(f, m->source));
  const char *more = caveats(f, m->flags);
  if (*more) fputs(": ", out);
  escaped(out, more);
  fputs(".</p></div>\n", out);
}

static void markets(FILE *out, const facts *f) {
  for (int i = 0; i < f->n_topics; i++) {
    fputs("<section class=\"mineral\"><h3>", out);
    escaped(out, f->topics[i].name);
    fputs("</h3><div class=\"grid3\">\n", out);
    for (int which = 0; which < MARKETS; which++) panel(out, f, &f->topics[i], which);
    fputs("</div></section>\n", out);
  }
}

/* One chart for each user, and what its lines are. */
static void curves(FILE *out, const facts *f, const stop *s) {
  fputs("<div class=\"grid3\">\n", out);
  for (int64_t row = 0; row < critmin_table_rows(s->weeks); row++) {
    if (strcmp(text_at(s->weeks, "case", row), "neither") != 0 || number_at(s->weeks, "week", row) != 1) continue;
    const char *title = text_of(f->pool, "%s, %s", country_name(f, text_at(s->weeks, "country", row)),
                                mineral_in_sentence(f, text_at(s->weeks, "mineral", row)));
    fputs("<div class=\"panel\"><h4>", out);
    escaped(out, title);
    fputs("</h4>", out);
    chart_weeks(out, s, row, text_of(f->pool, "%s: unmet demand by week", title));
    fputs("</div>\n", out);
  }
  fputs(
      "</div>\n<p class=\"small\">Share of the demand of each week that is unmet, over a year. Red: with neither. "
      "Pale: with "
      "the reserve. Blue: with the agreement. Black: with both. Band: both, at the best and the worst of all that is "
      "unknown.</p>\n",
      out);
}

static void end(FILE *out) {
  fputs("</main></body></html>\n", out);
}

const style html_style = {0, begin, heading, paragraph, items, table, markets, china, curves, end};
