/* SPDX-License-Identifier: MIT */
#include "exposure/scenario_bends.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

static double sum(const cm_lines *l, const double *weight, int64_t point) {
  double found = 0;
  for (size_t u = 0; u < l->users; u++) found += weight[u] * l->gap[(size_t)point * l->users + u];
  return found;
}

/* Parts of the way from a point to the next at which to bend, rising; `part` may be NULL. */
static size_t parts_of(const cm_lines *l, const double *weight, const double *level, size_t levels, double step,
                       int64_t point, double *part) {
  const double days = l->time[point + 1] - l->time[point];
  const double from = sum(l, weight, point), to = sum(l, weight, point + 1);
  size_t n = 0;
  if (!(days > 0) || from == to) return 0;
  for (size_t k = 0; k < levels; k++) {
    double at = (level[k] - from) / (to - from);
    if (!(at > 0 && at < 1)) continue;
    size_t i = n++;
    for (; part && i > 0 && part[i - 1] > at; i--) part[i] = part[i - 1];
    if (part) part[i] = at;
  }
  const double pieces = step > 0 ? ceil(days / step) : 1;
  for (double k = 1; k < pieces; k++) {
    size_t i = n++;
    for (; part && i > 0 && part[i - 1] > k / pieces; i--) part[i] = part[i - 1];
    if (part) part[i] = k / pieces;
  }
  return n;
}

static void put(const cm_lines *from, int64_t point, double part, cm_lines *to) {
  const double *row = from->gap + (size_t)point * from->users;
  double *made = to->gap + (size_t)to->points * to->users;
  to->time[to->points] = from->time[point];
  if (part > 0) to->time[to->points] += part * (from->time[point + 1] - from->time[point]);
  for (size_t u = 0; u < from->users; u++) made[u] = part > 0 ? row[u] + part * (row[from->users + u] - row[u]) : row[u];
  to->points++;
}

int cm_bend(cm_lines *lines, const double *weight, const double *level, size_t levels, double step) {
  size_t more = 0, most = 0;
  for (int64_t p = 0; p + 1 < lines->points; p++) {
    size_t n = parts_of(lines, weight, level, levels, step, p, NULL);
    more += n;
    if (n > most) most = n;
  }
  if (more == 0) return 1;
  const size_t points = (size_t)lines->points + more;
  double *part = cm_alloc_array(most, sizeof *part);
  cm_lines made = {.time = cm_alloc_array(points * (1 + lines->users), sizeof(double)), .users = lines->users};
  if (!part || !made.time) {
    cm_free(part);
    cm_free(made.time);
    return 0;
  }
  made.gap = made.time + points;
  for (int64_t p = 0; p < lines->points; p++) {
    size_t n = p + 1 < lines->points ? parts_of(lines, weight, level, levels, step, p, part) : 0;
    put(lines, p, 0, &made);
    for (size_t k = 0; k < n; k++) put(lines, p, part[k], &made);
  }
  cm_free(part);
  cm_free(lines->time);
  *lines = made;
  return 1;
}
