#!/usr/bin/env bash
# Runs every scenario, or those named, and writes pages, CSV files and charts to docs/results/simulator; then, from the same
# results, what a switch to ll gains and loses into docs/policies.md, and all on one page into docs/results/simulator.md.
# Usage: lab/simulator/results.sh [SCENARIO...]
#   THREADS  how many runs at once (default: one for each processor)
#   TRACE    the whole trace of trace-* (default: ../shared/traces/azure-llm-conv-2023.csv if it is there, else the extract)
set -eu
cd "$(dirname "$0")/../.."

threads=${THREADS:-$(getconf _NPROCESSORS_ONLN)}
trace=${TRACE:-../shared/traces/azure-llm-conv-2023.csv}
output=docs/results/simulator
version="$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' pom.xml | head -1), commit $(git rev-parse --short=12 HEAD)"
if [ -n "$(git status --porcelain -- libs/lb-core lab/simulator/src lab/simulator/scenarios)" ]; then version="$version with changes"; fi

if [ $# -eq 0 ]; then
  for file in lab/simulator/scenarios/*.yaml; do set -- "$@" "$(basename "$file" .yaml)"; done
fi
count=$#
number=0
for scenario in "$@"; do
  number=$((number + 1))
  started=$SECONDS
  printf '%3d/%d %s ' "$number" "$count" "$scenario"
  options=(--output "$output" --threads "$threads" --version-label "$version")
  if [ "$scenario" = speed ]; then options+=(--no-bounds); fi
  case $scenario in
    trace-*) if [ -e "$trace" ]; then options+=(--trace "$trace"); else printf '(extract: %s is not there) ' "$trace"; fi ;;
  esac
  ./lookaside simulate "$scenario" "${options[@]}" >/dev/null 2>"$output/.err" || { cat "$output/.err"; exit 1; }
  rm -f "$output/.err"
  echo "$((SECONDS - started)) s, $SECONDS s in all"
done

put() { # put KIND FILE: the summary of this kind between its marks in the file
  ./lookaside simulate --summary "$1" --output "$output" >"$2.table" 2>/dev/null
  awk -v kind="$1" -v table="$2.table" '
    $0 == "<!-- " kind ": end -->" { inside = 0 }
    !inside { print }
    $0 == "<!-- " kind ": begin -->" {
      print ""
      while ((getline line < table) > 0) print line
      print ""
      inside = 1
    }' "$2" >"$2.new"
  mv "$2.new" "$2"
  rm "$2.table"
}
put switches docs/policies.md
put overview docs/results/simulator.md
