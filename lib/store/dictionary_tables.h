/* SPDX-License-Identifier: MIT */
/* The dictionary's insides, for the files it is made of. */
#ifndef CM_STORE_DICTIONARY_TABLES_H
#define CM_STORE_DICTIONARY_TABLES_H

#include "base/text.h"
#include "store/dictionary.h"
#include "store/names.h"

/* What a name is, in order of preference but for aliases, which come second. */
enum { CM_LEVEL_KEY, CM_LEVEL_ALIAS, CM_LEVEL_NAME, CM_LEVEL_SYMBOL, CM_LEVELS };

struct cm_dictionary {
  struct {
    cm_name_table names;
    int loaded;
    int asked;
  } of[CM_NAMES_KINDS];
  cm_stage *stages; /* with the names of CM_NAMES_STAGE */
  size_t n_stages, stages_room;
  cm_stage *by_id;
  cm_buffer scratch;
  int64_t data_version; /* of the file, as other connections have changed it */
};

/* The one entry of a name that fits, NULL when there is none; *other is a second that means something else. */
typedef struct cm_match {
  const cm_name *entry, *other;
} cm_match;

/* Reads a kind of names unless it is there. */
critmin_status cm_dictionary_load(critmin_store *store, cm_names_of kind, struct cm_dictionary **dictionary,
                                  critmin_error *error);
critmin_status cm_dictionary_load_stages(critmin_store *store, struct cm_dictionary *dictionary, critmin_error *error);
/* Names of one level, of a publisher (NULL: of any), and spelt exactly where that is asked for. */
cm_match cm_dictionary_match(const cm_name_table *names, int level, const char *publisher, int64_t owner,
                             const char *word, int exact);
/* The nearest key or name of an owner, or NULL. */
const char *cm_dictionary_near(const cm_name_table *names, int64_t owner, const char *word);
/* UNKNOWN_NAME, with the nearest unless it is NULL. */
critmin_status cm_dictionary_unknown(cm_names_of kind, const char *publisher, const char *word, const char *near,
                                     critmin_error *error);

#endif
