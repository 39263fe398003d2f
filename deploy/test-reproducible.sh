#!/usr/bin/env bash
# deploy/test-reproducible.sh [MAVEN OPTION...]: starts where `mvn package` or `mvn verify` ended (with the same JDK), builds
# the applications again from a copy of the sources in another directory, and compares every jar, byte by byte.
set -euo pipefail
cd "$(dirname "$0")/.."
first=$PWD
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
trap 'exit 143' TERM INT HUP

say() { printf 'reproducible: %3d s: %s\n' $SECONDS "$1"; }
fail() { echo "reproducible: $1" >&2; exit 1; }

APPS=(lb-service worker-service client-cli)
for app in "${APPS[@]}"; do
  [ -f "$app/target/$app.jar" ] || fail "$app is not built (expected: mvn package before)"
done

git ls-files -z -c -o --exclude-standard | tar -c --null --files-from=- --ignore-failed-read 2>/dev/null | tar -x -C "$copy"
cd "$copy"
say "building a copy of the sources"
mvn -B -ntp -Dmaven.test.skip=true -P '!quality' -Denforcer.skip "$@" package -pl "$(IFS=,; echo "${APPS[*]}")" </dev/null 2>&1 \
  | tee maven.log | sed -u -n 's/^\[INFO\] Building \(Lookaside.*\) [0-9].*/reproducible:        \1/p' \
  || { tail -n 30 maven.log >&2; fail "the copy could not be built"; }

compared=0
while read -r jar; do
  cmp "$first/$jar" "$jar" || fail "$jar differs from the first build's (expected: the same bytes, from the same sources and JDK)"
  compared=$((compared + 1))
done < <(find . -path '*/target/*.jar' | sort)
[ "$compared" -gt 15 ] || fail "$compared jars were compared (expected: those of three applications and their libraries)"
say "$compared jars, built in two directories, have the same bytes"
