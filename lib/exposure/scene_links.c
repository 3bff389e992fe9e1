/* SPDX-License-Identifier: MIT */
/*
 * How much of a tonne that a user gets at an earlier stage of its chain becomes a tonne at its own, with the countries
 * of the shocks that hit it taken out: as for effective dependency, what can only be worked in these counts nothing.
 */
#include <math.h>

#include "base/memory.h"
#include "exposure/scene_trail.h"
#include "metrics/effective_chain.h"

/* What is asked about, as a part of demand: little, so that it is the next tonne. */
static const double LITTLE = 1e-6;

typedef struct linking {
  cm_scene_making *p;
  int32_t user;
} linking;

/* Marks the countries of all shocks that hit the user. */
static critmin_status mark(const linking *l, cm_trail *t, uint8_t *withholds) {
  const cm_scene *scene = l->p->scene;
  const json_t *shocks = json_object_get(l->p->root, "shocks");
  int32_t countries = t->chain->supply.countries;
  for (size_t i = 0; i < scene->n_shocks; i++) {
    const json_t *names = json_object_get(json_array_get(shocks, i), "countries");
    for (size_t n = 0; n < cm_scenario_names(names) && scene->shocks[i].dependence[l->user] != CM_NONE; n++) {
      cm_scene_party party;
      critmin_status status =
          cm_scene_party_of(l->p, scene->shocks[i].place, cm_scenario_name(names, n), &party);
      if (status) return status;
      const cm_party marked = {party.country, party.group};
      cm_trail_mark(t, &marked);
      for (int32_t c = 0; c < countries; c++) withholds[c] |= t->chain->mark[c];
    }
  }
  for (int32_t c = 0; c < countries; c++) t->chain->mark[c] = withholds[c];
  return CRITMIN_OK;
}

/* The part of a little that is brought at a stage of the chain and gets through to the user's. */
static critmin_status reach(cm_trail *t, int32_t place, double *reaches, critmin_error *error) {
  double tonnes = LITTLE, whole = 1;
  const cm_model_commitment *nobody = NULL;
  const cm_committed one = {.of = &nobody,
                            .place = &place,
                            .tonnes = &tonnes,
                            .probability = &whole,
                            .ramp = &whole,
                            .additional = &whole,
                            .reaches = &whole,
                            .n = 1};
  critmin_commitments given;
  cm_chain_states states = {0};
  critmin_commitments_init(&given);
  given.probability = &whole;
  given.additional = &whole;
  critmin_status status = cm_commitments_states(t, &one, &given, 1, &states, error);
  *reaches = NAN;
  if (!status) {
    *reaches = 0;
    for (int64_t i = 0; i < states.count; i++) *reaches += states.probability[i] * states.tonnes[i] / LITTLE;
    *reaches = fmin(1, fmax(0, *reaches));
  }
  cm_chain_states_free(&states);
  return status == CRITMIN_ERROR_UNSUPPORTED ? CRITMIN_OK : status; /* it cannot be known here */
}

static critmin_status add_link(const linking *l, int32_t stage, double reaches) {
  cm_scene *scene = l->p->scene;
  cm_scene_link link = {.user = l->user, .reaches = reaches};
  critmin_status status = cm_scene_text(l->p, l->p->model->stages[stage].key, &link.stage_key);
  if (status) return status;
  if (!cm_grow(&scene->links, scene->n_links, &scene->links_room, sizeof link)) return cm_fail_memory(l->p->error);
  scene->links[scene->n_links++] = link;
  return CRITMIN_OK;
}

static critmin_status link_stages(cm_trail *t, void *to, critmin_error *error) {
  const linking *l = to;
  uint8_t *withholds = cm_alloc_array((size_t)t->chain->supply.countries, 1);
  if (!withholds) return cm_fail_memory(error);
  critmin_error inner;
  critmin_status status = mark(l, t, withholds);
  t->at = 0;
  for (int32_t k = 0; k < t->stage && !status; k++) {
    double reaches;
    status = reach(t, k, &reaches, &inner);
    if (status)
      cm_fail(error, status, "%s", inner.message);
    else if (!isnan(reaches))
      status = add_link(l, t->chain->stage[k].family[0], reaches);
  }
  cm_free(withholds);
  return status;
}

/* The first country of the first shock that hits a user; NULL where none does. */
static const char *first_country(const cm_scene_making *p, int32_t user) {
  const json_t *shocks = json_object_get(p->root, "shocks");
  for (size_t i = 0; i < p->scene->n_shocks; i++) {
    if (p->scene->shocks[i].dependence[user] != CM_NONE)
      return cm_scenario_name(json_object_get(json_array_get(shocks, i), "countries"), 0);
  }
  return NULL;
}

critmin_status cm_scene_links(cm_scene_making *p) {
  critmin_status status = CRITMIN_OK;
  for (int32_t i = 0; i < (int32_t)p->scene->n_users && !status; i++) {
    const cm_scene_user *u = &p->scene->users[i];
    const char *partner = first_country(p, i);
    linking l = {p, i};
    const cm_question q = {"touch_share", u->mineral_key, u->stage_key, u->country, partner, NULL, NULL};
    if (partner && u->stage > p->model->minerals[u->mineral].first_stage)
      status = cm_scene_trail(p, u, &q, link_stages, &l);
    if (!status) status = add_link(&l, u->stage, 1);
  }
  return status;
}
