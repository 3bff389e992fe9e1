#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh SOURCE BUILD LIBRARY: installs the R package below BUILD, then runs its tests with that shared library.
set -eu
source=$1 build=$2
LD_LIBRARY_PATH=$(dirname "$3")
export LD_LIBRARY_PATH
rm -rf "$build/package" "$build/library"
mkdir -p "$build/library"
cp -R "$source/bindings/r" "$build/package" # what R builds lies beside its sources
if ! R CMD INSTALL --library="$build/library" "$build/package" >"$build/install.log" 2>&1; then
  sed 's/^/# /' "$build/install.log"
  echo 'not ok 1 - the package installs'
  echo '1..1'
  exit 1
fi
R_LIBS="$build/library" exec Rscript --vanilla "$source/tests/r/run.R" "$source"
