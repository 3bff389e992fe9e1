/* SPDX-License-Identifier: MIT */
/* The briefing: what it asks the library (facts), what it says of it (words), and how it shows it (page, chart, terminal). */
#ifndef BRIEFING_H
#define BRIEFING_H

#include <stdio.h>

#include "critmin/critmin.h"

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
  number china, hhi, cr3, effective, without_largest;
  const char *largest; /* ISO code of the largest producer */
} market;

enum { MINED, REFINED, IN_GROUND, MARKETS };

typedef struct topic {
  const char *key;  /* mineral as asked for */
  const char *name; /* in sentences */
  int in_story;     /* one of the five that the range of China's shares is quoted for */
  market market[MARKETS];
} topic;

typedef struct facts {
  critmin_store *store;
  critmin_model *model;
  critmin_table *countries, *minerals, *sources;
  topic *topics;
  int n_topics;
  int year; /* 0: newest */
} facts;

/* Asks for everything; 0 when it could, else the status, with `error` written. `minerals` NULL: the ten of the briefing. */
critmin_status facts_gather(facts *f, char *const *minerals, int n_minerals, int year, critmin_error *error);
void facts_free(facts *f);
const char *country_name(const facts *f, const char *iso);
const char *mineral_name(const facts *f, const char *key);
/* A field of the row of `table` whose first column is `key`, or "". */
const char *lookup(const critmin_table *table, const char *key, const char *field);

/* Words. Results are in a buffer of the caller's. */
enum { WORDS = 512 };
const char *percent(double share, char words[WORDS]);              /* 44.9 % */
const char *with_interval(number share, char words[WORDS]);        /* 44.9 % (44.1-45.7) */
const char *plain_number(double value, int decimals, char words[WORDS]);
const char *source_words(const facts *f, const market *m, char words[WORDS]); /* USGS ... 2026 */
const char *caveats(const market *m, char words[WORDS]);           /* what the flags say, as a clause; "" when nothing */
const char *why_missing(int which, char words[WORDS]);

/* The findings, one sentence each; returns how many were written. */
enum { FINDINGS = 8 };
int findings(const facts *f, char sentences[FINDINGS][WORDS]);

void page_write(FILE *out, const facts *f);
void terminal_write(FILE *out, const facts *f);

/* Charts, as inline SVG 340 units wide: drawn at that size on a phone and side by side on paper. */
void chart_china(FILE *out, const facts *f);
void chart_producers(FILE *out, const facts *f, const market *m, const char *title);
/* Text with the five characters of markup escaped. */
void escaped(FILE *out, const char *text);

#endif
