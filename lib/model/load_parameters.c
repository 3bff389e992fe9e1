/* SPDX-License-Identifier: MIT */
/* Parameters of published assessments, and prices: of the minerals that are loaded, every edition that is wanted. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/load.h"

critmin_status cm_load_subject(const cm_loader *loader, const cm_cursor *cursor, int mineral_column, int edition_column,
                              int32_t *mineral, int32_t *edition, int *wanted, critmin_error *error) {
  critmin_status status =
      cm_load_place(&loader->minerals, cm_cursor_integer(cursor, mineral_column), "mineral", mineral, error);
  if (!status)
    status = cm_load_place(&loader->editions, cm_cursor_integer(cursor, edition_column), "edition", edition, error);
  if (status) return status;
  const critmin_model *m = loader->model;
  *wanted = m->minerals[*mineral].loaded && m->editions[*edition].day <= loader->edition_day;
  return CRITMIN_OK;
}

static critmin_status take_parameter(cm_loader *loader, const cm_cursor *cursor, size_t *room, critmin_error *error) {
  critmin_model *m = loader->model;
  cm_model_parameter p = {
      .row = cm_cursor_integer(cursor, CM_PARAMETER_ID),
      .stage = CM_NONE,
      .country = CM_NONE,
      .value = cm_cursor_number(cursor, CM_PARAMETER_VALUE),
      .low = cm_cursor_number(cursor, CM_PARAMETER_LOW),
      .high = cm_cursor_number(cursor, CM_PARAMETER_HIGH),
  };
  int wanted;
  critmin_status status =
      cm_load_subject(loader, cursor, CM_PARAMETER_MINERAL, CM_PARAMETER_EDITION, &p.mineral, &p.edition, &wanted, error);
  if (status || !wanted) return status;
  int64_t stage = cm_cursor_integer(cursor, CM_PARAMETER_STAGE),
          country = cm_cursor_integer(cursor, CM_PARAMETER_COUNTRY);
  if (stage) status = cm_load_place(&loader->stages, stage, "stage", &p.stage, error);
  if (!status && country) status = cm_load_place(&loader->countries, country, "country", &p.country, error);
  if (!status) status = cm_load_text(loader, cursor, CM_PARAMETER_NAME, &p.parameter, error);
  if (!status) status = cm_load_text(loader, cursor, CM_PARAMETER_WORDS, &p.words, error);
  if (!status) status = cm_load_text(loader, cursor, CM_PARAMETER_UNIT, &p.unit, error);
  if (!status) status = cm_load_text(loader, cursor, CM_PARAMETER_NOTE, &p.note, error);
  if (status) return status;
  if (m->n_parameters >= INT32_MAX || !cm_grow(&m->parameters, m->n_parameters, room, sizeof p))
    return cm_fail_memory(error);
  p.day = m->editions[p.edition].day;
  m->parameters[m->n_parameters++] = p;
  m->minerals[p.mineral].n_parameters++;
  return CRITMIN_OK;
}

static critmin_status take_price(cm_loader *loader, const cm_cursor *cursor, size_t *room, critmin_error *error) {
  critmin_model *m = loader->model;
  cm_model_price p = {
      .row = cm_cursor_integer(cursor, CM_PRICE_ID),
      .from = (int32_t)cm_cursor_integer(cursor, CM_PRICE_FROM),
      .to = (int32_t)cm_cursor_integer(cursor, CM_PRICE_TO),
      .money_year = (int32_t)cm_cursor_integer(cursor, CM_PRICE_MONEY_YEAR),
      .status = cm_load_word(cm_status_words, CM_STATUSES, cm_cursor_text(cursor, CM_PRICE_STATUS)),
      .amount = cm_cursor_number(cursor, CM_PRICE_AMOUNT),
      .low = cm_cursor_number(cursor, CM_PRICE_LOW),
      .high = cm_cursor_number(cursor, CM_PRICE_HIGH),
  };
  if (p.status < 0)
    return cm_fail(error, CRITMIN_ERROR_CORRUPT, "price %lld has an unknown status; run the store's check",
                   (long long)p.row);
  int wanted;
  critmin_status status =
      cm_load_subject(loader, cursor, CM_PRICE_MINERAL, CM_PRICE_EDITION, &p.mineral, &p.edition, &wanted, error);
  if (m->has_years && (p.to / 10000 < m->first_year || p.from / 10000 > m->last_year)) wanted = 0;
  if (status || !wanted) return status;
  const struct {
    int column;
    const char **into;
  } texts[] = {{CM_PRICE_FORM, &p.form},
               {CM_PRICE_PER, &p.per},
               {CM_PRICE_CURRENCY, &p.currency},
               {CM_PRICE_BASIS, &p.basis},
               {CM_PRICE_NOTE, &p.note}};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    status = cm_load_text(loader, cursor, texts[i].column, texts[i].into, error);
    if (status) return status;
  }
  if (m->n_prices >= INT32_MAX || !cm_grow(&m->prices, m->n_prices, room, sizeof p)) return cm_fail_memory(error);
  p.day = m->editions[p.edition].day;
  m->prices[m->n_prices++] = p;
  m->minerals[p.mineral].n_prices++;
  return CRITMIN_OK;
}

int cm_load_newer(int32_t day_a, int32_t edition_a, int32_t day_b, int32_t edition_b) {
  if (day_a != day_b) return day_a > day_b ? -1 : 1;
  return edition_a > edition_b ? -1 : edition_a < edition_b;
}

static int by_subject(const void *a, const void *b) {
  const cm_model_parameter *x = a, *y = b;
  if (x->mineral != y->mineral) return x->mineral < y->mineral ? -1 : 1;
  int order = strcmp(x->parameter, y->parameter);
  if (order) return order;
  if (x->stage != y->stage) return x->stage < y->stage ? -1 : 1;
  if (x->country != y->country) return x->country < y->country ? -1 : 1;
  return cm_load_newer(x->day, x->edition, y->day, y->edition);
}

static int by_form(const void *a, const void *b) {
  const cm_model_price *x = a, *y = b;
  if (x->mineral != y->mineral) return x->mineral < y->mineral ? -1 : 1;
  int order = strcmp(x->form, y->form);
  if (order) return order;
  if (x->from != y->from) return x->from < y->from ? -1 : 1;
  if (x->to != y->to) return x->to < y->to ? -1 : 1;
  return cm_load_newer(x->day, x->edition, y->day, y->edition);
}

critmin_status cm_load_rows(cm_loader *loader, cm_read what, cm_take_row take, critmin_error *error) {
  cm_cursor *cursor;
  critmin_status status = cm_cursor_open(loader->store, what, &cursor, error);
  if (status) return status;
  int found;
  size_t room = 0;
  while (!(status = cm_cursor_next(cursor, &found, error)) && found && !(status = take(loader, cursor, &room, error))) {
  }
  cm_cursor_close(cursor);
  return status;
}

critmin_status cm_load_parameters(cm_loader *loader, critmin_error *error) {
  critmin_model *m = loader->model;
  critmin_status status = cm_load_rows(loader, CM_READ_PARAMETERS, take_parameter, error);
  if (status) return status;
  if (m->n_parameters) qsort(m->parameters, m->n_parameters, sizeof *m->parameters, by_subject);
  int32_t first = 0;
  for (size_t i = 0; i < m->n_minerals; i++) {
    m->minerals[i].first_parameter = first;
    first += m->minerals[i].n_parameters;
  }
  return CRITMIN_OK;
}

critmin_status cm_load_prices(cm_loader *loader, critmin_error *error) {
  critmin_model *m = loader->model;
  critmin_status status = cm_load_rows(loader, CM_READ_PRICES, take_price, error);
  if (status) return status;
  if (m->n_prices) qsort(m->prices, m->n_prices, sizeof *m->prices, by_form);
  int32_t first = 0;
  for (size_t i = 0; i < m->n_minerals; i++) {
    m->minerals[i].first_price = first;
    first += m->minerals[i].n_prices;
  }
  return CRITMIN_OK;
}
