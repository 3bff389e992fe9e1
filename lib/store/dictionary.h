/* SPDX-License-Identifier: MIT */
/*
 * Names to ids. Each kind of name is read into a hashed table when it is first asked for more than a few times; until
 * then a key that is written exactly is found through its index alone. The dictionary belongs to the store and lasts
 * until cm_store_forget().
 *
 * A word is tried as: a key, written exactly; the publisher's own word; anybody's word; a key or name, with case and
 * `-`, `_`, space alike; a symbol or code. The first of these that knows the word decides. A publisher that is NULL
 * stands for a person who asks: the words of all publishers will do where they agree; "" is nobody: only anybody's
 * words.
 */
#ifndef CM_STORE_DICTIONARY_H
#define CM_STORE_DICTIONARY_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "store/handle.h"
#include "store/relation.h"

typedef enum cm_names_of {
  CM_NAMES_SOURCE,
  CM_NAMES_EDITION, /* owner: the source */
  CM_NAMES_COUNTRY,
  CM_NAMES_GROUP,
  CM_NAMES_MINERAL,
  CM_NAMES_STAGE,      /* owner: the mineral */
  CM_NAMES_STAGE_WORD, /* owner: the mineral, or 0 */
  CM_NAMES_BASIS, /* bases with a content factor; owner: the mineral; id: the stage, or 0; in place of a publisher the
                     trade code it is for */
  CM_NAMES_MEASURE,
  CM_NAMES_INDICATOR,
  CM_NAMES_PRODUCER,
  CM_NAMES_AGREEMENT,
  CM_NAMES_RESERVE,
  CM_NAMES_RESTRICTION,
  CM_NAMES_KINDS
} cm_names_of;

typedef struct cm_stage {
  int64_t id, mineral, position;
  const char *key, *kind, *unit, *basis;
} cm_stage;

void cm_dictionary_free(struct cm_dictionary *dictionary);
/* Forgets all names when another connection has written since they were read. To be called where work begins. */
critmin_status cm_dictionary_refresh(critmin_store *store, critmin_error *error);
/* Forgets the names that rows of a relation give, after one was written. */
void cm_dictionary_changed(critmin_store *store, const cm_relation *relation);
/* Whether it gives any. */
int cm_dictionary_reads(const cm_relation *relation);

/* Id of a name, of `owner` where the kind has one (else 0). UNKNOWN_NAME with the nearest, or with the candidates of a
 * word that may mean several. */
critmin_status cm_dictionary_find(critmin_store *store, cm_names_of kind, const char *publisher, int64_t owner,
                                  const char *word, int64_t *id, critmin_error *error);
/* The same of a country, or where there is none of a group. */
critmin_status cm_dictionary_find_country_or_group(critmin_store *store, const char *publisher, const char *word,
                                                   int64_t *id, int *is_group, critmin_error *error);
/* Id of the record whose key is exactly that; 0 when there is none. */
critmin_status cm_dictionary_is_key(critmin_store *store, cm_names_of kind, const char *word, int64_t *id,
                                    critmin_error *error);
/* Whether a country's row stands for the world. */
critmin_status cm_dictionary_is_world(critmin_store *store, int64_t country, int *world, critmin_error *error);
/* The key of an id, NULL when there is none. Borrowed until the dictionary changes. */
critmin_status cm_dictionary_spell(critmin_store *store, cm_names_of kind, int64_t id, const char **key,
                                   critmin_error *error);
/* The same for messages: "?" when there is none, or it cannot be read. */
const char *cm_dictionary_key(critmin_store *store, cm_names_of kind, int64_t id);

/* All stages, ordered by mineral and position. Borrowed until the dictionary changes. */
critmin_status cm_dictionary_stages(critmin_store *store, const cm_stage **stages, size_t *count, critmin_error *error);
/* One stage; INTERNAL when there is none. */
critmin_status cm_dictionary_stage(critmin_store *store, int64_t id, const cm_stage **stage, critmin_error *error);
/* Keys of a mineral's stages, in order, as "mining, refined"; "empty" when it has none. Borrowed until the next call.
 */
const char *cm_dictionary_chain(critmin_store *store, int64_t mineral);

/*
 * The stages that a word means to a person who asks: of one mineral, or of all (0). Writes a mark for each stage of
 * cm_dictionary_stages(), adding to those already there, and *found. *known tells whether it means a stage of any
 * mineral.
 */
critmin_status cm_dictionary_mark_stages(critmin_store *store, int64_t mineral, const char *word, unsigned char *marks,
                                         size_t *found, int *known, critmin_error *error);
/* UNKNOWN_NAME for a stage word that means nothing anywhere. */
critmin_status cm_dictionary_no_stage(critmin_store *store, const char *publisher, const char *word,
                                      critmin_error *error);

/* 1 when a quantity of that stage (or, with stage 0, of any stage of the mineral) may be in that basis, 0 when not, -1
 * on failure (error written). `traded`: it crosses a border, where factors for one trade code will do, and gross weight
 * without any. *spelt is the basis as the store spells it. */
int cm_dictionary_basis(critmin_store *store, int64_t mineral, int64_t stage, int traded, const char *basis,
                        const char **spelt, critmin_error *error);
/* 1 when a measure is of shares, 0 when of quantities, -1 on failure (error written). */
int cm_dictionary_measures_share(critmin_store *store, int64_t measure, critmin_error *error);
/* 1 when the word is the key of a stage (of that mineral, or with 0 of any) or a kind of stage; 0 when not, -1 on
 * failure. */
int cm_dictionary_stage_word(critmin_store *store, int64_t mineral, const char *word, critmin_error *error);

#endif
