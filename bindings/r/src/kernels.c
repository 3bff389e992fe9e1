/* SPDX-License-Identifier: MIT */
/* Kernels over R's vectors. A missing quantity (NA) is a withheld cell, as NaN is in the library. */
#include "calls.h"

#include <string.h>

static SEXP answered(const critmin_answer *a) {
  static const char *const names[] = {"value", "low", "high", "coverage", "flags", ""};
  SEXP made = PROTECT(Rf_mkNamed(VECSXP, (const char **)names));
  const double numbers[] = {a->value, a->low, a->high, a->coverage};
  for (int i = 0; i < 4; i++) SET_VECTOR_ELT(made, i, Rf_ScalarReal(ISNAN(numbers[i]) ? NA_REAL : numbers[i]));
  int n = 0;
  for (int32_t bit = 0; critmin_flag_name(bit); bit++) n += (int)(a->flags >> bit & 1);
  SEXP flags = Rf_allocVector(STRSXP, n);
  SET_VECTOR_ELT(made, 4, flags);
  n = 0;
  for (int32_t bit = 0; critmin_flag_name(bit); bit++)
    if (a->flags >> bit & 1) SET_STRING_ELT(flags, n++, Rf_mkChar(critmin_flag_name(bit)));
  UNPROTECT(1);
  return made;
}

static double number_in(SEXP list, const char *name, double otherwise) {
  SEXP value = element(list, name);
  return Rf_isNull(value) ? otherwise : Rf_asReal(value);
}

static const double *bounds_in(SEXP list, const char *name) {
  SEXP values = element(list, name);
  return Rf_isNull(values) ? NULL : REAL(values);
}

typedef critmin_status market(const double *, int64_t, const critmin_supply *, critmin_answer *, critmin_error *);

static const struct {
  const char *name;
  market *kernel;
} markets[] = {
    {"hhi", critmin_hhi},
    {"hhi_normalised", critmin_hhi_normalised},
    {"shannon", critmin_shannon},
    {"evenness", critmin_evenness},
};

/* `own` is what the kernel takes besides: the number of a producer, of the largest, an order, or their governance. */
SEXP r_market(SEXP kernel, SEXP quantity, SEXP own, SEXP known) {
  critmin_error error;
  critmin_answer answer;
  critmin_supply supply;
  critmin_answer_init(&answer);
  critmin_supply_init(&supply);
  supply.low = bounds_in(known, "low");
  supply.high = bounds_in(known, "high");
  supply.total = number_in(known, "total", supply.total);
  supply.total_low = number_in(known, "total_low", supply.total_low);
  supply.total_high = number_in(known, "total_high", supply.total_high);
  supply.other = number_in(known, "other", supply.other);
  supply.listed_only = Rf_asLogical(element(known, "listed_only")) == TRUE;
  supply.residual_value = Rf_asInteger(element(known, "residual"));
  const char *name = text_or_null(kernel);
  const double *x = REAL(quantity);
  int64_t n = Rf_xlength(quantity);
  critmin_status status = CRITMIN_ERROR_INTERNAL;
  if (strcmp(name, "share") == 0) {
    status = critmin_share(x, n, (int64_t)Rf_asReal(own) - 1, &supply, &answer, &error);
  } else if (strcmp(name, "concentration_ratio") == 0) {
    status = critmin_concentration_ratio(x, n, (int64_t)Rf_asReal(own), &supply, &answer, &error);
  } else if (strcmp(name, "effective_number") == 0) {
    status = critmin_effective_number(x, n, Rf_asReal(own), &supply, &answer, &error);
  } else if (strcmp(name, "hhi_wgi") == 0) {
    status = critmin_hhi_wgi(x, REAL(own), n, &supply, &answer, &error);
  } else {
    for (size_t i = 0; i < sizeof markets / sizeof markets[0]; i++)
      if (strcmp(name, markets[i].name) == 0) status = markets[i].kernel(x, n, &supply, &answer, &error);
  }
  need(status, &error);
  return answered(&answer);
}

typedef critmin_status balancing(const critmin_balance *, critmin_answer *, critmin_error *);

static const struct {
  const char *name;
  balancing *kernel;
} balances[] = {
    {"apparent_consumption", critmin_apparent_consumption}, {"net_import_reliance", critmin_net_import_reliance},
    {"import_reliance", critmin_import_reliance},           {"self_sufficiency", critmin_self_sufficiency},
    {"trade_exposure", critmin_trade_exposure},
};

/* One number, or low, value and high. */
static void term(SEXP terms, const char *name, critmin_interval *interval) {
  SEXP given = element(terms, name);
  if (Rf_isNull(given)) return;
  const double *x = REAL(given);
  *interval = Rf_xlength(given) == 3 ? (critmin_interval){.value = x[1], .low = x[0], .high = x[2]}
                                     : (critmin_interval){.value = x[0], .low = x[0], .high = x[0]};
}

SEXP r_balance(SEXP kernel, SEXP terms) {
  critmin_error error;
  critmin_answer answer;
  critmin_balance balance;
  critmin_answer_init(&answer);
  critmin_balance_init(&balance);
  term(terms, "production", &balance.production);
  term(terms, "secondary", &balance.secondary);
  term(terms, "imports", &balance.imports);
  term(terms, "exports", &balance.exports);
  term(terms, "stock_change", &balance.stock_change);
  term(terms, "apparent_consumption", &balance.apparent_consumption);
  const char *name = text_or_null(kernel);
  for (size_t i = 0; i < sizeof balances / sizeof balances[0]; i++)
    if (strcmp(name, balances[i].name) == 0) need(balances[i].kernel(&balance, &answer, &error), &error);
  return answered(&answer);
}
