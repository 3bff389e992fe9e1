/* SPDX-License-Identifier: MIT */
/* The paper as one HTML page, with its charts, for the screen and for A4. */
#include <math.h>
#include <string.h>

#include "briefing.h"

static const char looks[] =
    ":root{--ink:#1b1f24;--soft:#565f6b;--line:#d9dde2;--china:#b3261e;--pale:#e3a6a1;--other:#5f7d95;"
    "--track:#eef0f2;--story:#f4e9c8;--sans:Arial,'Liberation Sans',Helvetica,system-ui,sans-serif}"
    "*{box-sizing:border-box}body{margin:0;background:#fff;color:var(--ink);font:16px/1.5 Georgia,'Times New "
    "Roman',serif}main{max-width:64rem;margin:0 auto;padding:1.5rem 1.1rem 3rem}"
    "h1{font-size:1.7rem;line-height:1.2;margin:.2rem 0 .3rem}"
    "h2{font-size:1.25rem;margin:2.2rem 0 .6rem;border-top:2px solid var(--ink);padding-top:.5rem}"
    "h3{font-size:1.05rem;margin:1.1rem 0 .4rem}h3::first-letter{text-transform:uppercase}"
    "h4{margin:.2rem 0;font:600 14px var(--sans)}h4::first-letter{text-transform:uppercase}"
    "p{margin:.4rem 0;max-width:44rem}.lead{color:var(--soft)}ul,ol{padding-left:1.3rem;max-width:48rem}li{margin:.4rem "
    "0}code{font:.9em ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}"
    ".by{font-weight:400;color:var(--soft)}.none{color:var(--soft)}.small{font:12.5px/1.4 var(--sans);color:var(--soft);max-width:none}"
    "ol.small,ul.small{overflow-wrap:anywhere}ol.small li,ul.small li{margin:.15rem 0}"
    ".chart svg{width:100%;max-width:26rem;height:auto;display:block}.chart text{font:12px var(--sans);fill:var(--ink)}"
    ".chart text.figure{font-weight:600}.chart text.note{fill:var(--soft);font-size:11px}"
    ".china{fill:var(--china)}.china.pale{fill:var(--pale)}.others{fill:var(--other)}.track{fill:var(--track)}"
    ".story{fill:var(--story)}.grid{stroke:var(--line);fill:none}"
    ".whisker{stroke:var(--ink);stroke-width:1.2;fill:none}.line{fill:none;stroke-width:1.8}"
    ".neither{stroke:var(--china)}.reserve{stroke:var(--china);stroke-dasharray:5 3}"
    ".agreement{stroke:#2b5f93;stroke-dasharray:1.5 2.5}.both{stroke:var(--ink)}"
    ".key{white-space:nowrap;margin-right:1rem}.key svg{display:inline;width:34px;height:10px;vertical-align:middle}"
    "figure{margin:.8rem 0}figcaption{font:600 14px var(--sans)}figure svg{width:100%;min-width:44rem;height:auto;"
    "display:block}"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font:14px/1.35 var(--sans);margin:.5rem 0}"
    "th,td{padding:.28rem .6rem .28rem 0;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}"
    "thead th{font-weight:600;color:var(--soft);vertical-align:bottom}tbody th{font-weight:400}"
    "td.n,th.n{text-align:right;padding-right:.9rem;font-variant-numeric:tabular-nums}"
    "td.whole{white-space:nowrap}td.tint{padding-left:.4rem}a{color:inherit}"
    ".panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:.8rem 1.6rem}"
    ".panel{break-inside:avoid}.beside{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:0 2rem}"
    "@media(max-width:40rem){body{font-size:15px}h1{font-size:1.4rem}table.cards thead{display:none}"
    "table.cards,table.cards tbody,table.cards tr,table.cards td,table.cards tbody th{display:block;width:100%}"
    "table.cards tr{border-bottom:1px solid var(--soft);padding:.4rem 0}table.cards td,table.cards tbody "
    "th{border:0;padding:.08rem 0;text-align:left}table.cards tbody th{font-weight:600}"
    "table.cards td[data-label]::before{content:attr(data-label) ': ';color:var(--soft)}}";

static const char print_looks[] =
    "@media print{@page{size:A4;margin:9mm 11mm}body{font-size:8.9pt;line-height:1.28}main{max-width:none;padding:0}"
    ".turn{break-after:page}h1{font-size:16pt}h2{margin:.65rem 0 .2rem;padding-top:.2rem;font-size:12pt}"
    "h3{margin:.55rem 0 .15rem;font-size:10pt}h4,figcaption{font-size:8pt}h2,h3,h4,figcaption,h2+p,h3+p{break-after:avoid}"
    ".scroll{overflow:visible}figure{margin:.3rem 0;break-inside:avoid}figure svg{min-width:0}"
    "table{font-size:6.9pt;line-height:1.2;margin:.25rem 0}th,td{padding:.08rem .35rem .08rem 0}td.n,th.n{padding-right:"
    ".6rem}thead{display:table-header-group}tr{break-inside:avoid}.small{font-size:7.2pt;line-height:1.25}"
    ".panels{grid-template-columns:repeat(3,1fr);gap:.3rem .9rem}.beside{grid-template-columns:1fr 1fr}"
    "ol.small,ul.small{columns:2;column-gap:1rem;font-size:6.2pt;line-height:1.13}ol.small{columns:3}ol.small li,ul.small li{margin:.06rem "
    "0}li{margin:.15rem 0}p{margin:.2rem 0}ol,ul,p,.lead{max-width:none}ul,ol{margin:.2rem 0;padding-left:1.1rem}"
    ".chart svg{max-width:15rem}"
    "*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}";

/* Text with links: `[12]` to a source, `<http...>` to a page, told by its host; and what is typed, between back ticks. */
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
      char *host = strstr(url, "://");
      host = host ? host + 3 : url;
      host[strcspn(host, "/?#")] = '\0';
      escaped(out, strncmp(host, "www.", 4) == 0 ? host + 4 : host);
      fputs("</a>", out);
      words += length + 1 + (words[length + 1] == '>');
    } else if (*words == '`' && strchr(words + 1, '`')) {
      char typed[512];
      size_t length = strcspn(words + 1, "`");
      snprintf(typed, sizeof typed, "%.*s", (int)length, words + 1);
      fputs("<code>", out);
      escaped(out, typed);
      fputs("</code>", out);
      words += length + 2;
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
  fprintf(out, "</title><style>%s%s</style></head><body><main>\n<h1>", looks, print_looks);
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

static void cell(FILE *out, const sheet *s, int row, int c) {
  int at = row * s->columns + c, tinted = !isnan(s->tints[at]);
  if (c == 0) {
    fputs("<th scope=\"row\">", out);
  } else {
    fputs("<td data-label=\"", out);
    escaped(out, s->names[c]);
    fputc('"', out);
    int figure = s->kinds[c] == FIGURE_COLUMN, whole = column_is_whole(s, c);
    if (figure || whole || tinted)
      fprintf(out, " class=\"%s%s%s\"", figure ? "n " : "", whole ? "whole" : "", tinted ? " tint" : "");
    if (tinted) fprintf(out, " style=\"background:rgba(179,38,30,%.2f)\"", 0.45 * s->tints[at]);
    fputc('>', out);
  }
  if (strcmp(s->cells[at], "no data") == 0)
    fputs("<span class=\"none\">no data</span>", out);
  else
    linked(out, s->cells[at]);
  fputs(c == 0 ? "</th>" : "</td>", out);
}

static void table(FILE *out, const sheet *s) {
  fputs("<div class=\"scroll\"><table class=\"cards\">", out);
  const double *width = column_widths(s);
  fputs("<colgroup>", out);
  for (int c = 0; c < s->columns; c++) fprintf(out, "<col style=\"width:%.1f%%\">", 100 * width[c]);
  fputs("</colgroup><thead><tr>", out);
  for (int c = 0; c < s->columns; c++) {
    fprintf(out, "<th scope=\"col\"%s>", s->kinds[c] == FIGURE_COLUMN ? " class=\"n\"" : "");
    escaped(out, s->names[c]);
    fputs("</th>", out);
  }
  fputs("</tr></thead><tbody>\n", out);
  for (int row = 0; row < s->rows; row++) {
    fputs("<tr>", out);
    for (int c = 0; c < s->columns; c++) cell(out, s, row, c);
    fputs("</tr>\n", out);
  }
  fputs("</tbody></table></div>\n", out);
}

static void beside_others(FILE *out, int begins) { fputs(begins ? "<div class=\"beside\">\n" : "</div>\n", out); }

static void turn(FILE *out) { fputs("<div class=\"turn\"></div>\n", out); }

static void picture_of(FILE *out, const picture *p) {
  fputs("<figure><figcaption>", out);
  escaped(out, p->title);
  fputs("</figcaption><div class=\"scroll\">", out);
  fputs(p->svg, out);
  fputs("</div></figure>\n", out);
}

static void china(FILE *out, const facts *f) {
  fputs("<div class=\"panel chart\"><h3>China&#8217;s share by stage</h3>\n", out);
  chart_china(out, f);
  fputs(
      "<p class=\"small\">Dark: refined. Pale: mined. Line: what withheld figures, unlisted producers and rounding "
      "allow. Band: the range quoted for the "
      "refining of copper, lithium, cobalt, graphite and rare earths.</p></div>\n",
      out);
}

static void panel(FILE *out, const facts *f, const topic *t, int which) {
  static const char *const panels[] = {[MINED] = "mined", [REFINED] = "refined"};
  const market *m = &t->market[which];
  if (!m->found) return;
  const char *more = marks(f, m->flags),
             *title = text_of(f->pool, "%s%s%s%s, %s, %s", t->name, strcmp(m->mineral, t->key) ? " (" : "",
                              strcmp(m->mineral, t->key) ? mineral_in_sentence(f, m->mineral) : "",
                              strcmp(m->mineral, t->key) ? ")" : "", panels[which], year_words(f, m->year, m->flags));
  fputs("<div class=\"panel chart\"><h4>", out);
  escaped(out, title);
  fputs(" <span class=\"by\">", out);
  escaped(out, house(f, m->source));
  fprintf(out, "%s%s</span></h4>", *more ? ", " : "", more);
  chart_producers(out, f, m, text_of(f->pool, "Largest producers: %s", title));
  fputs("</div>\n", out);
}

/* Who refines each mineral; who mines it, where no refining is on record. */
static void markets(FILE *out, const facts *f) {
  fputs("<div class=\"panels\">\n", out);
  for (int i = 0; i < f->n_topics; i++) panel(out, f, &f->topics[i], f->topics[i].market[REFINED].found ? REFINED : MINED);
  fputs("</div>\n", out);
}

/* One chart for each user, and what its lines are. */
static void curves(FILE *out, const facts *f, const stop *s) {
  static const char *const cases[][2] = {{"neither", "neither"},
                                         {"reserve", "the reserve"},
                                         {"agreement", "the agreement"},
                                         {"both", "both"}};
  fputs("<div class=\"panels\">\n", out);
  for (int64_t row = 0; row < critmin_table_rows(s->weeks); row++) {
    if (strcmp(text_at(s->weeks, "case", row), "neither") != 0 || number_at(s->weeks, "week", row) != 1) continue;
    const char *title = text_of(f->pool, "%s, %s: %s", country_name(f, text_at(s->weeks, "country", row)),
                                mineral_in_sentence(f, text_at(s->weeks, "mineral", row)),
                                text_at(s->weeks, "stage", row));
    fputs("<div class=\"panel chart\"><h4>", out);
    escaped(out, title);
    fputs("</h4>", out);
    chart_weeks(out, s, row, text_of(f->pool, "%s: share of demand unmet, week by week", title));
    fputs("</div>\n", out);
  }
  fputs("</div>\n<p class=\"small\">Share of the demand of each week that is unmet, over a year. ", out);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    fprintf(out,
            "<span class=\"key\"><svg viewBox=\"0 0 34 10\" aria-hidden=\"true\"><path class=\"line %s\" d=\"M0 "
            "5H32\"/></svg> %s</span>",
            cases[i][0], cases[i][1]);
  fputs("Band: both, with all that is unknown at its best and at its worst.</p>\n", out);
}

static void end(FILE *out) {
  fputs("</main></body></html>\n", out);
}

const style html_style = {0, begin, heading, paragraph, items, table, turn, beside_others, markets, china, curves, picture_of, end};
