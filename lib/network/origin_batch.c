/* SPDX-License-Identifier: MIT */
/* One trace through many networks. */
#include <stddef.h>

#include "base/error.h"
#include "base/thread.h"
#include "network/trace.h"

typedef struct batch {
  const critmin_network *const *network;
  const critmin_trace *trace;
  double *share, *unknown;
} batch;

static critmin_status one(const batch *b, int64_t i, critmin_error *error) {
  const critmin_network *n = b->network[i];
  if (!n) return cm_fail_null(error, "network");
  if (n->countries != b->network[0]->countries)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "a network of %d countries beside one of %d", (int)n->countries,
                   (int)b->network[0]->countries);
  return critmin_origin_row(n, b->trace, b->share + i * n->countries, NULL, b->unknown ? b->unknown + i : NULL, error);
}

static int32_t some(void *user, int64_t first, int64_t last) {
  for (int64_t i = first; i < last; i++)
    if (one(user, i, NULL) != CRITMIN_OK) return 1;
  return 0;
}

critmin_status critmin_origin_batch(const critmin_network *const *network, int64_t networks, const critmin_trace *trace,
                                    double *share, double *unknown, int32_t threads, critmin_error *error) {
  if (networks < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "`networks` is below 0");
  if (networks && !network) return cm_fail_null(error, "network");
  if (networks && !share) return cm_fail_null(error, "share");
  if (networks && !network[0]) return cm_fail_null(error, "network");
  batch b = {network, trace, share, unknown};
  if (cm_parallel(threads, networks, 1, some, &b)) {
    /* Whichever thread met a failure, the first in order is told. */
    for (int64_t i = 0; i < networks; i++) {
      critmin_status status = one(&b, i, error);
      if (status != CRITMIN_OK) return cm_fail_at(error, status, i + 1, 0);
    }
  }
  return cm_ok(error);
}
