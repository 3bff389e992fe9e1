/* SPDX-License-Identifier: MIT */
/* What answers: reserves, and whose users may draw from them; agreements, and whom they serve with what. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "critmin/answer.h"
#include "exposure/scene.h"

static const char *text_of(const json_t *object, const char *key) {
  return json_string_value(json_object_get(object, key));
}

typedef struct answering {
  cm_scene_making *p;
  const json_t *given;
  cm_scenario_object object;
  const char *name, *place;
  cm_scene_record record;
  int32_t of;
} answering;

static critmin_status begin(cm_scene_making *p, const char *list, size_t i, cm_scenario_object object, answering *a) {
  *a = (answering){
      .p = p, .given = json_array_get(json_object_get(p->root, list), i), .object = object, .of = (int32_t)i};
  const char *name = text_of(a->given, "name");
  critmin_status status = cm_scene_text(p, text_of(a->given, CM_PLACE), &a->place);
  if (!status) status = cm_scene_record_of(p, a->given, &a->record);
  return status ? status : cm_scene_text(p, name ? name : a->place, &a->name);
}

static critmin_status take(const answering *a, const cm_scene_user *u, const char *key, const char *assumed, int harm,
                           int32_t *input) {
  const cm_wanted wanted = {a->object,  a->given, a->place,         key,  assumed,
                            u->mineral, u->stage, u->party.country, harm, 1};
  return cm_scene_take(a->p, &wanted, 0, input);
}

/* Whether a list of minerals has that of a user, or a group that it belongs to. */
static critmin_status has_mineral(const answering *a, const cm_scene_user *u, int *has) {
  static const char anything[] = "critical_minerals"; /* stands for whatever a programme chooses to hold */
  const json_t *names = json_object_get(a->given, "minerals");
  *has = names == NULL;
  for (size_t i = 0; i < cm_scenario_names(names) && !*has; i++) {
    int32_t mineral;
    critmin_status status = cm_scene_mineral_of(a->p, a->place, cm_scenario_name(names, i), &mineral);
    if (status) return status;
    *has =
        cm_scene_belongs(a->p->model, u->mineral, mineral) || strcmp(a->p->model->minerals[mineral].key, anything) == 0;
  }
  return CRITMIN_OK;
}

/* Reserves ----------------------------------------------------------------------------------------------------------
 */

/* Tonnes in the basis of the record, brought to that of the market. */
static critmin_status convert(const answering *a, const cm_scene_user *u, const char *basis, cm_range *range) {
  if (!basis || !*basis) return CRITMIN_OK;
  double factor = cm_model_factor_of(a->p->model, u->stage, basis);
  if (isnan(factor))
    return CM_SCENE_FAIL(a->p, CRITMIN_ERROR_MIXED_BASES, a->place,
                         "it is counted in `%s`, which has no content factor at `%s` %s; give its size here", basis,
                         u->mineral_key, u->stage_key);
  *range = (cm_range){range->value * factor, range->low * factor, range->high * factor};
  return CRITMIN_OK;
}

static critmin_status take_size(const answering *a, const cm_scene_user *u, cm_scene_reserve *r) {
  r->in_tonnes = json_object_get(a->given, "tonnes") != NULL;
  const char *key = r->in_tonnes ? "tonnes" : "days";
  if (!text_of(a->given, "@record")) return take(a, u, key, NULL, CM_GOOD, &r->size);
  cm_range range = cm_scenario_range(json_object_get(a->given, key));
  critmin_status status = convert(a, u, text_of(a->given, "@basis"), &range);
  const cm_wanted wanted = {a->object,  a->given, a->place,         key,     NULL,
                            u->mineral, u->stage, u->party.country, CM_GOOD, 1};
  if (status) return status;
  return cm_scene_add(a->p, &wanted, range, r->in_tonnes ? "t" : "d", CM_FROM_RECORD, text_of(a->given, "record"), NULL,
                      0, &r->size);
}

static critmin_status take_release(const answering *a, const cm_scene_user *u, cm_scene_reserve *r) {
  const json_t *rate = json_object_get(a->given, "@rate");
  if (!rate) return take(a, u, "release", "release_rate", CM_GOOD, &r->release);
  r->release_in_tonnes = 1;
  const cm_wanted wanted = {a->object,  a->given, a->place,         "release", NULL,
                            u->mineral, u->stage, u->party.country, CM_GOOD,   1};
  return cm_scene_add(a->p, &wanted, cm_scenario_range(rate), "t/d", CM_FROM_RECORD, text_of(a->given, "record"), NULL,
                      0, &r->release);
}

/* Fails where tonnes are set against a demand that is counted in days. */
static critmin_status weigh(const answering *a, int in_tonnes, const cm_scene_user *u) {
  if (!in_tonnes || a->p->scene->pools[u->pool].in_tonnes) return CRITMIN_OK;
  return CM_SCENE_FAIL(
      a->p, CRITMIN_ERROR_MISSING_VALUE, a->place,
      "it is in tonnes, and nobody says how much `%s` %s needs; give the user a `demand`, or the size in "
      "days of it",
      u->mineral_key, u->country);
}

static critmin_status add_reserve(const answering *a, int32_t pool, const int32_t *serves, const cm_scene_user *u) {
  cm_scene *scene = a->p->scene;
  cm_scene_reserve r = {.name = a->name, .place = a->place, .record = a->record, .pool = pool, .of = a->of};
  if (!cm_grow(&scene->reserves, scene->n_reserves, &scene->reserves_room, sizeof r))
    return cm_fail_memory(a->p->error);
  critmin_status status = take_size(a, u, &r);
  if (!status) status = take(a, u, "held", "reserve_held", CM_GOOD, &r.held);
  if (!status) status = take(a, u, "usable", NULL, CM_GOOD, &r.usable);
  if (!status) status = take_release(a, u, &r);
  if (!status) status = take(a, u, "delay", "release_delay", CM_HARM, &r.delay);
  if (!status) status = take(a, u, "refill", NULL, CM_GOOD, &r.refill);
  if (!status) status = weigh(a, r.in_tonnes || r.release_in_tonnes, u);
  if (status) return status;
  r.serves = cm_alloc_array(scene->n_users, sizeof *r.serves);
  if (!r.serves) return cm_fail_memory(a->p->error);
  memcpy(r.serves, serves, scene->n_users * sizeof *serves);
  scene->reserves[scene->n_reserves++] = r;
  return CRITMIN_OK;
}

/* The first user of a pool that a reserve serves, or NULL. */
static const cm_scene_user *served(const cm_scene *scene, const cm_scene_pool *pool, const int32_t *serves) {
  for (int32_t i = pool->first; i < pool->first + pool->n; i++) {
    if (serves[i]) return &scene->users[i];
  }
  return NULL;
}

static critmin_status reserve_of(const answering *a, int32_t *serves) {
  const cm_scene *scene = a->p->scene;
  const char *stage = text_of(a->given, "@stage");
  cm_scene_party holder;
  critmin_status status = cm_scene_party_of(a->p, a->place, text_of(a->given, "holder"), &holder);
  for (size_t i = 0; i < scene->n_users && !status; i++) {
    const cm_scene_user *u = &scene->users[i];
    int has;
    status = has_mineral(a, u, &has);
    serves[i] = has && cm_scene_is_in(a->p, u->party, holder) && (!stage || strcmp(stage, u->stage_key) == 0);
  }
  int32_t pools = 0;
  for (size_t k = 0; k < scene->n_pools && !status; k++) {
    const cm_scene_user *u = served(scene, &scene->pools[k], serves);
    if (!u) continue;
    if (pools++ && json_object_get(a->given, "tonnes"))
      return CM_SCENE_FAIL(a->p, CRITMIN_ERROR_INVALID_VALUE, a->place,
                           "its tonnes cannot be of several minerals or stages; name one, or give a reserve for each");
    status = add_reserve(a, (int32_t)k, serves, u);
  }
  if (status || pools) return status;
  return CM_SCENE_FAIL(a->p, CRITMIN_ERROR_INVALID_VALUE, a->place,
                       "none of the users may draw from it: by its holder, its minerals or its stage");
}

critmin_status cm_scene_reserves(cm_scene_making *p) {
  size_t n = json_array_size(json_object_get(p->root, "reserves"));
  int32_t *serves = cm_alloc_array(p->scene->n_users, sizeof *serves);
  if (!serves) return cm_fail_memory(p->error);
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < n && !status; i++) {
    answering a;
    status = begin(p, "reserves", i, CM_IN_RESERVE, &a);
    if (!status) status = reserve_of(&a, serves);
  }
  cm_free(serves);
  return status;
}

/* Agreements --------------------------------------------------------------------------------------------------------
 */

/* A day of a commitment, which may be a month or a year: as the beginning of something it is the last day it can mean.
 */
static int32_t last_day(const char *date) {
  static const int8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  char whole[16];
  size_t length = strlen(date);
  if (length >= 10) return cm_scenario_day(date);
  if (length != 4 && length != 7) return CM_NO_DAY;
  memcpy(whole, date, length);
  memcpy(whole + length, length == 4 ? "-12-31" : "-28", length == 4 ? 7 : 4);
  int32_t day = cm_scenario_day(whole);
  if (length == 4 || day == CM_NO_DAY) return day;
  int month = (whole[5] - '0') * 10 + whole[6] - '0';
  return day + lengths[month - 1] - 28;
}

static double number_of(const json_t *row, const char *key) {
  const json_t *value = json_object_get(row, key);
  return json_is_number(value) ? json_number_value(value) : NAN;
}

/* A number that the document says, else the commitment, else what is assumed. */
static critmin_status take_term(const answering *a, const json_t *row, const cm_scene_user *u, const char *key,
                                const char *assumed, int harm, double said, const char *unit, int32_t *input) {
  if (row && !isnan(said) && !json_object_get(a->given, key)) {
    const cm_wanted wanted = {a->object,  a->given, a->place,         key,  NULL,
                              u->mineral, u->stage, u->party.country, harm, 1};
    return cm_scene_add(a->p, &wanted, (cm_range){said, said, said}, unit, CM_FROM_RECORD, text_of(a->given, "record"),
                        NULL, 0, input);
  }
  return take(a, u, key, assumed, harm, input);
}

static critmin_status add_agreement(const answering *a, const json_t *row, int32_t user, int32_t size, int in_tonnes) {
  cm_scene *scene = a->p->scene;
  const cm_scene_user *u = &scene->users[user];
  cm_scene_agreement g = {.name = a->name,
                          .place = a->place,
                          .record = a->record,
                          .user = user,
                          .size = size,
                          .in_tonnes = in_tonnes,
                          .of = a->of};
  const char *from = text_of(row, "from");
  int32_t first = from ? last_day(from) : CM_NO_DAY;
  double begins = first == CM_NO_DAY || a->p->start == CM_NO_DAY ? NAN : (double)(first - a->p->start);
  critmin_status status = weigh(a, in_tonnes, u);
  for (size_t i = 0; i < scene->n_agreements && in_tonnes && !status; i++) {
    const cm_scene_agreement *other = &scene->agreements[i];
    if (other->of == a->of && other->in_tonnes && other->user != user)
      status = CM_SCENE_FAIL(a->p, CRITMIN_ERROR_INVALID_VALUE, a->place,
                             "its tonnes would go to `%s` and to `%s`; name one of them as `buyer`",
                             scene->users[other->user].country, u->country);
  }
  if (!status) status = take_term(a, row, u, "begins", NULL, CM_HARM, begins, "d", &g.begins);
  if (!status)
    status =
        take_term(a, row, u, "ramp", "agreement_ramp", CM_HARM, number_of(row, "ramp_months") * 365 / 12, "d", &g.ramp);
  if (!status)
    status = take_term(a, row, u, "additional", "additionality", CM_GOOD, number_of(row, "additionality"), "1",
                       &g.additional);
  if (!status)
    status = take_term(a, row, u, "performs", "performance", CM_GOOD, number_of(row, "probability"), "1", &g.performs);
  if (status) return status;
  if (!cm_grow(&scene->agreements, scene->n_agreements, &scene->agreements_room, sizeof g))
    return cm_fail_memory(a->p->error);
  scene->agreements[scene->n_agreements++] = g;
  return CRITMIN_OK;
}

/* Whether "A;B;C" has the word. */
static int lists(const char *words, const char *word) {
  size_t length = strlen(word);
  for (const char *at = words; at && *at;) {
    size_t n = strcspn(at, ";");
    if (n == length && memcmp(at, word, n) == 0) return 1;
    at += n + (at[n] == ';');
  }
  return 0;
}

static critmin_status serves_user(const answering *a, const json_t *row, const cm_scene_user *u, int *serves) {
  const char *buyer = text_of(a->given, "buyer");
  if (!buyer) buyer = text_of(row, "buyer");
  if (!buyer) {
    *serves = lists(text_of(row, "parties"), u->country);
    return CRITMIN_OK;
  }
  cm_scene_party party;
  critmin_status status = cm_scene_party_of(a->p, a->place, buyer, &party);
  *serves = !status && cm_scene_is_in(a->p, u->party, party);
  return status;
}

/* Whether what is committed is of what a user needs: the very thing, or, where `near`, a part or a whole of it. */
static critmin_status concerns(const answering *a, const json_t *row, const cm_scene_user *u, int near, int *does) {
  const char *name = text_of(row, "mineral"), *stage = text_of(row, "stage");
  int32_t mineral = CM_NONE;
  *does = 0;
  if (!name || (stage && strcmp(stage, u->stage_key) != 0)) return CRITMIN_OK;
  critmin_status status = cm_scene_mineral_of(a->p, a->place, name, &mineral);
  if (status) return status;
  *does = mineral == u->mineral || (near && (cm_scene_belongs(a->p->model, mineral, u->mineral) ||
                                             cm_scene_belongs(a->p->model, u->mineral, mineral)));
  return CRITMIN_OK;
}

/* Tonnes that the record commits to a user. */
static critmin_status by_tonnes(const answering *a, const json_t *row, int32_t user, int *any) {
  const cm_scene_user *u = &a->p->scene->users[user];
  int does = 0, serves = 0;
  double contracted = number_of(row, "contracted");
  if (!(number_of(row, "acts") == 1) || isnan(contracted)) return CRITMIN_OK;
  critmin_status status = concerns(a, row, u, 0, &does);
  if (!status && does) status = serves_user(a, row, u, &serves);
  if (status || !serves) return status;
  cm_range range = {contracted, contracted, contracted};
  int32_t size;
  const cm_wanted wanted = {a->object,  a->given, a->place,         "tonnes", NULL,
                            u->mineral, u->stage, u->party.country, CM_GOOD,  1};
  status = convert(a, u, text_of(row, "contracted_basis"), &range);
  if (!status)
    status = cm_scene_add(a->p, &wanted, range, "t/a", CM_FROM_RECORD, text_of(a->given, "record"), text_of(row, "why"),
                          0, &size);
  if (!status) status = add_agreement(a, row, user, size, 1);
  *any |= !status;
  return status;
}

/* A share of an output that nobody published: what it brings is assumed. */
static critmin_status by_assumption(const answering *a, const json_t *row, int32_t user, int *any) {
  const cm_scene_user *u = &a->p->scene->users[user];
  const char *kind = text_of(row, "kind");
  int does = 0, serves = 0;
  if (!kind || strcmp(kind, "share") != 0) return CRITMIN_OK;
  critmin_status status = concerns(a, row, u, 1, &does);
  if (!status && does) status = serves_user(a, row, u, &serves);
  if (status || !serves) return status;
  int32_t size;
  status = take(a, u, "share", "agreement_share", CM_GOOD, &size);
  if (!status) status = add_agreement(a, row, user, size, 0);
  *any |= !status;
  return status;
}

/* What the document says that it brings. */
static critmin_status as_given(const answering *a, int32_t user, int *any) {
  const cm_scene_user *u = &a->p->scene->users[user];
  const json_t *rows = json_object_get(a->given, CM_COMMITMENTS);
  int in_tonnes = json_object_get(a->given, "tonnes") != NULL;
  int has = 0, serves = json_array_size(rows) == 0 && !json_object_get(a->given, "buyer");
  critmin_status status = has_mineral(a, u, &has);
  if (!status && json_object_get(a->given, "buyer")) status = serves_user(a, NULL, u, &serves);
  for (size_t i = 0; i < json_array_size(rows) && !status && !serves; i++)
    status = serves_user(a, json_array_get(rows, i), u, &serves);
  if (!status && has && json_array_size(rows) && !json_object_get(a->given, "minerals")) {
    has = 0;
    for (size_t i = 0; i < json_array_size(rows) && !status && !has; i++)
      status = concerns(a, json_array_get(rows, i), u, 1, &has);
  }
  if (status || !has || !serves) return status;
  int32_t size;
  status = take(a, u, in_tonnes ? "tonnes" : "share", NULL, CM_GOOD, &size);
  if (!status) status = add_agreement(a, NULL, user, size, in_tonnes);
  *any |= !status;
  return status;
}

static critmin_status agreement_of(const answering *a, int *any) {
  const json_t *rows = json_object_get(a->given, CM_COMMITMENTS);
  int sized = json_object_get(a->given, "share") || json_object_get(a->given, "tonnes");
  critmin_status status = CRITMIN_OK;
  for (int32_t user = 0; user < (int32_t)a->p->scene->n_users && !status; user++) {
    int found = 0;
    if (sized) {
      status = as_given(a, user, &found);
    } else {
      for (size_t i = 0; i < json_array_size(rows) && !status; i++)
        status = by_tonnes(a, json_array_get(rows, i), user, &found);
      for (size_t i = 0; i < json_array_size(rows) && !status && !found; i++)
        status = by_assumption(a, json_array_get(rows, i), user, &found);
    }
    *any |= found;
  }
  return status;
}

critmin_status cm_scene_agreements(cm_scene_making *p) {
  size_t n = json_array_size(json_object_get(p->root, "agreements"));
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < n && !status; i++) {
    answering a;
    int any = 0;
    status = begin(p, "agreements", i, CM_IN_AGREEMENT, &a);
    if (!status) status = agreement_of(&a, &any);
    if (!status && !any)
      return CM_SCENE_FAIL(
          p, CRITMIN_ERROR_INVALID_VALUE, a.place,
          "it commits no tonnes, and no share of anybody's output, to any of the users at their stages; "
          "give `buyer` and `share` or `tonnes` to count it all the same");
  }
  return status;
}
