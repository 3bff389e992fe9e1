/* SPDX-License-Identifier: MIT */
#include "base/sha256.h"

#include <string.h>

#include "suites.h"

/* The examples of FIPS 180-4 (and of NIST's CSRC for the long ones). */
static const struct {
  const char *text;
  int times;
  const char *digest;
} published[] = {
    {"", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", 1,
     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    {"aaaaaaaaaa", 100000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
};

START_TEST(published_digests_come_out) {
  cm_sha256 hash;
  char digest[CM_SHA256_TEXT];
  cm_sha256_begin(&hash);
  for (int i = 0; i < published[_i].times; i++) cm_sha256_add(&hash, published[_i].text, strlen(published[_i].text));
  cm_sha256_end(&hash, digest);
  ck_assert_str_eq(digest, published[_i].digest);
}
END_TEST

START_TEST(the_digest_does_not_depend_on_the_pieces) {
  char text[300], whole[CM_SHA256_TEXT], pieces[CM_SHA256_TEXT];
  for (size_t i = 0; i < sizeof text; i++) text[i] = (char)('a' + i % 26);
  cm_sha256 hash;
  cm_sha256_begin(&hash);
  cm_sha256_add(&hash, text, sizeof text);
  cm_sha256_end(&hash, whole);
  for (size_t first = 0; first <= sizeof text; first += 7) {
    cm_sha256_begin(&hash);
    cm_sha256_add(&hash, text, first);
    cm_sha256_add(&hash, text + first, sizeof text - first);
    cm_sha256_end(&hash, pieces);
    ck_assert_str_eq(pieces, whole);
  }
}
END_TEST

Suite *suite_sha256(void) {
  Suite *suite = suite_create("sha256");
  TCase *tcase = tcase_create("sha256");
  tcase_add_loop_test(tcase, published_digests_come_out, 0, (int)(sizeof published / sizeof published[0]));
  tcase_add_test(tcase, the_digest_does_not_depend_on_the_pieces);
  suite_add_tcase(suite, tcase);
  return suite;
}
