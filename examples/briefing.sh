#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what is missing, builds, and writes the briefing to build/briefing.html (or .md) and its main tables to the terminal.
# Arguments are the briefing's own: --date D, --country C,..., --group G, --mineral M,..., --year Y, --assume NAME=VALUE, --set SCENARIO.PATH=VALUE, --format html|md, --out FILE.
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
page=build/briefing.html
for argument; do
  case $argument in md | --format=md) page=build/briefing.md ;; esac
done
exec build/examples/briefing --out "$page" "$@"
