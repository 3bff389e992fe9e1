/* SPDX-License-Identifier: MIT */
/* Which shock hits whom, and how much of what each needs it can withhold. */
#include <math.h>

#include "base/memory.h"
#include "base/text.h"
#include "critmin/answer.h"
#include "exposure/scene_shocks.h"

/* Whom it hits ------------------------------------------------------------------------------------------------------
 */

int cm_shock_is_of_stage(const cm_shocking *s, int32_t stage) {
  const json_t *names = json_object_get(s->given, "stages");
  for (size_t i = 0; i < cm_scenario_names(names); i++) {
    if (cm_model_stage_is(s->p->model, stage, cm_scenario_name(names, i))) return 1;
  }
  return !names;
}

/* Where along a user's chain a shock is: stages up to the user's own. */
typedef struct reaching {
  int32_t first, last; /* that it is of; CM_NONE: none */
  int32_t around;      /* the first stage after `last` that is left free, CM_NONE where there is none */
  int several;         /* it is of more than one */
  int between;         /* a stage between these is left free */
} reaching;

static reaching reach(const cm_shocking *s, const cm_scene_user *u) {
  reaching r = {CM_NONE, CM_NONE, CM_NONE, 0, 0};
  for (int32_t k = s->p->model->minerals[u->mineral].first_stage; k <= u->stage; k++) {
    if (cm_shock_is_of_stage(s, k)) {
      r.several |= r.first != CM_NONE;
      r.between |= r.around != CM_NONE;
      if (r.first == CM_NONE) r.first = k;
      r.last = k;
      r.around = CM_NONE;
    } else if (r.first != CM_NONE && r.around == CM_NONE) {
      r.around = k;
    }
  }
  return r;
}

static int aims_at(const cm_shocking *s, const cm_scene_user *u) {
  int aimed = s->n_targets == 0;
  for (size_t i = 0; i < s->n_targets; i++) aimed |= cm_scene_is_in(s->p, u->party, s->targets[i]);
  if (cm_shock_is(s, "outage")) return aimed;
  for (size_t i = 0; i < s->n_countries; i++) {
    if (cm_scene_is_in(s->p, u->party, s->countries[i])) return 0;
  }
  return aimed;
}

static int concerns(const cm_shocking *s, const cm_scene_user *u) {
  for (size_t i = 0; i < s->n_minerals; i++) {
    if (cm_scene_belongs(s->p->model, u->mineral, s->minerals[i])) return 1;
  }
  return 0;
}

/* How much of what a user needs it can withhold ---------------------------------------------------------------------
 */

static const char *party_key(const critmin_model *model, cm_scene_party party) {
  return party.country != CM_NONE ? model->countries[party.country].key : model->groups[party.group].key;
}

typedef struct depending {
  cm_shocking *s;
  const cm_scene_user *u;
  cm_range range;
  uint64_t flags;
  cm_buffer text;
  cm_question *asked; /* those that had an answer */
  size_t n_asked, room;
  int found;
} depending;

static critmin_status cell(depending *d, const cm_question *q, int *found, cm_range *range) {
  cm_scene_making *p = d->s->p;
  uint64_t flags = 0;
  char *unit = NULL, *said_by = NULL;
  critmin_status status = cm_scene_ask(p, q, found, range, &unit, &flags, &said_by);
  if (!status && *found && (isnan(range->low) || isnan(range->high))) *found = 0;
  if (!status && *found) {
    d->flags |= flags;
    if (d->text.length) cm_buffer_add(&d->text, "; ");
    cm_buffer_print(&d->text, "%s: %s", q->partner, said_by);
    if (!cm_grow(&d->asked, d->n_asked, &d->room, sizeof *d->asked))
      status = cm_fail_memory(p->error);
    else
      d->asked[d->n_asked++] = *q;
  }
  cm_free(unit);
  cm_free(said_by);
  return status;
}

/*
 * Goods of a restricted stage that are worked up at home leave as something else, past the last stage that is
 * restricted, or between these and so are none of them. What a country makes at the free stage is of its own goods
 * first: the value is what is left of the restricted ones, the least what is left in the worst case.
 */
static critmin_status get_around(depending *d, cm_question q, const reaching *r, cm_range *made) {
  const critmin_model *model = d->s->p->model;
  const int past = r->around != CM_NONE;
  cm_range of_it = {NAN, NAN, NAN}, around = {0, 0, 0};
  int has_it = 0, has_around = 1;
  if (past) q.metric = "origin_share";
  q.at = model->stages[r->last].key;
  critmin_status status = cell(d, &q, &has_it, &of_it);
  if (past) q.at = model->stages[r->around].key;
  if (!status && past) status = cell(d, &q, &has_around, &around);
  int knows = has_it && has_around;
  made->value = knows ? fmin(fmax(0, of_it.value - around.value), made->high) : NAN;
  made->low = knows ? fmin(fmax(0, of_it.low - around.high), made->high) : 0;
  if (made->low > made->value) made->low = made->value;
  return status;
}

/*
 * What the catalogue says of one of the countries, added to that of the others: they may deliver the same goods one
 * after another, so that the least is what the largest of them has. What only passes through could be stopped too.
 */
static critmin_status ask(depending *d, cm_scene_party country, const reaching *r) {
  const critmin_model *model = d->s->p->model;
  const cm_scene_user *u = d->u;
  int outage = cm_shock_is(d->s, "outage"), found = 0, passes = 0;
  cm_range made = {NAN, NAN, NAN}, passed = {NAN, NAN, NAN};
  cm_question q = {outage && !r->several ? "origin_share" : "touch_share",
                   u->mineral_key,
                   u->stage_key,
                   u->country,
                   party_key(model, country),
                   model->stages[r->first].key,
                   NULL};
  critmin_status status = cell(d, &q, &found, &made);
  if (status || !found) return status;
  if (!outage) {
    q.transit = "1";
    status = cell(d, &q, &passes, &passed);
    q.transit = NULL;
    if (!status && passes) made.high = fmax(made.high, passed.high);
    if (!status && (r->around != CM_NONE || r->between)) status = get_around(d, q, r, &made);
    if (status) return status;
  }
  d->found = 1;
  d->range.value = isnan(made.value) ? NAN : fmin(1, d->range.value + made.value);
  d->range.low = fmax(d->range.low, made.low);
  d->range.high = fmin(1, d->range.high + made.high);
  return CRITMIN_OK;
}

/* The value follows a restriction through the chain, all its countries at once. */
static critmin_status cascade(depending *d) {
  double lost;
  critmin_status status = cm_shock_cascade(d->s, d->u, &d->asked[0], &lost);
  if (status || isnan(lost)) return status;
  d->range.value = lost;
  d->range.low = fmin(d->range.low, lost);
  d->range.high = fmax(d->range.high, lost);
  cm_buffer_add(&d->text, "; the value by what is missing at each stage in turn");
  return CRITMIN_OK;
}

static critmin_status add_dependence(depending *d, const cm_wanted *wanted, int32_t *input) {
  cm_scene_making *p = d->s->p;
  char *text = cm_buffer_take(&d->text);
  critmin_status status = text ? cm_scene_add(p, wanted, d->range, "1", CM_FROM_MODEL, "look_through", text, d->flags, input)
                               : cm_fail_memory(p->error);
  cm_free(text);
  for (size_t i = 0; i < d->n_asked && !status; i++) status = cm_scene_keep(p, *input, &d->asked[i]);
  return status;
}

/* Trade, looked through. An interval from nothing to all says nothing. */
static critmin_status look_through(cm_shocking *s, const cm_scene_user *u, const reaching *r, const cm_wanted *wanted,
                                   int32_t *input) {
  depending d = {.s = s, .u = u};
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < s->n_countries && !status; i++) status = ask(&d, s->countries[i], r);
  if (!status && d.found && !cm_shock_is(s, "outage")) status = cascade(&d);
  int says = d.found && !(isnan(d.range.value) && d.range.low <= 0 && d.range.high >= 1);
  if (!status && says) status = add_dependence(&d, wanted, input);
  cm_buffer_free(&d.text);
  cm_free(d.asked);
  return status;
}

/* What nobody says lies between nothing and all. */
static critmin_status say_nothing(cm_shocking *s, const cm_wanted *wanted, int32_t *input) {
  return cm_scene_add(s->p, wanted, (cm_range){NAN, 0, 1}, "1", CM_FROM_DEFAULT, NULL,
                      "neither the document, nor trade on record, nor an assumption says it", CRITMIN_FLAG_NO_DATA,
                      input);
}

/* One input for each user, or one for all where the document says it. */
critmin_status cm_shock_depend(cm_shocking *s, int32_t user) {
  const cm_scene_user *u = &s->p->scene->users[user];
  int32_t *input = &s->shock->dependence[user];
  *input = CM_NONE;
  if (!concerns(s, u) || !aims_at(s, u)) return CRITMIN_OK;
  const reaching r = reach(s, u);
  if (r.first == CM_NONE) return CRITMIN_OK;
  const cm_wanted wanted = {CM_IN_SHOCK, s->given, s->place,         "dependence", "dependence",
                            u->mineral,  u->stage, u->party.country, CM_HARM,      1};
  if (json_object_get(s->given, "dependence")) {
    for (int32_t other = 0; other < user; other++) {
      if (s->shock->dependence[other] == CM_NONE) continue;
      *input = s->shock->dependence[other];
      return CRITMIN_OK;
    }
    return cm_scene_take(s->p, &wanted, 0, input);
  }
  critmin_status status = look_through(s, u, &r, &wanted, input);
  if (!status && *input == CM_NONE) status = cm_scene_take(s->p, &wanted, 1, input);
  if (!status && *input == CM_NONE) status = say_nothing(s, &wanted, input);
  return status;
}
