# SPDX-License-Identifier: MIT

critmin_model <- function(store, mineral = NULL, year = NULL, source = NULL, edition = NULL, date = NULL) {
  asked <- query(mineral = mineral, year = if (is.numeric(year)) year, source = source, edition = edition, date = date)
  structure(list(pointer = .Call(r_model, store$pointer, asked)), class = "critmin_model")
}

# A model of what a question to a store needs, and the rest of the question; of a model itself, and all of it.
over <- function(x, ..., whole = FALSE) {
  given <- list(...)
  if (inherits(x, "critmin_model")) return(list(model = x, asked = given))
  narrow <- given[names(given) %in% c(if (!whole) c("mineral", "year"), choices)]
  list(model = do.call(critmin_model, c(list(x), narrow)), asked = given[!names(given) %in% choices])
}

critmin_metric <- function(x, metric, ..., threads = 0) {
  q <- over(x, ...)
  .Call(r_metric, q$model$pointer, do.call(query, c(list(metric = metric), q$asked)), as.integer(threads))
}

critmin_origin <- function(x, mineral, stage, country, year, ...) {
  critmin_metric(x, "origin_share", mineral = mineral, stage = stage, country = country, year = year, ...)
}

critmin_explain <- function(x, metric, ...) {
  q <- over(x, ...)
  .Call(r_explain, q$model$pointer, do.call(query, c(list(metric = metric), q$asked)))
}

critmin_compare <- function(x, metric = NULL, ..., year, threads = 0) {
  q <- over(x, year = year, ..., whole = TRUE)
  .Call(r_compare, q$model$pointer, do.call(query, c(list(metric = metric), q$asked)), as.integer(threads))
}

critmin_metrics <- function(x = NULL) {
  model <- if (inherits(x, "critmin_store")) critmin_model(x, year = 1500) else x # a year without figures
  .Call(r_metrics, model$pointer)
}

critmin_parameters <- function(metric = NULL) .Call(r_parameters, metric)

print.critmin_model <- function(x, ...) cat("<critmin model>\n")
