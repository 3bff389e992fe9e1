/* SPDX-License-Identifier: MIT */
/* One row of any relation: what is refused and how it is said, what is kept, what is replaced, what may be removed. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "runner.h"
#include "sample.h"
#include "scratch.h"
#include "store/currency.h"
#include "store/period.h"
#include "store/relation.h"
#include "store/rows.h"
#include "suites.h"

#define MINED "mineral=cobalt|stage=mining|country=COD|source=src|edition=2025|unit=t|"
#define MARKET MINED "basis=content|"
#define YEAR "from=2024|to=2024|"
#define FLOW "mineral=cobalt|stage=mining|importer=CHN|exporter=COD|source=src|edition=2025|from=2024|to=2024|"

/* Every refusal names the relation, the field and what is wrong with it. */
static const struct refusal {
  const char *relation, *row;
  critmin_status status;
  const char *field; /* NULL: of no one field */
  const char *says;
} refusals[] = {
    {"figure", MARKET YEAR "value=-5", CRITMIN_ERROR_NEGATIVE, "value",
     "figure: field 'value' is -5; a quantity cannot be below zero"},
    {"figure", MARKET YEAR "low=-1|value=5", CRITMIN_ERROR_NEGATIVE, "low", "below zero"},
    {"figure", MARKET YEAR "value=5 t", CRITMIN_ERROR_INVALID_VALUE, "value", "'5 t', no number"},
    {"figure", MARKET YEAR "value=1,000", CRITMIN_ERROR_INVALID_VALUE, "value", "without thousands marks"},
    {"figure", MARKET YEAR "value=nan", CRITMIN_ERROR_INVALID_VALUE, "value", "no number"},
    {"figure", MARKET YEAR "value=1e999", CRITMIN_ERROR_INVALID_VALUE, "value", "no number"},
    {"figure", MARKET YEAR "value=5|low=6", CRITMIN_ERROR_INVALID_VALUE, "low",
     "low <= value <= high: 'low' is 6, 'value' is 5"},
    {"figure", MARKET YEAR "value=5|high=4", CRITMIN_ERROR_INVALID_VALUE, "high", "'value' is 5, 'high' is 4"},
    {"figure", MARKET YEAR "status=withheld|low=3|high=2", CRITMIN_ERROR_INVALID_VALUE, "low",
     "'low' is 3, 'high' is 2"},
    {"figure", MARKET YEAR "status=withheld|value=3", CRITMIN_ERROR_INVALID_VALUE, "value",
     "although the status is withheld"},
    {"figure", MARKET YEAR "status=not_available|value=0", CRITMIN_ERROR_INVALID_VALUE, "value",
     "although the status is not_available"},
    {"figure", MARKET YEAR "status=zero", CRITMIN_ERROR_INVALID_VALUE, "value", "it must be 0"},
    {"figure", MARKET YEAR "status=zero|value=1", CRITMIN_ERROR_INVALID_VALUE, "value", "it must be 0"},
    {"figure", MARKET YEAR "status=reported", CRITMIN_ERROR_MISSING_VALUE, "value", "although the status is reported"},
    {"figure", MARKET YEAR "value=1|status=guessed", CRITMIN_ERROR_INVALID_VALUE, "status", "it is one of reported|"},
    {"figure", MARKET YEAR "value=1|status=reportd", CRITMIN_ERROR_INVALID_VALUE, "status", "did you mean 'reported'?"},
    {"figure", MARKET "from=2024|to=2023|value=1", CRITMIN_ERROR_YEAR_RANGE, "to",
     "is 2023, before 'from', which is 2024"},
    {"figure", MARKET "from=2024-07|to=2024-06|value=1", CRITMIN_ERROR_YEAR_RANGE, "to", "2024-06"},
    {"figure", MARKET "from=1499|to=1500|value=1", CRITMIN_ERROR_YEAR_RANGE, "from", "between 1500 and 2200"},
    {"figure", MARKET "from=2024|to=2201|value=1", CRITMIN_ERROR_YEAR_RANGE, "to", "between 1500 and 2200"},
    {"figure", MARKET "from=24|to=2024|value=1", CRITMIN_ERROR_INVALID_VALUE, "from", "no date"},
    {"figure", MARKET "from=2024/01|to=2024|value=1", CRITMIN_ERROR_INVALID_VALUE, "from", "no date"},
    {"figure", MARKET "from=2024-13|to=2024|value=1", CRITMIN_ERROR_INVALID_VALUE, "from", "no such day"},
    {"figure", MARKET "from=2025-02-29|to=2025|value=1", CRITMIN_ERROR_INVALID_VALUE, "from", "no such day"},
    {"figure", MARKET "from=2025-02-28-|to=2025|value=1", CRITMIN_ERROR_INVALID_VALUE, "from", "no date"},
    {"figure", MARKET YEAR "value=1|excludes=CHN;XXX", CRITMIN_ERROR_UNKNOWN_NAME, "excludes", "'XXX'"},
    {"figure", MARKET YEAR "value=1|measure=prodction", CRITMIN_ERROR_UNKNOWN_NAME, "measure",
     "did you mean 'production'?"},
    {"figure", "mineral=cobalt|stage=mining|country=COD|source=src|edition=2025|unit=kg|basis=content|" YEAR "value=1",
     CRITMIN_ERROR_INVALID_VALUE, "unit", "quantities of cobalt at the stage mining are in t"},
    {"figure",
     "mineral=cobalt|stage=mining|country=COD|source=src|edition=2025|unit=share|basis=content|" YEAR "value=47",
     CRITMIN_ERROR_SHARE_RANGE, "value", "is 47; a share lies between 0 and 1"},
    {"figure", "mineral=cobalt|stage=mining|country=COD|source=src|edition=2025|unit=t|basis=gross|" YEAR "value=1",
     CRITMIN_ERROR_MIXED_BASES, "basis", "is 'gross', but cobalt at the stage mining is in 'content'"},
    {"figure",
     "mineral=cobalt|stage=hydroxide|country=COD|source=src|edition=2025|unit=t|basis=content|" YEAR "value=1",
     CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, "stage", "its chain is: mining, refined"},
    {"figure", "mineral=cobalt|stage=refind|country=COD|source=src|edition=2025|unit=t|basis=content|" YEAR "value=1",
     CRITMIN_ERROR_UNKNOWN_NAME, "stage", "did you mean 'refined'?"},
    {"figure", "mineral=colbalt|stage=mining|country=COD|source=src|edition=2025|unit=t|basis=content|" YEAR "value=1",
     CRITMIN_ERROR_UNKNOWN_NAME, "mineral", "did you mean 'cobalt'?"},
    {"figure", "mineral=cobalt|stage=mining|country=Chnia|source=src|edition=2025|unit=t|basis=content|" YEAR "value=1",
     CRITMIN_ERROR_UNKNOWN_NAME, "country", "among the words of src; did you mean 'China'?"},
    {"figure", "mineral=cobalt|stage=mining|country=COD|source=scr|edition=2025|unit=t|basis=content|" YEAR "value=1",
     CRITMIN_ERROR_UNKNOWN_NAME, "source", "did you mean 'src'?"},
    {"figure", "mineral=cobalt|stage=mining|country=COD|source=src|edition=2026|unit=t|basis=content|" YEAR "value=1",
     CRITMIN_ERROR_UNKNOWN_NAME, "edition", "'2026'"},
    {"figure", "mineral=cobalt|stage=mining|source=src|edition=2025|unit=t|basis=content|" YEAR "value=1",
     CRITMIN_ERROR_MISSING_VALUE, "country", "is empty; it must be given"},
    {"flow", FLOW "quantity=-1|basis=content", CRITMIN_ERROR_NEGATIVE, "quantity", "below zero"},
    {"flow", FLOW "share=1.5", CRITMIN_ERROR_SHARE_RANGE, "share", "between 0 and 1"},
    {"flow", FLOW "share=-0.5", CRITMIN_ERROR_SHARE_RANGE, "share", "between 0 and 1"},
    {"flow", FLOW "quantity=1|basis=oxide", CRITMIN_ERROR_MIXED_BASES, "basis", "is 'oxide', but cobalt"},
    {"flow", FLOW "amount=1", CRITMIN_ERROR_MISSING_VALUE, "currency", "money is of a currency"},
    {"flow", FLOW "amount=1|currency=usd", CRITMIN_ERROR_INVALID_VALUE, "currency", "in capitals"},
    {"flow", FLOW "amount=1|currency=ZZZ", CRITMIN_ERROR_INVALID_VALUE, "currency", "no currency"},
    {"flow",
     "mineral=cobalt|stage=mining|importer=CHN|exporter=China|source=src|edition=2025|from=2024|to=2024|share=0.1",
     CRITMIN_ERROR_INVALID_VALUE, "exporter", "is CHN, the importer"},
    {"flow",
     "mineral=cobalt|stage=mining|importer=CHN|exporter=COD|source=src|edition=2025|from=2024|to=2024.5|share=0.1",
     CRITMIN_ERROR_INVALID_VALUE, "to", "no whole number"},
    {"flow",
     "mineral=cobalt|stage=mining|importer=CHN|exporter=COD|source=src|edition=2025|from=1400|to=2024|share=0.1",
     CRITMIN_ERROR_YEAR_RANGE, "from", "a year lies between 1500 and 2200"},
    {"flow",
     "mineral=cobalt|stage=mining|importer=CHN|exporter=COD|source=src|edition=2025|from=2024|to=2023|share=0.1",
     CRITMIN_ERROR_YEAR_RANGE, "to", "is 2023, before 'from'"},
    {"edition", "source=src|edition=x|date=2025-06", CRITMIN_ERROR_INVALID_VALUE, "date", "write the whole day"},
    {"edition", "source=src|edition=x|date=2025-06-31", CRITMIN_ERROR_INVALID_VALUE, "date", "no such day"},
    {"source", "source= a|publisher=p|title=t|licence=l", CRITMIN_ERROR_INVALID_VALUE, "source",
     "no space at its ends"},
    {"source", "source=a,b|publisher=p|title=t|licence=l", CRITMIN_ERROR_INVALID_VALUE, "source", "no comma"},
    {"source", "source=a|publisher=\xff|title=t|licence=l", CRITMIN_ERROR_INVALID_VALUE, "publisher",
     "not well-formed UTF-8"},
    {"country", "country=ABCD|name=n", CRITMIN_ERROR_INVALID_VALUE, NULL, "length(key) = 3"},
    {"stage", "mineral=cobalt|stage=third|kind=metal|position=2|name=n|basis=content", CRITMIN_ERROR_DUPLICATE_KEY,
     NULL, "another row has the same stage.mineral_id, stage.position"},
    {"stage", "mineral=cobalt|stage=third|kind=metl|position=3|name=n|basis=content", CRITMIN_ERROR_INVALID_VALUE,
     "kind", "did you mean 'metal'?"},
    {"country_alias", "publisher=scr|word=w|country=CHN", CRITMIN_ERROR_UNKNOWN_NAME, "publisher",
     "did you mean 'src'?"},
    {"country_alias", "word=COD|country=CHN", CRITMIN_ERROR_INVALID_VALUE, "word",
     "which is itself a key; it cannot mean CHN"},
    {"mineral_alias", "word=lithium|mineral=cobalt", CRITMIN_ERROR_INVALID_VALUE, "word", "which is itself a key"},
    {"stage_alias", "word=w|stage=nonesuch", CRITMIN_ERROR_UNKNOWN_NAME, "stage", "'nonesuch'"},
    {"stage_alias", "mineral=cobalt|word=w|stage=hydroxide", CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, "stage",
     "mining, refined"},
    {"content_factor", "mineral=cobalt|basis=oxide|element=Co|factor=1.2", CRITMIN_ERROR_INVALID_VALUE, NULL,
     "factor <= 1"},
    {"reserve", "reserve=r|kind=strategic|holder=Nowhere|mineral=cobalt|from=2024|to=2024", CRITMIN_ERROR_UNKNOWN_NAME,
     "holder", "'Nowhere'"},
    {"reserve", "reserve=r|kind=strategic|holder=DEU|mineral=cobalt|from=2024|to=2024|source=src",
     CRITMIN_ERROR_MISSING_VALUE, "edition", "say which edition of src"},
    {"reserve", "reserve=r|kind=strategic|holder=DEU|stage=mining|from=2024|to=2024", CRITMIN_ERROR_MISSING_VALUE,
     "mineral", "it must be given"},
    {"producer", "producer=p|name=P|kind=facility|stage=mining", CRITMIN_ERROR_MISSING_VALUE, "mineral",
     "is that of a mineral"},
    {"producer_owner", "producer=nobody|country=DEU|share=0.5", CRITMIN_ERROR_UNKNOWN_NAME, "producer", "'nobody'"},
    {"group_member", "group=EU|country=AUS|from=2024|to=2023", CRITMIN_ERROR_YEAR_RANGE, "to", "before 'from'"},
    {"figure", MARKET YEAR "valeu=1", CRITMIN_ERROR_UNKNOWN_NAME, NULL,
     "figure has no field 'valeu'; did you mean 'value'?"},
    {"figure", MARKET YEAR "value=1|value=1", CRITMIN_ERROR_ARGUMENT, NULL, "given twice"},
    {"figur", MARKET YEAR "value=1", CRITMIN_ERROR_UNKNOWN_NAME, NULL, "did you mean 'figure'?"},
};

START_TEST(what_is_wrong_is_refused_by_name_and_nothing_is_written) {
  const struct refusal *r = &refusals[_i];
  critmin_store *store = sample_store("refuse.db");
  long long before = ask_sql(scratch("refuse.db"),
                             "SELECT total(n) FROM (SELECT count(*) n FROM figure UNION ALL SELECT count(*) FROM "
                             "flow UNION ALL SELECT count(*) FROM stage UNION ALL SELECT count(*) FROM source)");
  critmin_error error;
  critmin_status status = try_put(store, r->relation, r->row, &error);
  ck_assert_msg(status == r->status && error.status == status, "%s: %s: %s", r->row, critmin_status_name(status),
                error.message);
  ck_assert_msg(strstr(error.message, r->says) != NULL, "%s: %s", r->row, error.message);
  if (r->field) {
    const cm_relation *relation = cm_relation_find(r->relation);
    ck_assert_int_eq(error.column, cm_relation_field(relation, r->field) - relation->fields + 1);
  }
  ck_assert_int_eq(before,
                   ask_sql(scratch("refuse.db"),
                           "SELECT total(n) FROM (SELECT count(*) n FROM figure UNION ALL SELECT count(*) "
                           "FROM flow UNION ALL SELECT count(*) FROM stage UNION ALL SELECT count(*) FROM source)"));
  critmin_store_close(store);
}
END_TEST

static critmin_table *rows_of(critmin_store *store, const char *relation) {
  critmin_table *table = NULL;
  critmin_error error;
  ck_assert_msg(critmin_store_list(store, relation, NULL, &table, &error) == CRITMIN_OK, "%s", error.message);
  return table;
}

static const char *cell(const critmin_table *table, int64_t row, const char *column) {
  return critmin_table_text(table, critmin_table_find(table, column), row);
}

START_TEST(a_period_is_printed_in_the_shortest_form_that_reads_back_the_same) {
  static const struct {
    const char *from, *to, *printed_from, *printed_to;
  } periods[] = {
      {"2024", "2024", "2024", "2024"},
      {"2024-01", "2024-12", "2024", "2024"},
      {"2024-01-01", "2024-12-31", "2024", "2024"},
      {"2019", "2023", "2019", "2023"},
      {"2024", "2024-06", "2024-01", "2024-06"},
      {"2024-02-01", "2024-02-29", "2024-02", "2024-02"},
      {"2024-02-02", "2024-03", "2024-02-02", "2024-03-31"},
  };
  critmin_store *store = sample_store("period.db");
  critmin_error error;
  for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
    char row[512];
    snprintf(row, sizeof row, MARKET "value=1|from=%s|to=%s", periods[i].from, periods[i].to);
    ck_assert_msg(try_put(store, "figure", row, &error) == CRITMIN_OK, "%s", error.message);
    critmin_table *table = rows_of(store, "figure");
    ck_assert_int_eq(critmin_table_rows(table), 1);
    ck_assert_str_eq(cell(table, 0, "from"), periods[i].printed_from);
    ck_assert_str_eq(cell(table, 0, "to"), periods[i].printed_to);
    snprintf(row, sizeof row, MARKET "value=2|from=%s|to=%s", periods[i].printed_from, periods[i].printed_to);
    put(store, "figure", row);
    ck_assert_int_eq(ask_sql(scratch("period.db"), "SELECT count(*) FROM figure"), 1);
    run_sql(scratch("period.db"), "DELETE FROM figure");
    critmin_table_free(table);
  }
  critmin_store_close(store);
}
END_TEST

START_TEST(a_row_that_is_there_is_replaced_whole_and_keeps_its_id) {
  critmin_store *store = sample_store("replace.db");
  put(store, "figure", MARKET YEAR "value=1|note=first");
  put(store, "mineral",
      "mineral=Cobalt|name=Cobalt metal"); /* spelt otherwise, the same mineral; its stages still refer to it */
  put(store, "figure", MARKET YEAR "value=2");
  ck_assert_int_eq(
      ask_sql(scratch("replace.db"), "SELECT count(*) FROM mineral WHERE key = 'cobalt' AND name = 'Cobalt metal'"), 1);
  ck_assert_int_eq(ask_sql(scratch("replace.db"), "SELECT count(*) FROM mineral"), 2);
  ck_assert_int_eq(
      ask_sql(scratch("replace.db"), "SELECT count(*) FROM figure WHERE id = 1 AND value = 2 AND note IS NULL"), 1);
  ck_assert_int_eq(ask_sql(scratch("replace.db"), "SELECT count(*) FROM figure"), 1);
  critmin_store_close(store);
}
END_TEST

/* An index takes two missing values for different ones. */
START_TEST(rows_alike_in_what_is_missing_are_one_row) {
  critmin_store *store = sample_store("missing.db");
  put_agreement(store, "agreement=a|name=A|kind=framework", "agreement=a|country=DEU|role=buyer");
  put(store, "agreement_party", "agreement=a|country=DEU|role=seller");
  put(store, "agreement_party", "agreement=a|country=EU");
  put(store, "agreement_party", "agreement=a|name=A company");
  put(store, "producer", "producer=p|name=P|kind=company");
  put(store, "producer_owner", "producer=p|country=DEU|share=0.5");
  put(store, "producer_owner", "producer=p|country=DEU|share=0.6");
  put(store, "group_member", "group=EU|country=AUS");
  put(store, "group_member", "group=EU|country=AUS|to=2000");
  ck_assert_int_eq(count_rows(store, "agreement_party"), 3);
  ck_assert_int_eq(count_rows(store, "producer_owner"), 1);
  ck_assert_int_eq(count_rows(store, "group_member"), 3);
  ck_assert_int_eq(ask_sql(scratch("missing.db"), "SELECT count(*) FROM agreement_party WHERE role = 'seller'"), 1);
  critmin_table *table = rows_of(store, "agreement_party");
  int groups = 0;
  for (int64_t i = 0; i < critmin_table_rows(table); i++)
    groups += cell(table, i, "country") && !strcmp(cell(table, i, "country"), "EU");
  ck_assert_int_eq(groups, 1);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

START_TEST(a_basis_with_a_content_factor_is_taken_and_spelt_as_the_store_does) {
  critmin_store *store = sample_store("basis.db");
  put(store, "content_factor", "mineral=cobalt|stage=refined|basis=oxide|element=Co|factor=0.786");
  put(store, "content_factor", "mineral=cobalt|basis=gross|element=Co|factor=0.05");
  critmin_error error;
  ck_assert_int_eq(
      try_put(store, "figure",
              "mineral=cobalt|stage=mining|country=COD|source=src|edition=2025|unit=t|basis=oxide|" YEAR "value=1",
              &error),
      CRITMIN_ERROR_MIXED_BASES); /* the factor is that of another stage */
  put(store, "figure",
      "mineral=cobalt|stage=refined|country=COD|source=src|edition=2025|unit=t|basis=Oxide|" YEAR "value=1");
  put(store, "figure",
      "mineral=cobalt|stage=mining|country=COD|source=src|edition=2025|unit=t|basis=CONTENT|" YEAR "value=1");
  put(store, "flow", FLOW "quantity=3");
  put(store, "flow",
      "mineral=lithium|stage=mining|importer=CHN|exporter=AUS|source=src|edition=2025|from=2024|to=2024|share=0.5");
  ck_assert_int_eq(ask_sql(scratch("basis.db"), "SELECT count(*) FROM figure WHERE basis IN ('oxide', 'content')"), 2);
  critmin_store_close(store);
}
END_TEST

START_TEST(a_factor_of_one_trade_code_is_for_flows_alone_and_gross_flows_need_none) {
  critmin_store *store = sample_store("traded.db");
  critmin_error error;
  put(store, "content_factor", "mineral=cobalt|stage=mining|hs=2605|basis=wet|element=Co|factor=0.1");
  put(store, "flow", FLOW "quantity=3|basis=WET|hs=2605");
  put(store, "flow", FLOW "quantity=3|basis=Gross");
  ck_assert_int_eq(try_put(store, "figure", MINED YEAR "value=1|basis=wet", &error), CRITMIN_ERROR_MIXED_BASES);
  ck_assert_int_eq(try_put(store, "figure", MINED YEAR "value=1|basis=gross", &error), CRITMIN_ERROR_MIXED_BASES);
  ck_assert_int_eq(ask_sql(scratch("traded.db"), "SELECT count(*) FROM flow WHERE basis IN ('wet', 'gross')"), 2);
  critmin_store_close(store);
}
END_TEST

START_TEST(only_the_world_trades_with_itself_which_is_the_total_of_all) {
  critmin_store *store = sample_store("itself.db");
  critmin_error error;
#define BOTH(country)                                                                                           \
  "mineral=cobalt|stage=mining|source=src|edition=2025|from=2024|to=2024|share=1|importer=" country "|exporter" \
                                                                                                    "=" country
  put(store, "flow", BOTH("WLD"));
  ck_assert_int_eq(try_put(store, "flow", BOTH("OTH"), &error), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_ptr_nonnull(strstr(error.message, "is OTH, the importer"));
  ck_assert_int_eq(count_rows(store, "flow"), 1);
  critmin_store_close(store);
}
END_TEST

START_TEST(countries_are_kept_as_codes) {
  critmin_store *store = sample_store("codes.db");
  put(store, "figure", MARKET YEAR "value=1|excludes=China; aus;");
  critmin_table *table = rows_of(store, "figure");
  ck_assert_str_eq(cell(table, 0, "excludes"), "CHN;AUS");
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

START_TEST(rows_are_removed_by_what_they_hold) {
  critmin_store *store = sample_store("remove.db");
  critmin_error error;
  int64_t removed = 0;
  put(store, "figure", MARKET YEAR "value=1");
  put(store, "figure", MARKET "from=2023|to=2023|value=2.5");
  put(store, "figure",
      "mineral=lithium|stage=mining|country=AUS|source=src|edition=2024|unit=t|basis=content|" YEAR "value=3");
  const char *mineral[] = {"mineral"}, *cobalt[] = {"Co"}, *stage[] = {"stage"}, *refined[] = {"processing"},
             *mining[] = {"mining"};
  const char *value[] = {"mineral", "value"}, *two[] = {"cobalt", "2.5"}, *edition[] = {"edition"}, *first[] = {"2024"};
  const char *country[] = {"country"}, *china[] = {"CHN"}, *wrong[] = {"cuontry"};
  ck_assert_int_eq(critmin_store_remove(store, "figure", stage, refined, 1, &removed, &error), CRITMIN_ERROR_NOT_FOUND);
  ck_assert_int_eq(critmin_store_remove(store, "figure", country, china, 1, &removed, &error), CRITMIN_ERROR_NOT_FOUND);
  ck_assert_int_eq(critmin_store_remove(store, "figure", wrong, china, 1, &removed, &error),
                   CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_int_eq(critmin_store_remove(store, "figure", country, china, 0, &removed, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_remove(store, "mineral", mineral, cobalt, 1, &removed, &error),
                   CRITMIN_ERROR_NOT_FOUND);
  cobalt[0] = "cobalt";
  ck_assert_int_eq(critmin_store_remove(store, "mineral", mineral, cobalt, 1, &removed, &error), CRITMIN_ERROR_IN_USE);
  ck_assert_int_eq(count_rows(store, "figure"), 3);
  ck_assert_int_eq(critmin_store_remove(store, "figure", value, two, 2, &removed, &error), CRITMIN_OK);
  ck_assert_int_eq(removed, 1);
  ck_assert_int_eq(critmin_store_remove(store, "figure", edition, first, 1, &removed, &error), CRITMIN_OK);
  ck_assert_int_eq(removed, 1);
  ck_assert_int_eq(critmin_store_remove(store, "figure", stage, mining, 1, NULL, &error), CRITMIN_OK);
  ck_assert_int_eq(count_rows(store, "figure"), 0);
  ck_assert_int_eq(critmin_store_remove(store, "mineral", mineral, cobalt, 1, &removed, &error), CRITMIN_OK);
  ck_assert_int_eq(count_rows(store, "stage"), 2); /* the chain went with its mineral, and its names */
  ck_assert_int_eq(try_put(store, "figure", MARKET YEAR "value=1", &error), CRITMIN_ERROR_UNKNOWN_NAME);
  critmin_store_close(store);
}
END_TEST

START_TEST(every_check_of_a_bulk_relation_is_a_rule_of_the_row) {
  /* A bulk leaves the CHECKs out; a row that only a CHECK would stop must not pass. */
  static const char *const rows[][2] = {
      {"figure", MARKET YEAR "value=-1"},
      {"figure", MARKET YEAR "value=2|low=3"},
      {"figure", MARKET YEAR "status=zero|value=2"},
      {"figure", MARKET YEAR "outlook=maybe|value=2"},
      {"flow", FLOW "share=2"},
      {"flow", FLOW "amount=-2|currency=USD"},
      {"flow", FLOW "share=0.1|status=maybe"},
  };
  critmin_store *store = sample_store("checks.db");
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    const cm_relation *relation = cm_relation_find(rows[i][0]);
    const char *values[32] = {0};
    char text[512];
    critmin_error error;
    strcpy(text, rows[i][1]);
    for (char *at = strtok(text, "|"); at; at = strtok(NULL, "|")) {
      char *equals = strchr(at, '=');
      *equals = '\0';
      values[cm_relation_field(relation, at) - relation->fields] = equals + 1;
    }
    cm_writer *writer = NULL;
    ck_assert_int_eq(cm_store_enter(store, &error), CRITMIN_OK);
    ck_assert_int_eq(cm_store_write_begin(store, &error), CRITMIN_OK);
    ck_assert_int_eq(cm_writer_open(store, relation, CM_INSERT, &writer, &error), CRITMIN_OK);
    critmin_status status = cm_writer_row(writer, values, NULL, &error);
    cm_writer_close(writer);
    ck_assert_int_ne(cm_store_write_end(store, status, &error), CRITMIN_OK);
    cm_store_leave(store);
    ck_assert_msg(status != CRITMIN_OK && status != CRITMIN_ERROR_INTERNAL, "%s", rows[i][1]);
  }
  ck_assert_int_eq(count_rows(store, "figure") + count_rows(store, "flow"), 0);
  critmin_store_close(store);
}
END_TEST

START_TEST(a_shortened_end_is_the_last_day_meant) {
  critmin_store *store = sample_store("ends.db");
  put(store, "group_member", "group=EU|country=AUS|from=2024-05|to=2024");
  put_agreement(store, "agreement=a|name=A|kind=framework|effective=2024-05-10|until=2024-05", "agreement=a|country=EU");
  put(store, "producer", "producer=p|name=P|kind=company");
  put(store, "producer_owner", "producer=p|country=DEU|share=0.5|from=2024-12-31|to=2024");
  critmin_error error;
  ck_assert_int_eq(
      try_put(store, "agreement", "agreement=b|name=B|kind=framework|effective=2024-05-10|until=2024-04", &error),
      CRITMIN_ERROR_YEAR_RANGE);
  critmin_store_close(store);
}
END_TEST

START_TEST(currencies_are_those_of_today) {
  ck_assert(cm_currency_known("USD") && cm_currency_known("EUR") && cm_currency_known("CNY") &&
            cm_currency_known("AED") && cm_currency_known("ZWG"));
  ck_assert(!cm_currency_known("DEM") && !cm_currency_known("usd") && !cm_currency_known("US") &&
            !cm_currency_known("USDX") && !cm_currency_known("") && !cm_currency_known("D A"));
}
END_TEST

START_TEST(leap_days_are_where_they_are) {
  static const struct {
    const char *text;
    cm_date_result result;
    int64_t first, last;
  } dates[] = {
      {"2000-02-29", CM_DATE_GOOD, 20000229, 20000229},
      {"1900-02-29", CM_DATE_UNREAL, 0, 0},
      {"2024-02", CM_DATE_GOOD, 20240201, 20240229},
      {"2023-02", CM_DATE_GOOD, 20230201, 20230228},
      {"2100-02", CM_DATE_GOOD, 21000201, 21000228},
      {"2024", CM_DATE_GOOD, 20240101, 20241231},
      {"2024-00", CM_DATE_UNREAL, 0, 0},
      {"2024-04-31", CM_DATE_UNREAL, 0, 0},
      {"2024-04-00", CM_DATE_UNREAL, 0, 0},
      {"", CM_DATE_MALFORMED, 0, 0},
      {"2024-4", CM_DATE_MALFORMED, 0, 0},
      {"2024-04-30T00", CM_DATE_MALFORMED, 0, 0},
      {"20240430", CM_DATE_MALFORMED, 0, 0},
      {"+024", CM_DATE_MALFORMED, 0, 0},
      {"1499", CM_DATE_YEAR, 0, 0},
      {"2201-01-01", CM_DATE_YEAR, 0, 0},
  };
  for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
    int64_t first = 0, last = 0;
    int parts = 0;
    ck_assert_msg(cm_date_parse(dates[i].text, &first, &last, &parts) == dates[i].result, "%s", dates[i].text);
    if (dates[i].result != CM_DATE_GOOD) continue;
    ck_assert_int_eq(first, dates[i].first);
    ck_assert_int_eq(last, dates[i].last);
  }
}
END_TEST

static int32_t set_once(void *user) {
  critmin_error error;
  run_sql(scratch("set.db"), "DELETE FROM figure");
  critmin_status status = try_put(user, "figure", MARKET YEAR "value=1|excludes=CHN;AUS", &error);
  if (status != CRITMIN_OK) ck_assert_int_eq(ask_sql(scratch("set.db"), "SELECT count(*) FROM figure"), 0);
  return status;
}

START_TEST(a_row_that_memory_is_short_for_is_not_written) {
  critmin_store *store = sample_store("set.db");
  fail_each_allocation(set_once, store);
  critmin_store_close(store);
}
END_TEST

static int32_t list_once(void *user) {
  critmin_table *table = NULL;
  critmin_error error;
  critmin_selection *selection = NULL;
  critmin_status status = critmin_selection_new(&selection, &error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "mineral", "cobalt", &error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "stage", "mining", &error);
  if (status == CRITMIN_OK) status = critmin_selection_add(selection, "country", "COD", &error);
  if (status == CRITMIN_OK) status = critmin_selection_set(selection, "edition", "2025-06-30", &error);
  if (status == CRITMIN_OK) status = critmin_store_list(user, "figure", selection, &table, &error);
  critmin_selection_free(selection);
  if (status == CRITMIN_OK)
    ck_assert_int_eq(critmin_table_rows(table), 1);
  else
    ck_assert_ptr_null(table);
  critmin_table_free(table);
  return status;
}

START_TEST(a_list_that_memory_is_short_for_is_not_given) {
  critmin_store *store = sample_store("list.db");
  put(store, "figure", MARKET YEAR "value=1");
  fail_each_allocation(list_once, store);
  critmin_store_close(store);
}
END_TEST

Suite *suite_rows(void) {
  Suite *suite = suite_create("rows");
  TCase *rows = tcase_create("rows");
  tcase_add_checked_fixture(rows, scratch_make, scratch_drop);
  tcase_add_loop_test(rows, what_is_wrong_is_refused_by_name_and_nothing_is_written, 0,
                      sizeof refusals / sizeof refusals[0]);
  tcase_add_test(rows, a_period_is_printed_in_the_shortest_form_that_reads_back_the_same);
  tcase_add_test(rows, a_row_that_is_there_is_replaced_whole_and_keeps_its_id);
  tcase_add_test(rows, rows_alike_in_what_is_missing_are_one_row);
  tcase_add_test(rows, a_basis_with_a_content_factor_is_taken_and_spelt_as_the_store_does);
  tcase_add_test(rows, a_factor_of_one_trade_code_is_for_flows_alone_and_gross_flows_need_none);
  tcase_add_test(rows, only_the_world_trades_with_itself_which_is_the_total_of_all);
  tcase_add_test(rows, countries_are_kept_as_codes);
  tcase_add_test(rows, rows_are_removed_by_what_they_hold);
  tcase_add_test(rows, every_check_of_a_bulk_relation_is_a_rule_of_the_row);
  tcase_add_test(rows, a_shortened_end_is_the_last_day_meant);
  tcase_add_test(rows, currencies_are_those_of_today);
  tcase_add_test(rows, leap_days_are_where_they_are);
  suite_add_tcase(suite, rows);
  TCase *memory = tcase_create("memory");
  tcase_set_timeout(memory, 120);
  tcase_add_checked_fixture(memory, scratch_make, scratch_drop);
  tcase_add_test(memory, a_row_that_memory_is_short_for_is_not_written);
  tcase_add_test(memory, a_list_that_memory_is_short_for_is_not_given);
  suite_add_tcase(suite, memory);
  return suite;
}
