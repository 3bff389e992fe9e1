/* SPDX-License-Identifier: MIT */
#include "command.h"

#include <string.h>

#define MEMBER(name) offsetof(request, name)

const option options[] = {
    {"format", OPTION_WORD, 0, MEMBER(format), "text|csv|json|md",
     "how the result is written; text, for reading, unless told"},
    {"out", OPTION_WORD, 0, MEMBER(out), "FILE", "write to a file, whole or not at all, instead of standard output"},
    {"mineral", OPTION_NAMES, "mineral", 0, "M,...", "minerals, or groups of them"},
    {"stage", OPTION_NAMES, "stage", 0, "S,...", "stages by name (refined) or kind (processing)"},
    {"country", OPTION_NAMES, "country", 0, "C,...", "countries (ISO codes or names) or groups (EU, G7)"},
    {"partner", OPTION_NAMES, "partner", 0, "P,...", "partner countries or groups"},
    {"year", OPTION_YEARS, 0, 0, "Y|Y:Y", "a year, the years from first to last, or of metrics the newest"},
    {"source", OPTION_SETTING, "source", MEMBER(source), "KEY", "figures of this source, whatever its rank"},
    {"edition", OPTION_SETTING, "edition", MEMBER(edition), "DATE", "the newest edition of each source by that day"},
    {"date", OPTION_SETTING, "date", MEMBER(date), "DATE", "what was so on that day"},
    {"measure", OPTION_NAMES, "measure", 0, "M,...", "what is measured: production, capacity, ..."},
    {"status", OPTION_NAMES, "status", 0, "S,...", "kinds of figure: reported, withheld, estimated, ..."},
    {"indicator", OPTION_NAMES, "indicator", 0, "I,...", "indicators"},
    {"kind", OPTION_NAMES, "kind", 0, "K,...", "kinds, where the rows have one"},
    {"key", OPTION_NAMES, "key", 0, "K,...", "records with these keys"},
    {"set", OPTION_PARAMETER, 0, 0, "[METRIC.]PARAM=VALUE",
     "a parameter of one metric or all, or a value of a scenario; may be repeated"},
    {"threads", OPTION_COUNT, 0, MEMBER(threads), "T", "worker threads; 0, one for each processor, unless told"},
    {"from", OPTION_WORD, 0, MEMBER(from), "FORMAT", "layout of the files; critmin, the program's own, unless told"},
    {"metric", OPTION_WORD, 0, MEMBER(metric), "METRIC", "the metric whose parameters to list; all unless told"},
    {"relation", OPTION_WORD, 0, MEMBER(relation), "RELATION", "the relation whose fields to list"},
    {"help", OPTION_FLAG, 0, MEMBER(help), NULL, "this help, or that of the command"},
    {"version", OPTION_FLAG, 0, MEMBER(version), NULL, "version of the library"},
    {"since", OPTION_WORD, 0, MEMBER(since), "DATE", "the first day of what changed, to that of --date"},
    {"order", OPTION_ORDER, "order", 0, "key|value", "rows as they come unless told, or by falling value"},
    {"at", OPTION_WORD, 0, MEMBER(at), "STAGE", "the stage that an origin is traced to; each of the chain unless told"},
    {"draws", OPTION_COUNT, 0, MEMBER(draws), "N",
     "how often what is not known, or weights, are drawn; 0, not at all, unless told"},
    {"seed", OPTION_COUNT, 0, MEMBER(seed), "S", "seed of the draws; 0 unless told"},
    {"table", OPTION_WORD, 0, MEMBER(table), "NAME", "which table of a scenario, or criteria of a composite; the first unless told"},
    {"top", OPTION_COUNT, 0, MEMBER(top), "N", "how many come first, where weights are drawn; 10 unless told"},
    {"concentration", OPTION_WORD, 0, MEMBER(concentration), "A",
     "how close drawn weights keep to the composite's own; 0, not at all, unless told"},
    {"where", OPTION_WHERE, 0, 0, "COLUMN=VALUE",
     "the row of a scenario's table that is explained; may be repeated"},
    {"first", OPTION_COUNT, 0, MEMBER(first), "N", "number of the first draw; 0 unless told"},
    {"save", OPTION_WORD, 0, MEMBER(save), "FILE", "write what was drawn to a file, whole or not at all"},
};
const int n_options = (int)(sizeof options / sizeof options[0]);

_Static_assert(sizeof options / sizeof options[0] == 33 && TAKES_SAVE == TAKES_BIT(32), "each option has its bit");

const command commands[] = {
    {"init", run_init, 1, 1, TAKES_RESULT, "STORE", "make a store with the reference data",
     "Makes the file STORE, which must not exist, as a copy of the reference data inside the library.\n"
     "It is yours to add to: see `critmin help set` and `critmin help import`.\n"},
    {"import", run_import, 2, -1, TAKES_RESULT | TAKES_FROM, "STORE FILE...", "read files into a store",
     "Reads files into the store: all of them, or when anything in one is refused, nothing. The layout\n"
     "`critmin` is a CSV file whose header names the fields of one relation, as `critmin figures` and\n"
     "`critmin list` write it. A row with the key of one that is there replaces it.\n"},
    {"figures", run_figures, 1, 1, TAKES_RESULT | TAKES_CELLS | TAKES_MEASURE | TAKES_STATUS, "STORE",
     "show the rows themselves, with status, source and edition",
     "Every edition of every source is shown unless --source or --edition narrow it. With --format csv the\n"
     "result is what `critmin import` reads.\n"},
    {"set", run_set, 3, -1, TAKES_RESULT, "STORE RELATION FIELD=VALUE...", "write one row or record",
     "Writes one row of a relation; a row with the same key is replaced. `critmin list STORE relations`\n"
     "names the relations, `critmin list STORE fields --relation figure` the fields of one. Where a relation\n"
     "must have both `from` and `to`, one stands for the other.\n"
     "\n"
     "A mineral, producer, agreement, reserve, restriction, group or source is a record with a key, given as\n"
     "key=KEY. The record is changed when it is there and made when it is not. Items of its lists are\n"
     "addressed as list[0].field; an index one past the last adds an item, and `list=` empties the list.\n"
     "\n"
     "  critmin set my.db source key=own publisher=Us title=\"Our survey\" licence=CC0-1.0 \\\n"
     "      edition[0].edition=1 edition[0].date=2025-01-31\n"
     "  critmin set my.db figure mineral=cobalt stage=mining country=COD from=2024 to=2024 unit=t \\\n"
     "      basis=content value=220000 source=own edition=1\n"
     "  critmin set my.db agreement key=us-au name=\"US and Australia\" kind=framework \\\n"
     "      party[0].country=USA party[1].country=AUS\n"},
    {"remove", run_remove, 3, -1, TAKES_RESULT, "STORE RELATION KEY|FIELD=VALUE...", "remove rows or a record",
     "Removes the rows whose fields equal all those given, or the record with that key. What is still\n"
     "referred to is refused.\n"
     "\n"
     "  critmin remove my.db figure mineral=cobalt source=own\n"
     "  critmin remove my.db agreement us-au\n"},
    {"info", run_info, 1, 1, TAKES_RESULT, "STORE", "say what a store is and what it holds",
     "Path, layout, versions, size, the digest and vintage of the reference data, and the rows of each relation.\n"},
    {"list", run_list, 2, 2,
     TAKES_RESULT | TAKES_CELLS | TAKES_PARTNER | TAKES_DATE | TAKES_MEASURE | TAKES_STATUS | TAKES_INDICATOR |
         TAKES_KIND | TAKES_KEY | TAKES_METRIC | TAKES_RELATION | TAKES_SINCE,
     "STORE WHAT", "list what there is",
     "WHAT is minerals, stages, countries, groups, producers, agreements, commitments, reserves, restrictions,\n"
     "sources, editions, indicators, assumptions, relations (all that a store can hold), the name of any\n"
     "relation, or one of the words below. Selectors narrow the list where the rows have the dimension.\n"
     "\n"
     "  changes      what happened from --since to --date to agreements, commitments, reserves and\n"
     "               restrictions\n"
     "  metrics      what `critmin metric` computes\n"
     "  parameters   what --set can set, of one metric with --metric\n"
     "  fields       the fields of one relation, with --relation\n"
     "\n"
     "With --date agreements, commitments, reserves and restrictions are those of that day, with their state\n"
     "and who and what they are about, and commitments with what they amount to. --country finds those in\n"
     "which it acts or is named; --partner the restrictions that bind it, those against everybody included.\n"
     "\n"
     "  critmin list :reference: restrictions --date 2026-01-11 --partner JPN\n"
     "  critmin list :reference: changes --since 2025-01-11 --date 2026-01-11 --mineral rare_earths\n"},
    {"metric", run_metric, 2, 2,
     TAKES_RESULT | TAKES_CELLS | TAKES_PARTNER | TAKES_DATE | TAKES_SET | TAKES_THREADS | TAKES_ORDER | TAKES_TABLE |
         TAKES_DRAWS | TAKES_SEED | TAKES_TOP | TAKES_CONCENTRATION,
     "STORE NAME[,NAME...]",
     "compute metrics, each with its interval, flags and source",
     "One row for each metric, mineral, stage, country and year selected; without --year, for every year on\n"
     "record. low and high are what the published figures allow. The exit code is 1 when every value is NaN;\n"
     "flags say why. `critmin list STORE metrics` names the metrics, `... parameters` what --set can set.\n"
     "\n"
     "  critmin metric :reference: hhi,cr1 --mineral cobalt --stage refined --year 2020:2024\n"
     "  critmin metric :reference: share --mineral gallium --country CHN --format csv\n"
     "  critmin metric :reference: net_import_reliance --country USA --year newest --order value\n"
     "  critmin metric :reference: partner_share --partner CHN --mineral cobalt --set denominator=imports \\\n"
     "    --order value\n"
     "\n"
     "Metrics for a kilogram are characterisation factors, which --format writes for other programs too:\n"
     "brightway (CSV, of one country and year), openlca (a package of JSON-LD), simapro (CSV). Name one stage.\n"
     "\n"
     "  critmin metric my.db geopolrisk_cf --stage mining --country DEU --year 2024 --format brightway\n"
     "\n"
     "--table criteria takes a composite of the store apart: one row for each cell and criterion, with its\n"
     "answer, its place on the scale, its weight, and effect, by how much the score is higher for it. With\n"
     "--draws weights are drawn too: probability is how often the cell is among the --top first, mean_rank\n"
     "where it stands on average.\n"
     "\n"
     "  critmin metric my.db my_score --year 2024 --table criteria --draws 10000 --top 5\n"},
    {"origin", run_origin, 1, 1,
     TAKES_RESULT | TAKES_CELLS | TAKES_PARTNER | TAKES_DATE | TAKES_THREADS | TAKES_ORDER | TAKES_AT, "STORE",
     "look through trade and stages to where what a country has was made",
     "The metric origin_share of one user: from whom, at each stage of the chain, comes what it has, re-exports and\n"
     "what others made of it looked through. --mineral, --stage, --country and --year are needed. As text the largest\n"
     "shares with their intervals and what customs see; --format csv, json and md write the rows, and svg draws\n"
     "the stages as a Sankey diagram.\n"
     "\n"
     "  critmin origin :reference: --mineral rare_earths --stage magnet --country USA --year 2024\n"
     "  critmin origin :reference: --mineral rare_earths --stage magnet --country USA --year 2024 \\\n"
     "    --format svg --out magnets.svg\n"},
    {"scenario", run_scenario, 2, -1,
     TAKES_RESULT | TAKES_COUNTRY | TAKES_SOURCE | TAKES_EDITION | TAKES_SET | TAKES_THREADS | TAKES_DRAWS |
         TAKES_SEED | TAKES_TABLE | TAKES_FIRST | TAKES_SAVE,
     "STORE FILE|RESTRICTION [DRAWS...]", "say how long users last when supply stops, and what answers it",
     "FILE is JSON: shocks, the users they hit, the reserves and agreements that answer. RESTRICTION is the key of one\n"
     "on record, of which a scenario is made. Results are with neither reserve nor agreement, with either and with\n"
     "both; low and high are at the worst and best ends of all that is not known at once. As text the numbers that\n"
     "entered stand below, each with who says so, or why it is assumed. `critmin explain` says what is behind a result.\n"
     "\n"
     "--country names whose users are looked at, instead of those of the scenario: of all that the shocks are of.\n"
     "--set PATH=VALUE changes a value of the scenario, such as users[0].inventory or assume.private_inventory.\n"
     "--table is summary, users, weeks, reserves, attribution, worth, cost,\n"
     "mitigation, cost_curve, draws, tail or inputs.\n"
     "\n"
     "Draws may be made in ranges, by several processes or machines: --first and --draws say which, --save keeps them.\n"
     "Files DRAWS... are put together, with the same --seed, to what one run gives, to the last bit.\n"
     "\n"
     "  critmin scenario :reference: japan-rare-earths.json --first 10000 --draws 10000 --save b.draws\n"
     "  critmin scenario :reference: japan-rare-earths.json a.draws b.draws --table draws\n"
     "  critmin scenario :reference: japan-rare-earths.json --draws 10000\n"
     "  critmin scenario :reference: japan-rare-earths.json --table weeks --format csv\n"
     "  critmin scenario :reference: chn_usa_ban_2024 --set horizon=180\n"
     "  critmin scenario :reference: chn_antimony_licence_2024 --country JPN,USA\n"},
    {"compare", run_compare, 1, 2, TAKES_RESULT | TAKES_CELLS | TAKES_DATE | TAKES_SET | TAKES_THREADS,
     "STORE [NAME[,NAME...]]", "set methods side by side for a country and a year, with ranks and lists",
     "Of each mineral its score and rank by each method, with the input that moves the rank most, and who calls it\n"
     "critical. --year is needed, and --country for methods that are of one. Ranks are among all minerals, whichever\n"
     "--mineral shows. With two methods named a third row says how far apart their ranks are, and which input brings\n"
     "them closest. Without a NAME the usual methods are compared, as far as the store has what they need.\n"
     "Intervals, flags and sources are in csv, json and md.\n"
     "\n"
     "  critmin compare :reference: --mineral cobalt,gallium --country DEU --year 2024\n"
     "  critmin compare :reference: eu_supply_risk,hhi_wgi --year 2020 --format csv\n"},
    {"explain", run_explain, 2, 2,
     TAKES_RESULT | TAKES_CELLS | TAKES_PARTNER | TAKES_DATE | TAKES_SET | TAKES_MEASURE | TAKES_THREADS | TAKES_DRAWS |
         TAKES_SEED | TAKES_TABLE | TAKES_WHERE,
     "STORE NAME|FILE", "name every row and source behind one cell",
     "The selectors must come down to one metric, mineral, stage, country and partner where the metric has them,\n"
     "and year.\n"
     "\n"
     "Of a scenario, a FILE or with --table the key of a restriction, the cell is a row of the table, the summary\n"
     "unless told: --country, --mineral, --stage, --measure and --where COLUMN=VALUE have to leave one. Behind it\n"
     "are the numbers that entered, with who says so and what the cell would be at their ends; the days on which\n"
     "something changes; records, figures and flows.\n"
     "\n"
     "  critmin explain :reference: hhi --mineral cobalt --stage refined --year 2024\n"
     "  critmin explain :reference: japan-rare-earths.json --where case=both --measure days_to_shortage\n"
     "  critmin explain :reference: chn_usa_ban_2024 --table weeks --mineral gallium --where week=30\n"},
    {"check", run_check, 1, 1, TAKES_RESULT, "STORE", "test integrity, coverage and units, and say what is missing",
     "Severities: error, what breaks a rule of the store; finding, a doubtful figure nobody explained;\n"
     "explained; gap, what no source gives; coverage, what is there. The exit code is 1 when there is an\n"
     "error or a finding.\n"},
    {"help", run_help, 0, 1, TAKES_HELP, "[COMMAND]", "explain the program, or one command", ""},
};
const int n_commands = (int)(sizeof commands / sizeof commands[0]);

const command *command_find(const char *name) {
  for (int i = 0; i < n_commands; i++) {
    if (strcmp(commands[i].name, name) == 0) return &commands[i];
  }
  return NULL;
}
