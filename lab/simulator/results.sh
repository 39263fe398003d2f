#!/usr/bin/env bash
# Runs every scenario, or those named, and writes pages, CSV files and charts to docs/results/simulator.
# Usage: lab/simulator/results.sh [SCENARIO...]. THREADS says how many runs at once (default: one for each processor).
set -eu
cd "$(dirname "$0")/../.."

threads=${THREADS:-$(getconf _NPROCESSORS_ONLN)}
if [ $# -eq 0 ]; then
  for file in lab/simulator/scenarios/*.yaml; do set -- "$@" "$(basename "$file" .yaml)"; done
fi
for scenario in "$@"; do
  bounds=''
  if [ "$scenario" = speed ]; then bounds=--no-bounds; fi
  echo "== $scenario"
  # shellcheck disable=SC2086 # no bounds may be no argument
  ./lookaside simulate "$scenario" --output docs/results/simulator --threads "$threads" $bounds >/dev/null
done
