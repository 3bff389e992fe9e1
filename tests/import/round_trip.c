/* SPDX-License-Identifier: MIT */
/* What a store lists, an empty store reads back: every relation, the same rows. And bytes that are no file of ours do
 * no harm. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../store/sample.h"
#include "../store/scratch.h"
#include "store/relation.h"
#include "suites.h"

/* A row or more of every relation that the sample store leaves empty. */
static critmin_store *full_store(const char *name) {
  critmin_store *store = sample_store(name);
  put(store, "source",
      "source=iea|publisher=IEA|title=\"Quoted\", with a comma|licence=CC-BY-4.0|note= spaces at both ends ");
  put(store, "edition", "source=iea|edition=2025|date=2025-05-21|title=A title\nof two lines");
  put(store, "country_alias", "publisher=iea|word=DRC|country=COD");
  put(store, "country_alias", "word=C\xC3\xB4te d'Or|country=FRA");
  put(store, "group_member", "group=EU|country=AUS|from=1990|to=2000-06");
  put(store, "mineral", "mineral=battery|name=Battery minerals|kind=group");
  put(store, "mineral_member", "mineral=battery|member=lithium");
  put(store, "mineral_alias", "publisher=src|word=Cobalt, contained|mineral=cobalt");
  put(store, "stage_alias", "publisher=iea|word=Refinery|stage=processing");
  put(store, "stage_alias", "publisher=iea|mineral=lithium|word=Plant|stage=hydroxide");
  put(store, "hs_code", "mineral=cobalt|stage=refined|hs=810520|vintage=HS2022|source=src");
  put(store, "content_factor", "mineral=cobalt|basis=oxide|element=Co|factor=0.7865");
  put(store, "content_factor", "mineral=lithium|stage=hydroxide|basis=LCE|element=Li|factor=0.188");
  put(store, "indicator_kind", "indicator=pv|name=Political stability|unit=score|worst=-2.5|best=2.5|source=src");
  put(store, "source_rank", "measure=production|mineral=cobalt|stage=refined|source=iea|rank=1");
  put(store, "source_rank", "measure=production|source=src|rank=2");
  put(store, "producer",
      "producer=works|name=The works|kind=facility|country=COD|mineral=cobalt|stage=mining|status=operating");
  put(store, "producer", "producer=owner|name=An owner|kind=company");
  put(store, "producer_owner", "producer=works|owner=owner|share=0.8|from=2020-05|source=src");
  put(store, "producer_owner", "producer=owner|country=CHN|share=1");
  put(store, "producer_citation", "producer=works|source=src");
  put_figure(store, "mineral=cobalt|stage=mining", "COD", "2024", "2022",
             "unit=t|basis=content|value=0.1|low=0.05|high=144000.25");
  put_figure(store, "mineral=cobalt|stage=mining", "AUS", "2025", "2023",
             "unit=t|basis=content|status=withheld|high=5900|note=W");
  put_figure(store, "mineral=cobalt|stage=mining", "WLD", "2025", "2023",
             "unit=t|basis=content|value=230000|excludes=AUS;DEU");
  put_figure(store, "mineral=cobalt|stage=refined", "CHN", "2025", "2030",
             "unit=t|basis=oxide|value=1e-7|outlook=projected|scenario=Base|status=projected");
  put(store, "figure",
      "mineral=cobalt|stage=mining|country=COD|producer=works|sector=cells|source=iea|edition=2025|from=2019-07|to="
      "2024-06|unit=share|basis=content|value=0.3333333333333333");
  put(store, "flow",
      "mineral=cobalt|stage=mining|importer=CHN|exporter=COD|source=src|edition=2025|from=2023|to=2023|quantity=12.5|"
      "basis=content|amount=3|currency=USD|hs=2605");
  put(store, "indicator", "indicator=pv|country=COD|year=2023|value=-2.1|std_error=0.25|source=src|edition=2025");
  put(store, "price",
      "mineral=cobalt|form=metal|from=2023|to=2023-06|amount=33000.5|per=t|currency=USD|source=src|edition=2025");
  put(store, "parameter", "mineral=cobalt|stage=refined|country=CHN|parameter=t|words=unknown|source=src|edition=2025");
  put(store, "parameter", "mineral=cobalt|parameter=SI|value=0.92|source=src|edition=2025");
  put(store, "industry",
      "industry=C28|country=DEU|from=2016|to=2020|name=Machinery|amount=204200000000|currency=EUR|source=src|edition=2025");
  put(store, "end_use",
      "mineral=cobalt|country=DEU|application=Magnets|industry=C28|from=2016|to=2020|share=0.07|source=src|edition=2025");
  put_agreement(store, "agreement=first|name=First|kind=framework|signed=2021|effective=2022-01-15|until=2022-12",
                "agreement=first|country=EU|role=buyer");
  put_agreement(store, "agreement=second|name=Second|kind=offtake|supersedes=first",
                "agreement=second|name=Another company");
  put(store, "agreement_party", "agreement=first|country=COD|role=seller");
  put(store, "agreement_party", "agreement=first|name=A company");
  put(store, "agreement_scope", "agreement=first|mineral=cobalt");
  put(store, "agreement_commitment",
      "agreement=second|kind=tonnes|mineral=cobalt|stage=refined|buyer=DEU|seller=COD|tonnes=500|basis=content|from="
      "2024|until=2028-06|probability=0.9");
  put(store, "agreement_commitment", "agreement=second|kind=money|amount=1000000|currency=EUR");
  put(store, "agreement_citation", "agreement=first|source=src");
  put(store, "reserve",
      "reserve=ground|kind=geological|holder=COD|mineral=cobalt|stage=mining|from=2024|to=2024|unit=t|basis=content|"
      "value=6000000|status=estimated|source=src|edition=2025");
  put(store, "reserve",
      "reserve=stock|kind=strategic|holder=EU|programme=P|mineral=lithium|from=2024-03|to=2024-03|days_of_cover=42|"
      "state=planned");
  put(store, "reserve_citation", "reserve=stock|source=src");
  put(store, "restriction",
      "restriction=ban|kind=ban|country=CHN|announced=2024-12-03|effective=2024-12-03|share=1|share_low=0.5|share_high="
      "1");
  put(store, "restriction_scope", "restriction=ban|mineral=cobalt|stage=refined|hs=810520");
  put(store, "restriction_target", "restriction=ban|country=EU");
  put(store, "restriction_target", "restriction=ban|country=AUS");
  put(store, "restriction_suspension", "restriction=ban|from=2025-11-09|until=2026-11-27");
  put(store, "restriction_citation", "restriction=ban|source=src");
  put(store, "assumption",
      "assumption=private|subject=private stocks|mineral=cobalt|value=30|low=10|high=60|unit=d|reason=nobody publishes "
      "them");
  put(store, "explanation", "finding=total_below_sum|mineral=cobalt|from=2023|to=2023|text=rounded");
  put(store, "composite",
      "composite=own|name=My own|note=mine|definition={\n  \"criteria\": [{\"metric\": \"hhi\"}]\n}\n");
  return store;
}

static char *csv_of(critmin_store *store, const char *relation) {
  critmin_table *table = NULL;
  critmin_error error;
  char *csv = NULL;
  /* The list of producers tells countries as well, which importing passes over: they follow from the figures. */
  ck_assert_msg(critmin_store_list(store, relation, NULL, &table, &error) == CRITMIN_OK, "%s: %s", relation,
                error.message);
  ck_assert_int_eq(critmin_table_format(table, "csv", &csv, &error), CRITMIN_OK);
  ck_assert_msg(critmin_table_rows(table) > 0, "no row of %s", relation);
  critmin_table_free(table);
  return csv;
}

START_TEST(every_relation_reads_back_what_it_lists) {
  critmin_store *from = full_store("from.db"), *to = new_store("to.db");
  critmin_error error;
  ck_assert_int_eq(critmin_store_begin(to, &error), CRITMIN_OK); /* no agreement stands without its parties */
  for (int i = 0; i < cm_n_relations; i++) {
    char name[64];
    critmin_table *audit = NULL;
    char *csv = csv_of(from, cm_relations[i].name);
    snprintf(name, sizeof name, "table%d.csv", i); /* no name that would tell the relation */
    file_write(scratch(name), csv, strlen(csv));
    ck_assert_msg(critmin_store_import(to, "critmin", scratch(name), NULL, NULL, &audit, &error) == CRITMIN_OK,
                  "%s: %s", cm_relations[i].name, error.message);
    ck_assert_str_eq(critmin_table_text(audit, 0, 0), cm_relations[i].name);
    critmin_table_free(audit);
    critmin_text_free(csv);
  }
  ck_assert_msg(critmin_store_commit(to, &error) == CRITMIN_OK, "%s", error.message);
  for (int i = 0; i < cm_n_relations; i++) {
    char *before = csv_of(from, cm_relations[i].name), *after = csv_of(to, cm_relations[i].name);
    ck_assert_str_eq(before, after);
    critmin_text_free(before);
    critmin_text_free(after);
  }
  critmin_store_close(from);
  critmin_store_close(to);
}
END_TEST

/* SplitMix64: the same bytes on every machine. */
static uint64_t state;
static uint64_t next(void) {
  uint64_t z = state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

static size_t spoil(char *bytes, size_t length, size_t room) {
  static const char pieces[] = ",\"\n\r;-0159.eE\xFF\xC3\xA4\0 ";
  for (uint64_t n = 1 + next() % 4; n > 0; n--) {
    size_t at = (size_t)(next() % (length + 1));
    char piece = pieces[next() % (sizeof pieces - 1)];
    switch (next() % 3) {
      case 0:
        if (at < length) bytes[at] = piece;
        break;
      case 1:
        if (length < room) {
          memmove(bytes + at + 1, bytes + at, length - at);
          bytes[at] = piece;
          length++;
        }
        break;
      default:
        if (at < length) {
          memmove(bytes + at, bytes + at + 1, length - at - 1);
          length--;
        }
    }
  }
  return length;
}

START_TEST(spoilt_files_are_refused_whole_or_taken_whole) {
  critmin_store *store = full_store("spoilt.db");
  critmin_error error;
  static const char *const of[] = {"figure", "reserve", "stage", "country_alias"};
  int refused = 0, taken = 0;
  state = 20240501;
  for (int round = 0; round < 400; round++) {
    const char *relation = of[round % 4];
    char *csv = csv_of(store, relation);
    size_t length = strlen(csv), room = length + 8;
    char *bytes = malloc(room);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, csv, length);
    file_write(scratch("spoilt.csv"), bytes, spoil(bytes, length, room));
    ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
    critmin_status status = critmin_store_import(store, "critmin", scratch("spoilt.csv"), NULL, NULL, NULL, &error);
    ck_assert_int_ne(status, CRITMIN_ERROR_INTERNAL);
    ck_assert_int_ne(status, CRITMIN_ERROR_CORRUPT);
    if (status) {
      char *after = csv_of(store, relation);
      ck_assert_str_eq(csv, after);
      critmin_text_free(after);
      ck_assert(error.message[0] != '\0');
      refused++;
    } else {
      taken++;
    }
    ck_assert_int_eq(critmin_store_rollback(store, &error), CRITMIN_OK);
    free(bytes);
    critmin_text_free(csv);
  }
  ck_assert_int_gt(refused, 100);
  ck_assert_int_gt(taken, 5);
  critmin_store_close(store);
}
END_TEST

Suite *suite_round_trip(void) {
  Suite *suite = suite_create("round trip");
  TCase *files = tcase_create("files");
  tcase_set_timeout(files, 120);
  tcase_add_checked_fixture(files, scratch_make, scratch_drop);
  tcase_add_test(files, every_relation_reads_back_what_it_lists);
  tcase_add_test(files, spoilt_files_are_refused_whole_or_taken_whole);
  suite_add_tcase(suite, files);
  return suite;
}
