/* SPDX-License-Identifier: MIT */
/* The small store with trade: measures by country, flows, and the union `EUU` that stands for DEU and FRA. */
#ifndef CRITMIN_TESTS_METRICS_TRADE_WORLD_H
#define CRITMIN_TESTS_METRICS_TRADE_WORLD_H

#include "../model/world.h"

critmin_store *trade_world(void);
/* A figure of tin's mining in 2020 from first/2022 of another measure than production. */
void trade_figure(critmin_store *store, const char *measure, const char *country, const char *value, const char *more);
/* A flow of tin's mining in 2020 from first/2022, in tonnes of content; `more` overrides. */
void trade_flow(critmin_store *store, const char *exporter, const char *importer, const char *quantity,
                const char *more);
/* The bloc of the methods manual: A (DEU) and B (FRA) trade with one another and with CHN, all pairs listed. */
void trade_bloc(critmin_store *store);
/* A question about tin's mining in 2020 that `words` end, or override. */
critmin_table *trade_ask(critmin_store *store, const char *words);
critmin_table *trade_explain(critmin_store *store, const char *words);

#endif
