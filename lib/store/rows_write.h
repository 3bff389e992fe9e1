/* SPDX-License-Identifier: MIT */
/* The writer seen from inside the room: field by field, for those who have better than text. */
#ifndef CM_STORE_ROWS_WRITE_H
#define CM_STORE_ROWS_WRITE_H

#include "store/row.h"
#include "store/rows.h"

/* The row that is being made: set its fields in its order, then put it. */
cm_row *cm_writer_fields(cm_writer *writer);
critmin_status cm_writer_put(cm_writer *writer, int *replaced, critmin_error *error);

#endif
