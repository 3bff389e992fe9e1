/* SPDX-License-Identifier: MIT */
#include "critmin/dependency.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/error.h"
#include "metrics/bounds.h"
#include "metrics/interval.h"

void critmin_balance_init(critmin_balance *balance) {
  static const critmin_interval unknown = {NAN, NAN, NAN}, none = {0, 0, 0};
  if (!balance) return;
  memset(balance, 0, sizeof *balance);
  balance->struct_size = sizeof *balance;
  balance->production = balance->imports = balance->exports = balance->apparent_consumption = unknown;
  balance->secondary = balance->stock_change = none;
}

int32_t critmin_balance_size(void) { return (int32_t)sizeof(critmin_balance); }

/* What the kernels compute with: every term whole, or wholly NaN. */
typedef struct balance {
  critmin_interval p, r, m, x, ds, ac;
  int printed; /* AC is the published one */
} balance;

static int known(critmin_interval i) { return cm_interval_known(i); }

static critmin_status term(const char *name, critmin_interval in, int signed_term, critmin_interval *out,
                           critmin_error *error) {
  return cm_interval_read(name, &in, signed_term ? -INFINITY : 0, INFINITY, out, error);
}

static critmin_interval plus(critmin_interval a, critmin_interval b) {
  critmin_interval sum = {a.value + b.value, a.low + b.low, a.high + b.high};
  return sum;
}

static critmin_interval minus(critmin_interval a, critmin_interval b) {
  critmin_interval difference = {a.value - b.value, a.low - b.high, a.high - b.low};
  return difference;
}

static critmin_interval net(const balance *b) { return plus(minus(b->m, b->x), b->ds); }
static critmin_interval made(const balance *b) { return plus(b->p, b->r); }

static critmin_status begin(const critmin_balance *in, balance *out, const critmin_answer *answer, critmin_error *error) {
  critmin_status checked = cm_answer_check(answer, error);
  if (checked != CRITMIN_OK) return checked;
  if (!in) return cm_fail_null(error, "balance");
  if (in->struct_size < offsetof(critmin_balance, apparent_consumption) + sizeof in->apparent_consumption)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "balance.struct_size is %u; call critmin_balance_init() first",
                   (unsigned)in->struct_size);
  critmin_status status = term("production", in->production, 0, &out->p, error);
  if (status == CRITMIN_OK) status = term("secondary", in->secondary, 0, &out->r, error);
  if (status == CRITMIN_OK) status = term("imports", in->imports, 0, &out->m, error);
  if (status == CRITMIN_OK) status = term("exports", in->exports, 0, &out->x, error);
  if (status == CRITMIN_OK) status = term("stock_change", in->stock_change, 1, &out->ds, error);
  if (status == CRITMIN_OK) status = term("apparent_consumption", in->apparent_consumption, 1, &out->ac, error);
  if (status != CRITMIN_OK) return status;
  out->printed = known(out->ac);
  if (!out->printed) out->ac = plus(made(out), net(out));
  return CRITMIN_OK;
}

/* An answer from an interval; one that is not known is NO_DATA. */
static critmin_answer answered(critmin_interval i) {
  critmin_answer a;
  critmin_answer_init(&a);
  if (!known(i)) {
    a.flags = CRITMIN_FLAG_NO_DATA;
    return a;
  }
  a.value = i.value;
  a.low = i.low;
  a.high = i.high;
  return a;
}

static critmin_status give(const critmin_answer *a, critmin_answer *answer, critmin_error *error) {
  cm_market none = {.n = a->n_used, .coverage = a->coverage};
  return cm_answer_write(answer, &none, a->value, a->low, a->high, a->flags, error);
}

/* numerator / denominator over the box of both, the denominator above zero at its value. */
static critmin_answer ratio(critmin_interval numerator, critmin_interval denominator) {
  critmin_answer a = answered(numerator);
  if (!known(numerator) || !known(denominator)) {
    critmin_interval unknown = {NAN, NAN, NAN};
    return answered(unknown);
  }
  if (!(denominator.value > 0)) {
    a.value = a.low = a.high = NAN;
    a.flags = CRITMIN_FLAG_UNDEFINED | CRITMIN_FLAG_NEG_CONSUMPTION;
    return a;
  }
  a.value = numerator.value / denominator.value;
  if (denominator.low > 0) {
    a.low = numerator.low / (numerator.low > 0 ? denominator.high : denominator.low);
    a.high = numerator.high / (numerator.high > 0 ? denominator.low : denominator.high);
  } else {
    a.low = numerator.low > 0 ? numerator.low / denominator.high : -INFINITY;
    a.high = INFINITY;
    a.flags |= CRITMIN_FLAG_NEG_CONSUMPTION;
  }
  return a;
}

static critmin_answer reliance(const balance *b) {
  critmin_interval n = net(b), s = made(b);
  critmin_answer a;
  if (b->printed || !known(n) || !known(s)) {
    a = ratio(n, b->ac);
  } else if (!(b->ac.value > 0)) {
    a = ratio(n, b->ac);
  } else {
    /* n / (s + n): it rises with n, falls with s where n > 0 and rises with s where n < 0. */
    critmin_interval none = {0, 0, 0};
    a = answered(none);
    a.value = n.value / b->ac.value;
    if (b->ac.low > 0) {
      a.low = n.low / ((n.low > 0 ? s.high : s.low) + n.low);
    } else {
      a.low = -INFINITY;
      a.flags |= CRITMIN_FLAG_NEG_CONSUMPTION;
    }
    double from = n.high > 0 ? s.low : s.high;
    a.high = n.high == 0 ? 0 : n.high / (from + n.high);
  }
  if (n.value < 0) a.flags |= CRITMIN_FLAG_NET_EXPORTER;
  return a;
}

critmin_status critmin_apparent_consumption(const critmin_balance *in, critmin_answer *answer, critmin_error *error) {
  balance b;
  critmin_status status = begin(in, &b, answer, error);
  if (status != CRITMIN_OK) return status;
  critmin_answer a = answered(b.ac);
  if (b.ac.low <= 0) a.flags |= CRITMIN_FLAG_NEG_CONSUMPTION;
  return give(&a, answer, error);
}

critmin_status critmin_net_import_reliance(const critmin_balance *in, critmin_answer *answer, critmin_error *error) {
  balance b;
  critmin_status status = begin(in, &b, answer, error);
  if (status != CRITMIN_OK) return status;
  critmin_answer a = reliance(&b);
  return give(&a, answer, error);
}

critmin_status critmin_import_reliance(const critmin_balance *in, critmin_answer *answer, critmin_error *error) {
  balance b;
  critmin_status status = begin(in, &b, answer, error);
  if (status != CRITMIN_OK) return status;
  critmin_interval d = minus(b.m, b.x);
  critmin_answer a = answered(d);
  if (!known(d)) return give(&a, answer, error);
  if (!known(b.p) && d.high > 0) {
    /* Nothing is known of production: any share between none and all. */
    a.flags = CRITMIN_FLAG_NO_DATA;
    a.value = a.low = a.high = NAN;
    return give(&a, answer, error);
  }
  if (d.value <= 0) {
    a.value = 0;
    a.flags |= CRITMIN_FLAG_NET_EXPORTER;
    if (d.value == 0 && b.p.value == 0) {
      a.value = NAN;
      a.flags = CRITMIN_FLAG_UNDEFINED;
    } else if (b.p.value + d.value < 0) {
      a.flags |= CRITMIN_FLAG_NEG_CONSUMPTION;
    }
  } else {
    a.value = d.value / (b.p.value + d.value);
  }
  a.low = d.low > 0 ? d.low / (b.p.high + d.low) : 0;
  a.high = d.high > 0 ? d.high / (b.p.low + d.high) : 0;
  if (isnan(a.value)) a.low = a.high = NAN;
  return give(&a, answer, error);
}

critmin_status critmin_self_sufficiency(const critmin_balance *in, critmin_answer *answer, critmin_error *error) {
  balance b;
  critmin_status status = begin(in, &b, answer, error);
  if (status != CRITMIN_OK) return status;
  critmin_answer a;
  if (b.printed) {
    a = ratio(made(&b), b.ac);
  } else {
    critmin_answer n = reliance(&b);
    a = n;
    a.value = 1 - n.value;
    a.low = 1 - n.high;
    a.high = 1 - n.low;
  }
  if (a.value > 1) a.flags |= CRITMIN_FLAG_NET_EXPORTER;
  return give(&a, answer, error);
}

static double cut(double share) { return share < 0 ? 0 : share > 1 ? 1 : share; }

critmin_status critmin_trade_exposure(const critmin_balance *in, critmin_answer *answer, critmin_error *error) {
  balance b;
  critmin_status status = begin(in, &b, answer, error);
  if (status != CRITMIN_OK) return status;
  critmin_answer a = reliance(&b);
  if (a.value < 0 || a.value > 1) a.flags |= CRITMIN_FLAG_CLAMPED;
  a.value = isnan(a.value) ? NAN : cut(a.value);
  a.low = isnan(a.low) ? NAN : cut(a.low);
  a.high = isnan(a.high) ? NAN : cut(a.high);
  return give(&a, answer, error);
}

critmin_status critmin_partner_share(const critmin_balance *in, const critmin_interval *imports_from,
                                     const critmin_interval *exports_to, int32_t denominator, critmin_answer *answer,
                                     critmin_error *error) {
  balance b;
  critmin_interval from, to = {0, 0, 0};
  critmin_status status = begin(in, &b, answer, error);
  if (status != CRITMIN_OK) return status;
  if (!imports_from) return cm_fail_null(error, "imports_from");
  if (denominator < CRITMIN_OVER_SUPPLY || denominator > CRITMIN_NET_OVER_CONSUMPTION)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "denominator %d is none of the CRITMIN_OVER_ constants", (int)denominator);
  int is_net = denominator == CRITMIN_NET_OVER_CONSUMPTION;
  if (is_net && !exports_to) return cm_fail_null(error, "exports_to");
  status = term("imports_from", *imports_from, 0, &from, error);
  if (status == CRITMIN_OK && is_net) status = term("exports_to", *exports_to, 0, &to, error);
  if (status != CRITMIN_OK) return status;
  if (known(from) && known(b.m) && from.low > b.m.high)
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "imports_from is %g, more than all imports, %g", from.value, b.m.value);
  critmin_interval over = b.ac;
  if (denominator == CRITMIN_OVER_IMPORTS) over = b.m;
  if (denominator == CRITMIN_OVER_SUPPLY) {
    critmin_interval released = {fmax(b.ds.value, 0), fmax(b.ds.low, 0), fmax(b.ds.high, 0)};
    if (!known(b.ds)) released = b.ds;
    over = plus(plus(made(&b), b.m), released);
  }
  critmin_answer a = ratio(is_net ? minus(from, to) : from, over);
  if (denominator <= CRITMIN_OVER_IMPORTS) {
    /* The partner's part is in the whole, so the share cannot pass 1; a whole of nothing has no parts. */
    if (a.flags & CRITMIN_FLAG_NEG_CONSUMPTION) a.flags ^= CRITMIN_FLAG_NEG_CONSUMPTION;
    if (a.flags & CRITMIN_FLAG_UNDEFINED) a.flags |= CRITMIN_FLAG_ZERO_TOTAL;
    if (a.high > 1) a.high = 1;
    if (a.low < 0) a.low = 0;
  }
  return give(&a, answer, error);
}

critmin_status critmin_n_minus_1_net(const double *quantity, int64_t n, int64_t index, double demand, double own_demand,
                                     const critmin_supply *supply, critmin_answer *answer, critmin_error *error) {
  if (isinf(demand) || isinf(own_demand))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "a demand is not finite");
  if (own_demand < 0) return cm_fail(error, CRITMIN_ERROR_NEGATIVE, "own_demand is %g; it cannot be below zero", own_demand);
  if (own_demand > demand)
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "own_demand is %g, more than all demand, %g", own_demand, demand);
  critmin_status status = cm_answer_check(answer, error);
  if (status != CRITMIN_OK) return status;
  critmin_answer a;
  critmin_answer_init(&a);
  /* Over a demand of 1 the gross form is what is left. */
  status = critmin_n_minus_1(quantity, n, index, 1, supply, &a, error);
  if (status != CRITMIN_OK) return status;
  double rest = demand - own_demand;
  if (isnan(rest)) {
    a.value = a.low = a.high = NAN;
    a.flags |= CRITMIN_FLAG_NO_DATA;
  } else if (rest <= 0) {
    a.value = a.low = a.high = NAN;
    a.flags |= CRITMIN_FLAG_UNDEFINED;
  } else {
    a.value /= rest;
    a.low /= rest;
    a.high /= rest;
  }
  return give(&a, answer, error);
}
