/* SPDX-License-Identifier: MIT */
/* Producers, and who holds them. */
#include "base/memory.h"
#include "model/load.h"

static critmin_status take_producer(cm_loader *loader, const cm_cursor *cursor, size_t *room, critmin_error *error) {
  critmin_model *m = loader->model;
  cm_model_producer p = {.id = cm_cursor_integer(cursor, CM_PRODUCER_ID), .country = CM_NONE};
  int64_t country = cm_cursor_integer(cursor, CM_PRODUCER_COUNTRY);
  critmin_status status = CRITMIN_OK;
  if (country) status = cm_load_place(&loader->countries, country, "country", &p.country, error);
  if (!status) status = cm_load_name(loader, cursor, CM_PRODUCER_KEY, &p.key, error);
  if (!status) status = cm_load_name(loader, cursor, CM_PRODUCER_NAME, &p.name, error);
  if (status) return status;
  if (m->n_producers >= INT32_MAX || !cm_grow(&m->producers, m->n_producers, room, sizeof p))
    return cm_fail_memory(error);
  m->producers[m->n_producers++] = p;
  return CRITMIN_OK;
}

static critmin_status no_producer(int64_t id, critmin_error *error) {
  return cm_fail(error, CRITMIN_ERROR_CORRUPT,
                 "the store refers to a producer that it does not hold (id %lld); run its check", (long long)id);
}

static critmin_status take_owner(cm_loader *loader, const cm_cursor *cursor, size_t *room, critmin_error *error) {
  critmin_model *m = loader->model;
  cm_model_owner o = {
      .holder = CM_NONE,
      .country = CM_NONE,
      .share = cm_cursor_number(cursor, CM_OWNER_SHARE),
      .from = cm_load_day(cm_cursor_text(cursor, CM_OWNER_FROM), 0, CM_FIRST_DAY),
      .to = cm_load_day(cm_cursor_text(cursor, CM_OWNER_TO), 1, CM_LAST_DAY),
      .source = CM_NONE,
  };
  int64_t held = cm_cursor_integer(cursor, CM_OWNER_PRODUCER), holder = cm_cursor_integer(cursor, CM_OWNER_HOLDER);
  int32_t of = cm_model_producer_place(m, held);
  if (of == CM_NONE) return no_producer(held, error);
  if (holder && (o.holder = cm_model_producer_place(m, holder)) == CM_NONE) return no_producer(holder, error);
  int64_t country = cm_cursor_integer(cursor, CM_OWNER_COUNTRY), source = cm_cursor_integer(cursor, CM_OWNER_SOURCE);
  critmin_status status = CRITMIN_OK;
  if (country) status = cm_load_place(&loader->countries, country, "country", &o.country, error);
  if (!status && source) status = cm_load_place(&loader->sources, source, "source", &o.source, error);
  if (status) return status;
  if (m->n_owners >= INT32_MAX || !cm_grow(&m->owners, m->n_owners, room, sizeof o)) return cm_fail_memory(error);
  if (m->producers[of].n_owners++ == 0) m->producers[of].first_owner = (int32_t)m->n_owners;
  m->owners[m->n_owners++] = o;
  return CRITMIN_OK;
}

critmin_status cm_load_producers(cm_loader *loader, critmin_error *error) {
  critmin_status status = cm_load_rows(loader, CM_READ_PRODUCERS, take_producer, error);
  return status ? status : cm_load_rows(loader, CM_READ_OWNERS, take_owner, error);
}
