#!/usr/bin/env bash
# lab/benchmarks/startup.sh [RUNS]: start-up and memory of the three applications, as a table in Markdown.
#
# lb-service, worker-service: time from exec to the first 200 of /actuator/health/readiness, processor time used until
# then, and resident memory 3 s later. client-cli: the same of one whole run that picks and calls `sum-up 1000`, and its
# peak resident memory. On a busy machine the processor time is the figure to trust.
# Each figure is the median of RUNS runs (default 5), the variants taken in turn. Needs Linux, mvn and a JDK 25
# (JAVA_HOME, or one under /usr/lib/jvm); adds a column for JDK 17 when there is one. Ports are free ones on loopback.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-5}

jdk() {
  local home
  for home in ${JAVA_HOME:-} /usr/lib/jvm/*; do
    [ -x "$home/bin/javac" ] && [[ $("$home/bin/javac" -version 2>&1) == "javac $1"* ]] && { echo "$home"; return; }
  done
  return 1
}
java25=$(jdk 25) || { echo "no JDK 25 found (expected: one in JAVA_HOME or under /usr/lib/jvm)" >&2; exit 1; }
java17=$(jdk 17) || java17=
for app in lb-service worker-service client-cli; do
  [ -e "$app/target/$app.jar" ] || { mvn -B -q -ntp package -DskipTests; break; }
done

work=$(mktemp -d)
pids=()
trap 'kill -9 "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/jars"
cp lb-service/target/lb-service.jar worker-service/target/worker-service.jar client-cli/target/client-cli.jar "$work/jars/"
export PATH="$java25/bin:$PATH"
deploy/extract "$work/jars" "$work/apps"
deploy/rehearse "$work/apps" >&2

free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}
now() { date +%s%N; }
processor() { awk -v hertz="$(getconf CLK_TCK)" '{ printf "%d\n", ($14 + $15) * 1000 / hertz }' "/proc/$1/stat"; }
memory() { awk -v field="$2:" '$1 == field { printf "%d\n", $2 / 1024 }' "/proc/$1/status"; }

# launch VARIANT NAME ARGUMENT...: replaces this shell by the application
launch() {
  local variant=$1 name=$2; shift 2
  case $variant in
    jdk17) exec "$java17/bin/java" -jar "$work/jars/$name.jar" "$@" ;;
    plain) exec "$java25/bin/java" -jar "$work/jars/$name.jar" "$@" ;;
    unpacked) cd "$work/apps/$name" && exec "$java25/bin/java" @jvm -jar "$name.jar" "$@" ;;
    cache) cd "$work/apps/$name" && exec "$java25/bin/java" @jvm -XX:AOTCache=app.aot -jar "$name.jar" "$@" ;;
  esac
}

# server VARIANT NAME HTTP_PORT ARGUMENT...: starts it; sets $pid, $took and $used (ms) once it serves
server() {
  local variant=$1 name=$2 http=$3 begin; shift 3
  begin=$(now)
  (launch "$variant" "$name" --server.port="$http" "$@") >"$work/$name.log" 2>&1 &
  pid=$!; pids+=("$pid")
  for _ in $(seq 3000); do
    if deploy/healthcheck "$http" /actuator/health/readiness >/dev/null 2>&1; then
      took=$((($(now) - begin) / 1000000)); used=$(processor "$pid"); return
    fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.01
  done
  tail -n 30 "$work/$name.log" >&2; echo "$name ($variant) did not serve within 30 s" >&2; exit 1
}
finish() { kill "$1" 2>/dev/null || true; wait "$1" 2>/dev/null || true; }
note() { echo "$2" >>"$work/$1"; }
median() { sort -n "$work/$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

variants="plain unpacked cache"
[ -z "$java17" ] || variants="jdk17 $variants"

# the peers of what is measured: a balancer with an embedded registry, and one worker
lb=$(free_port) etcd=$(free_port)
server cache lb-service "$(free_port)" --lb.registry=embedded --lb.embedded.port="$etcd" --lb.port="$lb"; peer_lb=$pid
server cache worker-service "$(free_port)" --worker.id=peer --worker.port="$(free_port)" --etcd.endpoints="http://127.0.0.1:$etcd"; peer_worker=$pid

for run in $(seq "$runs"); do
  for variant in $variants; do
    server "$variant" lb-service "$(free_port)" --lb.port="$(free_port)" --etcd.endpoints="http://127.0.0.1:$etcd"
    note "lb-service.$variant.ms" "$took"; note "lb-service.$variant.cpu" "$used"
    sleep 3; note "lb-service.$variant.mib" "$(memory "$pid" VmRSS)"; finish "$pid"

    server "$variant" worker-service "$(free_port)" --worker.id=measured --worker.port="$(free_port)" --etcd.endpoints="http://127.0.0.1:$etcd"
    note "worker-service.$variant.ms" "$took"; note "worker-service.$variant.cpu" "$used"
    sleep 3; note "worker-service.$variant.mib" "$(memory "$pid" VmRSS)"; finish "$pid"

    begin=$(now)
    (launch "$variant" client-cli --lb="127.0.0.1:$lb" --task="sum-up 1000") >"$work/client-cli.log" 2>&1 &
    pid=$!; peak=0
    while kill -0 "$pid" 2>/dev/null; do
      seen=$(memory "$pid" VmHWM 2>/dev/null || true); peak=${seen:-$peak}
      seen=$(processor "$pid" 2>/dev/null || true); [ "${seen:-0}" -eq 0 ] || used=$seen
      sleep 0.01
    done
    wait "$pid" || { cat "$work/client-cli.log" >&2; exit 1; }
    note "client-cli.$variant.ms" $((($(now) - begin) / 1000000)); note "client-cli.$variant.cpu" "$used"
    note "client-cli.$variant.mib" "$peak"
  done
  echo "run $run of $runs" >&2
done
finish "$peer_worker"; finish "$peer_lb"

label() {
  case $1 in
    jdk17) echo "JDK 17, jar" ;;
    plain) echo "JDK 25, jar" ;;
    unpacked) echo "JDK 25, unpacked, compact headers" ;;
    cache) echo "the same with the AOT cache (as in the images)" ;;
  esac
}
echo "| | lb-service | worker-service | client-cli |"
echo "|---|---|---|---|"
for variant in $variants; do
  printf '| %s |' "$(label "$variant")"
  for app in lb-service worker-service client-cli; do
    printf ' %s ms, %s ms cpu, %s MiB |' \
      "$(median "$app.$variant.ms")" "$(median "$app.$variant.cpu")" "$(median "$app.$variant.mib")"
  done
  echo
done
