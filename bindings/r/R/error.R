# SPDX-License-Identifier: MIT

# What the library refuses, as a condition: critmin_NOT_FOUND and the like, and critmin_error for all of them.
critmin_stop <- function(class, message, row, column) {
  stop(structure(class = c(class, "critmin_error", "error", "condition"),
                 list(message = message, call = NULL, row = row, column = column)))
}
