/* SPDX-License-Identifier: MIT */
/*
 * CLP, through its C interface. It is opened when the first programme is to be solved, and not linked: loading it takes
 * longer than most questions to this library, which need none.
 */
#include "base/linear.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

int cm_linear_make(cm_linear *l, int64_t columns, int64_t rows, int64_t entries) {
  *l = (cm_linear){0};
  if (columns >= INT_MAX || rows >= INT_MAX || entries >= INT_MAX) return 0;
  l->columns = (int)columns;
  l->rows = (int)rows;
  l->start = cm_alloc_array((size_t)columns + 1, sizeof *l->start);
  l->index = cm_alloc_array((size_t)entries, sizeof *l->index);
  l->value = cm_alloc_array((size_t)entries, sizeof *l->value);
  l->cost = cm_alloc_array((size_t)columns, sizeof *l->cost);
  l->low = cm_alloc_array((size_t)columns, sizeof *l->low);
  l->high = cm_alloc_array((size_t)columns, sizeof *l->high);
  l->row_low = cm_alloc_array((size_t)rows, sizeof *l->row_low);
  l->row_high = cm_alloc_array((size_t)rows, sizeof *l->row_high);
  if (!l->start || !l->index || !l->value || !l->cost || !l->low || !l->high || !l->row_low || !l->row_high) {
    cm_linear_free(l);
    return 0;
  }
  for (int64_t i = 0; i < columns; i++) l->high[i] = INFINITY;
  for (int64_t i = 0; i < rows; i++) {
    l->row_low[i] = -INFINITY;
    l->row_high[i] = INFINITY;
  }
  return 1;
}

void cm_linear_free(cm_linear *l) {
  cm_free(l->start);
  cm_free(l->index);
  cm_free(l->value);
  cm_free(l->cost);
  cm_free(l->low);
  cm_free(l->high);
  cm_free(l->row_low);
  cm_free(l->row_high);
  *l = (cm_linear){0};
}

#ifdef CM_WITH_CLP

#include <Clp_C_Interface.h>
#include <dlfcn.h>

/* Functions of the solver: CLP(what it is called here, its name, its type). */
#define CLP_FUNCTIONS                                                                                          \
  CLP(create, Clp_newModel, Clp_Simplex *, (void))                                                             \
  CLP(destroy, Clp_deleteModel, void, (Clp_Simplex *))                                                         \
  CLP(quiet, Clp_setLogLevel, void, (Clp_Simplex *, int))                                                      \
  CLP(load, Clp_loadProblem, void,                                                                             \
      (Clp_Simplex *, const int, const int, const CoinBigIndex *, const int *, const double *, const double *, \
       const double *, const double *, const double *, const double *))                                        \
  CLP(solve, Clp_initialSolve, int, (Clp_Simplex *))                                                           \
  CLP(improve, Clp_primal, int, (Clp_Simplex *, int))                                                          \
  CLP(state, Clp_status, int, (Clp_Simplex *))                                                                 \
  CLP(objective, Clp_getObjValue, double, (Clp_Simplex *))                                                     \
  CLP(columns, Clp_primalColumnSolution, double *, (Clp_Simplex *))                                            \
  CLP(prices, Clp_dualRowSolution, double *, (Clp_Simplex *))

typedef struct solver {
#define CLP(name, symbol, result, arguments) result(*name) arguments;
  CLP_FUNCTIONS
#undef CLP
} solver;

/* They are what the header says; nothing is called here. */
#define CLP(name, symbol, result, arguments) \
  _Static_assert(_Generic(&symbol, result(*) arguments: 1, default: 0), #symbol " is declared otherwise");
CLP_FUNCTIONS
#undef CLP

static void *open_library(void) {
#ifdef __APPLE__
  static const char *const names[] = {"libClp.1.dylib", "libClp.dylib"};
#else
  static const char *const names[] = {"libClp.so.1", "libClp.so"};
#endif
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE); /* stays, so that it is loaded once */
    if (library) return library;
  }
  return NULL;
}

static critmin_status open_solver(solver *s, critmin_error *error) {
  void *library = open_library();
  if (!library)
    return cm_fail(error, CRITMIN_ERROR_UNSUPPORTED,
                   "linear programmes need CLP, which this machine does not have; install "
                   "coinor-libclp1, or ask for what maximum flows can answer");
  void *address;
  int whole = 1;
#define CLP(name, symbol, result, arguments)  \
  address = dlsym(library, #symbol);          \
  memcpy(&s->name, &address, sizeof address); \
  whole = whole && address;
  CLP_FUNCTIONS
#undef CLP
  dlclose(library);
  if (!whole)
    return cm_fail(error, CRITMIN_ERROR_UNSUPPORTED, "this machine's CLP lacks a function that is needed; renew it");
  return CRITMIN_OK;
}

critmin_status cm_linear_solve(const cm_linear *l, double *x, double *price, double *objective, int *feasible,
                               critmin_error *error) {
  solver s = {0};
  critmin_status status = open_solver(&s, error);
  if (status != CRITMIN_OK) return status;
  Clp_Simplex *model = s.create();
  if (!model) return cm_fail_memory(error);
  s.quiet(model, 0);
  s.load(model, l->columns, l->rows, l->start, l->index, l->value, l->low, l->high, l->cost, l->row_low, l->row_high);
  if (l->from_zero)
    s.improve(model, 0);
  else
    s.solve(model);
  switch (s.state(model)) {
    case 0: {
      const double *columns = s.columns(model), *prices = s.prices(model);
      for (int i = 0; i < l->columns; i++) x[i] = columns[i];
      for (int i = 0; price && i < l->rows; i++) price[i] = prices[i];
      *objective = s.objective(model);
      *feasible = 1;
      break;
    }
    case 1:
      *feasible = 0;
      break;
    case 2:
      status = cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "the linear programme has no finite optimum");
      break;
    default:
      status =
          cm_fail(error, CRITMIN_ERROR_INTERNAL, "CLP gave up on a linear programme, with state %d", s.state(model));
  }
  s.destroy(model);
  return status;
}

#else

critmin_status cm_linear_solve(const cm_linear *l, double *x, double *price, double *objective, int *feasible,
                               critmin_error *error) {
  (void)l, (void)x, (void)price, (void)objective, (void)feasible;
  return cm_fail(error, CRITMIN_ERROR_UNSUPPORTED,
                 "this library was built without a solver for linear programmes (CLP); build it "
                 "with one, or ask for what maximum flows can answer");
}

#endif
