/* SPDX-License-Identifier: MIT */
/* Running an ensemble: pieces of draws that threads take, and that are put together in their order. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/thread.h"
#include "exposure/check.h"
#include "exposure/ensemble.h"

/* Draws of a piece; a piece begins at a multiple of them. Pieces that are in memory at once. */
enum { PIECE_BITS = 10, PIECE = 1 << PIECE_BITS, PIECES = 64, NODES = 2 * PIECE_BITS + 2 };

static const int64_t DRAWS_MAX = INT64_C(1) << 40;
static const double LOSS_MAX = 1e140; /* the sum of the squares of 2^40 of them is a double */

typedef struct piece {
  cm_nodes nodes; /* room for all that a piece can leave, so that none is asked for */
  double *loss;
} piece;

typedef struct run {
  const cm_ensemble_plan *plan;
  piece piece[PIECES];
  int64_t first, end; /* draws */
  int64_t begin;      /* of the first piece in memory */
  int64_t origin;     /* first draw of all */
  double *loss, *unmet;
} run;

static int32_t draw_pieces(void *user, int64_t first, int64_t last) {
  run *r = user;
  const cm_ensemble_plan *p = r->plan;
  cm_draw_room room;
  if (!cm_draw_room_make(p, &room)) return 1;
  int done = 1;
  for (int64_t i = first; i < last && done; i++) {
    piece *at = &r->piece[i];
    int64_t from = r->begin + i * PIECE, to = from + PIECE;
    if (from < r->first) from = r->first;
    if (to > r->end) to = r->end;
    at->nodes.count = 0;
    for (int64_t draw = from; draw < to; draw++) {
      double loss;
      done = cm_draw(p, &room, draw, to, &loss);
      if (!done) break;
      double *sums = cm_nodes_next(&at->nodes);
      p->loops.record(room.unmet, p->negligible, sums, p->padded);
      double *losses = sums + 3 * p->padded;
      losses[0] = loss;
      losses[1] = loss * loss;
      for (int k = 2; k < 8; k++) losses[k] = 0;
      cm_nodes_take(&at->nodes, (cm_node){draw, 0});
      at->loss[draw - from] = loss;
      if (r->loss) r->loss[draw - r->origin] = loss;
      if (r->unmet)
        memcpy(r->unmet + (draw - r->origin) * p->e->users, room.unmet, (size_t)p->e->users * sizeof *r->unmet);
    }
  }
  cm_draw_room_free(&room);
  return !done;
}

/* Adds the pieces that were drawn. */
static critmin_status gather(run *r, int64_t pieces, critmin_draws *draws, critmin_error *error) {
  for (int64_t i = 0; i < pieces; i++) {
    piece *at = &r->piece[i];
    int64_t from = r->begin + i * PIECE, to = from + PIECE;
    if (from < r->first) from = r->first;
    if (to > r->end) to = r->end;
    for (int64_t k = 0; k < at->nodes.count; k++)
      if (!cm_nodes_push(&draws->nodes, at->nodes.node[k], at->nodes.sum + k * at->nodes.width))
        return cm_fail_memory(error);
    for (int64_t k = 0; k < to - from; k++) {
      if (!(at->loss[k] <= LOSS_MAX))
        return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
                       "the loss of draw %lld is %g, beyond what can be summed; use larger units",
                       (long long)(from + k), at->loss[k]);
      if (!cm_bins_reserve(draws->law, at->loss[k])) return cm_fail_memory(error);
      cm_bins_add(draws->law, at->loss[k], NULL);
    }
    draws->count += to - from;
  }
  return CRITMIN_OK;
}

static critmin_status draw_all(run *r, int64_t pieces_at_once, int32_t threads, critmin_progress progress, void *user,
                               critmin_draws *draws, critmin_error *error) {
  int64_t all = r->end - r->first;
  for (r->begin = r->first / PIECE * PIECE; r->begin < r->end; r->begin += pieces_at_once * PIECE) {
    int64_t done = r->begin > r->first ? r->begin - r->first : 0;
    if (progress && progress(user, done, all))
      return cm_fail(error, CRITMIN_ERROR_CANCELLED, "cancelled after %lld of %lld draws", (long long)done,
                     (long long)all);
    int64_t pieces = (r->end - r->begin + PIECE - 1) / PIECE;
    if (pieces > pieces_at_once) pieces = pieces_at_once;
    if (cm_parallel(threads, pieces, 1, draw_pieces, r)) return cm_fail_memory(error);
    critmin_status status = gather(r, pieces, draws, error);
    if (status != CRITMIN_OK) return status;
  }
  return CRITMIN_OK;
}

static int make_pieces(run *r, int64_t pieces) {
  for (int64_t i = 0; i < pieces; i++) {
    cm_nodes *n = &r->piece[i].nodes;
    n->width = cm_sums_width(r->plan->padded);
    n->room = NODES;
    n->node = cm_alloc_array(NODES, sizeof *n->node);
    n->sum = cm_alloc_array(NODES, (size_t)n->width * sizeof *n->sum);
    r->piece[i].loss = cm_alloc_array(PIECE, sizeof *r->piece[i].loss);
    if (!n->node || !n->sum || !r->piece[i].loss) return 0;
  }
  return 1;
}

static void free_pieces(run *r) {
  for (int64_t i = 0; i < PIECES; i++) {
    cm_nodes_free(&r->piece[i].nodes);
    cm_free(r->piece[i].loss);
  }
}

static critmin_status check_range(int64_t first, int64_t count, int32_t threads, critmin_error *error) {
  if (first < 0 || count < 1 || count > DRAWS_MAX || first > DRAWS_MAX - count)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "draws %lld to %lld are not within 0 to 2^40 - 1, or none",
                   (long long)first, (long long)(first + (count < 0 || count > DRAWS_MAX ? 0 : count) - 1));
  return cm_check_count(threads, 0, "threads", error);
}

critmin_status critmin_ensemble_run(const critmin_ensemble *ensemble, uint64_t seed, int64_t first, int64_t count,
                                    int32_t threads, critmin_progress progress, void *user, double *loss, double *unmet,
                                    critmin_draws **draws, critmin_error *error) {
  if (!draws) return cm_fail_null(error, "draws");
  cm_ensemble_plan plan;
  critmin_status status = check_range(first, count, threads, error);
  if (status == CRITMIN_OK) status = cm_ensemble_plan_make(ensemble, seed, &plan, error);
  if (status != CRITMIN_OK) return status;
  int64_t pieces = count / PIECE + 2 < PIECES ? count / PIECE + 2 : PIECES;
  run *r = cm_alloc_array(1, sizeof *r);
  critmin_draws *made = cm_draws_make(ensemble->users, 1);
  if (r) {
    r->plan = &plan;
    r->origin = r->first = first;
    r->end = first + count;
    r->loss = loss;
    r->unmet = unmet;
  }
  if (!r || !made || !make_pieces(r, pieces))
    status = cm_fail_memory(error);
  else
    status = draw_all(r, pieces, threads, progress, user, made, error);
  if (status == CRITMIN_OK) cm_ensemble_plan_digest(ensemble, seed, made->digest);
  if (r) free_pieces(r);
  cm_free(r);
  cm_ensemble_plan_free(&plan);
  if (status != CRITMIN_OK) {
    critmin_draws_free(made);
    return status;
  }
  *draws = made;
  return cm_ok(error);
}
