/* SPDX-License-Identifier: MIT */
/* What is committed to be delivered: tonnes a year, or a share of what a producer makes. */
#include <limits.h>

#include "base/memory.h"
#include "model/load.h"

/* The day before an agreement that takes the place of this one counts, or the end, whichever comes first. */
static int32_t end_of(const cm_cursor *cursor) {
  int32_t end = cm_load_day(cm_cursor_text(cursor, CM_COMMITMENT_TO), 1, CM_LAST_DAY);
  int32_t replaced = cm_load_day(cm_cursor_text(cursor, CM_COMMITMENT_REPLACED), 1, CM_LAST_DAY);
  return replaced <= end ? replaced - 1 : end;
}

static critmin_status place_of(const cm_idmap *map, const cm_cursor *cursor, int column, int32_t *place,
                               critmin_error *error) {
  int64_t id = cm_cursor_integer(cursor, column);
  return id ? cm_load_place(map, id, "country", place, error) : CRITMIN_OK;
}

static critmin_status take(cm_loader *loader, const cm_cursor *cursor, size_t *room, critmin_error *error) {
  critmin_model *m = loader->model;
  int64_t ramp = cm_cursor_integer(cursor, CM_COMMITMENT_RAMP);
  cm_model_commitment c = {
      .row = cm_cursor_integer(cursor, CM_COMMITMENT_ID),
      .buyer = CM_NONE,
      .seller = CM_NONE,
      .source = CM_NONE,
      .producer = cm_model_producer_place(m, cm_cursor_integer(cursor, CM_COMMITMENT_PRODUCER)),
      .from = cm_load_day(cm_cursor_text(cursor, CM_COMMITMENT_FROM), 1, CM_FIRST_DAY),
      .to = end_of(cursor),
      .ramp_months = ramp < INT_MAX ? (int32_t)ramp : INT_MAX,
      .tonnes = cm_cursor_number(cursor, CM_COMMITMENT_TONNES),
      .share = cm_cursor_number(cursor, CM_COMMITMENT_SHARE),
      .probability = cm_cursor_number(cursor, CM_COMMITMENT_PROBABILITY),
      .additionality = cm_cursor_number(cursor, CM_COMMITMENT_ADDITIONALITY),
  };
  critmin_status status =
      cm_load_place(&loader->minerals, cm_cursor_integer(cursor, CM_COMMITMENT_MINERAL), "mineral", &c.mineral, error);
  if (status || !m->minerals[c.mineral].loaded) return status;
  status = cm_load_place(&loader->stages, cm_cursor_integer(cursor, CM_COMMITMENT_STAGE), "stage", &c.stage, error);
  if (!status) status = place_of(&loader->countries, cursor, CM_COMMITMENT_BUYER, &c.buyer, error);
  if (!status) status = place_of(&loader->countries, cursor, CM_COMMITMENT_SELLER, &c.seller, error);
  int64_t source = cm_cursor_integer(cursor, CM_COMMITMENT_SOURCE);
  if (!status && source) status = cm_load_place(&loader->sources, source, "source", &c.source, error);
  if (!status) status = cm_load_text(loader, cursor, CM_COMMITMENT_AGREEMENT, &c.agreement, error);
  if (!status) status = cm_load_text(loader, cursor, CM_COMMITMENT_BASIS, &c.basis, error);
  if (!status) status = cm_load_text(loader, cursor, CM_COMMITMENT_STATUS, &c.status, error);
  if (!status) status = cm_load_text(loader, cursor, CM_COMMITMENT_NOTE, &c.note, error);
  if (status) return status;
  if (!cm_grow(&m->commitments, m->n_commitments, room, sizeof c)) return cm_fail_memory(error);
  m->commitments[m->n_commitments++] = c;
  return CRITMIN_OK;
}

critmin_status cm_load_commitments(cm_loader *loader, critmin_error *error) {
  return cm_load_rows(loader, CM_READ_COMMITMENTS, take, error);
}
