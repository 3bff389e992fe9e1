/* SPDX-License-Identifier: MIT */
/* The briefing: what it asks the library (facts), what it says (words, front, sections, document), and how it looks
 * (page, markdown, terminal). */
#ifndef BRIEFING_H
#define BRIEFING_H

#include <stdio.h>

#include "critmin/critmin.h"
#include "text.h"

/* One number with its interval; NaN where the library has none. */
typedef struct number {
  double value, low, high;
} number;

typedef struct producer {
  const char *country; /* ISO code */
  number share;
} producer;

/* One market in one year: a mineral at a stage, or what is in the ground. Texts are borrowed from `rows`. */
typedef struct market {
  critmin_table *rows;     /* of every producer and index, all years */
  critmin_table *of_china; /* China's share, all years */
  int found;
  int year;
  const char *mineral, *stage, *source, *edition, *flags;
  producer *producers; /* largest first */
  int n_producers;
  number china, hhi, cr3, without_largest;
  const char *largest; /* ISO code of the largest producer */
} market;

enum { MINED, REFINED, IN_GROUND, MARKETS };

/* What one metric says of one country, for the newest year there is. Not found: `country` is NULL. */
typedef struct reading {
  const char *country, *mineral, *stage, *flags, *source, *edition;
  number n;
  int from, to;    /* several years where a mean answers for them */
  int is_reliance; /* and no share of a partner */
  int members;     /* 0, or over how many minerals of a group the interval reaches */
} reading;

/* What was known by the day, and what an edition that came later says. */
typedef struct told {
  reading by_day, later;
} told;

enum { TOP = 3 };
typedef struct partners {
  const char *country[TOP];
  double share[TOP];
  int n;
} partners;

/* One mineral at one stage, as seen by every country that is asked about; arrays run along `facts.countries_asked`. */
typedef struct line {
  const char *mineral, *stage;
  told *reliance, *partner;
  partners *top;
  told net, diluted; /* the group as one, and with the trade among its members left in */
} line;

typedef struct topic {
  const char *key;                         /* mineral as asked for */
  const char *name;                        /* in sentences */
  int in_story;                            /* one of the five that the range of China's shares is quoted for */
  market market[MARKETS], before[MARKETS]; /* by the day, and by the same day a year earlier */
  line *lines;
  int n_lines;
} topic;

/* The models: by the day, a year earlier, and of everything on record; and the source that is asked first for a
 * country. */
enum { BY_DAY, YEAR_BEFORE, NEWEST, MODELS };

/* What happens if it stops; title NULL: not asked for, or nothing was known yet. */
enum { STOPS = 2 };
typedef struct stop {
  const char *key, *title, *day;
  const char *state; /* of the ban on record on the day, as a clause */
  int later; /* what was published by the day does not tell the dependence: run over all that is on record */
  critmin_table *summary, *weeks, *worth, *inputs;
} stop;

/* Where what a country has was made, looked through trade and stages; `year` 0: nothing by the day. */
typedef struct picture {
  const char *mineral, *stage, *country, *title;
  int year;
  critmin_table *shares; /* of every origin at every stage */
  number bought;         /* from China, as customs see it */
  const char *svg;
} picture;

typedef struct options {
  const char *date, *group, *format, *out;
  char **minerals, **countries, **assumed, **set; /* assumed: NAME=VALUE; set: SCENARIO.PATH=VALUE */
  int n_minerals, n_countries, n_assumed, n_set, year;
} options;

typedef struct facts {
  pool *pool;
  critmin_store *store;
  critmin_model *model[MODELS], *first_asked[MODELS];
  critmin_table *countries, *groups, *minerals, *stages, *sources, *editions, *producers;
  critmin_table *restrictions, *agreements, *commitments, *reserves, *changes, *after;
  const char *date, *since, *next_day, *newest_edition;
  const char **countries_asked; /* keys */
  int n_countries;
  const char *group;
  topic *topics;
  int n_topics;
  stop stops[STOPS];
  picture *pictures;
  int n_pictures;
  int year;            /* 0: newest */
  int minerals_chosen; /* asked for by name: agreements and restrictions are narrowed to them */
  int countries_chosen;
} facts;

/* Asks for everything; 0 when it could, else the status, with `error` written. */
critmin_status facts_gather(facts *f, const options *asked, critmin_error *error);
void facts_free(facts *f);

/* query.c: the library, in the few forms that are needed here. */
typedef struct query {
  const char *const *metrics; /* NULL-terminated */
  const char *mineral, *stage, *measure, *partner, *netting, *denominator;
  const char *const *countries;
  int n_countries, year; /* 0: all years */
} query;
/* A question with no answer is no failure: `table` is then NULL. */
critmin_status query_metric(const critmin_model *model, const query *q, critmin_table **table, critmin_error *error);
critmin_status query_model(critmin_store *store, const char *edition, const char *source, critmin_model **model,
                           critmin_error *error);
/* A list as of `date` (NULL: all); of the minerals, when any are given. */
critmin_status query_list(critmin_store *store, const char *what, const char *date, char *const *minerals,
                          int n_minerals, critmin_table **table, critmin_error *error);
critmin_status query_changes(critmin_store *store, const char *since, const char *until, char *const *minerals,
                             int n_minerals, critmin_table **table, critmin_error *error);
/* A country's or group's key from any of its names. Unknown ones are an error that suggests the nearest. */
critmin_status query_place(const facts *f, const char *name, const char **key, critmin_error *error);
/* A group's key from its key or name; one that is none is an error that names those there are. */
critmin_status query_group(const facts *f, const char *name, const char **key, critmin_error *error);
const char *text_at(const critmin_table *table, const char *column, int64_t row); /* "" when missing */
double number_at(const critmin_table *table, const char *column, int64_t row);
number answer_at(const critmin_table *table, int64_t row);
/* A field of the row of `table` whose first column is `key`, or "". */
const char *lookup(const critmin_table *table, const char *key, const char *field);

critmin_status stops_gather(facts *f, const options *asked, critmin_error *error);
void stops_free(facts *f);
critmin_status pictures_gather(facts *f, critmin_error *error);
void pictures_free(facts *f);
critmin_status markets_gather(facts *f, topic *t, critmin_error *error);
void markets_free(topic *t);
critmin_status dependence_gather(facts *f, topic *t, critmin_error *error);
int is_known(const reading *r);

/* calendar.c: days as yyyy-mm-dd; shorter ones are a month or a year, and count as its last day. */
enum { FIRST_YEAR = 1501, LAST_YEAR = 2200 }; /* the library knows a year more, for what changed since */
int is_day(const char *text);
const char *year_before(pool *p, const char *day);
const char *day_after(pool *p, const char *day);
int is_after(const char *date, const char *day);   /* surely */
const char *date_words(pool *p, const char *date); /* 6 January 2026 */
const char *without_foresight(pool *p, const char *text,
                              const char *day); /* without sentences that name a later month */

/* Words. What is not a literal lives as long as the pool. */
const char *country_name(const facts *f, const char *key);
const char *place_name(const facts *f, const char *key); /* with an article: the United States */
const char *mineral_name(const facts *f, const char *key);
const char *mineral_in_sentence(const facts *f, const char *key);
const char *lower(const facts *f, const char *words); /* with a small first letter */
const char *line_name(const facts *f, const topic *t, const line *l);
const char *percent(const facts *f, double share);       /* 45 % */
const char *with_interval(const facts *f, number share); /* 44.9 % (44.1-45.7); the point alone where it is one */
const char *plain_number(const facts *f, double value, int decimals);
const char *money_words(const facts *f, double amount, const char *currency);
const char *year_words(const facts *f, int year, const char *flags);
const char *years_words(const facts *f, const reading *r);
const char *names_words(const facts *f, const char *keys,
                        const char *(*name)(const facts *, const char *)); /* a;b -> A, B */
const char *beside(const facts *f, const char *by_day, const char *later); /* X (later: Y); both may be NULL */
const char *told_words(const facts *f, const told *t);
const char *rests_on(const facts *f, const reading *r);        /* what it counts, and its marks */
const char *marks(const facts *f, const char *flags);          /* a letter for each flag that matters; "" when none */
const char *marks_explained(const facts *f);                   /* all letters, with what they mean */
const char *house(const facts *f, const char *source);         /* who published it, in short */
const char *first_sentence(const facts *f, const char *words); /* without its full stop */
const char *why_missing(int which);
int is_one_of(const char *keys, const char *key); /* keys are joined with `;` */

/* The findings, a sentence or two each; returns how many were written. */
enum { FINDINGS = 8 };
int findings_withheld(const facts *f, const char *sentences[FINDINGS]);
int findings_helps(const facts *f, const char *sentences[FINDINGS]);
const char *finding_refining(const facts *f); /* NULL: no facts for it */
int market_findings(const facts *f, const char *sentences[FINDINGS]);

/* policy.c: what was agreed, held and forbidden. */
enum { ACTS, TONNES, SHARE, RIGHT, MONEY, NOTHING }; /* what an agreement amounts to, at most */
typedef struct promise {
  int rank;
  const char *amounts, *acts;
  const char *delivers; /* "" when nothing acts */
  double money;         /* the largest sum, in its own currency */
  const char *largest;  /* that sum, with what it is for */
} promise;
promise promise_of(const facts *f, const char *agreement);
const char *reserve_size(const facts *f, int64_t row);
int is_strategic(const facts *f, int64_t row);
int names_asked(const facts *f, int64_t restriction); /* is a country that is asked about a target */

/* document.c and its sections: one text for every style. */
typedef struct style {
  int brief; /* findings and main tables only */
  void (*begin)(FILE *out, const char *title, const char *lead);
  void (*heading)(FILE *out, int level, const char *text);
  void (*paragraph)(FILE *out, int small, const char *text);
  void (*items)(FILE *out, const char *const *text, int n, int numbered, int small);
  void (*table)(FILE *out, const sheet *s);
  void (*turn)(FILE *out);                    /* a new page; NULL, as below: none */
  void (*beside)(FILE *out, int begins);      /* what stands between begin and end is side by side */
  void (*markets)(FILE *out, const facts *f); /* charts */
  void (*china)(FILE *out, const facts *f);
  void (*curves)(FILE *out, const facts *f, const stop *s);
  void (*picture)(FILE *out, const picture *p);
  void (*end)(FILE *out);
} style;

typedef struct document {
  FILE *out;
  const style *style;
  const facts *f;
  const char **cited; /* source keys in the order of their numbers */
  int n_cited, room;
} document;

extern const style html_style, markdown_style, terminal_style;
void document_write(FILE *out, const style *look, const facts *f);
/* Names sources (keys joined with `;`) with their numbers, and marks those that came after the day. */
const char *cite(document *d, const char *sources, const char *editions);
const char *cite_numbers(document *d, const char *sources); /* the numbers alone */

void section_front(document *d); /* the four questions, on one page */
void table_of_days(document *d, const stop *s);
const char *stop_words(const facts *f, const stop *s); /* what it rests on, as clauses */
int is_worth_something(const critmin_table *worth, int64_t row);
const char *worth_words(const facts *f, const critmin_table *worth, int64_t row); /* what one unit more brings */
void section_origin(document *d);
void section_dependence(document *d);
void section_markets(document *d);
void section_restrictions(document *d);
void section_agreements(document *d);
void section_changes(document *d);
void section_unknown(document *d);
void section_sources(document *d);
void section_stops(document *d);

/* columns.c: the part of a table's width that each column has, so that the table is about as low as it can be; and
 * whether a column's cells are all so short that they are never broken. */
const double *column_widths(const sheet *s);
int column_is_whole(const sheet *s, int column);

/* Charts, as inline SVG 340 units wide: drawn at that size on a phone and side by side on paper. */
void chart_china(FILE *out, const facts *f);
/* Of a user, whose first week stands in `row`: what is unmet week by week, one line a case. */
void chart_weeks(FILE *out, const stop *s, int64_t row, const char *title);
void chart_producers(FILE *out, const facts *f, const market *m, const char *title);
/* Text with the five characters of markup escaped. */
void escaped(FILE *out, const char *text);

#endif
