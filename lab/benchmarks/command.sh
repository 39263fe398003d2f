#!/usr/bin/env bash
# lab/benchmarks/command.sh [RUNS [LAUNCHER...]]: how long a command takes from a launcher's archive of classes, as a share of
# plain `java -jar`, as a table in Markdown.
#
# The command is `client policies`, which asks nobody: all that it takes is its start. Each round runs all of them in turn, so
# that what else the machine does hits each, and gives one ratio; the median of RUNS rounds (default 15) counts. Launchers are
# ./lookaside if none is named; name bin/lookaside of an unpacked distribution to measure what is installed. JAVA_HOME says
# which JDK. The first run of a launcher, which makes the archive, is not counted.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-15}
shift $(($# > 0 ? 1 : 0))
[ $# -gt 0 ] || set -- ./lookaside
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for launcher in "$@"; do "$launcher" client policies >"$work/first" 2>&1 || { cat "$work/first" >&2; exit 1; }; done

millis() { # millis COMMAND...: how long it takes
  local begin
  begin=$(date +%s%N)
  "$@" >"$work/out" 2>&1 || { cat "$work/out" >&2; exit 1; }
  echo $((($(date +%s%N) - begin) / 1000000))
}
quartile() { sort -n "$work/$1" | awk -v q="$2" '{ v[NR] = $1 } END { print v[int((NR - 1) * q) + 1] }'; }

for _ in $(seq "$runs"); do
  plain=$(millis "$java" -jar client-cli/target/client-cli.jar policies)
  echo "$plain" >>"$work/plain.ms"
  for ((i = 1; i <= $#; i++)); do
    took=$(millis "${!i}" client policies)
    echo "$took" >>"$work/$i.ms"
    awk -v one="$took" -v other="$plain" 'BEGIN { printf "%.2f\n", one / other }' >>"$work/$i.ratio"
  done
done

echo "| \`client policies\`, $("$java" -version 2>&1 | head -n 1 | tr -d '"'), $runs rounds | ms, median | ÷ \`java -jar\`, median | quartiles |"
echo '|---|---:|---:|---:|'
echo "| \`java -jar\` | $(quartile plain.ms 0.5) | 1 | |"
for ((i = 1; i <= $#; i++)); do
  echo "| \`${!i}\` | $(quartile "$i.ms" 0.5) | $(quartile "$i.ratio" 0.5) | $(quartile "$i.ratio" 0.25) to $(quartile "$i.ratio" 0.75) |"
done
