# SPDX-License-Identifier: MIT

critmin_scenario <- function(store, document = NULL, restriction = NULL) {
  if (is.null(document) == is.null(restriction))
    critmin_stop("critmin_ARGUMENT", "give either a document or the key of a restriction", 0, 0)
  if (!is.null(document) && !startsWith(trimws(document), "{"))
    document <- paste(readLines(document, encoding = "UTF-8", warn = FALSE), collapse = "\n")
  structure(list(pointer = .Call(r_scenario, store$pointer, document, restriction), store = store),
            class = "critmin_scenario")
}

critmin_scenario_set <- function(scenario, path, value) {
  .Call(r_scenario_set, scenario$pointer, scenario$store$pointer, path, if (!is.null(value)) plain(value))
  invisible(scenario)
}

critmin_scenario_json <- function(scenario) .Call(r_scenario_json, scenario$pointer)

critmin_scenario_keys <- function() .Call(r_scenario_keys)

critmin_run <- function(scenario, model = critmin_model(scenario$store), draws = 0, seed = 0, threads = 0) {
  structure(list(pointer = .Call(r_run, model$pointer, scenario$pointer, draws, seed, as.integer(threads)), model = model),
            class = "critmin_run")
}

critmin_outcome <- function(run, what = "summary") .Call(r_outcome, run$pointer, what)

critmin_outcome_explain <- function(run, what = "summary", row) {
  .Call(r_outcome_explain, run$pointer, run$model$pointer, what, as.double(row))
}

print.critmin_scenario <- function(x, ...) cat("<critmin scenario>\n")

print.critmin_run <- function(x, ...) print(critmin_outcome(x), ...)
