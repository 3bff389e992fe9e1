/* SPDX-License-Identifier: MIT */
/* Composite indicators of the store's owner, as the texts they are kept in. */
#include "base/memory.h"
#include "base/text.h"
#include "model/load.h"

static critmin_status take(cm_loader *loader, const cm_cursor *cursor, size_t *room, critmin_error *error) {
  critmin_model *m = loader->model;
  cm_model_composite c;
  critmin_status status = cm_load_text(loader, cursor, CM_COMPOSITE_KEY, &c.key, error);
  if (!status) status = cm_load_text(loader, cursor, CM_COMPOSITE_NAME, &c.name, error);
  if (!status) status = cm_load_text(loader, cursor, CM_COMPOSITE_DEFINITION, &c.definition, error);
  if (!status) status = cm_load_text(loader, cursor, CM_COMPOSITE_NOTE, &c.note, error);
  if (status) return status;
  if (m->n_composites >= INT32_MAX || !cm_grow(&m->composites, m->n_composites, room, sizeof c)) return cm_fail_memory(error);
  m->composites[m->n_composites++] = c;
  return CRITMIN_OK;
}

critmin_status cm_load_composites(cm_loader *loader, critmin_error *error) {
  return cm_load_rows(loader, CM_READ_COMPOSITES, take, error);
}

int32_t cm_composite_place(const critmin_model *model, const char *key) {
  for (size_t i = 0; i < model->n_composites; i++) {
    if (cm_name_equal(model->composites[i].key, key)) return (int32_t)i;
  }
  return CM_NONE;
}
