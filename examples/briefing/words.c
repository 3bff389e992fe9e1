/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "briefing.h"

const char *plain_number(double value, int decimals, char words[WORDS]) {
  if (isnan(value)) snprintf(words, WORDS, "no data");
  else snprintf(words, WORDS, "%.*f", decimals, value);
  return words;
}

const char *percent(double share, char words[WORDS]) {
  if (isnan(share)) snprintf(words, WORDS, "no data");
  else snprintf(words, WORDS, "%.*f %%", share > 0 && share < 0.0995 ? 1 : 0, 100 * share);
  return words;
}

const char *with_interval(number share, char words[WORDS]) {
  if (isnan(share.value)) {
    if (isnan(share.low) || isnan(share.high)) snprintf(words, WORDS, "no data");
    else snprintf(words, WORDS, "%.0f to %.0f %%", 100 * share.low, 100 * share.high);
  } else {
    snprintf(words, WORDS, "%.1f %% (%.1f\xe2\x80\x93%.1f)", 100 * share.value, 100 * share.low, 100 * share.high);
  }
  return words;
}

const char *source_words(const facts *f, const market *m, char words[WORDS]) {
  const char *publisher = lookup(f->sources, m->source, "publisher");
  if (!*publisher) publisher = m->source;
  /* The house, without its department. */
  snprintf(words, WORDS, "%.*s, %s", (int)strcspn(publisher, ","), publisher, m->edition);
  return words;
}

const char *caveats(const market *m, char words[WORDS]) {
  static const struct {
    const char *flag, *words;
  } said[] = {
      {"ESTIMATED", "publisher's estimates"},
      {"PERIOD_MEAN", "mean over several years"},
      {"RESIDUAL_USED", "part held by unlisted producers"},
      {"WITHHELD_USED", "withheld figures as intervals"},
      {"TOTAL_EXCLUDES", "printed total leaves a producer out"},
      {"UNBOUNDED", "a withheld figure has no upper bound"},
      {"NOT_AVAILABLE", "some producers not available"},
      {"NO_TOTAL", "no total printed"},
      {"TOTAL_BELOW_SUM", "printed total below its parts"},
  };
  size_t length = 0;
  words[0] = '\0';
  for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
    if (!m->flags || !strstr(m->flags, said[i].flag)) continue;
    int more = snprintf(words + length, WORDS - length, "%s%s", length ? "; " : "", said[i].words);
    if (more < 0 || length + (size_t)more >= WORDS) break;
    length += (size_t)more;
  }
  return words;
}

const char *why_missing(int which, char words[WORDS]) {
  static const char *const why[MARKETS] = {
      [MINED] = "No mine output on record: recovered as a by-product, or not published by country.",
      [REFINED] = "No refining by country on record.",
      [IN_GROUND] = "No reserves in the ground published by country.",
  };
  snprintf(words, WORDS, "%s", why[which]);
  return words;
}

/* Adds to a sentence what still fits. */
static void add(char *sentence, const char *format, ...) {
  size_t length = strlen(sentence);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(sentence + length, WORDS - length, format, arguments);
  va_end(arguments);
}

/* The range over the five minerals of the story, beside what the story says. */
static int story_range(const facts *f, char *sentence) {
  const topic *least = NULL, *most = NULL;
  int asked = 0, counted = 0;
  for (int i = 0; i < f->n_topics; i++) {
    const topic *t = &f->topics[i];
    double share = t->market[REFINED].china.value;
    asked += t->in_story;
    if (!t->in_story || isnan(share)) continue;
    counted++;
    if (!least || share < least->market[REFINED].china.value) least = t;
    if (!most || share > most->market[REFINED].china.value) most = t;
  }
  if (counted < 2) return 0;
  char low[WORDS], high[WORDS];
  add(sentence,
      "Of the %s minerals of the story, China refines from %s (%s, %d) to %s (%s, %d) in these figures. The range quoted in January 2026, "
      "47 to 87 per cent, could not be traced to a published table.",
      counted == 5 ? "five" : "named", percent(least->market[REFINED].china.value, low), least->name, least->market[REFINED].year,
      percent(most->market[REFINED].china.value, high), most->name, most->market[REFINED].year);
  return asked > 0;
}

static int more_refined_than_mined(const facts *f, char *sentence) {
  char names[WORDS] = "";
  int n = 0;
  for (int i = 0; i < f->n_topics; i++) {
    const topic *t = &f->topics[i];
    double mined = t->market[MINED].china.value, refined = t->market[REFINED].china.value;
    if (isnan(mined) || isnan(refined) || refined - mined < 0.2) continue;
    char a[WORDS], b[WORDS];
    add(names, "%s%s (mines %s, refines %s)", n++ ? ", " : "", t->name, percent(mined, a), percent(refined, b));
  }
  if (!n) return 0;
  add(sentence, "China's hold is on refining, not on the mine: %s.", names);
  return 1;
}

static int weakest_without_largest(const facts *f, char *sentence) {
  const topic *worst = NULL;
  int at = 0;
  for (int i = 0; i < f->n_topics; i++)
    for (int which = MINED; which <= REFINED; which++) {
      const market *m = &f->topics[i].market[which];
      if (!m->found || isnan(m->without_largest.value)) continue;
      if (!worst || m->without_largest.value < worst->market[at].without_largest.value) worst = &f->topics[i], at = which;
    }
  if (!worst) return 0;
  const market *m = &worst->market[at];
  char rest[WORDS];
  add(sentence, "The narrowest supply is %s %s: without %s the world would have %s of what it makes now (%d).",
      at == MINED ? "mined" : "refined", worst->name, country_name(f, m->largest), percent(m->without_largest.value, rest), m->year);
  return 1;
}

static int ground_is_elsewhere(const facts *f, char *sentence) {
  char names[WORDS] = "";
  int n = 0;
  for (int i = 0; i < f->n_topics; i++) {
    const market *ground = &f->topics[i].market[IN_GROUND], *refined = &f->topics[i].market[REFINED];
    if (!ground->found || !ground->n_producers || isnan(refined->china.value) || isnan(ground->china.value)) continue;
    if (refined->china.value - ground->china.value < 0.3) continue;
    char a[WORDS];
    add(names, "%s%s (China holds %s)", n++ ? ", " : "", f->topics[i].name, percent(ground->china.value, a));
  }
  if (!n) return 0;
  add(sentence, "What is in the ground is spread more widely than what is refined: %s.", names);
  return 1;
}

static int not_known(const facts *f, char *sentence) {
  char names[WORDS] = "";
  int n = 0;
  for (int i = 0; i < f->n_topics; i++) {
    const market *m = &f->topics[i].market[REFINED];
    if (m->found && !strstr(m->flags, "PERIOD_MEAN")) continue;
    add(names, "%s%s", n++ ? ", " : "", f->topics[i].name);
  }
  if (!n) return 0;
  add(sentence, "No annual figures of refining by country are on record for %s; where a mean over several years exists it is shown, and marked.",
      names);
  return 1;
}

int findings(const facts *f, char sentences[FINDINGS][WORDS]) {
  int n = 0;
  for (int i = 0; i < FINDINGS; i++) sentences[i][0] = '\0';
  n += story_range(f, sentences[n]);
  n += more_refined_than_mined(f, sentences[n]);
  n += weakest_without_largest(f, sentences[n]);
  n += ground_is_elsewhere(f, sentences[n]);
  n += not_known(f, sentences[n]);
  for (int i = 0; i < n; i++) sentences[i][0] = (char)toupper((unsigned char)sentences[i][0]);
  return n;
}
