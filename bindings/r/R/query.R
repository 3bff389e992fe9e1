# SPDX-License-Identifier: MIT

dimensions <- c("metric", "mineral", "stage", "country", "partner", "measure", "status", "indicator", "key", "kind")

# What a figure is chosen by; a model has these from when it is made.
choices <- c("source", "edition", "date")

# Selectors by name, as everybody writes them, to what the library asks for: names along dimensions, years, and options.
query <- function(...) {
  given <- list(...)
  given <- given[!vapply(given, is.null, NA)]
  if (length(given) && (is.null(names(given)) || any(names(given) == "")))
    critmin_stop("critmin_ARGUMENT", "every selector has a name, such as mineral = \"cobalt\"", 0, 0)
  named <- lapply(given[names(given) %in% dimensions], function(names) unlist(strsplit(as.character(names), ",", fixed = TRUE)))
  options <- given[!names(given) %in% c(dimensions, "year")]
  years <- NULL
  year <- given[["year"]]
  if (is.character(year)) {
    options$year <- year
  } else if (!is.null(year)) {
    years <- as.integer(range(year))
  }
  list(dimensions = named, years = years, options = vapply(options, plain, ""))
}

plain <- function(value) {
  if (length(value) != 1) critmin_stop("critmin_ARGUMENT", "an option takes one value", 0, 0)
  if (is.logical(value)) return(if (isTRUE(value)) "1" else "0")
  if (is.numeric(value)) return(format(value, digits = 17, scientific = NA, trim = TRUE))
  as.character(value)
}

# Fields of a row, as texts; NA and NULL are empty.
fields <- function(...) {
  given <- list(...)
  vapply(given, function(value) if (is.null(value) || is.na(value)) NA_character_ else plain(value), "")
}
