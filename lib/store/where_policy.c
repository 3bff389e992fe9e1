/* SPDX-License-Identifier: MIT */
/*
 * What a selection asks of agreements, commitments, reserves and restrictions. A country is in one through whoever acts
 * and whoever is named, by itself or by a group that contains it; a mineral through a scope that shares one with it.
 */
#include <string.h>

#include "store/chosen.h"
#include "store/where.h"

/* Conditions over the relation's table as `t`. `[M column]` stands for "column is one of the minerals", S the stages, C
 * the countries, G the groups, K the sources; M and S for 1 where the selection has none; `[D alias]` for "the membership
 * counts". */
typedef struct policy {
  const char *relation;
  const char *market;  /* minerals and stages */
  const char *source;  /* who is cited */
  const char *country; /* who acts or is named */
  const char *partner; /* NULL: the same */
} policy;

/* A restriction without a target binds everybody but those who impose it. */
#define BOUND                                                                                            \
  "EXISTS (SELECT 1 FROM restriction_target r WHERE r.restriction_id = t.id AND ([C r.country_id] OR "   \
  "[G r.group_id])) OR (NOT EXISTS (SELECT 1 FROM restriction_target r WHERE r.restriction_id = t.id) "  \
  "AND EXISTS (SELECT 1 FROM country c WHERE [C c.id] AND c.id IS NOT t.country_id AND c.id NOT IN "     \
  "(SELECT m.country_id FROM country_group_member m WHERE m.group_id = t.group_id AND [D m])))"

static const policy policies[] = {
    {"agreement",
     "EXISTS (SELECT 1 FROM agreement_scope s WHERE s.agreement_id = t.id AND [M s.mineral_id] AND "
     "([S s.stage_id] OR s.stage_id IS NULL)) OR EXISTS (SELECT 1 FROM agreement_commitment s WHERE "
     "s.agreement_id = t.id AND [M s.mineral_id] AND [S s.stage_id])",
     "EXISTS (SELECT 1 FROM agreement_citation k WHERE k.agreement_id = t.id AND [K k.source_id])",
     "EXISTS (SELECT 1 FROM agreement_party p WHERE p.agreement_id = t.id AND ([C p.country_id] OR [G p.group_id])) "
     "OR EXISTS (SELECT 1 FROM agreement_commitment p WHERE p.agreement_id = t.id AND ([C p.buyer_id] OR "
     "[C p.seller_id]))",
     NULL},
    {"agreement_commitment", "[M t.mineral_id] AND [S t.stage_id]",
     "EXISTS (SELECT 1 FROM agreement_citation k WHERE k.agreement_id = t.agreement_id AND [K k.source_id])",
     "[C t.buyer_id] OR [C t.seller_id] OR (t.buyer_id IS NULL AND t.seller_id IS NULL AND EXISTS (SELECT 1 FROM "
     "agreement_party p WHERE p.agreement_id = t.agreement_id AND ([C p.country_id] OR [G p.group_id])))",
     NULL},
    {"reserve", "[M t.mineral_id] AND [S t.stage_id]",
     "EXISTS (SELECT 1 FROM reserve_citation k WHERE k.reserve_id = t.id AND [K k.source_id]) OR EXISTS (SELECT 1 FROM "
     "edition k WHERE k.id = t.edition_id AND [K k.source_id])",
     "[C t.holder_id] OR [G t.group_id]", NULL},
    {"restriction",
     "EXISTS (SELECT 1 FROM restriction_scope s WHERE s.restriction_id = t.id AND [M s.mineral_id] AND "
     "([S s.stage_id] OR s.stage_id IS NULL))",
     "EXISTS (SELECT 1 FROM restriction_citation k WHERE k.restriction_id = t.id AND [K k.source_id])",
     "[C t.country_id] OR [G t.group_id] OR [C t.place_id] OR EXISTS (SELECT 1 FROM restriction_target r WHERE r.restriction_id = t.id "
     "AND ([C r.country_id] OR [G r.group_id]))",
     BOUND},
};

static const policy *policy_of(const cm_relation *relation) {
  for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++) {
    if (strcmp(policies[i].relation, relation->name) == 0) return &policies[i];
  }
  return NULL;
}

int cm_where_is_policy(const cm_relation *relation) { return policy_of(relation) != NULL; }

static void add_set(cm_buffer *sql, const char *column, size_t length, const cm_ids *ids, int asked) {
  if (!asked) {
    cm_buffer_add(sql, "1");
    return;
  }
  cm_buffer_add_n(sql, column, length);
  cm_buffer_add(sql, " IN (");
  for (size_t i = 0; i < ids->n; i++) cm_buffer_print(sql, "%s%lld", i ? "," : "", (long long)ids->ids[i]);
  cm_buffer_add(sql, ")");
}

static void add_condition(cm_where *where, const char *condition, const cm_chosen *c, const cm_window *window) {
  cm_buffer *sql = &where->sql;
  cm_where_and(where);
  cm_buffer_add(sql, "(");
  for (const char *open; (open = strchr(condition, '[')) != NULL;) {
    const char *word = open + 3, *close = strchr(open, ']');
    size_t length = (size_t)(close - word);
    cm_buffer_add_n(sql, condition, (size_t)(open - condition));
    switch (open[1]) {
      case 'M': add_set(sql, word, length, &c->minerals, c->minerals.n > 0); break;
      case 'S': add_set(sql, word, length, &c->stages, c->stages.n > 0); break;
      case 'C': add_set(sql, word, length, &c->countries, 1); break;
      case 'G': add_set(sql, word, length, &c->groups, 1); break;
      case 'K': add_set(sql, word, length, &c->sources, 1); break;
      default:
        cm_buffer_print(sql, "ifnull(%.*s.to_date || '-99', '9999') >= '%s' AND ifnull(%.*s.from_date, '0000') <= '%s'",
                        (int)length, word, window->from, (int)length, word, window->to);
    }
    condition = close + 1;
  }
  cm_buffer_add(sql, condition);
  cm_buffer_add(sql, ")");
}

/* A scope shares a mineral with those asked for when it names one of them, or a group that has one of them. */
static critmin_status where_market(cm_where *where, const policy *p, const critmin_selection *selection,
                                   critmin_error *error) {
  cm_chosen c = {0};
  cm_window window = cm_chosen_window(selection);
  critmin_status status = cm_chosen_names(where->store, selection, &c, error);
  if (!status && c.minerals.n) {
    status = cm_chosen_extend(where->store, "SELECT group_id FROM mineral_member WHERE member_id = ?1", NULL,
                              &c.minerals, &c.minerals, error);
    if (!status) status = cm_chosen_stages(where->store, selection, &c, error);
  }
  if (!status && (c.minerals.n || c.stages.n)) add_condition(where, p->market, &c, &window);
  if (!status && c.sources.n) add_condition(where, p->source, &c, &window);
  cm_chosen_free(&c);
  return status;
}

static critmin_status where_side(cm_where *where, const policy *p, const critmin_selection *selection,
                                 cm_dimension dimension, critmin_error *error) {
  if (!cm_selection_names(selection, dimension)->count) return CRITMIN_OK;
  cm_chosen c = {0};
  cm_window window = cm_chosen_window(selection);
  int bound = dimension == CM_PARTNER && p->partner;
  critmin_status status = cm_chosen_countries(where->store, selection, dimension, &c, error);
  /* A group that contains a country stands for it; one that contains a member of a group is bound with it. */
  if (!status)
    status = cm_chosen_extend(where->store,
                              "SELECT group_id FROM country_group_member WHERE country_id = ?1 "
                              "AND ifnull(to_date || '-99', '9999') >= ?2 AND ifnull(from_date, '0000') <= ?3",
                              &window, bound ? &c.countries : &c.named, &c.groups, error);
  if (!status) add_condition(where, bound ? p->partner : p->country, &c, &window);
  cm_chosen_free(&c);
  return status;
}

critmin_status cm_where_policy(cm_where *where, const cm_relation *relation, const critmin_selection *selection,
                               critmin_error *error) {
  const policy *p = policy_of(relation);
  critmin_status status = where_market(where, p, selection, error);
  if (!status) status = where_side(where, p, selection, CM_COUNTRY, error);
  if (!status) status = where_side(where, p, selection, CM_PARTNER, error);
  return status;
}
