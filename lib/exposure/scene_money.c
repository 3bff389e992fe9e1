/* SPDX-License-Identifier: MIT */
/* What goods cost, how supply and demand answer to prices, and what those who work with them add in value. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "critmin/answer.h"
#include "exposure/scene.h"
#include "metrics/prices.h"

typedef struct costing {
  cm_scene_making *p;
  const json_t *given; /* NULL: the user is a target of a shock, and nothing is said of it */
  cm_scene_user *u;
} costing;

static cm_wanted want(const costing *c, const char *key, const char *assumed, int harm) {
  return (cm_wanted){CM_IN_USER,    c->given,           c->u->place, key, assumed, c->u->mineral,
                     c->u->stage, c->u->party.country, harm,        1};
}

static int32_t year_of(const cm_scene_making *p) {
  const json_t *year = json_object_get(p->root, "year");
  return json_is_integer(year) ? (int32_t)json_integer_value(year) : 0;
}

static const char *edition_key(const critmin_model *m, int32_t edition) {
  return m->editions[edition].key;
}

static const char *source_key(const critmin_model *m, int32_t edition) {
  return m->sources[m->editions[edition].source].key;
}

/* Prices ------------------------------------------------------------------------------------------------------------
 */

/* The last year of which a price of the mineral is printed. */
static int32_t newest_price(const critmin_model *m, int32_t mineral) {
  const cm_model_mineral *of = &m->minerals[mineral];
  int32_t newest = 0;
  for (int32_t i = of->first_price; i < of->first_price + of->n_prices; i++) {
    if (m->prices[i].to / 10000 > newest) newest = m->prices[i].to / 10000;
  }
  return newest;
}

static critmin_status add_price(const costing *c, const cm_prices *prices, int32_t year) {
  const critmin_model *m = c->p->model;
  const cm_wanted wanted = want(c, "price", NULL, CM_HARM);
  const cm_range range = {prices->amount.value, prices->amount.low, prices->amount.high};
  cm_buffer text = {0};
  cm_buffer_print(&text, "price of %d: ", (int)year);
  for (size_t i = 0; i < prices->n; i++) {
    const cm_model_price *price = &m->prices[prices->place[i]];
    cm_buffer_print(&text, "%s%s%s%s %s", i ? "; " : "", price->form, *price->form ? ", " : "",
                    source_key(m, price->edition), edition_key(m, price->edition));
  }
  char *told = cm_buffer_take(&text);
  critmin_status status = told ? cm_scene_add(c->p, &wanted, range, "USD/kg", CM_FROM_MODEL, "price", told,
                                              prices->flags, &c->u->price)
                               : cm_fail_memory(c->p->error);
  cm_free(told);
  cm_buffer_free(&text);
  return status;
}

static critmin_status take_price(const costing *c) {
  const critmin_model *m = c->p->model;
  if (json_object_get(c->given, "price")) {
    const cm_wanted wanted = want(c, "price", NULL, CM_HARM);
    return cm_scene_take(c->p, &wanted, 1, &c->u->price);
  }
  int32_t year = year_of(c->p);
  if (!year) year = newest_price(m, c->u->mineral);
  cm_prices prices = {0};
  critmin_status status =
      cm_prices_find(&prices, m, c->u->stage, year, "") ? CRITMIN_OK : cm_fail_memory(c->p->error);
  if (!status && !isnan(prices.amount.value)) {
    status = add_price(c, &prices, year);
    c->u->price_year = year;
  }
  cm_prices_free(&prices);
  return status;
}

/* An elasticity; where nobody says there is none, and no price either. */
static critmin_status take_elasticities(const costing *c) {
  const cm_wanted demand = want(c, "demand_elasticity", "demand_elasticity", CM_GOOD);
  const cm_wanted supply = want(c, "supply_elasticity", "supply_elasticity", CM_GOOD);
  const cm_wanted spare = want(c, "spare", NULL, CM_GOOD);
  critmin_status status = cm_scene_take(c->p, &demand, 1, &c->u->demand_elasticity);
  if (!status) status = cm_scene_take(c->p, &supply, 1, &c->u->supply_elasticity);
  if (!status) status = cm_scene_take(c->p, &spare, 1, &c->u->spare);
  if (status || c->u->demand_elasticity == CM_NONE || c->u->supply_elasticity == CM_NONE) return status;
  const cm_input *falls = &c->p->scene->inputs[c->u->demand_elasticity];
  if (falls->range.high > 0 || c->p->scene->inputs[c->u->supply_elasticity].range.high > 0) return CRITMIN_OK;
  int from_assume = falls->origin == CM_FROM_SCENARIO && falls->key;
  return CM_SCENE_FAIL(c->p, CRITMIN_ERROR_INVALID_VALUE, from_assume ? falls->key : falls->place,
                       "neither supply nor demand answers to the price, so that it would be infinite; give one of the "
                       "elasticities a value above 0");
}

/* Sectors -----------------------------------------------------------------------------------------------------------
 */

static critmin_status add_sector(const costing *c, const cm_scene_sector *sector) {
  cm_scene *scene = c->p->scene;
  if (!cm_grow(&scene->sectors, scene->n_sectors, &scene->sectors_room, sizeof *sector))
    return cm_fail_memory(c->p->error);
  scene->sectors[scene->n_sectors++] = *sector;
  c->u->n_sectors++;
  return CRITMIN_OK;
}

static critmin_status sectors_given(const costing *c, const json_t *sectors) {
  double sum = 0;
  critmin_status status = CRITMIN_OK;
  c->u->currency = "USD";
  for (size_t i = 0; i < json_array_size(sectors) && !status; i++) {
    const json_t *given = json_array_get(sectors, i);
    char place[CM_PLACE_TEXT];
    snprintf(place, sizeof place, "%s.sectors[%zu]", c->u->place, i);
    cm_wanted wanted = want(c, "value_added", NULL, CM_HARM);
    wanted.object = CM_IN_SECTOR;
    wanted.given = given;
    wanted.place = place;
    cm_scene_sector sector = {.use = json_number_value(json_object_get(given, "share"))};
    status = cm_scene_take(c->p, &wanted, 1, &sector.value_added);
    wanted.key = "dependence";
    wanted.assumed = "sector_dependence";
    if (!status) status = cm_scene_take(c->p, &wanted, 0, &sector.dependence);
    if (!status) status = add_sector(c, &sector);
    sum += sector.use;
  }
  if (status || sum <= 1 + 1e-9) return status;
  char place[CM_PLACE_TEXT];
  snprintf(place, sizeof place, "%s.sectors", c->u->place);
  return CM_SCENE_FAIL(c->p, CRITMIN_ERROR_SHARE_RANGE, place, "their shares add up to %g, which is more than all", sum);
}

static int same_industry(const cm_model_end_use *a, const cm_model_end_use *b) {
  return *a->industry && strcmp(a->industry, b->industry) == 0;
}

/* Whether an earlier use is of the same industry, which adds its value once. */
static int is_told(const cm_model_end_use *uses, int32_t i) {
  for (int32_t j = 0; j < i; j++) {
    if (same_industry(&uses[i], &uses[j])) return 1;
  }
  return 0;
}

/* The applications of use i's industry, and what all of them use. */
static char *applications(const cm_model_end_use *uses, int32_t n, int32_t i, double *share) {
  cm_buffer text = {0};
  *share = uses[i].share;
  cm_buffer_add(&text, uses[i].application);
  for (int32_t j = i + 1; j < n; j++) {
    if (!same_industry(&uses[i], &uses[j])) continue;
    *share += uses[j].share;
    cm_buffer_add(&text, "; ");
    cm_buffer_add(&text, uses[j].application);
  }
  char *told = cm_buffer_take(&text);
  cm_buffer_free(&text);
  return told;
}

static critmin_status use_on_record(const costing *c, const cm_model_end_use *uses, int32_t n, int32_t i,
                                    int32_t dependence) {
  const critmin_model *m = c->p->model;
  const cm_model_end_use *use = &uses[i];
  const cm_model_industry *industry = *use->industry ? cm_model_industry_of(m, use, use->industry) : NULL;
  cm_scene_sector sector = {use->share, CM_NONE, dependence};
  char *who = applications(uses, n, i, &sector.use);
  if (!who) return cm_fail_memory(c->p->error);
  if (industry && c->u->currency && strcmp(industry->currency, c->u->currency) != 0) industry = NULL;
  if (!industry) {
    cm_free(who);
    return add_sector(c, &sector);
  }
  int32_t first = use->from / 10000, last = use->to / 10000;
  char place[CM_PLACE_TEXT], unit[8];
  snprintf(place, sizeof place, "%s.sectors[%d]", c->u->place, (int)c->u->n_sectors);
  snprintf(unit, sizeof unit, "%.3s/a", industry->currency);
  cm_wanted wanted = want(c, "value_added", NULL, CM_HARM);
  wanted.object = CM_IN_SECTOR;
  wanted.place = place;
  char *text = cm_text_print("%s, %g %% of its use: %s, a year of %d to %d: %s %s", who, 100 * sector.use,
                             industry->name, (int)first, (int)last, source_key(m, use->edition),
                             edition_key(m, use->edition));
  cm_free(who);
  const cm_range range = {industry->amount, industry->amount, industry->amount};
  uint64_t flags = first != last ? CRITMIN_FLAG_PERIOD_MEAN : 0;
  critmin_status status = text ? cm_scene_add(c->p, &wanted, range, unit, CM_FROM_MODEL, industry->code, text, flags,
                                              &sector.value_added)
                               : cm_fail_memory(c->p->error);
  cm_free(text);
  if (!status) status = cm_scene_text(c->p, industry->currency, &c->u->currency);
  c->u->currency_year = last;
  return status ? status : add_sector(c, &sector);
}

/* The uses that are on record for the country, or for the area under which the figures of a group stand. */
static critmin_status sectors_on_record(const costing *c) {
  const critmin_model *m = c->p->model;
  const cm_scene_party *party = &c->u->party;
  int32_t country = party->country != CM_NONE ? party->country : cm_model_area(m, party->group, c->p->day);
  int32_t first = 0, dependence = CM_NONE;
  int32_t n = country == CM_NONE ? 0 : cm_model_end_uses(m, c->u->mineral, country, 0, CM_NONE, &first);
  if (n == 0) return CRITMIN_OK;
  char place[CM_PLACE_TEXT];
  snprintf(place, sizeof place, "%s.sectors", c->u->place);
  cm_wanted wanted = want(c, "dependence", "sector_dependence", CM_HARM);
  wanted.object = CM_IN_SECTOR;
  wanted.given = NULL;
  wanted.place = place;
  critmin_status status = cm_scene_take(c->p, &wanted, 0, &dependence);
  const cm_model_end_use *uses = &m->end_uses[first];
  for (int32_t i = 0; i < n && !status; i++) {
    if (!is_told(uses, i)) status = use_on_record(c, uses, n, i, dependence);
  }
  return status;
}

/* Kilograms in the unit that a stage is counted in. */
static double kilograms_in(const char *unit) {
  static const struct {
    const char *unit;
    double kilograms;
  } weights[] = {{"t", 1000}, {"kg", 1}, {"ct", 0.0002}};
  for (size_t i = 0; i < sizeof weights / sizeof weights[0]; i++) {
    if (strcmp(unit, weights[i].unit) == 0) return weights[i].kilograms;
  }
  return NAN;
}

static const json_t *object_at(const json_t *list, const char *place) {
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *object = json_array_get(list, i);
    if (strcmp(json_string_value(json_object_get(object, CM_PLACE)), place) == 0) return object;
  }
  return NULL;
}

critmin_status cm_scene_money(cm_scene_making *p) {
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < p->scene->n_users && !status; i++) {
    cm_scene_user *u = &p->scene->users[i];
    const costing c = {p, object_at(json_object_get(p->root, "users"), u->place), u};
    const json_t *sectors = json_object_get(c.given, "sectors");
    u->first_sector = (int32_t)p->scene->n_sectors;
    u->kilograms = kilograms_in(p->model->stages[u->stage].unit);
    status = take_price(&c);
    if (!status) status = take_elasticities(&c);
    if (!status) status = sectors ? sectors_given(&c, sectors) : sectors_on_record(&c);
  }
  return status;
}
