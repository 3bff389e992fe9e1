/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "briefing.h"

static const char style[] =
    ":root{--ink:#1b1f24;--soft:#5b6470;--line:#d9dde2;--china:#b3261e;--pale:#e3a6a1;--other:#5f7d95;--track:#eef0f2;--story:#f4e9c8}"
    "*{box-sizing:border-box}body{margin:0;background:#fff;color:var(--ink);font:16px/1.5 Georgia,'Times New Roman',serif}"
    "main{max-width:64rem;margin:0 auto;padding:1.5rem 1.1rem 3rem}"
    "h1{font-size:1.9rem;line-height:1.2;margin:.2rem 0 .3rem}h2{font-size:1.25rem;margin:2.2rem 0 .6rem;border-top:2px solid var(--ink);padding-top:.5rem}"
    "h3{font-size:1.05rem;margin:0 0 .4rem}h3::first-letter{text-transform:uppercase}p{margin:.4rem 0;max-width:44rem}.lead{color:var(--soft)}"
    "ul.findings{padding-left:1.1rem;max-width:44rem}ul.findings li{margin:.45rem 0}"
    "svg{width:100%;max-width:30rem;height:auto;display:block}svg text{font:12px system-ui,'Segoe UI',Arial,sans-serif;fill:var(--ink)}"
    "svg text.figure{font-weight:600}svg text.note{fill:var(--soft);font-size:10.5px}"
    ".china{fill:var(--china)}.china.pale{fill:var(--pale)}.others{fill:var(--other)}.track{fill:var(--track)}.story{fill:var(--story)}"
    ".grid{stroke:var(--line);fill:none}.whisker{stroke:var(--ink);stroke-width:1.2;fill:none}"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font:14px/1.35 system-ui,'Segoe UI',Arial,sans-serif}"
    "th,td{padding:.28rem .6rem .28rem 0;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}"
    "th{font-weight:600;color:var(--soft);white-space:nowrap}td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
    "td:first-letter{text-transform:none}tr.first td{border-top:1px solid var(--soft)}"
    ".grid3{display:grid;grid-template-columns:repeat(auto-fit,minmax(17.5rem,1fr));gap:.8rem 1.6rem}"
    ".mineral{break-inside:avoid;margin:1.4rem 0}.panel h4{margin:.2rem 0;font:600 14px system-ui,'Segoe UI',Arial,sans-serif}"
    ".small{font:12.5px/1.4 system-ui,'Segoe UI',Arial,sans-serif;color:var(--soft);max-width:none}"
    "@media(max-width:40rem){body{font-size:15px}h1{font-size:1.5rem}table.cards thead{display:none}table.cards,table.cards tbody,table.cards tr,table.cards td{display:block;width:100%}"
    "table.cards tr{border-bottom:1px solid var(--soft);padding:.4rem 0}table.cards td{border:0;padding:.08rem 0;text-align:left}"
    "table.cards td[data-label]::before{content:attr(data-label) ': ';color:var(--soft)}table.cards td:empty{display:none}tr.first td{border-top:0}}"
    "@media print{@page{size:A4;margin:14mm}body{font-size:10.5pt}main{max-width:none;padding:0}h2{break-after:avoid}"
    ".scroll{overflow:visible}table{font-size:7.5pt}th,td{padding:.15rem .35rem .15rem 0}th,td.n,th.n{white-space:normal}tr{break-inside:avoid}"
    ".grid3{grid-template-columns:repeat(3,1fr);gap:.5rem 1rem}"
    "*{-webkit-print-color-adjust:exact;print-color-adjust:exact}a{color:inherit}}";

static const char *const stages[] = {[MINED] = "mined", [REFINED] = "refined", [IN_GROUND] = "in the ground"};
static const char *const panels[] = {[MINED] = "Who mines", [REFINED] = "Who refines", [IN_GROUND] = "Who holds the reserves in the ground"};

static void cell(FILE *out, const char *label, int number_cell, const char *text) {
  fprintf(out, "<td%s data-label=\"%s\">", number_cell ? " class=\"n\"" : "", label);
  escaped(out, text);
  fputs("</td>", out);
}

static void table_row(FILE *out, const facts *f, const topic *t, int which, int *first) {
  const market *m = &t->market[which];
  char words[WORDS], largest[WORDS];
  if (!m->found) return;
  fprintf(out, "<tr%s><td>", *first ? " class=\"first\"" : "");
  *first = 0;
  fputs("<strong>", out);
  escaped(out, t->name);
  fputs("</strong>", out);
  if (strcmp(m->mineral, t->key) != 0) {
    fputs(" <span class=\"small\">(", out);
    escaped(out, mineral_name(f, m->mineral));
    fputs(")</span>", out);
  }
  fputs("</td>", out);
  cell(out, "Stage", 0, stages[which]);
  snprintf(words, sizeof words, "%d", m->year);
  cell(out, "Year", 1, words);
  cell(out, "China", 1, with_interval(m->china, words));
  if (m->n_producers) {
    percent(m->producers[0].share.value, words);
    snprintf(largest, sizeof largest, "%.300s, %.100s", country_name(f, m->producers[0].country), words);
  } else {
    largest[0] = '\0';
  }
  cell(out, "Largest", 0, largest);
  cell(out, "Top three", 1, percent(m->cr3.value, words));
  if (isnan(m->hhi.value) || m->hhi.high - m->hhi.low < 0.005) plain_number(m->hhi.value, 2, words);
  else snprintf(words, sizeof words, "%.2f (%.2f\xe2\x80\x93%.2f)", m->hhi.value, m->hhi.low, m->hhi.high);
  cell(out, "HHI", 1, words);
  cell(out, "As many as", 1, plain_number(m->effective.value, 1, words));
  cell(out, "Left without the largest", 1, which == IN_GROUND ? "" : percent(m->without_largest.value, words));
  cell(out, "Source", 0, source_words(f, m, words));
  fputs("</tr>\n", out);
}

static void table_of_markets(FILE *out, const facts *f) {
  fputs("<div class=\"scroll\"><table class=\"cards\"><thead><tr><th>Mineral</th><th>Stage</th><th class=\"n\">Year</th><th class=\"n\">China</th>"
        "<th>Largest</th><th class=\"n\">Top three</th><th class=\"n\">HHI</th><th class=\"n\">As many as</th>"
        "<th class=\"n\">N&#8722;1</th><th>Source</th></tr></thead><tbody>\n",
        out);
  for (int i = 0; i < f->n_topics; i++) {
    int first = 1;
    for (int which = 0; which < MARKETS; which++) table_row(out, f, &f->topics[i], which, &first);
  }
  fputs("</tbody></table></div>\n"
        "<p class=\"small\">In brackets: what withheld figures, unlisted producers and rounding allow. HHI: sum of squared shares, 0 to 1. As many as: the number of "
        "equal producers that would be as concentrated. N&#8722;1: supply left when the largest producer stops, as a share of all supply; demand is taken "
        "equal to supply.</p>\n",
        out);
}

static void panel(FILE *out, const facts *f, const topic *t, int which) {
  const market *m = &t->market[which];
  char words[WORDS], title[WORDS];
  fprintf(out, "<div class=\"panel\"><h4>%s%s", panels[which], m->found ? ", " : "");
  if (m->found) fprintf(out, "%d", m->year);
  fputs("</h4>", out);
  if (!m->found) {
    fputs("<p class=\"small\">", out);
    escaped(out, why_missing(which, words));
    fputs("</p></div>\n", out);
    return;
  }
  snprintf(title, sizeof title, "%s: %.200s, %d", panels[which], t->name, m->year);
  chart_producers(out, f, m, title);
  fputs("<p class=\"small\">", out);
  if (strcmp(m->mineral, t->key) != 0) {
    escaped(out, mineral_name(f, m->mineral));
    fputs(". ", out);
  }
  escaped(out, source_words(f, m, words));
  caveats(m, words);
  if (*words) fputs(": ", out);
  escaped(out, words);
  fputs(".</p></div>\n", out);
}

static void sources(FILE *out, const facts *f) {
  fputs("<ul class=\"small\">\n", out);
  for (int64_t row = 0; row < critmin_table_rows(f->sources); row++) {
    const char *key = critmin_table_text(f->sources, 0, row);
    int used = 0;
    for (int i = 0; i < f->n_topics; i++)
      for (int which = 0; which < MARKETS; which++)
        used |= f->topics[i].market[which].found && strcmp(f->topics[i].market[which].source, key) == 0;
    if (!used) continue;
    fputs("<li>", out);
    escaped(out, lookup(f->sources, key, "publisher"));
    fputs(", <em>", out);
    escaped(out, lookup(f->sources, key, "title"));
    fputs("</em>. Licence: ", out);
    escaped(out, lookup(f->sources, key, "licence"));
    const char *attribution = lookup(f->sources, key, "attribution"), *url = lookup(f->sources, key, "url");
    if (*attribution) {
      fputs(". ", out);
      escaped(out, attribution);
    }
    if (*url) {
      fputs(" <a href=\"", out);
      escaped(out, url);
      fputs("\">", out);
      escaped(out, url);
      fputs("</a>", out);
    }
    fputs("</li>\n", out);
  }
  fputs("</ul>\n", out);
}

void page_write(FILE *out, const facts *f) {
  char sentences[FINDINGS][WORDS];
  int n = findings(f, sentences);
  fprintf(out,
          "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
          "<title>Critical minerals: who mines, who refines</title><style>%s</style></head><body><main>\n",
          style);
  fputs("<h1>Critical minerals: who mines, who refines, who holds the ground</h1>\n<p class=\"lead\">", out);
  if (f->year) fprintf(out, "Figures of %d, or the newest before it. ", f->year);
  else fputs("The newest figures on record for each mineral and stage. ", out);
  fprintf(out, "Every share stands beside its year, its interval and its source. critmin %s.</p>\n", critmin_version());
  fputs("<h2>What stands out</h2>\n<ul class=\"findings\">\n", out);
  for (int i = 0; i < n; i++) {
    fputs("<li>", out);
    escaped(out, sentences[i]);
    fputs("</li>\n", out);
  }
  fputs("</ul>\n<h2>China&#8217;s share by stage</h2>\n", out);
  chart_china(out, f);
  fputs("<p class=\"small\">Dark: refined. Pale: mined. Line: what withheld figures, unlisted producers and rounding allow. Band: the range quoted for the "
        "refining of copper, lithium, cobalt, graphite and rare earths.</p>\n<h2>Concentration</h2>\n",
        out);
  table_of_markets(out, f);
  fputs("<h2>Mineral by mineral</h2>\n", out);
  for (int i = 0; i < f->n_topics; i++) {
    fputs("<section class=\"mineral\"><h3>", out);
    escaped(out, f->topics[i].name);
    fputs("</h3><div class=\"grid3\">\n", out);
    for (int which = 0; which < MARKETS; which++) panel(out, f, &f->topics[i], which);
    fputs("</div></section>\n", out);
  }
  fputs("<h2>What this rests on</h2>\n<p>Shares are of the larger of the published world total and the sum of its parts. A withheld figure is an interval, not a "
        "zero; other countries printed together are not one producer; stages are never added up. Of several sources for one market and year the one that is asked "
        "first answers, in its newest edition; multi-year means answer only where nothing annual exists.</p>\n",
        out);
  sources(out, f);
  fputs("</main></body></html>\n", out);
}
