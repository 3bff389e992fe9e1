# SPDX-License-Identifier: MIT

residuals_of <- c(mid = 0L, lower = 1L, upper = 2L)

market <- function(kernel, quantity, own = NULL, low = NULL, high = NULL, total = NULL, total_low = NULL,
                   total_high = NULL, other = NULL, listed_only = FALSE, residual = c("mid", "lower", "upper")) {
  for (bounds in list(low, high))
    if (!is.null(bounds) && length(bounds) != length(quantity))
      critmin_stop("critmin_ARGUMENT", "low and high have an entry for each quantity", 0, 0)
  known <- list(low = if (!is.null(low)) as.double(low), high = if (!is.null(high)) as.double(high), total = total,
                total_low = total_low, total_high = total_high, other = other, listed_only = listed_only,
                residual = residuals_of[[match.arg(residual)]])
  .Call(r_market, kernel, as.double(quantity), own, known)
}

critmin_share <- function(quantity, index, ...) market("share", quantity, as.double(index), ...)
critmin_hhi <- function(quantity, ...) market("hhi", quantity, ...)
critmin_hhi_normalised <- function(quantity, ...) market("hhi_normalised", quantity, ...)
critmin_concentration_ratio <- function(quantity, k, ...) market("concentration_ratio", quantity, as.double(k), ...)
critmin_shannon <- function(quantity, ...) market("shannon", quantity, ...)
critmin_evenness <- function(quantity, ...) market("evenness", quantity, ...)
critmin_effective_number <- function(quantity, order = 2, ...) {
  market("effective_number", quantity, as.double(order), ...)
}

critmin_hhi_wgi <- function(quantity, governance, ...) {
  if (length(governance) != length(quantity))
    critmin_stop("critmin_ARGUMENT", "governance has an entry for each quantity", 0, 0)
  market("hhi_wgi", quantity, as.double(governance), ...)
}

balance <- function(kernel, ...) {
  terms <- lapply(list(...), as.double)
  wrong <- names(terms)[!lengths(terms) %in% c(1, 3)]
  if (length(wrong))
    critmin_stop("critmin_ARGUMENT", paste(wrong[1], "is one number, or three: low, value and high"), 0, 0)
  .Call(r_balance, kernel, terms)
}

of_balance <- function(kernel) {
  force(kernel)
  function(production = NA, imports = NA, exports = NA, secondary = 0, stock_change = 0, apparent_consumption = NA) {
    balance(kernel, production = production, imports = imports, exports = exports, secondary = secondary,
            stock_change = stock_change, apparent_consumption = apparent_consumption)
  }
}

critmin_apparent_consumption <- of_balance("apparent_consumption")
critmin_net_import_reliance <- of_balance("net_import_reliance")
critmin_import_reliance <- of_balance("import_reliance")
critmin_self_sufficiency <- of_balance("self_sufficiency")
critmin_trade_exposure <- of_balance("trade_exposure")
