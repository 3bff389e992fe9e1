/* SPDX-License-Identifier: MIT */
/**
 * @file table.h
 * @brief Result tables: named, typed columns with units; and the columns one gives to the library.
 */
#ifndef CRITMIN_TABLE_H
#define CRITMIN_TABLE_H

#include "critmin/export.h"
#include "critmin/status.h"

CRITMIN_BEGIN

/** @defgroup table Tables
 *  @{ */

/** A result table. Immutable; any number of threads may read it. Freed with critmin_table_free(). */
typedef struct critmin_table critmin_table;

/** Types of a column. */
enum {
  CRITMIN_COLUMN_NUMBER = 1,  /**< double; NaN is missing. */
  CRITMIN_COLUMN_INTEGER = 2, /**< int64; ::CRITMIN_INTEGER_MISSING is missing. */
  CRITMIN_COLUMN_TEXT = 3     /**< UTF-8, as codes into a dictionary of distinct words; code -1 is missing. */
};

/** The integer that stands for a missing one. */
#define CRITMIN_INTEGER_MISSING INT64_MIN

/** Frees a table; everything borrowed from it ends. NULL is ignored. */
CRITMIN_API void critmin_table_free(critmin_table *table);

/** Number of rows; 0 for NULL. */
CRITMIN_API int64_t critmin_table_rows(const critmin_table *table);

/** Number of columns; 0 for NULL. */
CRITMIN_API int32_t critmin_table_columns(const critmin_table *table);

/** Name of a column (from 0), borrowed until the table is freed; NULL when there is no such column. */
CRITMIN_API const char *critmin_table_name(const critmin_table *table, int32_t column);

/** Unit of a column, "" when it has none; borrowed until the table is freed; NULL when there is no such column. */
CRITMIN_API const char *critmin_table_unit(const critmin_table *table, int32_t column);

/** Type of a column, a `CRITMIN_COLUMN_` constant; 0 when there is no such column. */
CRITMIN_API int32_t critmin_table_type(const critmin_table *table, int32_t column);

/** Number of the column of that name, or -1. */
CRITMIN_API int32_t critmin_table_find(const critmin_table *table, const char *name);

/** The doubles of a number column, critmin_table_rows() of them, borrowed until the table is freed; NULL for other types. */
CRITMIN_API const double *critmin_table_numbers(const critmin_table *table, int32_t column);

/** The integers of an integer column, borrowed until the table is freed; NULL for other types. */
CRITMIN_API const int64_t *critmin_table_integers(const critmin_table *table, int32_t column);

/** The codes of a text column, borrowed until the table is freed; NULL for other types. */
CRITMIN_API const int32_t *critmin_table_codes(const critmin_table *table, int32_t column);

/** Number of distinct words of a text column; 0 for other types. */
CRITMIN_API int32_t critmin_table_words(const critmin_table *table, int32_t column);

/** Word of that code, NUL-terminated, borrowed until the table is freed; NULL when there is none. */
CRITMIN_API const char *critmin_table_word(const critmin_table *table, int32_t column, int32_t code);

/** Text of a cell, NUL-terminated, borrowed until the table is freed; NULL when it is missing or not text. */
CRITMIN_API const char *critmin_table_text(const critmin_table *table, int32_t column, int64_t row);

/** Number of a cell of a number or integer column; NaN when it is missing or not one. */
CRITMIN_API double critmin_table_number(const critmin_table *table, int32_t column, int64_t row);

/**
 * Writes a table to memory as `text` (aligned, for a terminal), `csv`, `json` or `md`.
 * CSV is RFC 4180 with a header and LF; numbers are the shortest decimals that read back as the
 * same double; a missing cell is empty in CSV, text and md, and null in JSON.
 * @param[out] text owned by the caller: free with critmin_text_free().
 * Errors: ARGUMENT, UNKNOWN_NAME (format), MEMORY.
 */
CRITMIN_API critmin_status critmin_table_format(const critmin_table *table, const char *format, char **text,
                                                critmin_error *error);

/**
 * Writes a table that critmin_metric_compute() made as characterisation factors for programs of life cycle assessment:
 * `brightway` (the CSV table that CSVLCIAImporter of bw2io reads), `openlca` (a zip package of JSON-LD, schema version 2)
 * or `simapro` (a method in SimaPro's CSV). A metric of one country and year is an impact category; a file of Brightway
 * holds one, the others all. Flows bear the names of the minerals, in the ground, in kilograms. Rows without a value have no
 * factor and are left out.
 * @param[out] data owned by the caller: free with critmin_text_free(); the bytes of a zip package are no text.
 * @param[out] size bytes.
 * Errors: ARGUMENT (not a table of metrics, a metric that is not for a kilogram, a mineral with several stages, more than one
 * category for Brightway), EMPTY_SELECTION (no row has a value), UNKNOWN_NAME (layout), MEMORY. Any thread.
 */
CRITMIN_API critmin_status critmin_table_factors(const critmin_table *table, const char *layout, char **data, int64_t *size,
                                                 critmin_error *error);

/** Frees text that a critmin function gave away. NULL is ignored. */
CRITMIN_API void critmin_text_free(char *text);

struct ArrowArrayStream;

/**
 * Exports a table as a stream of one record batch of the Arrow C data interface, without copying: the
 * stream and everything taken from it keep the table's memory alive, also after critmin_table_free().
 * Text columns are dictionary-encoded; units are field metadata under the key `unit`.
 * @param[out] stream allocated by the caller, filled here, released by whoever ends up holding it.
 * Errors: ARGUMENT, MEMORY. Any thread.
 */
CRITMIN_API critmin_status critmin_table_arrow(const critmin_table *table, struct ArrowArrayStream *stream,
                                               critmin_error *error);

/**
 * Columns that one hands to the library, as to critmin_store_append(). A list of borrowed
 * arrays: the arrays must live until that call returns. One thread at a time.
 */
typedef struct critmin_columns critmin_columns;

/** Starts a list of columns of `rows` rows each. Freed with critmin_columns_free(). Errors: ARGUMENT, MEMORY. */
CRITMIN_API critmin_status critmin_columns_new(int64_t rows, critmin_columns **columns, critmin_error *error);

/** Frees the list, not the arrays. NULL is ignored. */
CRITMIN_API void critmin_columns_free(critmin_columns *columns);

/** Adds a column of doubles; NaN is missing. Errors: ARGUMENT, DUPLICATE_KEY (name), MEMORY. */
CRITMIN_API critmin_status critmin_columns_number(critmin_columns *columns, const char *name, const double *values,
                                                  critmin_error *error);

/** Adds a column of integers; ::CRITMIN_INTEGER_MISSING is missing. Errors: ARGUMENT, DUPLICATE_KEY (name), MEMORY. */
CRITMIN_API critmin_status critmin_columns_integer(critmin_columns *columns, const char *name, const int64_t *values,
                                                   critmin_error *error);

/** Adds a column of NUL-terminated texts; a NULL pointer is missing. Errors: ARGUMENT, DUPLICATE_KEY (name), MEMORY. */
CRITMIN_API critmin_status critmin_columns_text(critmin_columns *columns, const char *name, const char *const *values,
                                                critmin_error *error);

/**
 * Adds a text column as codes into a dictionary: row i reads `words[codes[i]]`, and is missing where the code is -1.
 * Errors: ARGUMENT (a code outside -1 to n_words - 1 is found when the columns are used), DUPLICATE_KEY (name), MEMORY.
 */
CRITMIN_API critmin_status critmin_columns_coded(critmin_columns *columns, const char *name, const int32_t *codes,
                                                 const char *const *words, int32_t n_words, critmin_error *error);

/** @} */

CRITMIN_END

#endif
