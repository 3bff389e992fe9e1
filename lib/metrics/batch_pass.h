/* SPDX-License-Identifier: MIT */
/*
 * One pass over one market, included once for each width of vector register. Define before: PASS (the function's name),
 * WIDTH (doubles in a register, 1 to 8), TARGET (attribute that allows the instructions), and LARGER(a, b) (a > b ? a : b
 * in each lane, with a vector's bits where the machine has no such instruction).
 */
#define CM_JOIN_(a, b) a##b
#define CM_JOIN(a, b) CM_JOIN_(a, b)
#define VECTOR CM_JOIN(PASS, _vector)
#define MASK CM_JOIN(PASS, _mask)

typedef double VECTOR __attribute__((vector_size(WIDTH * sizeof(double))));
typedef int64_t MASK __attribute__((vector_size(WIDTH * sizeof(int64_t))));

TARGET static void PASS(const double *x, const double *w, int64_t n, market *m) {
  enum { REGISTERS = LANES / WIDTH };
  VECTOR sum[REGISTERS] = {{0}}, square[REGISTERS] = {{0}}, weighted[REGISTERS] = {{0}}, largest[REGISTERS] = {{0}};
  double last_x[LANES] = {0}, last_w[LANES] = {0};
  for (int64_t i = 0; i < n; i += LANES) {
    const double *px = x + i, *pw = w + i;
    if (n - i < LANES) { /* zeros fill the last lanes: they change no sum */
      px = memcpy(last_x, px, (size_t)(n - i) * sizeof *px);
      pw = memcpy(last_w, pw, (size_t)(n - i) * sizeof *pw);
    }
    __builtin_prefetch((const void *)((uintptr_t)px + AHEAD));
    for (int r = 0; r < REGISTERS; r++) {
      VECTOR v, g;
      memcpy(&v, px + r * WIDTH, sizeof v);
      memcpy(&g, pw + r * WIDTH, sizeof g);
      VECTOR v2 = v * v;
      sum[r] += v;
      square[r] += v2;
      weighted[r] += v2 * g;
      largest[r] = LARGER(v, largest[r]);
    }
  }
  double lane[LANES];
  m->sum = add_lanes(memcpy(lane, sum, sizeof lane));
  m->square = add_lanes(memcpy(lane, square, sizeof lane));
  m->weighted = add_lanes(memcpy(lane, weighted, sizeof lane));
  m->largest = largest_lane(memcpy(lane, largest, sizeof lane));
}

#undef VECTOR
#undef MASK
#undef PASS
#undef WIDTH
#undef TARGET
#undef LARGER
#undef CM_JOIN
#undef CM_JOIN_
