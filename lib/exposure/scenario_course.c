/* SPDX-License-Identifier: MIT */
/*
 * One pool of users after another: shocks and agreements make gaps, what remains is shared where it is pooled, and
 * stocks are run down against what is missing.
 */
#include "exposure/scenario_course.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "critmin/drawdown.h"
#include "exposure/scenario_share.h"

enum { DAYS_OF_WEEK = 7 };

int32_t cm_scene_weeks(const cm_scene *scene) {
  return (int32_t)ceil(scene->horizon / DAYS_OF_WEEK);
}

int cm_course_make(cm_course *course, const cm_scene *scene) {
  size_t users = scene->n_users, reserves = scene->n_reserves, weeks = (size_t)cm_scene_weeks(scene);
  double *memory = cm_alloc_array(users * (6 + weeks) + reserves * 3, sizeof *memory);
  *course = (cm_course){.users = users, .reserves = reserves, .weeks = weeks, .memory = memory};
  if (!memory) return 0;
  double **parts[] = {&course->shortage, &course->unmet,           &course->missing,
                      &course->stock,    &course->inventory_empty, &course->open};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++, memory += users) *parts[i] = memory;
  course->by_week = memory;
  memory += users * weeks;
  course->held = memory;
  course->empty = memory + reserves;
  course->released = memory + 2 * reserves;
  return 1;
}

void cm_course_free(cm_course *course) {
  cm_free(course->memory);
  memset(course, 0, sizeof *course);
}

double cm_scene_demand(const cm_scene *scene, const double *x, int32_t user) {
  const cm_scene_user *u = &scene->users[user];
  return scene->pools[u->pool].in_tonnes ? x[u->demand] / 365 : 1;
}

/* One pool while it is run. */
typedef struct running {
  const cm_scene *scene;
  const double *x;
  const cm_setting *setting;
  const cm_scene_pool *pool;
  int32_t place;  /* of the pool */
  double *demand; /* a day, of each of its users */
  double *flow;   /* suppliers x users */
  int32_t *supplier, *user;
  double *withheld, *leak, *start, *duration, *ramp, *tonnes, *begins, *agreement_ramp;
  size_t shocks, agreements;
  double *time, *gap;
  int64_t points;
  void *memory; /* all the arrays */
} running;

static double at(const running *r, int32_t input, double missing) {
  return input == CM_NONE ? missing : r->x[input];
}

/* Rows that shocks and agreements may take. */
static int lay(running *r) {
  size_t shocks = 0, n = (size_t)r->pool->n, agreements = r->scene->n_agreements + r->scene->n_options + 1;
  for (size_t i = 0; i < r->scene->n_shocks; i++) shocks += r->scene->shocks[i].n_steps + 1;
  size_t numbers = n + n * (size_t)r->scene->suppliers + shocks * 5 + agreements * 3, places = shocks + agreements;
  double *memory = cm_alloc_array(numbers + (places + 1) / 2, sizeof *memory);
  r->memory = memory;
  if (!memory) return 0;
  double **parts[] = {&r->withheld, &r->leak, &r->start, &r->duration, &r->ramp};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++, memory += shocks) *parts[i] = memory;
  r->tonnes = memory;
  r->begins = memory + agreements;
  r->agreement_ramp = memory + 2 * agreements;
  r->demand = memory + 3 * agreements;
  r->flow = r->demand + n;
  r->supplier = (int32_t *)(void *)(r->flow + n * (size_t)r->scene->suppliers);
  r->user = r->supplier + shocks;
  return 1;
}

static int occurs(const running *r, size_t shock) {
  return !r->setting->occurs || r->setting->occurs[shock];
}

/*
 * What each supplier delivers to each user: the most that any of its shocks could withhold. Suppliers of different
 * countries add up, to all that is needed at most. Shocks that did not happen count too, so that one more never takes
 * away from another.
 */
static void set_flows(running *r) {
  const cm_scene *scene = r->scene;
  for (int32_t u = 0; u < r->pool->n; u++) {
    double sum = 0;
    for (size_t i = 0; i < scene->n_shocks; i++) {
      int32_t input = scene->shocks[i].dependence[r->pool->first + u];
      double *flow = &r->flow[(size_t)scene->shocks[i].supplier * (size_t)r->pool->n + (size_t)u];
      if (input != CM_NONE) *flow = fmax(*flow, r->x[input]);
    }
    for (int32_t s = 0; s < scene->suppliers; s++) sum += r->flow[(size_t)s * (size_t)r->pool->n + (size_t)u];
    double scale = r->demand[u] / fmax(1, sum);
    for (int32_t s = 0; s < scene->suppliers; s++) r->flow[(size_t)s * (size_t)r->pool->n + (size_t)u] *= scale;
  }
}

static void add_row(running *r, const cm_scene_shock *shock, double withheld, double start, double duration,
                    double ramp) {
  size_t i = r->shocks++;
  r->supplier[i] = shock->supplier;
  r->withheld[i] = withheld;
  r->leak[i] = at(r, shock->leak, 0);
  r->start[i] = start;
  r->duration[i] = duration;
  r->ramp[i] = ramp;
}

static int hits_pool(const running *r, const cm_scene_shock *shock) {
  for (int32_t u = 0; u < r->pool->n; u++) {
    if (shock->dependence[r->pool->first + u] != CM_NONE) return 1;
  }
  return 0;
}

/* A shock is one row for each of its steps; the days in which no licence is granted are one more. */
static void set_shocks(running *r) {
  for (size_t i = 0; i < r->scene->n_shocks; i++) {
    const cm_scene_shock *shock = &r->scene->shocks[i];
    if (!occurs(r, i) || !hits_pool(r, shock)) continue;
    double start = at(r, shock->start, 0), lasts = at(r, shock->duration, INFINITY), ramp = at(r, shock->ramp, 0);
    double delay = fmin(at(r, shock->delay, 0), lasts);
    if (delay > 0) add_row(r, shock, 1, start, delay, 0);
    for (size_t k = 0; k < shock->n_steps; k++) {
      const cm_scene_step *step = &shock->step[k];
      double share = at(r, step->share, 0), from = step->day;
      double to = k + 1 < shock->n_steps ? fmin(lasts, shock->step[k + 1].day) : lasts;
      if (from < to) add_row(r, shock, shock->approves ? 1 - share : share, start + from, to - from, k == 0 ? ramp : 0);
    }
  }
}

static void set_agreements(running *r) {
  for (size_t i = 0; i < r->scene->n_agreements && r->setting->agreements; i++) {
    const cm_scene_agreement *g = &r->scene->agreements[i];
    int32_t u = g->user - r->pool->first;
    if (u < 0 || u >= r->pool->n || (r->setting->performs && !r->setting->performs[i])) continue;
    double size = g->in_tonnes ? at(r, g->size, 0) / 365 : at(r, g->size, 0) * r->demand[u];
    double performs = r->setting->performs ? 1 : at(r, g->performs, 1);
    size_t row = r->agreements++;
    r->user[row] = u;
    r->tonnes[row] = size * at(r, g->additional, 1) * performs;
    r->begins[row] = at(r, g->begins, 0);
    r->agreement_ramp[row] = at(r, g->ramp, 0);
  }
}

/* Options are as agreements; of those that are no weight or tonnes the unit is a day's demand. */
static void set_options(running *r) {
  for (size_t i = 0; i < r->scene->n_options && r->setting->units; i++) {
    const cm_scene_option *option = &r->scene->options[i];
    int32_t u = option->user - r->pool->first;
    if (u < 0 || u >= r->pool->n || option->release != CM_NONE || !(r->setting->units[i] > 0)) continue;
    size_t row = r->agreements++;
    r->user[row] = u;
    r->tonnes[row] = r->setting->units[i] * at(r, option->performs, 1) / 365;
    r->begins[row] = at(r, option->begins, 0);
    r->agreement_ramp[row] = at(r, option->ramp, 0);
  }
}

static int favours(const running *r, int32_t user) {
  return r->setting->favoured == r->pool->first + user;
}

static void set_favour(running *r) {
  for (int32_t u = 0; u < r->pool->n; u++) {
    if (!favours(r, u) || !(r->setting->yearly > 0)) continue;
    r->user[r->agreements] = u;
    r->tonnes[r->agreements++] = r->setting->yearly / 365;
  }
}

static critmin_status find_gaps(running *r, critmin_error *error) {
  critmin_interruption i;
  critmin_interruption_init(&i);
  i.suppliers = r->scene->suppliers;
  i.users = r->pool->n;
  i.flow = r->flow;
  i.shocks = (int64_t)r->shocks;
  i.supplier = r->supplier;
  i.withheld = r->withheld;
  i.leak = r->leak;
  i.start = r->start;
  i.duration = r->duration;
  i.ramp = r->ramp;
  i.agreements = (int64_t)r->agreements;
  i.user = r->user;
  i.tonnes = r->tonnes;
  i.begins = r->begins;
  i.agreement_ramp = r->agreement_ramp;
  critmin_status status = critmin_interruption_gaps(&i, r->scene->horizon, 1, 0, NULL, NULL, &r->points, error);
  if (status) return status;
  r->time = cm_alloc_array((size_t)r->points * (1 + (size_t)r->pool->n), sizeof *r->time);
  if (!r->time) return cm_fail_memory(error);
  r->gap = r->time + r->points;
  return critmin_interruption_gaps(&i, r->scene->horizon, 1, r->points, r->time, r->gap, &r->points, error);
}

static cm_lines lines_of(const running *r) {
  return (cm_lines){r->time, r->gap, r->points, (size_t)r->pool->n};
}

static void take_lines(running *r, const cm_lines *lines) {
  r->time = lines->time;
  r->gap = lines->gap;
  r->points = lines->points;
}

static critmin_status share_out(running *r, critmin_error *error) {
  cm_lines lines = lines_of(r);
  const cm_sharing sharing = {.scene = r->scene,
                              .setting = r->setting,
                              .pool = r->pool,
                              .demand = r->demand,
                              .lines = &lines,
                              .agreements = r->agreements,
                              .user = r->user,
                              .tonnes = r->tonnes,
                              .begins = r->begins,
                              .ramp = r->agreement_ramp};
  critmin_status status = cm_share_out(&sharing, error);
  take_lines(r, &lines);
  return status;
}

static int refills(const running *r) {
  for (size_t i = 0; i < r->scene->n_reserves; i++) {
    if (r->scene->reserves[i].pool == r->place && at(r, r->scene->reserves[i].refill, 0) > 0) return 1;
  }
  return 0;
}

/* What users give up or replace is no gap; nor is it a surplus that a reserve could be filled up with. */
static critmin_status substitute(running *r, critmin_error *error) {
  const size_t n = (size_t)r->pool->n;
  const int cut = refills(r);
  double *weight = cut ? cm_alloc_array(n, sizeof *weight) : NULL;
  cm_lines lines = lines_of(r);
  int made = !cut || weight;
  for (size_t u = 0; u < n && made; u++) {
    const double given_up = at(r, r->scene->users[(size_t)r->pool->first + u].substitution, 0) * r->demand[u];
    const double levels[] = {0, given_up};
    if (!(given_up > 0)) continue;
    if (cut) {
      weight[u] = 1;
      made = cm_bend(&lines, weight, levels, 2, 0);
      weight[u] = 0;
    }
    for (int64_t p = 0; p < lines.points && made; p++) {
      double *gap = &lines.gap[(size_t)p * n + u];
      *gap = cut && *gap > 0 ? fmax(0, *gap - given_up) : *gap - given_up;
    }
  }
  take_lines(r, &lines);
  cm_free(weight);
  return made ? CRITMIN_OK : cm_fail_memory(error);
}

/* Results -----------------------------------------------------------------------------------------------------------
 */

typedef struct stocks {
  critmin_stock *stock;
  const critmin_stock **list;
  size_t *place; /* in the scene */
  int32_t *serves; /* of options that are bought */
  size_t n, kept;  /* kept: of the reserves of the scene */
  double *inventory, *by_week, *released, *empty;
  void *memory;
} stocks;

static int lay_stocks(const running *r, size_t weeks, stocks *s) {
  size_t n = (size_t)r->pool->n, options = r->setting->units ? r->scene->n_options : 0;
  size_t reserves = r->scene->n_reserves + options;
  s->stock = cm_alloc_array(reserves, sizeof *s->stock);
  s->list = cm_alloc_array(reserves, sizeof *s->list);
  s->place = cm_alloc_array(reserves, sizeof *s->place);
  s->serves = cm_alloc_array(options * n, sizeof *s->serves);
  s->memory = cm_alloc_array(n + n * weeks + reserves * n + reserves, sizeof(double));
  if (!s->stock || !s->list || !s->place || !s->serves || !s->memory) return 0;
  s->inventory = s->memory;
  s->by_week = s->inventory + n;
  s->released = s->by_week + n * weeks;
  s->empty = s->released + reserves * n;
  return 1;
}

static void free_stocks(stocks *s) {
  cm_free(s->stock);
  cm_free(s->list);
  cm_free(s->place);
  cm_free(s->serves);
  cm_free(s->memory);
}

static void set_stocks(const running *r, stocks *s, cm_course *course) {
  const cm_scene *scene = r->scene;
  for (int32_t u = 0; u < r->pool->n; u++) {
    size_t user = (size_t)(r->pool->first + u);
    double days = at(r, scene->users[user].inventory, 0);
    s->inventory[u] = days * r->demand[u] + (favours(r, u) ? r->setting->stored : 0);
    course->stock[user] = days;
  }
  for (size_t i = 0; i < scene->n_reserves; i++) {
    const cm_scene_reserve *reserve = &scene->reserves[i];
    if (reserve->pool != r->place) continue;
    double served = 0;
    for (int32_t u = 0; u < r->pool->n; u++) served += reserve->serves[r->pool->first + u] ? r->demand[u] : 0;
    double size = at(r, reserve->size, 0) * at(r, reserve->held, 1) * at(r, reserve->usable, 1);
    if (!reserve->in_tonnes) size *= served;
    course->held[i] = size;
    course->empty[i] = INFINITY;
    course->released[i] = 0;
    if (!r->setting->reserves) continue;
    for (int32_t u = 0; u < r->pool->n; u++) {
      if (reserve->serves[r->pool->first + u]) course->stock[r->pool->first + u] += size / served;
    }
    critmin_stock *stock = &s->stock[s->n];
    critmin_stock_init(stock);
    stock->tonnes = size;
    stock->rate = at(r, reserve->release, INFINITY) * (reserve->release_in_tonnes ? 1 : served);
    stock->delay = at(r, reserve->delay, 0);
    stock->refill = at(r, reserve->refill, 0) * served;
    stock->serves = reserve->serves + r->pool->first;
    s->list[s->n] = stock;
    s->place[s->n++] = i;
  }
}

/* Whether a shock to a user begins, or changes, after the last day that is looked at. */
static int begins_later(const running *r, size_t user) {
  for (size_t i = 0; i < r->scene->n_shocks; i++) {
    const cm_scene_shock *shock = &r->scene->shocks[i];
    if (shock->dependence[user] == CM_NONE || !occurs(r, i)) continue;
    double start = at(r, shock->start, 0), lasts = at(r, shock->duration, INFINITY);
    for (size_t k = 0; k < shock->n_steps; k++) {
      if (shock->step[k].day < lasts && start + shock->step[k].day >= r->scene->horizon) return 1;
    }
  }
  return 0;
}

/* Reserves that are bought stand behind those that are there. */
static void set_bought(const running *r, stocks *s) {
  s->kept = s->n;
  for (size_t i = 0; i < r->scene->n_options && r->setting->units; i++) {
    const cm_scene_option *option = &r->scene->options[i];
    int32_t u = option->user - r->pool->first;
    if (u < 0 || u >= r->pool->n || option->release == CM_NONE || !(r->setting->units[i] > 0)) continue;
    critmin_stock *stock = &s->stock[s->n];
    critmin_stock_init(stock);
    stock->tonnes = r->setting->units[i] * at(r, option->performs, 1);
    stock->rate = at(r, option->release, INFINITY) * r->demand[u];
    stock->delay = fmax(0, at(r, option->begins, 0));
    stock->serves = s->serves + i * (size_t)r->pool->n;
    s->serves[i * (size_t)r->pool->n + (size_t)u] = 1;
    s->list[s->n++] = stock;
  }
}

static void take_results(const running *r, const stocks *s, cm_course *course) {
  size_t n = (size_t)r->pool->n, weeks = course->weeks;
  for (size_t u = 0; u < n; u++) {
    size_t user = (size_t)r->pool->first + u;
    double demand = r->demand[u], most = 0;
    for (int64_t p = 0; p < r->points; p++) most = fmax(most, r->gap[(size_t)p * n + u]);
    course->missing[user] = most / demand;
    course->unmet[user] /= demand;
    course->open[user] = r->gap[(size_t)(r->points - 1) * n + u] > 0 || begins_later(r, user);
    for (size_t w = 0; w < weeks; w++) {
      double days = fmin(DAYS_OF_WEEK, r->scene->horizon - (double)w * DAYS_OF_WEEK);
      course->by_week[user * weeks + w] = s->by_week[w * n + u] / (demand * days);
    }
  }
  for (size_t i = 0; i < s->kept; i++) {
    course->empty[s->place[i]] = s->empty[i];
    for (size_t u = 0; u < n; u++) course->released[s->place[i]] += s->released[i * n + u];
  }
}

static critmin_status run_down(running *r, stocks *s, cm_course *course, critmin_error *error) {
  critmin_drawdown d;
  critmin_drawdown_result result;
  critmin_drawdown_init(&d);
  critmin_drawdown_result_init(&result);
  set_stocks(r, s, course);
  set_bought(r, s);
  d.order = r->setting->inventory_first ? CRITMIN_DRAW_INVENTORY_FIRST : CRITMIN_DRAW_RESERVES_FIRST;
  d.users = r->pool->n;
  d.reserves = (int32_t)s->n;
  d.reserve = s->list;
  d.points = r->points;
  d.time = r->time;
  d.gap = r->gap;
  d.inventory = s->inventory;
  d.horizon = r->scene->horizon;
  d.period = DAYS_OF_WEEK;
  d.periods = (int64_t)course->weeks;
  result.shortage = course->shortage + r->pool->first;
  result.unmet = course->unmet + r->pool->first;
  result.inventory_empty = course->inventory_empty + r->pool->first;
  result.unmet_by_period = s->by_week;
  result.released = s->n ? s->released : NULL;
  result.empty = s->n ? s->empty : NULL;
  critmin_status status = critmin_drawdown_run(&d, &result, error);
  if (!status) take_results(r, s, course);
  return status;
}

static critmin_status find_missing(running *r, critmin_error *error) {
  if (!lay(r)) return cm_fail_memory(error);
  for (int32_t u = 0; u < r->pool->n; u++) r->demand[u] = cm_scene_demand(r->scene, r->x, r->pool->first + u);
  set_flows(r);
  set_shocks(r);
  set_agreements(r);
  set_options(r);
  set_favour(r);
  critmin_status status = find_gaps(r, error);
  if (!status) status = share_out(r, error);
  if (!status) status = substitute(r, error);
  return status;
}

critmin_status cm_course_gap(const cm_scene *scene, const double *x, const cm_setting *setting, int32_t user,
                             double **time, double **gap, int64_t *points, critmin_error *error) {
  const int32_t place = scene->users[user].pool;
  running r = {.scene = scene, .x = x, .setting = setting, .pool = &scene->pools[place], .place = place};
  critmin_status status = find_missing(&r, error);
  *time = status ? NULL : cm_alloc_array((size_t)r.points, sizeof **time);
  *gap = status ? NULL : cm_alloc_array((size_t)r.points, sizeof **gap);
  if (!status && !(*time && *gap)) status = cm_fail_memory(error);
  const size_t u = (size_t)(user - r.pool->first), n = (size_t)r.pool->n;
  for (int64_t p = 0; p < r.points && !status; p++) {
    (*time)[p] = r.time[p];
    (*gap)[p] = r.gap[(size_t)p * n + u] / r.demand[u];
  }
  *points = r.points;
  cm_free(r.memory);
  cm_free(r.time);
  if (!status) return CRITMIN_OK;
  cm_free(*time);
  cm_free(*gap);
  return status;
}

static critmin_status run_pool(running *r, cm_course *course, critmin_error *error) {
  stocks s = {0};
  critmin_status status = find_missing(r, error);
  if (!status && !lay_stocks(r, course->weeks, &s)) status = cm_fail_memory(error);
  if (!status) status = run_down(r, &s, course, error);
  free_stocks(&s);
  return status;
}

critmin_status cm_course_run(const cm_scene *scene, const double *x, const cm_setting *setting, cm_course *course,
                             critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < scene->n_pools && !status; i++) {
    running r = {.scene = scene, .x = x, .setting = setting, .pool = &scene->pools[i], .place = (int32_t)i};
    status = run_pool(&r, course, error);
    cm_free(r.memory);
    cm_free(r.time);
  }
  return status;
}
