# SPDX-License-Identifier: MIT
# How concentrated is refined cobalt, how much of it is China's, how sure is that, and who says so?
library(critmin)

store <- critmin_open(":reference:")
model <- critmin_model(store, mineral = "cobalt")
hhi <- critmin_metric(model, "hhi", mineral = "cobalt", stage = "refined", year = 2024)
share <- critmin_metric(model, "share", mineral = "cobalt", stage = "refined", year = 2024, country = "CHN")
for (answer in split(rbind(hhi, share), 1:2))
  cat(sprintf("%s %s %s %s %d: %.3f, between %.3f and %.3f (%s, %s)\n", answer$metric,
              if (is.na(answer$country)) "" else answer$country, answer$mineral, answer$stage, answer$year, answer$value,
              answer$low, answer$high, answer$source, answer$edition))
