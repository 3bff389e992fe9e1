/* SPDX-License-Identifier: MIT */
/*
 * A scenario brought together with a model: who is hit by what, and every number that enters as an input with its
 * interval and its source. A scene owns all that it holds, so that it outlives both. What it comes to is a function of
 * one number for each input (scenario_course.h).
 */
#ifndef CM_EXPOSURE_SCENE_H
#define CM_EXPOSURE_SCENE_H

#include "critmin/selection.h"
#include "exposure/scenario.h"
#include "model/arena.h"
#include "model/model.h"

typedef enum cm_input_origin {
  CM_FROM_SCENARIO,
  CM_FROM_RECORD,
  CM_FROM_ASSUMPTION,
  CM_FROM_MODEL,
  CM_FROM_DEFAULT,
  CM_INPUT_ORIGINS
} cm_input_origin;
extern const char *const cm_input_origin_names[CM_INPUT_ORIGINS];

/* Whether more of an input does good or harm to users: which end is the worse one. */
enum { CM_GOOD = -1, CM_HARM = 1 };

typedef struct cm_input {
  const char *place, *what, *unit, *key, *text; /* key, text: NULL where there is none */
  const char *sources;                          /* of a record: keys, joined with ;, or NULL */
  cm_range range;
  int harm;
  cm_input_origin origin;
  uint64_t flags;
} cm_input;

/* A record of the store that part of a scene is of; both NULL where it is of none. */
typedef struct cm_scene_record {
  const char *key, *sources; /* keys of these, joined with ; */
} cm_scene_record;

typedef struct cm_scene_party {
  int32_t country, group; /* one of them CM_NONE */
} cm_scene_party;

typedef struct cm_scene_user {
  cm_scene_party party;
  const char *place, *country, *mineral_key, *stage_key;
  int32_t mineral, stage, pool;
  int32_t demand; /* input, tonnes a year, or CM_NONE: not known */
  int32_t inventory, substitution, tier;
  double worth; /* of a tonne that it lacks, beside others' */
  int32_t price, demand_elasticity, supply_elasticity, spare; /* inputs, or CM_NONE: nobody says */
  int32_t price_year;                                         /* 0: the document's */
  double kilograms;                                           /* in the unit of its demand; NaN: not a weight */
  int32_t first_sector, n_sectors;
  const char *currency; /* of what the sectors add, and the year of it */
  int32_t currency_year;
} cm_scene_user;

/* What a user needs goods for. */
typedef struct cm_scene_sector {
  double use;                      /* share of the user's demand */
  int32_t value_added, dependence; /* inputs; value_added CM_NONE: nobody says */
} cm_scene_sector;

/* Users of one mineral at one stage, which stand together among the users. */
typedef struct cm_scene_pool {
  int32_t first, n;
  int in_tonnes; /* else in days of each user's demand */
} cm_scene_pool;

typedef struct cm_scene_step {
  double day;    /* after the start of the shock */
  int32_t share; /* input */
} cm_scene_step;

typedef struct cm_scene_shock {
  const char *name, *place;
  cm_scene_record record;
  int32_t supplier; /* shocks by the same countries hit the same supplier */
  cm_scene_step *step;
  size_t n_steps;
  int approves;                                            /* the shares are those that are let through */
  int32_t delay, start, duration, ramp, leak, probability; /* inputs; CM_NONE: none, of a duration: for ever */
  int32_t group;                                           /* CM_NONE: by itself */
  double correlation;
  int32_t *dependence; /* input of each user; CM_NONE: it is not hit */
} cm_scene_shock;

typedef struct cm_scene_reserve {
  const char *name, *place;
  cm_scene_record record;
  int32_t pool;
  int32_t size, held, usable, release, delay, refill; /* inputs */
  int in_tonnes, release_in_tonnes;                   /* else in days of the demand of those it serves */
  int32_t *serves;                                    /* one a user of the scene */
  int32_t of; /* place in the document: a reserve of several pools is one in each */
} cm_scene_reserve;

typedef struct cm_scene_agreement {
  const char *name, *place;
  cm_scene_record record;
  int32_t user, size, begins, ramp, additional, performs; /* size and what follows: inputs */
  int in_tonnes;                                          /* else a share of demand */
  int32_t of;                                             /* place in the document */
} cm_scene_agreement;

/* What a user could have besides. */
typedef struct cm_scene_option {
  const char *name, *kind, *place;
  int32_t user, cost, begins, ramp, performs, release; /* but the user: inputs; release CM_NONE: it is no reserve */
  double limit;                                        /* units, +infinity: none */
} cm_scene_option;

/* The part of what a user gets at a stage of its chain that gets through to its own; its own stage comes last. */
typedef struct cm_scene_link {
  int32_t user;
  const char *stage_key;
  double reaches;
} cm_scene_link;

enum { CM_OWN_SUPPLIERS, CM_POOL_PROPORTIONAL, CM_POOL_EQUAL, CM_POOL_CONTRACTS, CM_POOL_BEST };
enum { CM_EITHER_ORDER, CM_RESERVES_FIRST, CM_INVENTORY_FIRST };
enum { CM_NEITHER, CM_WITH_RESERVE, CM_WITH_AGREEMENT, CM_WITH_BOTH, CM_CASES };
extern const char *const cm_case_names[CM_CASES];

/* One cell of the catalogue, of the scene's year (scene_ask.c). */
typedef struct cm_question {
  const char *metric, *mineral, *stage, *country, *partner; /* partner NULL: none */
  const char *at;                                           /* or NULL */
  const char *transit;                                      /* or NULL */
} cm_question;

/* A cell that an input was taken from. */
typedef struct cm_scene_asked {
  int32_t input;
  cm_question question;
} cm_scene_asked;

typedef struct cm_scene {
  cm_arena text;
  cm_input *inputs;
  cm_scene_user *users;
  cm_scene_pool *pools;
  cm_scene_shock *shocks;
  cm_scene_reserve *reserves;
  cm_scene_agreement *agreements;
  size_t n_inputs, n_users, n_pools, n_shocks, n_reserves, n_agreements;
  size_t inputs_room, users_room, pools_room, shocks_room, reserves_room, agreements_room;
  cm_scene_sector *sectors; /* those of one user together */
  cm_scene_option *options; /* likewise */
  size_t n_options, options_room;
  cm_scene_link *links; /* likewise; stages of which nothing is on record are not there */
  size_t n_links, links_room;
  double target, probability; /* of mitigation, if there are options */
  int32_t curve_points;
  size_t n_sectors, sectors_room;
  cm_scene_asked *asked;
  size_t n_asked, asked_room;
  int32_t suppliers, groups;
  int32_t year; /* of what the catalogue was asked; CM_NONE: the newest */
  double horizon;
  int allocation, order, has_tiers;
  int cases[CM_CASES]; /* not 0: to be computed */
} cm_scene;

critmin_status cm_scene_make(const critmin_model *model, const critmin_scenario *scenario, cm_scene *scene,
                             critmin_error *error);
void cm_scene_free(cm_scene *scene);

/* While it is made ----------------------------------------------------------------------------------------------------
 */

typedef struct cm_scene_making {
  const critmin_model *model;
  const critmin_scenario *scenario;
  const json_t *root; /* the document with what records say */
  cm_scene *scene;
  int32_t start; /* days since 1970, or CM_NO_DAY */
  int32_t day;   /* yyyymmdd, on which membership is looked at */
  critmin_error *error;
} cm_scene_making;

#define CM_SCENE_FAIL(p, status, place, ...) cm_scenario_fail((p)->scenario, (p)->error, status, place, __VA_ARGS__)

/* Of what an input is wanted. */
typedef struct cm_wanted {
  cm_scenario_object object;
  const json_t *given; /* the object of the document that may say it */
  const char *place;   /* of that object */
  const char *key;     /* in it */
  const char *assumed; /* key among what is assumed, or NULL */
  int32_t mineral, stage, country;
  int harm;
  int is_fact; /* what the document says is about the world, not about the question: it is assumed */
} cm_wanted;

/*
 * Finds an input: what the document says, else what it assumes, else what the store assumes, else what the table of
 * keys says. `*input` is CM_NONE, with CRITMIN_OK, where nobody says and `optional` is set.
 */
critmin_status cm_scene_take(cm_scene_making *p, const cm_wanted *wanted, int optional, int32_t *input);
/* The same of what is assumed alone. */
critmin_status cm_scene_assume(cm_scene_making *p, const cm_wanted *wanted, int32_t *input);
/* Adds an input that comes from elsewhere. Key and text may be NULL. */
critmin_status cm_scene_add(cm_scene_making *p, const cm_wanted *wanted, cm_range range, const char *unit,
                            cm_input_origin origin, const char *key, const char *text, uint64_t flags, int32_t *input);
/* A text of the scene's own. */
critmin_status cm_scene_text(cm_scene_making *p, const char *text, const char **copy);
/* The record that an object of the document is of. */
critmin_status cm_scene_record_of(cm_scene_making *p, const json_t *given, cm_scene_record *record);

critmin_status cm_scene_party_of(cm_scene_making *p, const char *place, const char *name, cm_scene_party *party);
critmin_status cm_scene_mineral_of(cm_scene_making *p, const char *place, const char *name, int32_t *mineral);
/* Whether a party is another, or a member of it. */
int cm_scene_is_in(const cm_scene_making *p, cm_scene_party party, cm_scene_party other);
/* Whether a mineral is another, or belongs to it. */
int cm_scene_belongs(const critmin_model *model, int32_t mineral, int32_t group);

critmin_status cm_scene_users(cm_scene_making *p);
critmin_status cm_scene_shocks(cm_scene_making *p);
critmin_status cm_scene_reserves(cm_scene_making *p);
critmin_status cm_scene_agreements(cm_scene_making *p);
/* Prices, how supply and demand answer to them, and who works with the goods (scene_money.c). */
critmin_status cm_scene_money(cm_scene_making *p);
/* What gets through from earlier stages (scene_links.c). */
critmin_status cm_scene_links(cm_scene_making *p);
/* What could be bought besides (scene_options.c). */
critmin_status cm_scene_options(cm_scene_making *p);

/* Makes the selection of a cell, freed with critmin_selection_free(). */
critmin_status cm_question_select(const cm_question *question, int32_t year, critmin_selection **selection,
                                  critmin_error *error);
/* Keeps which cell an input was taken from. */
critmin_status cm_scene_keep(cm_scene_making *p, int32_t input, const cm_question *question);

/* `*found` is 0 where the catalogue has nothing to say. `said_by` is the caller's to free with cm_free(). */
critmin_status cm_scene_ask(cm_scene_making *p, const cm_question *question, int *found, cm_range *range, char **unit,
                            uint64_t *flags, char **said_by);

#endif
