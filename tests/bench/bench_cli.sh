#!/bin/sh
# SPDX-License-Identifier: MIT
#
# How long one answer takes, from nothing to the exit of the process, beside the sqlite3 shell summing the same rows from a file of
# the same size. The goal is a ratio within 3. Prints medians in milliseconds; never asserts.
#
#   tests/bench/bench_cli.sh BUILD [RUNS]
set -eu

build=${1:?"usage: bench_cli.sh BUILD [RUNS]"}
runs=${2:-40}
critmin=$build/examples/critmin
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
store=$folder/reference.db
"$critmin" init "$store" >"$folder/init.txt"

sum='SELECT sum(f.value) FROM figure f JOIN stage s ON s.id = f.stage_id JOIN mineral m ON m.id = s.mineral_id
     JOIN measure k ON k.id = f.measure_id WHERE m.key = '\''cobalt'\'' AND k.key = '\''production'\'''

answer() { "$critmin" metric :reference: hhi --mineral cobalt; }
answer_from_file() { "$critmin" metric "$store" hhi --mineral cobalt; }
shell() { sqlite3 "$store" "$sum"; }
nothing() { "$critmin" --version; }

# Median of `runs` runs, the candidates taking turns so that a slow moment of the machine falls on all of them.
measure() {
  i=0
  while [ "$i" -lt "$runs" ]; do
    for name in "$@"; do
      before=$(date +%s%N)
      "$name" >/dev/null
      after=$(date +%s%N)
      echo $(((after - before) / 1000)) >>"$folder/$name.us"
    done
    i=$((i + 1))
  done
}
median() { sort -n "$folder/$1.us" | sed -n "$(((runs + 1) / 2))p"; }

if command -v hyperfine >/dev/null 2>&1; then
  hyperfine -N --warmup 3 --runs "$runs" --export-csv "$folder/times.csv" \
    -n answer "'$critmin' metric :reference: hhi --mineral cobalt" \
    -n answer_from_file "'$critmin' metric '$store' hhi --mineral cobalt" \
    -n shell "sqlite3 '$store' \"$(echo $sum)\"" \
    -n nothing "'$critmin' --version" >/dev/null 2>&1
  # command,mean,stddev,median,...
  for name in answer answer_from_file shell nothing; do
    awk -F, -v name="$name" '$1 == name {printf "%.0f\n", $4 * 1e6}' "$folder/times.csv" >"$folder/$name.us"
  done
  runs=1
else
  answer >/dev/null; answer_from_file >/dev/null; shell >/dev/null; nothing >/dev/null
  measure answer answer_from_file shell nothing
fi

bytes=$(wc -c <"$store")
awk -v a="$(median answer)" -v f="$(median answer_from_file)" -v s="$(median shell)" -v n="$(median nothing)" -v b="$bytes" 'BEGIN {
  printf "store                                    %8.1f MB\n", b / 1e6
  printf "sqlite3 shell, sum over cobalt           %8.2f ms\n", s / 1e3
  printf "critmin metric :reference: hhi (cobalt)  %8.2f ms   %.2f times the shell (goal: 3)\n", a / 1e3, a / s
  printf "critmin metric FILE hhi (cobalt)         %8.2f ms   %.2f times the shell\n", f / 1e3, f / s
  printf "critmin --version                        %8.2f ms\n", n / 1e3
}'
