#!/usr/bin/env bash
# What users take, taken as they do. Starts where `mvn package` or `mvn verify` ended (with the same JDK): the libraries
# are released into a repository that is a directory; the applications are built again from a copy of the sources, and must
# have the same bytes; the distribution is unpacked where no Maven is; a project outside the reactor takes lb-client and
# worker-starter by the BOM, and its worker and client meet over the distribution's balancer. Nothing leaves this machine,
# and the local repository of Maven gets nothing of ours.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
pids=()
clean_up() {
  kill -9 ${pids[@]+"${pids[@]}"} 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 143' TERM INT HUP

say() { printf 'outside: %3d s: %s\n' $SECONDS "$1"; }
fail() { echo "outside: $1" >&2; tail -n 30 "$work"/*.log >&2 2>/dev/null; exit 1; }
quietly() { "$@" >"$work/maven.log" 2>&1 </dev/null || fail "failed: $*"; }

APPS=(lb-service worker-service client-cli)
for app in "${APPS[@]}" lab/simulator; do
  [ -f "$app/target/${app##*/}.jar" ] || fail "$app is not built (expected: mvn package before)"
done

# A local repository that shares all but our own artifacts.
local_repository=${MAVEN_LOCAL_REPOSITORY:-$HOME/.m2/repository}
mkdir -p "$local_repository" "$work/m2/dev"
for entry in "$local_repository"/*; do
  [ "${entry##*/}" = dev ] || ln -s "$entry" "$work/m2/"
done
for entry in "$local_repository"/dev/*; do
  case ${entry##*/} in lookaside | '*') ;; *) ln -s "$entry" "$work/m2/dev/" ;; esac
done
maven=(mvn -B -ntp "-Dmaven.repo.local=$work/m2" -Dmaven.test.skip=true -P '!quality')

# --- a release has what it should, and no more ---
libraries=$(sed -n '/<groupId>dev.lookaside</{n;s/.*<artifactId>\(.*\)<.*/\1/p;}' bom/pom.xml)
while read -r module; do
  grep -q '<unpublished>true' "$module/pom.xml" || [ "$module" = bom ] || grep -qx "${module##*/}" <<<"$libraries" \
    || fail "$module is published, but bom/pom.xml does not list it (expected: listed there, or <unpublished>true</unpublished>)"
done < <(sed -n 's/.*<module>\(.*\)<\/module>.*/\1/p' pom.xml)
quietly "${maven[@]}" deploy -Prelease -Denforcer.skip -Dmaven.install.skip=true \
  -pl ":${libraries//$'\n'/,:}" "-DaltDeploymentRepository=outside::file://$work/repository"
published=$(find "$work/repository/dev/lookaside" -mindepth 1 -maxdepth 1 -type d -exec basename {} \; | sort)
listed=$(printf '%s\n' lookaside "$libraries" | sort)
[ "$published" = "$listed" ] \
  || fail "published is not what bom/pom.xml lists: $(diff <(echo "$listed") <(echo "$published") | grep '^[<>]' | paste -s -d ' ' -) (expected: no difference)"
for artifact in $published; do
  one=$(find "$work/repository/dev/lookaside/$artifact" -mindepth 1 -maxdepth 1 -type d)
  pom=$(echo "$one"/*.pom)
  for element in name description; do
    grep -q "<$element>" "$pom" || fail "the pom of $artifact has no $element"
  done
  grep -q '<packaging>pom' "$pom" && continue
  for kind in sources javadoc; do
    [ -s "$(echo "$one"/*-$kind.jar)" ] || fail "$artifact has no $kind jar"
  done
done
say "a release of $(echo "$published" | wc -l) artifacts, with sources and Javadoc"

# --- the same bytes twice, and an install before hurts nobody: what it left would fail this build ---
stale=$work/m2/dev/lookaside/lb-core/0.1.0-SNAPSHOT
mkdir -p "$stale"
cp libs/lb-core/pom.xml "$stale/lb-core-0.1.0-SNAPSHOT.pom"
: >"$stale/lb-core-0.1.0-SNAPSHOT.jar"
deploy/test-reproducible.sh "-Dmaven.repo.local=$work/m2" || fail "the build is not reproducible, or takes what was installed"

if (cd shared-proto && "${maven[@]}" -o -q validate) >"$work/inside.log" 2>&1; then
  fail "a build that starts in a module passed (expected: a refusal, for it would take what was installed)"
fi
grep -q 'expected: the root' "$work/inside.log" || fail "a build that starts in a module is not refused with a reason"
rm -r "$work/m2/dev/lookaside"
say "a build that starts in a module is refused"

# --- the distribution ---
deploy/dist "$work" >"$work/dist.log" 2>&1 || fail "deploy/dist failed"
tar -xzf "$work"/lookaside-*.tar.gz -C "$work"
ln -s "$work"/lookaside-*/ "$work/opt"
mkdir "$work/path"
printf '#!/bin/sh\necho "there is no Maven here" >&2\nexit 99\n' >"$work/path/mvn"
chmod +x "$work/path/mvn"
grep -q '"bomFormat" *: *"CycloneDX"' "$work/opt/sbom/lb-service.cdx.json" || fail "the balancer's SBOM is not CycloneDX"
for part in grpc-netty lb-core; do
  grep -q "\"name\" *: *\"$part\"" "$work/opt/sbom/lb-service.cdx.json" || fail "the balancer's SBOM does not name $part"
done
say "the distribution is unpacked: $(du -h "$work"/lookaside-*.tar.gz | cut -f 1)"

# --- the user's project ---
cp -r deploy/outside "$work/outside"
cd "$work/outside"
quietly "${maven[@]}" package "-Dlookaside.repository=file://$work/repository"
say "the user's project is built"

free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
lb=$(free_port)
while etcd=$(free_port); [ "$etcd" = "$lb" ]; do :; done
PATH=$work/path:$PATH LOOKASIDE_STATE=$work/state "$work/opt/bin/lookaside" balancer --lb.port="$lb" --server.port=0 \
  --lb.registry=embedded --lb.embedded.port="$etcd" >"$work/balancer.log" 2>&1 &
pids+=($!)
"$java" -jar target/greeter.jar --etcd.endpoints="http://127.0.0.1:$etcd" >"$work/worker.log" 2>&1 &
pids+=($!)
timeout 90 "$java" -jar target/greeter.jar --greet=Ada --worker.enabled=false --lookaside.client.balancers="127.0.0.1:$lb" \
  --etcd.endpoints="http://127.0.0.1:$etcd" >"$work/client.log" 2>&1 || fail "the user's client failed"
[ "$(grep -c '^Hello Ada, says greeter1$' "$work/client.log")" = 10 ] || fail "the user's client did not get ten greetings"
for pid in "${pids[@]}"; do
  kill "$pid"
  status=0; wait "$pid" || status=$?
  case $status in 0 | 143) ;; *) fail "a process ended with $status after SIGTERM (expected: 0 or 143)" ;; esac
done
pids=()
say "ten calls of the user's client reached the user's worker over the distribution's balancer"
