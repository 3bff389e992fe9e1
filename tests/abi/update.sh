#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes anew what the binary interface is compared with: update.sh LIBRARY (build/lib/libcritmin.so). Needs abigail-tools.
# A symbol that is new also goes into lib/critmin.map; one that changes or goes, once released, needs a new soname.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
nm -D --defined-only "$1" | awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' | LC_ALL=C sort > "$here/symbols.txt"
abidw --no-corpus-path --no-comp-dir-path --no-show-locs --exported-interfaces-only --suppressions "$here/opaque.suppr" \
  "$1" | sed -E "s,path='[^']*/(lib|include)/,path='\1/,; s,path='[^']*/,path='," > "$here/critmin.abixml"
