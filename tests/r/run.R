# SPDX-License-Identifier: MIT
# The R package against the shared library: one line of the Test Anything Protocol for each case.
source_folder <- commandArgs(trailingOnly = TRUE)[1]
number <- 0
failed <- 0

check <- function(name, body) {
  fault <- tryCatch({ if (isTRUE(body)) NULL else paste("it is", deparse(body)[1]) }, error = conditionMessage)
  number <<- number + 1
  failed <<- failed + !is.null(fault)
  cat(if (is.null(fault)) "ok" else "not ok", " ", number, " - ", name, "\n", sep = "")
  if (!is.null(fault)) cat("# ", fault, "\n", sep = "")
}

# The class that a condition is raised with.
refusal <- function(body) tryCatch({ body; "nothing was refused" }, critmin_error = function(e) class(e)[1])

library(critmin)
store <- critmin_open(":reference:")
cobalt <- list(mineral = "cobalt", stage = "mining")

check("kernels answer", isTRUE(all.equal(critmin_hhi(c(50, 30, 20))$value, 0.38)))
check("withheld figures make an interval", {
  a <- critmin_hhi(c(50, 30, NA, NA), total = 100) # 20 in two hands: 0.34 + 0.02 to 0.34 + 0.04
  isTRUE(all.equal(c(a$low, a$high), c(0.36, 0.38))) && "WITHHELD_USED" %in% a$flags
})
check("a share, the two largest, and an order", {
  x <- c(50, 30, 20)
  isTRUE(all.equal(c(critmin_share(x, 2)$value, critmin_concentration_ratio(x, 2)$value, critmin_effective_number(x, 0)$value,
                     critmin_effective_number(x)$value), c(0.3, 0.8, 3, 1 / 0.38)))
})
check("evenness and normalisation of equals", {
  x <- c(1, 1, 1)
  isTRUE(all.equal(c(critmin_evenness(x)$value, critmin_hhi_normalised(x)$value, critmin_shannon(x)$value), c(1, 0, log(3))))
})
check("governance weighs", isTRUE(all.equal(critmin_hhi_wgi(c(1, 1), c(4, 6))$value, 2.5)))
check("a balance with an interval", {
  a <- critmin_net_import_reliance(imports = c(80, 90, 95), exports = 15, apparent_consumption = 100)
  isTRUE(all.equal(c(a$low, a$value, a$high), c(0.65, 0.75, 0.80)))
})
check("the five of the balance", {
  of <- function(kernel) kernel(production = 40, imports = 70, exports = 10)$value
  isTRUE(all.equal(c(of(critmin_apparent_consumption), of(critmin_net_import_reliance), of(critmin_import_reliance),
                     of(critmin_self_sufficiency), of(critmin_trade_exposure)), c(100, 0.6, 0.6, 0.4, 0.6)))
})
check("nothing known is missing, not zero", {
  a <- critmin_net_import_reliance()
  is.na(a$value) && "NO_DATA" %in% a$flags
})
check("a negative quantity is refused", refusal(critmin_hhi(c(1, -1))) == "critmin_NEGATIVE")
check("bounds of another length are refused", refusal(critmin_hhi(c(1, 2), low = 1)) == "critmin_ARGUMENT")

answer <- critmin_metric(store, c("hhi", "cr3"), mineral = "cobalt", stage = "mining", year = 2021:2024)
check("metrics are a data frame", is.data.frame(answer) && nrow(answer) == 8 && is.integer(answer$year))
check("values lie in their intervals", all(answer$low <= answer$value & answer$value <= answer$high))
check("the model of a store gives the same", {
  model <- critmin_model(store)
  identical(answer, critmin_metric(model, "hhi,cr3", mineral = "cobalt", stage = "mining", year = c(2021, 2024), threads = 2))
})
check("what is missing is NA", all(is.na(answer$country)))
check("a row explains itself", {
  rows <- critmin_explain(store, "hhi", mineral = "cobalt", stage = "mining", year = 2024)
  sum(rows$role == "total") == 1 && all(!is.na(rows$publisher)) && abs(sum(rows$contribution, na.rm = TRUE) - answer$value[4]) < 0.01
})
check("parameters are keywords", {
  row <- critmin_metric(store, "partner_share", mineral = "rare_earths", stage = "magnet", country = "USA", partner = "CHN",
                        year = 2024, denominator = "imports")
  nrow(row) == 1 && grepl("denominator=imports", row$params) && row$value > 0.7 && row$value < 0.8
})
check("an origin looks through", {
  row <- critmin_origin(store, mineral = "rare_earths", stage = "magnet", country = "USA", year = 2024, partner = "CHN",
                        at = "separated")
  row$value > 0.9 && row$low < row$value && row$high > row$value
})
check("methods stand side by side", {
  rows <- critmin_compare(store, mineral = "gallium", country = "DEU", year = 2024)
  all(c("score", "list") %in% rows$kind)
})
check("there are metrics with parameters and units", {
  "hhi" %in% critmin_metrics()$metric && "hhi" %in% critmin_metrics(store)$metric &&
    "denominator" %in% critmin_parameters("partner_share")$parameter
})
check("a nearest name is suggested",
      grepl("did you mean `cobalt`", tryCatch(critmin_metric(store, "hhi", mineral = "cobolt"), critmin_UNKNOWN_NAME = conditionMessage)))
check("a selector without a name is refused", refusal(critmin_list(store, "minerals", "cobalt")) == "critmin_ARGUMENT")
check("lists of a day", {
  rows <- critmin_list(store, "restrictions", date = "2026-01-11", partner = "JPN")
  nrow(rows) > 0 && "CHN" %in% rows$country
})
check("changes between days", nrow(critmin_changes(store, as.Date("2025-01-01"), "2025-12-31")) > 0)
check("figures have their source", all(!is.na(critmin_figures(store, mineral = "cobalt", country = "COD", year = 2024)$source)))

file <- tempfile(fileext = ".db")
mine <- critmin_init(file, reference = FALSE)
check("a row is written, read and removed", {
  critmin_set(mine, "source", source = "me", publisher = "I", title = "My figures", licence = "CC0-1.0")
  rows <- critmin_list(mine, "sources")
  nrow(rows) == 1 && rows$source == "me" && critmin_remove(mine, "source", source = "me") == 1
})
check("a file is read", {
  csv <- tempfile("country", fileext = ".csv")
  writeLines(c("country,name,kind", "ATL,Atlantis,country"), csv)
  audit <- critmin_import(mine, csv)
  audit$new == 1 && "ATL" %in% critmin_list(mine, "countries")$country
})
check("a refused file says where", {
  csv <- tempfile("country", fileext = ".csv")
  writeLines(c("country,name,kind", "BAD,Badland,continent"), csv)
  e <- tryCatch(critmin_import(mine, csv), critmin_error = identity)
  inherits(e, "critmin_error") && e$row == 2
})
check("a store checks itself", is.data.frame(critmin_check(mine)) && is.data.frame(critmin_info(mine)))
critmin_close(mine)
check("a closed store says so", refusal(critmin_info(mine)) == "critmin_ARGUMENT")
check("what is no store is refused", refusal(critmin_list(critmin_model(store, mineral = "tin"), "minerals")) == "critmin_ARGUMENT")
check("a file that is there is not overwritten", refusal(critmin_init(file)) == "critmin_EXISTS")
check("the reference data are read-only", refusal(critmin_set(store, "country", country = "ATL", name = "Atlantis", kind = "country")) == "critmin_READ_ONLY")

japan <- critmin_scenario(store, file.path(source_folder, "examples/scenarios/japan-rare-earths.json"))
check("a scenario runs from its file", {
  rows <- critmin_outcome(critmin_run(japan))
  all(c("neither", "reserve", "agreement", "both") %in% rows$case) && all(rows$low <= rows$high)
})
check("a cell of an outcome explains itself", {
  run <- critmin_run(japan)
  rows <- critmin_outcome_explain(run, "summary", 1)
  "input" %in% rows$role && refusal(critmin_outcome_explain(run, "summary", 1000)) == "critmin_ARGUMENT"
})
check("a scenario is changed and written", {
  critmin_scenario_set(japan, "horizon", 30)
  again <- critmin_scenario(store, critmin_scenario_json(japan))
  max(critmin_outcome(critmin_run(again), "weeks")$day) < 30
})
check("draws have the same bits on one thread and two", {
  identical(critmin_outcome(critmin_run(japan, draws = 200, seed = 7, threads = 1), "draws"),
            critmin_outcome(critmin_run(japan, draws = 200, seed = 7, threads = 2), "draws"))
})
check("a restriction is a scenario", {
  ban <- critmin_scenario(store, restriction = "chn_usa_ban_2024")
  nrow(critmin_outcome(critmin_run(ban), "inputs")) > 0
})
check("an unknown key is named with its place",
      grepl("shocks\\[0\\]", tryCatch(critmin_scenario(store, '{"shocks": [{"kind": "ban", "sort": 1}]}'), critmin_error = conditionMessage)))
check("a document or a restriction, not both", refusal(critmin_scenario(store)) == "critmin_ARGUMENT")
check("what may stand in a scenario is listed", "shocks" %in% critmin_scenario_keys()$key)
check("the example runs", {
  lines <- capture.output(source(file.path(source_folder, "examples/concentration.R"), local = TRUE))
  length(lines) == 2 && all(grepl("cobalt refined 2024: 0\\.[0-9]+, between", lines))
})
check("every function is described", {
  pages <- list.files(file.path(source_folder, "bindings/r/man"), full.names = TRUE)
  aliases <- unlist(lapply(pages, function(page) sub("^.alias\\{(.*)\\}$", "\\1", grep("^.alias", readLines(page), value = TRUE))))
  all(getNamespaceExports("critmin") %in% aliases) && length(unlist(lapply(pages, tools::checkRd))) == 0
})

cat("1..", number, "\n", sep = "")
quit(status = if (failed) 1 else 0)
