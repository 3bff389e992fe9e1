/* SPDX-License-Identifier: MIT */
/*
 * JSON that people write: read strictly, with a place for whatever is wrong. Keys that stand twice are refused. A
 * failure says "line 3, column 7, `criteria[0].metric`: ..." and has error->row and column set.
 */
#ifndef CM_BASE_JSON_H
#define CM_BASE_JSON_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Line and column at which the value of a path, such as `a[0].b`, begins in a well-formed text. 0 when it is not there:
 * then those of the innermost around it that is. */
int cm_json_place(const char *text, const char *path, int64_t *line, int64_t *column);

typedef struct cm_json cm_json;

enum { CM_JSON_PATH = 200 };

/* A value of a document, with its path. Valid as long as the document. */
typedef struct cm_json_node {
  const cm_json *document;
  const void *value; /* NULL: it is not there */
  char path[CM_JSON_PATH];
} cm_json_node;

/* Copies the text. Errors: FORMAT, MEMORY. The root is to be an object. */
critmin_status cm_json_read(const char *text, size_t length, cm_json **document, critmin_error *error);
void cm_json_free(cm_json *document);
cm_json_node cm_json_root(const cm_json *document);

/* A failure at a node; what is not there fails at what it should be in. */
critmin_status cm_json_fail(const cm_json_node *node, critmin_error *error, critmin_status status, const char *format,
                            ...) CM_PRINTF(4, 5);
/* Passes on a failure that was written without a place. */
critmin_status cm_json_fail_found(const cm_json_node *node, critmin_error *error, const critmin_error *found);

int cm_json_is_there(const cm_json_node *node);
int cm_json_is_object(const cm_json_node *node);
int cm_json_is_array(const cm_json_node *node);
int cm_json_is_text(const cm_json_node *node);
int cm_json_is_number(const cm_json_node *node);
int cm_json_is_flag(const cm_json_node *node);
size_t cm_json_count(const cm_json_node *node); /* of an array or object, else 0 */

/* A member of an object; a node that is not there where there is none. */
cm_json_node cm_json_member(const cm_json_node *object, const char *key);
/* The i-th of an array, and of an object with its key, in the order written. */
cm_json_node cm_json_item(const cm_json_node *array, size_t i);
cm_json_node cm_json_entry(const cm_json_node *object, size_t i, const char **key);

/* Keys other than those of the list, which ends in NULL, are refused with the nearest. The node has to be an object. */
critmin_status cm_json_only(const cm_json_node *object, const char *const *keys, critmin_error *error);

/* Values of a type; a node that is not there leaves the result as it is, a null is not there. */
critmin_status cm_json_text(const cm_json_node *node, const char **text, critmin_error *error);
critmin_status cm_json_number(const cm_json_node *node, double *number, critmin_error *error);
critmin_status cm_json_flag(const cm_json_node *node, int *flag, critmin_error *error);
/* The place of a text among words, separated by |; the nearest is suggested. */
critmin_status cm_json_word(const cm_json_node *node, const char *words, int *place, critmin_error *error);
/* Arrays and objects, where they are there. */
critmin_status cm_json_array(const cm_json_node *node, critmin_error *error);

#endif
