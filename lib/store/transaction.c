/* SPDX-License-Identifier: MIT */
#include <stddef.h>

#include "store/record.h"

static critmin_status begin(critmin_store *store, critmin_error *error) {
  if (store->in_transaction)
    return cm_fail(error, CRITMIN_ERROR_TRANSACTION,
                   "a transaction is open on store `%s` already; commit it or roll it back first", store->path);
  critmin_status status = cm_store_write_begin(store, error);
  if (!status) store->in_transaction = 1;
  return status;
}

static critmin_status fail_none(critmin_store *store, critmin_error *error) {
  return cm_fail(error, CRITMIN_ERROR_TRANSACTION, "no transaction is open on store `%s`; begin one first",
                 store->path);
}

static critmin_status commit(critmin_store *store, critmin_error *error) {
  if (!store->in_transaction) return fail_none(store, error);
  if (store->transaction_lost)
    return cm_fail(error, CRITMIN_ERROR_TRANSACTION,
                   "the transaction on store `%s` was undone by an earlier failure; roll it back and begin again",
                   store->path);
  critmin_status status = cm_parties_check(store, error);
  if (status) return status;
  int code = sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
  if (code) {
    status = cm_store_fail(store, code, "commit", error);
    if (sqlite3_get_autocommit(store->db)) {
      store->transaction_lost = 1;
      cm_store_forget(store);
    }
    return status;
  }
  store->in_transaction = store->parties_touched = 0;
  return CRITMIN_OK;
}

static critmin_status rollback(critmin_store *store, critmin_error *error) {
  if (!store->in_transaction) return fail_none(store, error);
  if (!sqlite3_get_autocommit(store->db)) {
    int code = sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    if (code && !sqlite3_get_autocommit(store->db)) return cm_store_fail(store, code, "roll back", error);
  }
  store->in_transaction = 0;
  store->transaction_lost = store->parties_touched = 0;
  cm_store_forget(store);
  return CRITMIN_OK;
}

static critmin_status enter_and(critmin_status (*act)(critmin_store *, critmin_error *), critmin_store *store,
                                critmin_error *error) {
  critmin_status status = cm_store_enter(store, error);
  if (status) return status;
  status = act(store, error);
  cm_store_leave(store);
  return status ? status : cm_ok(error);
}

critmin_status critmin_store_begin(critmin_store *store, critmin_error *error) {
  return enter_and(begin, store, error);
}

critmin_status critmin_store_commit(critmin_store *store, critmin_error *error) {
  return enter_and(commit, store, error);
}

critmin_status critmin_store_rollback(critmin_store *store, critmin_error *error) {
  return enter_and(rollback, store, error);
}
