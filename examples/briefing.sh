#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what is missing, builds, and writes the briefing to build/briefing.html and its tables to the terminal.
# Arguments are the briefing's own: --mineral M[,M...], --year Y, --out FILE.
set -eu
cd "$(dirname "$0")/.."
. tests/packages.sh
# shellcheck disable=SC2086 # a list of words
need $build_packages

quietly() { # shows what a command said only when it fails
  "$@" >build/last.log 2>&1 || { cat build/last.log >&2; exit 1; }
}
mkdir -p build
[ -e build/build.ninja ] || { echo "Building; the first time takes a minute or two."; quietly meson setup build -Dtests=false; }
quietly ninja -C build examples/briefing
exec build/examples/briefing --out build/briefing.html "$@"
