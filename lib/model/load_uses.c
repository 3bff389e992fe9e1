/* SPDX-License-Identifier: MIT */
/* What minerals are used for, and what the industries that use them add in value: every edition that is wanted. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/load.h"

static critmin_status take_use(cm_loader *loader, const cm_cursor *cursor, size_t *room, critmin_error *error) {
  critmin_model *m = loader->model;
  cm_model_end_use u = {
      .row = cm_cursor_integer(cursor, CM_END_USE_ID),
      .from = (int32_t)cm_cursor_integer(cursor, CM_END_USE_FROM),
      .to = (int32_t)cm_cursor_integer(cursor, CM_END_USE_TO),
      .share = cm_cursor_number(cursor, CM_END_USE_SHARE),
  };
  int wanted;
  critmin_status status =
      cm_load_subject(loader, cursor, CM_END_USE_MINERAL, CM_END_USE_EDITION, &u.mineral, &u.edition, &wanted, error);
  if (status || !wanted) return status;
  status =
      cm_load_place(&loader->countries, cm_cursor_integer(cursor, CM_END_USE_COUNTRY), "country", &u.country, error);
  if (!status) status = cm_load_text(loader, cursor, CM_END_USE_APPLICATION, &u.application, error);
  if (!status) status = cm_load_text(loader, cursor, CM_END_USE_INDUSTRY, &u.industry, error);
  if (!status) status = cm_load_text(loader, cursor, CM_END_USE_NOTE, &u.note, error);
  if (status) return status;
  if (m->n_end_uses >= INT32_MAX || !cm_grow(&m->end_uses, m->n_end_uses, room, sizeof u)) return cm_fail_memory(error);
  u.day = m->editions[u.edition].day;
  m->end_uses[m->n_end_uses++] = u;
  m->minerals[u.mineral].n_uses++;
  return CRITMIN_OK;
}

static critmin_status take_industry(cm_loader *loader, const cm_cursor *cursor, size_t *room, critmin_error *error) {
  critmin_model *m = loader->model;
  cm_model_industry i = {
      .row = cm_cursor_integer(cursor, CM_INDUSTRY_ID),
      .from = (int32_t)cm_cursor_integer(cursor, CM_INDUSTRY_FROM),
      .to = (int32_t)cm_cursor_integer(cursor, CM_INDUSTRY_TO),
      .amount = cm_cursor_number(cursor, CM_INDUSTRY_AMOUNT),
  };
  critmin_status status =
      cm_load_place(&loader->editions, cm_cursor_integer(cursor, CM_INDUSTRY_EDITION), "edition", &i.edition, error);
  if (status) return status;
  i.day = m->editions[i.edition].day;
  if (i.day > loader->edition_day) return CRITMIN_OK;
  status =
      cm_load_place(&loader->countries, cm_cursor_integer(cursor, CM_INDUSTRY_COUNTRY), "country", &i.country, error);
  if (!status) status = cm_load_text(loader, cursor, CM_INDUSTRY_CODE, &i.code, error);
  if (!status) status = cm_load_text(loader, cursor, CM_INDUSTRY_NAME, &i.name, error);
  if (!status) status = cm_load_text(loader, cursor, CM_INDUSTRY_CURRENCY, &i.currency, error);
  if (status) return status;
  if (m->n_industries >= INT32_MAX || !cm_grow(&m->industries, m->n_industries, room, sizeof i))
    return cm_fail_memory(error);
  m->industries[m->n_industries++] = i;
  return CRITMIN_OK;
}

static int by_period(int32_t from_a, int32_t to_a, int32_t from_b, int32_t to_b) {
  if (to_a != to_b) return to_a > to_b ? -1 : 1;
  return from_a > from_b ? -1 : from_a < from_b;
}

static int use_order(const void *a, const void *b) {
  const cm_model_end_use *x = a, *y = b;
  if (x->mineral != y->mineral) return x->mineral < y->mineral ? -1 : 1;
  if (x->country != y->country) return x->country < y->country ? -1 : 1;
  int order = cm_load_newer(x->day, x->edition, y->day, y->edition);
  if (order) return order;
  order = by_period(x->from, x->to, y->from, y->to);
  if (order) return order;
  order = strcmp(x->application, y->application);
  return order ? order : strcmp(x->industry, y->industry);
}

static int industry_order(const void *a, const void *b) {
  const cm_model_industry *x = a, *y = b;
  if (x->country != y->country) return x->country < y->country ? -1 : 1;
  int order = cm_load_newer(x->day, x->edition, y->day, y->edition);
  if (order) return order;
  order = by_period(x->from, x->to, y->from, y->to);
  return order ? order : strcmp(x->code, y->code);
}

critmin_status cm_load_uses(cm_loader *loader, critmin_error *error) {
  critmin_model *m = loader->model;
  critmin_status status = cm_load_rows(loader, CM_READ_END_USES, take_use, error);
  if (!status) status = cm_load_rows(loader, CM_READ_INDUSTRIES, take_industry, error);
  if (status) return status;
  if (m->n_end_uses) qsort(m->end_uses, m->n_end_uses, sizeof *m->end_uses, use_order);
  if (m->n_industries) qsort(m->industries, m->n_industries, sizeof *m->industries, industry_order);
  int32_t first = 0;
  for (size_t i = 0; i < m->n_minerals; i++) {
    m->minerals[i].first_use = first;
    first += m->minerals[i].n_uses;
  }
  return CRITMIN_OK;
}
