#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what is missing, builds, runs every test but the slow ones, and ends with how many cases passed and failed.
set -eu
cd "$(dirname "$0")/.."
. tests/packages.sh
# shellcheck disable=SC2086 # a list of words
need $build_packages g++ check locales zlib1g-dev # the last for SQLite, linked statically

if [ -e build/build.ninja ]; then meson configure build -Dtests=true; else meson setup build; fi
ninja -C build
meson test -C build --no-rebuild --print-errorlogs || true # the count below decides
python3 tests/count.py build/meson-logs/testlog.json
