/* SPDX-License-Identifier: MIT */
/*
 * Reading a market. The rules, in order:
 * - the residual is the printed "other countries", and what a published total leaves beyond the most that all parts can
 *   be (a gap). A gap within the total's own rounding, or within that of sums of doubles, is none: nobody unlisted holds it, but
 *   shares are of the printed total all the same, and their ends those of its rounding;
 * - without a gap the cells inside fill the total, so that the others bound each of them;
 * - a total below the least of the published parts is not used (TOTAL_BELOW_SUM); one that only the lower ends of
 *   withheld cells exceed contradicts them (OUT_OF_RANGE_INPUT): no interval is given.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "metrics/bounds.h"

/* Differences of sums below this part of them are those of adding doubles. */
static const double noise = 1e-12;

static double entry(const double *array, int64_t row) { return array ? array[row] : NAN; }

static void interval(const cm_market *m, int64_t row, double *low, double *high) {
  double value = m->quantity[row];
  *low = entry(m->supply.low, row);
  *high = entry(m->supply.high, row);
  if (isnan(*low)) *low = isnan(value) ? 0 : value;
  if (isnan(*high)) *high = isnan(value) ? INFINITY : value;
}

int cm_market_known(const cm_market *m, int64_t row, double *quantity) {
  double low, high;
  interval(m, row, &low, &high);
  if (low < high) return 0;
  *quantity = low * m->scale;
  return 1;
}

const cm_cell *cm_market_cell(const cm_market *m, int64_t row) {
  size_t i = 0;
  while (m->cells[i].row != row) i++;
  return &m->cells[i];
}

double cm_market_middle(const cm_market *m, int64_t row) {
  double quantity;
  return cm_market_known(m, row, &quantity) ? quantity : cm_market_cell(m, row)->middle;
}

int cm_market_exact(const cm_market *m) { return m->count == 0 && m->residual_high == 0; }

static critmin_status check_supply(const critmin_supply *given, critmin_supply *supply, critmin_error *error) {
  critmin_supply_init(supply);
  if (!given) return CRITMIN_OK;
  if (given->struct_size < sizeof *supply)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "supply.struct_size is %u, less than any version of critmin_supply; call critmin_supply_init() first",
                   (unsigned)given->struct_size);
  memcpy(supply, given, sizeof *supply);
  if (supply->residual_value < CRITMIN_RESIDUAL_MID || supply->residual_value > CRITMIN_RESIDUAL_UPPER)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "supply.residual_value is %d; give a CRITMIN_RESIDUAL_ constant",
                   (int)supply->residual_value);
  if (supply->reserved != 0)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "supply.reserved is %d; it has to be 0", (int)supply->reserved);
  if (supply->unlisted_max < 0)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "supply.unlisted_max is %lld; give 0 when it is not known",
                   (long long)supply->unlisted_max);
  if (!(supply->unlisted_cutoff >= 0 && supply->unlisted_cutoff <= 1))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "supply.unlisted_cutoff is %g; give a share from 0 to 1, 0 for none",
                   supply->unlisted_cutoff);
  const struct {
    const char *name;
    double number;
  } numbers[] = {{"total", supply->total},
                 {"total_low", supply->total_low},
                 {"total_high", supply->total_high},
                 {"other", supply->other}};
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
    if (isinf(numbers[i].number))
      return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "supply.%s is infinite; give NaN when it is not known",
                     numbers[i].name);
    if (numbers[i].number < 0)
      return cm_fail(error, CRITMIN_ERROR_NEGATIVE, "supply.%s is %g; a quantity cannot be below zero", numbers[i].name,
                     numbers[i].number);
  }
  if (isnan(supply->total) && !(isnan(supply->total_low) && isnan(supply->total_high)))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "supply.total_low or total_high is given without a total; give one");
  if (supply->total_low > supply->total || supply->total_high < supply->total)
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "supply.total %g lies outside total_low %g to total_high %g",
                   supply->total, supply->total_low, supply->total_high);
  if (isnan(supply->total_low)) supply->total_low = supply->total;
  if (isnan(supply->total_high)) supply->total_high = supply->total;
  return CRITMIN_OK;
}

static critmin_status check_row(const cm_market *m, int64_t row, critmin_error *error) {
  const struct {
    const char *name;
    double number;
  } numbers[] = {
      {"quantity", m->quantity[row]}, {"low", entry(m->supply.low, row)}, {"high", entry(m->supply.high, row)}};
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
    if (numbers[i].number < 0) {
      cm_fail(error, CRITMIN_ERROR_NEGATIVE, "%s of producer %lld is %g; a quantity cannot be below zero", numbers[i].name,
              (long long)row, numbers[i].number);
      return cm_fail_at(error, CRITMIN_ERROR_NEGATIVE, row + 1, 0);
    }
    if (isinf(numbers[i].number)) {
      cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "%s of producer %lld is infinite; give NaN when it is not known",
              numbers[i].name, (long long)row);
      return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, row + 1, 0);
    }
  }
  double low, high, value = m->quantity[row];
  interval(m, row, &low, &high);
  if (low > high || value < low || value > high) {
    cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "producer %lld: quantity %g, low %g and high %g are not in order", (long long)row,
            value, low, high);
    return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, row + 1, 0);
  }
  return CRITMIN_OK;
}

/* A quantity without an interval, as most are: nothing of it can be out of order. */
static int is_plain(const cm_market *m, int64_t row) {
  double value = m->quantity[row];
  return value >= 0 && value <= DBL_MAX && isnan(entry(m->supply.low, row)) && isnan(entry(m->supply.high, row));
}

/* A power of two: multiplying by it changes no digit. */
static double scale_for(double largest) {
  int exponent = 0;
  if (largest > 0) frexp(largest, &exponent);
  return ldexp(1, exponent < -1000 ? 1000 : -exponent);
}

typedef struct sums {
  double low, high;
  int unbounded; /* how many upper ends are infinite; they are not in `high` */
} sums;

static sums add_up(const cm_cell *cells, size_t first, size_t last) {
  sums s = {0};
  for (size_t i = first; i < last; i++) {
    s.low += cells[i].low;
    if (isinf(cells[i].high)) s.unbounded++;
    else s.high += cells[i].high;
  }
  return s;
}

/* Each cell is bounded by what the others leave, until nothing moves. Sums that are exact stop it in the second round; the
   limit is for those that creep by one bit. */
static void propagate(cm_market *m) {
  for (int round = 0, moved = 1; moved && round < 16; round++) {
    moved = 0;
    sums s = add_up(m->cells, 0, m->inside);
    for (size_t i = 0; i < m->inside; i++) {
      cm_cell *cell = &m->cells[i];
      int others_unbounded = s.unbounded - (isinf(cell->high) ? 1 : 0);
      double others_high = isinf(cell->high) ? s.high : s.high - cell->high;
      double high = fmax(m->sum_high - (s.low - cell->low), cell->low);
      double low = others_unbounded ? 0 : fmin(m->sum_low - others_high, cell->high);
      if (low < cell->low + noise) low = cell->low; /* what sums of doubles leave is no least quantity */
      if (high < cell->high || low > cell->low) moved = 1;
      cell->high = fmin(cell->high, high);
      cell->low = fmin(fmax(cell->low, low), cell->high);
    }
  }
}

/*
 * The completion that the value is of: published cells at their value; a withheld one without an upper end at its least;
 * the other withheld ones at the same part of the way from low to high, half of it where they are free, else the part that
 * makes the parts meet the total. Where that is not enough, published cells that carry an interval move within it.
 */
static void complete_free(cm_cell *cells, size_t first, size_t last) {
  for (size_t i = first; i < last; i++) {
    cm_cell *cell = &cells[i];
    if (!isnan(cell->value)) cell->middle = cell->value;
    else cell->middle = isinf(cell->high) ? cell->low : cell->low + (cell->high - cell->low) / 2;
  }
}

static void complete_inside(cm_market *m, double wanted) {
  double published = 0, low = 0, width = 0;
  int withheld = 0;
  for (size_t i = 0; i < m->inside; i++) {
    cm_cell *cell = &m->cells[i];
    if (isnan(cell->value)) {
      withheld = 1;
      low += cell->low;
      width += cell->high - cell->low;
    } else {
      cell->middle = fmin(fmax(cell->value, cell->low), cell->high);
      published += cell->middle;
    }
  }
  double part = width > 0 ? (wanted - published - low) / width : 0;
  part = part < 0 ? 0 : part > 1 ? 1 : part;
  if (withheld)
    for (size_t i = 0; i < m->inside; i++)
      if (isnan(m->cells[i].value)) m->cells[i].middle = m->cells[i].low + part * (m->cells[i].high - m->cells[i].low);
  double sum = published + low + part * width;
  double target = sum < m->sum_low ? m->sum_low : sum > m->sum_high ? m->sum_high : sum;
  double room = 0;
  for (size_t i = 0; i < m->inside; i++)
    room += (target > sum ? m->cells[i].high : m->cells[i].low) - m->cells[i].middle;
  if (room == 0) return;
  part = (target - sum) / room;
  if (part > 1) part = 1;
  for (size_t i = 0; i < m->inside; i++) {
    cm_cell *cell = &m->cells[i];
    cell->middle += part * ((target > sum ? cell->high : cell->low) - cell->middle);
  }
}

/* Sums the known rows and collects the others: inside ones first when `inside` is asked for. */
static critmin_status collect(cm_market *m, int has_total, double *inside_known, double *outside_known, critmin_error *error) {
  const int32_t *outside = has_total ? m->supply.outside : NULL;
  size_t cells = 0, of_inside = 0;
  double quantity;
  *inside_known = *outside_known = 0;
  for (int64_t row = 0; row < m->n; row++) {
    int out = outside && outside[row];
    if (out) m->flags |= CRITMIN_FLAG_TOTAL_EXCLUDES;
    if (cm_market_known(m, row, &quantity)) *(out ? outside_known : inside_known) += quantity;
    else {
      cells++;
      of_inside += !out;
    }
    if (isnan(m->quantity[row])) m->flags |= CRITMIN_FLAG_WITHHELD_USED;
  }
  m->fixed = *inside_known + *outside_known;
  if (cells == 0) return CRITMIN_OK;
  m->flags |= CRITMIN_FLAG_WITHHELD_USED;
  m->cells = cm_alloc_array(cells, sizeof *m->cells);
  if (!m->cells) return cm_fail_memory(error);
  size_t in = 0, out_at = of_inside;
  for (int64_t row = 0; row < m->n; row++) {
    if (cm_market_known(m, row, &quantity)) continue;
    cm_cell *cell = &m->cells[outside && outside[row] ? out_at++ : in++];
    interval(m, row, &cell->low, &cell->high);
    cell->low *= m->scale;
    cell->high *= m->scale;
    cell->value = m->quantity[row] * m->scale;
    cell->weight = cell->count = 1;
    cell->row = row;
  }
  m->inside = of_inside;
  m->count = cells;
  return CRITMIN_OK;
}

/* Confronts the parts with the published total. */
static void settle(cm_market *m, int has_total, double inside_known, double other) {
  double total_low = m->supply.total_low * m->scale, total_high = m->supply.total_high * m->scale;
  double total = m->supply.total * m->scale;
  sums s = add_up(m->cells, 0, m->inside);
  double published = inside_known + other;
  for (size_t i = 0; i < m->inside; i++)
    if (!isnan(m->cells[i].value)) published += m->cells[i].low;
  double least = inside_known + other + s.low;
  double most = s.unbounded ? INFINITY : inside_known + other + s.high;
  m->residual_low = m->residual_high = m->residual = other;
  double tolerance = noise * fmax(total, least);
  if (has_total && published > total_high + tolerance) {
    m->flags |= CRITMIN_FLAG_TOTAL_BELOW_SUM;
    has_total = 0;
  }
  if (has_total && least > total_high + tolerance) {
    m->flags |= CRITMIN_FLAG_OUT_OF_RANGE_INPUT;
    m->contradiction = 1;
    has_total = 0;
  }
  if (!has_total) {
    complete_free(m->cells, 0, m->count);
    m->inside = 0;
    return;
  }
  complete_free(m->cells, m->inside, m->count);
  m->sum_low = fmax(total_low - inside_known - other, s.low);
  m->sum_high = fmax(total_high - inside_known - other, s.low);
  if (m->sum_low < s.low + tolerance) m->sum_low = s.low;
  if (m->sum_high < s.low + tolerance) m->sum_high = s.low;
  if (most < total_low - tolerance) {
    m->gap = 1;
    m->sum_low = total_low - inside_known;
    m->sum_high = total_high - inside_known;
    m->residual_low = m->sum_low - s.high;
    m->residual_high = m->sum_high - s.low;
    complete_free(m->cells, 0, m->inside);
    m->residual = total - inside_known;
    for (size_t i = 0; i < m->inside; i++) m->residual -= m->cells[i].middle;
    return;
  }
  if (!s.unbounded) {
    m->sum_low = fmin(m->sum_low, s.high);
    m->sum_high = fmin(m->sum_high, s.high);
  }
  propagate(m);
  complete_inside(m, fmin(fmax(total - inside_known - other, m->sum_low), m->sum_high));
}

/* Known parts that differ from the printed total by no more than it was rounded: the total is what is published, and shares are of it. */
static void round_total(cm_market *m, int has_total, double parts) {
  m->rounding_low = m->rounding = m->rounding_high = 1;
  if (!has_total || m->inside > 0 || m->gap || m->flags & CRITMIN_FLAG_TOTAL_BELOW_SUM || m->contradiction || m->supply.listed_only ||
      m->residual_high > m->residual_low || !(parts > 0))
    return;
  double total = m->supply.total * m->scale, low = m->supply.total_low * m->scale, high = m->supply.total_high * m->scale;
  double outside_low = m->fixed + m->residual - parts, outside = outside_low;
  for (size_t i = 0; i < m->count; i++) {
    outside_low += m->cells[i].low;
    outside += m->cells[i].middle;
  }
  /* The larger what is outside, the less the rounding matters: its least gives the ends. */
  m->rounding_low = fmin((parts + outside_low) / (high + outside_low), 1);
  m->rounding_high = low > 0 || outside_low > 0 ? fmax((parts + outside_low) / (low + outside_low), 1) : 1;
  m->rounding = fmin(fmax((parts + outside) / (total + outside), m->rounding_low), m->rounding_high);
  /* A total that its largest part fills alone, while others have a part too, was rounded too far to tell a share: the sum does, and the
     largest leaves the others what they hold of the most that the total can be. */
  double largest = 0, quantity, whole = parts + outside;
  for (int64_t row = 0; row < m->n; row++)
    if (cm_market_known(m, row, &quantity)) largest = fmax(largest, quantity);
  if (!(largest >= total + outside) || !(whole > largest)) return;
  m->rounding = 1;
  m->rounding_high = fmax((1 - (whole - largest) / (high + outside)) * whole / largest, 1);
}

critmin_status cm_market_read(cm_market *m, const double *quantity, int64_t n, const critmin_supply *supply,
                              critmin_error *error) {
  memset(m, 0, sizeof *m);
  if (n < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "n is %lld; it cannot be below 0", (long long)n);
  if (!quantity && n > 0) return cm_fail_null(error, "quantity");
  critmin_status status = check_supply(supply, &m->supply, error);
  if (status) return status;
  m->quantity = quantity;
  m->n = n;
  double largest = fmax(isnan(m->supply.total_high) ? 0 : m->supply.total_high, isnan(m->supply.other) ? 0 : m->supply.other);
  for (int64_t row = 0; row < n; row++) {
    if (is_plain(m, row)) {
      if (quantity[row] > largest) largest = quantity[row];
      continue;
    }
    status = check_row(m, row, error);
    if (status) return status;
    double low, high;
    interval(m, row, &low, &high);
    largest = fmax(largest, isinf(high) ? low : high);
  }
  m->scale = scale_for(largest);
  int has_total = !isnan(m->supply.total);
  double inside_known, outside_known, other = isnan(m->supply.other) ? 0 : m->supply.other * m->scale;
  status = collect(m, has_total, &inside_known, &outside_known, error);
  if (status) return status;
  settle(m, has_total, inside_known, other);
  if (supply && !has_total) m->flags |= CRITMIN_FLAG_NO_TOTAL;

  int unbounded = add_up(m->cells, m->inside, m->count).unbounded > 0;
  if (unbounded) m->flags |= CRITMIN_FLAG_UNBOUNDED;
  double known = m->fixed, most = m->fixed;
  m->sum = m->fixed;
  for (size_t i = 0; i < m->count; i++) {
    m->sum += m->cells[i].middle;
    most += m->cells[i].high;
    if (!isnan(m->cells[i].value)) known += m->cells[i].middle;
  }
  double whole = m->sum + m->residual;
  if (m->supply.listed_only) {
    m->flags |= CRITMIN_FLAG_LISTED_ONLY;
    m->residual_low = m->residual_high = m->residual = 0;
    if (m->gap) { /* what the total bounded was the residual */
      m->gap = 0;
      m->inside = 0;
      m->sum_low = m->sum_high = 0;
    }
  }
  round_total(m, has_total, inside_known + other);
  m->sum += m->residual;
  most += m->residual_high;
  if (m->residual_high > 0) m->flags |= CRITMIN_FLAG_RESIDUAL_USED;
  if (n == 0 || !(m->sum > 0)) {
    m->nothing = 1;
    m->flags |= n > 0 && most == 0 ? CRITMIN_FLAG_ZERO_TOTAL : CRITMIN_FLAG_NO_DATA;
  }
  m->coverage = m->nothing || unbounded ? NAN : fmin(known / whole, 1);
  double cutoff = m->supply.unlisted_cutoff;
  if (m->supply.unlisted_max > 0 && cutoff > 0 &&
      (double)m->supply.unlisted_max * cutoff * m->sum < m->residual * (1 - noise)) {
    m->flags |= CRITMIN_FLAG_OUT_OF_RANGE_INPUT; /* so many of that size cannot hold it: neither is believed */
    m->supply.unlisted_max = 0;
    m->supply.unlisted_cutoff = 0;
  }
  return CRITMIN_OK;
}

void cm_market_free(cm_market *m) {
  cm_free(m->cells);
  m->cells = NULL;
}
