/* SPDX-License-Identifier: MIT */
/*
 * A shock followed through the chain of its mineral: what is withheld at one stage is missing at the plants of the
 * next, and what they no longer make at a user further on.
 */
#include <math.h>

#include "base/memory.h"
#include "critmin/cascade.h"
#include "exposure/scene_shocks.h"
#include "exposure/scene_trail.h"

/* Who withholds at which stage of a chain. */
typedef struct hits {
  int32_t *kind, *stage, *country, n;
  double *withheld, *fill;
  uint8_t *withholds; /* one a country */
  void *memory;
} hits;

static int make_room(const cm_trail *t, hits *h) {
  size_t countries = (size_t)t->chain->supply.countries, most = countries * ((size_t)t->stage + 1);
  double *memory = cm_alloc_array(most + countries + (3 * most + 1) / 2 + (countries + 7) / 8, sizeof *memory);
  h->memory = memory;
  if (!memory) return 0;
  h->withheld = memory;
  h->fill = memory + most;
  h->kind = (int32_t *)(void *)(h->fill + countries);
  h->stage = h->kind + most;
  h->country = h->stage + most;
  h->withholds = (uint8_t *)(h->fill + countries + (3 * most + 1) / 2);
  return 1;
}

static int is_hit(const cm_shocking *s, const cm_chain_stage *stage) {
  for (int32_t i = 0; i < stage->n; i++) {
    if (cm_shock_is_of_stage(s, stage->family[i])) return 1;
  }
  return 0;
}

static void set(const cm_shocking *s, cm_trail *t, hits *h) {
  int kind = cm_shock_is(s, "outage") ? CRITMIN_SHOCK_OUTAGE : CRITMIN_SHOCK_RESTRICTION;
  int32_t countries = t->chain->supply.countries;
  for (size_t i = 0; i < s->n_countries; i++) {
    const cm_party party = {s->countries[i].country, s->countries[i].group};
    cm_trail_mark(t, &party);
    for (int32_t c = 0; c < countries; c++) h->withholds[c] |= t->chain->mark[c];
  }
  for (int32_t k = 0; k <= t->stage; k++) {
    for (int32_t c = 0; c < countries && is_hit(s, &t->chain->stage[k]); c++) {
      if (!h->withholds[c]) continue;
      h->kind[h->n] = kind;
      h->stage[h->n] = k;
      h->country[h->n] = c;
      h->withheld[h->n++] = 1;
    }
  }
}

typedef struct cascading {
  const cm_shocking *s;
  double *lost;
} cascading;

/* The share of what the pools asked about hold that is missing in them. */
static critmin_status follow(cm_trail *t, void *to, critmin_error *error) {
  const cascading *c = to;
  double *lost = c->lost;
  hits h = {0};
  if (!make_room(t, &h)) return cm_fail_memory(error);
  set(c->s, t, &h);
  critmin_cascade cascade;
  critmin_cascade_init(&cascade);
  cascade.shocks = h.n;
  cascade.kind = h.kind;
  cascade.stage = h.stage;
  cascade.country = h.country;
  cascade.withheld = h.withheld;
  critmin_status status = critmin_cascade_fill(t->chain->network, &cascade, t->stage, h.fill, error);
  *lost = 0;
  for (int32_t i = 0; i < t->buyers && !status; i++) {
    double fill = h.fill[t->buyer[i]];
    *lost += isnan(fill) ? 0 : t->weight[i] * (1 - fill);
  }
  cm_free(h.memory);
  return status;
}

critmin_status cm_shock_cascade(const cm_shocking *s, const cm_scene_user *u, const cm_question *question,
                                double *lost) {
  cascading c = {s, lost};
  *lost = NAN;
  return cm_scene_trail(s->p, u, question, follow, &c);
}
