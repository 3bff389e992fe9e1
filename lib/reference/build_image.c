/* SPDX-License-Identifier: MIT */
/*
 * Builds the reference data: build_image OUTPUT.db OUTPUT.S FILE.csv...
 *
 * Imports the text tables, each named after its relation (`figure.csv`, or `figure-usgs.csv` where one relation has several),
 * in the order in which no row refers to a later one, and writes an assembler file that takes the store in. The same
 * tables give the same store, byte for byte.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "critmin/critmin.h"
#include "store/handle.h"
#include "store/relation.h"
#include "store/rows.h"
#include "store/seal.h"

enum { IMAGE_MAX = 16 << 20 };

static critmin_error error;

static int failed(const char *path) {
  fprintf(stderr, "%s", path);
  if (error.row) fprintf(stderr, ":%" PRId64, error.row);
  if (error.row && error.column) fprintf(stderr, ":%" PRId64, error.column);
  fprintf(stderr, ": %s: %s\n", critmin_status_name(error.status), error.message);
  return 0;
}

/* The relation a file is named after, or NULL. */
static const cm_relation *relation_of(const char *path) {
  const char *base = strrchr(path, '/');
  base = base ? base + 1 : path;
  char name[64];
  size_t length = strcspn(base, "-.");
  if (length >= sizeof name) return NULL;
  memcpy(name, base, length);
  name[length] = '\0';
  return cm_relation_find(name);
}

static int import(critmin_store *store, char *const *files, int n_files) {
  for (int f = 0; f < n_files; f++) {
    if (relation_of(files[f])) continue;
    fprintf(stderr, "%s: no relation has that name\n", files[f]);
    return 0;
  }
  for (int r = 0; r < cm_n_relations; r++) {
    for (int f = 0; f < n_files; f++) {
      if (relation_of(files[f]) != &cm_relations[r]) continue;
      if (critmin_store_import(store, "critmin", files[f], NULL, NULL, NULL, &error)) return failed(files[f]);
    }
  }
  return 1;
}

static critmin_status dump(critmin_store *store, const cm_relation *relation, char **text) {
  critmin_table *table;
  critmin_status status = cm_store_enter(store, &error);
  if (status) return status;
  status = cm_rows_table(store, relation, NULL, NULL, NULL, 0, &table, &error);
  cm_store_leave(store);
  if (status) return status;
  status = critmin_table_format(table, "csv", text, &error);
  critmin_table_free(table);
  return status;
}

/* The dump is every relation in the CSV layout, with its name before. */
static int digest_of(critmin_store *store, char digest[CM_SHA256_TEXT]) {
  cm_sha256 hash;
  cm_sha256_begin(&hash);
  for (int r = 0; r < cm_n_relations; r++) {
    char *text;
    if (dump(store, &cm_relations[r], &text)) return failed(cm_relations[r].name);
    cm_sha256_add(&hash, cm_relations[r].name, strlen(cm_relations[r].name));
    cm_sha256_add(&hash, "\n", 1);
    cm_sha256_add(&hash, text, strlen(text));
    critmin_text_free(text);
  }
  cm_sha256_end(&hash, digest);
  return 1;
}

static int build(const char *path, char *const *files, int n_files) {
  critmin_store *store;
  if (remove(path) && errno != ENOENT) {
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return 0;
  }
  if (critmin_store_init(path, CRITMIN_INIT_EMPTY, &error)) return failed(path);
  if (critmin_store_open(path, CRITMIN_OPEN_WRITE, &store, &error)) return failed(path);
  char digest[CM_SHA256_TEXT];
  int built = !critmin_store_begin(store, &error) || failed(path);
  built = built && import(store, files, n_files);
  built = built && (!critmin_store_commit(store, &error) || failed(path));
  built = built && digest_of(store, digest);
  built = built && (!cm_store_seal(store, digest, &error) || failed(path));
  critmin_store_close(store);
  return built;
}

static long size_of(const char *path) {
  FILE *file = fopen(path, "rb");
  long size = file && !fseek(file, 0, SEEK_END) ? ftell(file) : -1;
  if (file) fclose(file);
  if (size < 0) fprintf(stderr, "%s: %s\n", path, strerror(errno));
  return size;
}

static int write_assembler(const char *path, const char *image) {
  long size = size_of(image);
  if (size < 0) return 0;
  if (size > IMAGE_MAX) {
    fprintf(stderr, "%s: %ld bytes are more than the %d that an image may have; leave something out\n", image, size,
            (int)IMAGE_MAX);
    return 0;
  }
  FILE *out = fopen(path, "w");
  if (!out) {
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return 0;
  }
  fputs("  .section .rodata\n  .balign 4096\n  .globl cm_image\n  .hidden cm_image\n  .type cm_image, %object\n"
        "cm_image:\n  .incbin \"", out);
  for (const char *c = image; *c; c++) fprintf(out, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
  fprintf(out, "\"\n  .size cm_image, %ld\n  .balign 8\n  .globl cm_image_size\n  .hidden cm_image_size\n"
          "  .type cm_image_size, %%object\ncm_image_size:\n  .quad %ld\n  .size cm_image_size, 8\n"
          "  .section .note.GNU-stack, \"\", %%progbits\n", size, size);
  int written = !ferror(out);
  if (fclose(out)) written = 0;
  if (!written) fprintf(stderr, "%s: cannot be written\n", path);
  return written;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fputs("usage: build_image OUTPUT.db OUTPUT.S FILE.csv...\n", stderr);
    return 2;
  }
  return build(argv[1], argv + 3, argc - 3) && write_assembler(argv[2], argv[1]) ? EXIT_SUCCESS : EXIT_FAILURE;
}
