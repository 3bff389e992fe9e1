/* SPDX-License-Identifier: MIT */
/* Who is asked about: the countries and groups named, and what else a selection may say of rows. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/catalogue.h"

/* After the last change of any membership. */
enum { TODAY = 99991231 };

const char *cm_party_key(const critmin_model *model, const cm_party *party) {
  return party->group != CM_NONE ? model->groups[party->group].key : model->countries[party->country].key;
}

int cm_party_has(const critmin_model *model, const cm_party *party, int32_t country, int32_t day) {
  return party->group != CM_NONE ? cm_model_in_group(model, party->group, country, day) : party->country == country;
}

int cm_plan_any_about(const cm_plan *plan, cm_subject first, cm_subject last) {
  for (size_t i = 0; i < plan->n_metrics; i++) {
    cm_subject subject = cm_metrics[plan->metrics[i]].subject;
    if (first <= subject && subject <= last) return 1;
  }
  return 0;
}

critmin_status cm_plan_check_dimensions(const cm_plan *plan, const critmin_selection *selection, critmin_error *error) {
  static const struct {
    cm_dimension dimension;
    const char *name;
  } none[] = {
      {CM_PARTNER, "partner"}, {CM_STATUS, "status"}, {CM_INDICATOR, "indicator"}, {CM_KEY, "key"}, {CM_KIND, "kind"},
      {CM_MEASURE, "measure"}};
  for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
    const cm_names *names = cm_selection_names(selection, none[i].dimension);
    if (none[i].dimension == CM_PARTNER && cm_plan_any_about(plan, CM_SUBJECT_PAIR, CM_SUBJECT_PAIR)) continue;
    if (none[i].dimension == CM_MEASURE && cm_plan_any_about(plan, CM_SUBJECT_MARKET, CM_SUBJECT_SUPPLIER)) continue;
    if (names->count)
      return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                     "none of these metrics has a %s, so `%s` cannot be asked for; leave it out", none[i].name,
                     names->names[0]);
  }
  const char *year = cm_selection_option(selection, "year");
  if (year && selection->has_years)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "years %d to %d are asked for and the newest on record too; leave one out",
                   (int)selection->first_year, (int)selection->last_year);
  return CRITMIN_OK;
}

static int by_key(const void *a, const void *b, const critmin_model *model) {
  return strcmp(cm_party_key(model, a), cm_party_key(model, b));
}

/* Adds a party where it stands by its key, each once. */
static void add_party(const cm_plan *plan, cm_party *parties, size_t *n, cm_party party) {
  size_t at = 0;
  while (at < *n && by_key(&parties[at], &party, plan->model) < 0) at++;
  if (at < *n && by_key(&parties[at], &party, plan->model) == 0) return;
  memmove(&parties[at + 1], &parties[at], (*n - at) * sizeof *parties);
  parties[at] = party;
  ++*n;
}

/* Who can be asked about: statistics of a union as one stand for a user, and for what it is supplied by. */
static critmin_status check_country(const cm_plan *plan, int32_t country, const char *name, int is_partner,
                                    critmin_error *error) {
  int32_t kind = plan->model->countries[country].kind;
  int of_producers = cm_plan_any_about(plan, CM_SUBJECT_COUNTRY, CM_SUBJECT_SUPPLIER);
  int stands = kind == CM_IS_COUNTRY || kind == CM_IS_FORMER ||
               (kind == CM_IS_UNION && (is_partner || !of_producers)) || (kind == CM_IS_OTHER && is_partner);
  if (!stands)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "`%s` stands for several countries that are not named; it is no producer", name);
  if (!is_partner && !cm_plan_any_about(plan, CM_SUBJECT_COUNTRY, CM_SUBJECT_ASSESSED))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "metric `%s` is of a whole market, where `%s` is one producer already; name a group to count it "
                   "as one, or ask for "
                   "the share of `%s`",
                   cm_metrics[plan->metrics[0]].name, name, name);
  return CRITMIN_OK;
}

static critmin_status read_parties(cm_plan *plan, const cm_names *names, int are_partners, cm_party **parties,
                                   size_t *n, critmin_error *error) {
  *parties = cm_alloc_array(names->count, sizeof **parties);
  if (!*parties) return cm_fail_memory(error);
  for (size_t i = 0; i < names->count; i++) {
    cm_party party = {CM_NONE, CM_NONE};
    critmin_status status = cm_model_find_party(plan->model, names->names[i], &party.country, &party.group, error);
    if (!status && party.country != CM_NONE)
      status = check_country(plan, party.country, names->names[i], are_partners, error);
    if (status) return status;
    add_party(plan, *parties, n, party);
  }
  return CRITMIN_OK;
}

/* An assessment of one country, or union, is for nobody else. */
static critmin_status check_home(const cm_plan *plan, const cm_metric *metric, critmin_error *error) {
  const cm_assessment *assessment = cm_metric_assessment(metric);
  if (!assessment || !assessment->home_only) return CRITMIN_OK;
  int32_t home = cm_country_place(plan->model, assessment->home), day = plan->day ? plan->day : TODAY;
  for (size_t i = 0; i < plan->n_parties; i++) {
    const cm_party *party = &plan->parties[i];
    int32_t area = party->country != CM_NONE ? party->country : cm_model_area(plan->model, party->group, day);
    if (home == CM_NONE || area != home)
      return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "metric `%s` is made for `%s` alone, not for `%s`; leave the country out",
                     metric->name, assessment->home, cm_party_key(plan->model, party));
  }
  return CRITMIN_OK;
}

critmin_status cm_plan_read_parties(cm_plan *plan, const critmin_selection *selection, critmin_error *error) {
  critmin_status status = read_parties(plan, cm_selection_names(selection, CM_COUNTRY), 0, &plan->parties,
                                       &plan->n_parties, error);
  if (!status)
    status = read_parties(plan, cm_selection_names(selection, CM_PARTNER), 1, &plan->partners, &plan->n_partners,
                          error);
  if (status) return status;
  plan->groups = cm_alloc_array(plan->n_parties, sizeof *plan->groups);
  if (!plan->groups) return cm_fail_memory(error);
  for (size_t i = 0; i < plan->n_parties; i++) {
    if (plan->parties[i].group != CM_NONE) plan->groups[plan->n_groups++] = plan->parties[i];
  }
  for (size_t i = 0; i < plan->n_metrics && !status; i++) status = check_home(plan, &cm_metrics[plan->metrics[i]], error);
  if (status) return status;
  for (size_t i = 0; i < plan->n_metrics && plan->n_partners == 0; i++) {
    const cm_metric *metric = &cm_metrics[plan->metrics[i]];
    if (metric->dependency && metric->dependency->is_part)
      return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                     "metric `%s` asks what is lost when a partner stops; name one along `partner`", metric->name);
  }
  plan->newest = cm_selection_option(selection, "year") != NULL;
  plan->by_value = cm_selection_by_value(selection);
  const char *date = cm_selection_option(selection, "date");
  if (date) /* the selection has made sure that it is a day */
    plan->day =
        (int32_t)(strtol(date, NULL, 10) * 10000 + strtol(date + 5, NULL, 10) * 100 + strtol(date + 8, NULL, 10));
  return CRITMIN_OK;
}
