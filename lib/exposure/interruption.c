/* SPDX-License-Identifier: MIT */
/* The gaps that shocks leave and agreements fill: straight lines between the dates of both. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/drawdown.h"
#include "exposure/check.h"

void critmin_interruption_init(critmin_interruption *interruption) {
  if (!interruption) return;
  memset(interruption, 0, sizeof *interruption);
  interruption->struct_size = sizeof *interruption;
}

int32_t critmin_interruption_size(void) {
  return (int32_t)sizeof(critmin_interruption);
}

static critmin_status check(const critmin_interruption *i, critmin_error *error) {
  if (!i) return cm_fail_null(error, "interruption");
  critmin_status status = cm_check_size(i->struct_size, sizeof *i, "critmin_interruption", error);
  if (status == CRITMIN_OK) status = cm_check_count(i->suppliers, 0, "suppliers", error);
  if (status == CRITMIN_OK) status = cm_check_count(i->users, 0, "users", error);
  if (status == CRITMIN_OK) status = cm_check_count(i->shocks, 0, "shocks", error);
  if (status == CRITMIN_OK) status = cm_check_count(i->agreements, 0, "agreements", error);
  if (status != CRITMIN_OK) return status;
  const cm_column columns[] = {
      {i->flow, (int64_t)i->suppliers * i->users, "flow", CM_NOT_NEGATIVE},
      {i->spare, i->suppliers, "spare", CM_NOT_NEGATIVE | CM_OPTIONAL},
      {i->withheld, i->shocks, "withheld", CM_SHARE},
      {i->leak, i->shocks, "leak", CM_SHARE | CM_OPTIONAL},
      {i->start, i->shocks, "start", CM_ANY},
      {i->duration, i->shocks, "duration", CM_NOT_NEGATIVE | CM_INFINITE},
      {i->ramp, i->shocks, "ramp", CM_NOT_NEGATIVE | CM_OPTIONAL},
      {i->tonnes, i->agreements, "tonnes", CM_NOT_NEGATIVE},
      {i->begins, i->agreements, "begins", CM_ANY | CM_OPTIONAL},
      {i->agreement_ramp, i->agreements, "agreement_ramp", CM_NOT_NEGATIVE | CM_OPTIONAL},
  };
  status = cm_check_columns(columns, sizeof columns / sizeof columns[0], error);
  if (status == CRITMIN_OK) status = cm_check_places(i->supplier, i->shocks, i->suppliers, 0, "supplier", error);
  if (status == CRITMIN_OK) status = cm_check_places(i->user, i->agreements, i->users, 0, "user", error);
  return status;
}

static double at(const double *x, int64_t i) {
  return x ? x[i] : 0;
}

/* 0 before `begins`, 1 after the ramp; on a date itself, what holds just after it, or just before. */
static double risen(double time, int after, double begins, double ramp) {
  if (time < begins || (time == begins && !after)) return 0;
  return time >= begins + ramp ? 1 : (time - begins) / ramp;
}

/* Share that a shock withholds. */
static double withheld(const critmin_interruption *i, int64_t s, double time, int after) {
  double end = i->start[s] + i->duration[s];
  if (time > end || (time == end && after)) return 0;
  return i->withheld[s] * (1 - at(i->leak, s)) * risen(time, after, i->start[s], at(i->ramp, s));
}

typedef struct dates {
  double *day;
  size_t count, room;
} dates;

static int add(dates *d, double day, double horizon) {
  if (!(day > 0 && day < horizon)) return 1;
  if (!cm_grow(&d->day, d->count, &d->room, sizeof *d->day)) return 0;
  d->day[d->count++] = day;
  return 1;
}

static int rising(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return left < right ? -1 : left > right;
}

static void sort(dates *d) {
  qsort(d->day, d->count, sizeof *d->day, rising);
  size_t kept = 0;
  for (size_t k = 0; k < d->count; k++)
    if (kept == 0 || d->day[k] > d->day[kept - 1]) d->day[kept++] = d->day[k];
  d->count = kept;
}

/* Where the lines of two shocks to one supplier cross between two dates. */
static int add_crossings(const critmin_interruption *i, dates *d, double from, double to, double horizon) {
  int done = 1;
  for (int64_t a = 0; a < i->shocks; a++)
    for (int64_t b = a + 1; b < i->shocks && done; b++) {
      if (i->supplier[a] != i->supplier[b]) continue;
      double before = withheld(i, a, from, 1) - withheld(i, b, from, 1),
             end = withheld(i, a, to, 0) - withheld(i, b, to, 0);
      if ((before < 0 && end > 0) || (before > 0 && end < 0))
        done = add(d, from + (to - from) * (before / (before - end)), horizon);
    }
  return done;
}

/* All dates within the horizon, both its ends included. */
static int find_dates(const critmin_interruption *i, double horizon, double step, dates *d) {
  int done = cm_grow(&d->day, 0, &d->room, sizeof *d->day);
  if (done) d->day[d->count++] = 0;
  for (int64_t s = 0; s < i->shocks && done; s++)
    done = add(d, i->start[s], horizon) && add(d, i->start[s] + at(i->ramp, s), horizon) &&
           add(d, i->start[s] + i->duration[s], horizon);
  for (int64_t a = 0; a < i->agreements && done; a++)
    done = add(d, at(i->begins, a), horizon) && add(d, at(i->begins, a) + at(i->agreement_ramp, a), horizon);
  done = done && cm_grow(&d->day, d->count, &d->room, sizeof *d->day);
  if (!done) return 0;
  if (horizon > 0) d->day[d->count++] = horizon;
  sort(d);
  size_t known = d->count;
  for (size_t k = 1; k < known && done; k++) done = add_crossings(i, d, d->day[k - 1], d->day[k], horizon);
  /* Spare capacity bends the lines. */
  for (size_t k = 1; k < known && done && i->spare && !isinf(step); k++)
    for (double n = 1; done && d->day[k - 1] + n * step < d->day[k]; n++)
      done = add(d, d->day[k - 1] + n * step, horizon);
  sort(d);
  return done;
}

/* Gaps just before or after a date. `share` has room for one number a supplier. */
static void gaps(const critmin_interruption *i, double time, int after, double *share, double *gap) {
  for (int32_t s = 0; s < i->suppliers; s++) share[s] = 0;
  for (int64_t k = 0; k < i->shocks; k++)
    share[i->supplier[k]] = fmax(share[i->supplier[k]], withheld(i, k, time, after));
  for (int32_t u = 0; u < i->users; u++) gap[u] = 0;
  double spare = 0, lack = 0;
  for (int32_t s = 0; s < i->suppliers; s++) {
    spare += at(i->spare, s) * (1 - share[s]);
    for (int32_t u = 0; share[s] > 0 && u < i->users; u++) gap[u] += share[s] * i->flow[(int64_t)s * i->users + u];
  }
  for (int64_t a = 0; a < i->agreements; a++)
    gap[i->user[a]] -= i->tonnes[a] * risen(time, after, at(i->begins, a), at(i->agreement_ramp, a));
  for (int32_t u = 0; u < i->users; u++) lack += fmax(0, gap[u]);
  double left = lack > 0 ? 1 - fmin(1, spare / lack) : 1;
  for (int32_t u = 0; u < i->users; u++)
    if (gap[u] > 0) gap[u] *= left;
}

critmin_status critmin_interruption_gaps(const critmin_interruption *interruption, double horizon, double step,
                                         int64_t room, double *time, double *gap, int64_t *points,
                                         critmin_error *error) {
  critmin_status status = check(interruption, error);
  if (status == CRITMIN_OK) status = cm_check_number(horizon, "horizon", CM_NOT_NEGATIVE, error);
  if (status == CRITMIN_OK) status = cm_check_number(step, "step", CM_POSITIVE | CM_INFINITE, error);
  if (status == CRITMIN_OK) status = cm_check_count(room, 0, "room", error);
  if (status != CRITMIN_OK) return status;
  if (!points) return cm_fail_null(error, "points");
  if (room > 0 && (!time || !gap)) return cm_fail_null(error, time ? "gap" : "time");
  dates d = {0};
  int32_t users = interruption->users;
  double *share = cm_alloc_array((size_t)interruption->suppliers, sizeof *share);
  if (share && find_dates(interruption, horizon, step, &d)) {
    /* Each date once from the left and once from the right. */
    int64_t n = 2 * (int64_t)d.count;
    for (int64_t k = 0; n <= room && k < n; k++) {
      time[k] = d.day[k / 2];
      gaps(interruption, time[k], (int)(k % 2), share, gap + k * users);
    }
    *points = n;
  } else {
    status = cm_fail_memory(error);
  }
  cm_free(d.day);
  cm_free(share);
  return status == CRITMIN_OK ? cm_ok(error) : status;
}
