# SPDX-License-Identifier: MIT

critmin_open <- function(path = ":reference:", write = path == ":memory:") {
  file <- if (startsWith(path, ":")) path else path.expand(path)
  structure(list(pointer = .Call(r_open, file, write), path = path), class = "critmin_store")
}

critmin_init <- function(path, reference = TRUE) {
  .Call(r_init, path.expand(path), reference)
  critmin_open(path, write = TRUE)
}

critmin_close <- function(store) invisible(.Call(r_close, store$pointer))

critmin_list <- function(store, what, ...) .Call(r_list, store$pointer, what, query(...))

critmin_figures <- function(store, ...) .Call(r_figures, store$pointer, query(...))

critmin_changes <- function(store, since, until, ...) {
  .Call(r_changes, store$pointer, as.character(since), as.character(until), query(...))
}

critmin_fields <- function(relation) .Call(r_fields, relation)

critmin_info <- function(store) .Call(r_info, store$pointer)

critmin_check <- function(store) .Call(r_check, store$pointer)

critmin_set <- function(store, relation, ...) invisible(.Call(r_set, store$pointer, relation, fields(...)))

critmin_remove <- function(store, relation, ...) .Call(r_remove, store$pointer, relation, fields(...))

critmin_import <- function(store, path, format = "critmin") {
  .Call(r_import, store$pointer, format, path.expand(path))
}

critmin_version <- function() .Call(r_version)

critmin_units <- function(table) attr(table, "units")

print.critmin_store <- function(x, ...) cat("<critmin store ", x$path, ">\n", sep = "")
