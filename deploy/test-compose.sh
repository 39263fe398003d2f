#!/usr/bin/env bash
# Proves the compose file on a real engine: build, up, healthy, a task, every Prometheus target up, a balancer stopped,
# a worker stopped, a fleet under mTLS, down. Uses free ports and its own project name; removes what it started, whatever happens.
set -euo pipefail
cd "$(dirname "$0")/.."

project="lookaside-test-$$"
docker buildx version >/dev/null 2>&1 || export DOCKER_BUILDKIT=0
if docker compose version >/dev/null 2>&1; then tool=(docker compose); else tool=(docker-compose); fi
compose() { "${tool[@]}" -p "$project" "$@"; }

log=$(mktemp)
clean() {
  local status=$?
  if [ "$status" -ne 0 ]; then
    compose ps || true
    compose logs --tail=30 2>&1 | tail -n 200 || true
  fi
  compose --profile client --profile tls down --volumes --remove-orphans --timeout 20 >"$log" 2>&1 || { cat "$log"; status=1; }
  rm -f "$log"
  [ "$status" -eq 0 ] && echo "compose: passed in ${SECONDS} s" || echo "compose: FAILED after ${SECONDS} s"
  exit "$status"
}
trap clean EXIT
trap 'exit 130' INT TERM

say() { printf 'compose: %3d s  %s\n' "$SECONDS" "$1"; }
fail() { echo "compose: FAILED: $1" >&2; exit 1; }

# await SECONDS WHAT COMMAND...: the command's last output tells what is missing
await() {
  local end=$((SECONDS + $1)) what=$2; shift 2
  until "$@" >"$log" 2>&1; do
    [ "$SECONDS" -lt "$end" ] || { cat "$log" >&2; fail "$what"; }
    sleep 0.5
  done
  say "$what"
}

free_port() {
  local port
  while port=$((30000 + RANDOM % 2000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}
used=" "
for variable in LB1_PORT LB1_HTTP_PORT LB2_PORT LB2_HTTP_PORT PROMETHEUS_PORT; do
  while port=$(free_port); [[ $used == *" $port "* ]]; do :; done
  used+="$port "
  export "$variable=$port"
done

http() { # http PORT PATH: prints the body, fails unless the answer is 200
  local status line
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
  read -r -t 10 status <&3 || { exec 3>&-; return 1; }
  while read -r -t 10 line <&3 && [ "$line" != $'\r' ]; do :; done
  timeout 10 cat <&3
  exec 3>&-
  [[ $status == *" 200"* ]]
}

services="etcd lb1 lb2 worker1 worker2 worker3 prometheus"
all_healthy() {
  local service id state bad=0
  for service in $services; do
    id=$(compose ps -q "$service")
    state=$([ -n "$id" ] && docker inspect -f '{{.State.Health.Status}}' "$id" || echo "not there")
    [ "$state" = healthy ] || { echo "$service is $state (expected: healthy)"; bad=1; }
  done
  return $bad
}

# The table as the balancer tells Prometheus: one target for each worker in etcd.
workers_known() { # workers_known COUNT HTTP_PORT
  local found
  found=$(http "$2" /prometheus/targets | grep -o '"worker[0-9]"' | sort -u | wc -l)
  [ "$found" -eq "$1" ] || { echo "the balancer names $found workers (expected: $1)"; return 1; }
}

targets_up() { # targets_up COUNT
  local up
  up=$(http "$PROMETHEUS_PORT" '/api/v1/query?query=sum(up)' | grep -o '"[0-9]*"\]' | tr -d '"]')
  [ "${up:-0}" -eq "$1" ] || { http "$PROMETHEUS_PORT" '/api/v1/query?query=up'; echo "${up:-0} targets are up (expected: $1)"; return 1; }
}

task() { # task WHAT ARGUMENT...: a task by the client of the compose file, within 30 s
  local what=$1; shift
  by client "$@" || { cat "$log" >&2; fail "$what"; }
  say "$what: $(tail -n 1 "$log" | tr -d '\r')"
}

by() { # by CLIENT ARGUMENT...
  timeout 30 "${tool[@]}" -p "$project" --profile tls run --rm -T "$@" >"$log" 2>&1 </dev/null
}

# Every query of the dashboard is accepted by the Prometheus at hand, and finds series unless it may lack events.
dashboard_answers() {
  local query body bad=0 n=0
  while read -r query; do
    query=${query//\\\"/\"}
    query=${query//\$__rate_interval/1m}
    query=${query//\$service/.*}
    n=$((n + 1))
    body=$(http "$PROMETHEUS_PORT" "/api/v1/query?query=$(encode "$query")") \
      || { echo "refused: $query: $body"; bad=1; continue; }
    [[ $body != *'"result":[]'* || $query == *'or vector(0)'* ]] || { echo "no series: $query"; bad=1; }
  done < <(sed -n 's/^ *"expr": "\(.*\)",\{0,1\}$/\1/p' deploy/grafana/dashboards/lookaside.json)
  [ "$n" -gt 0 ] || { echo "the dashboard has no query"; bad=1; }
  return $bad
}
encode() {
  local i c out=
  for ((i = 0; i < ${#1}; i++)); do
    c=${1:i:1}
    case $c in [a-zA-Z0-9._~-]) out+=$c ;; *) printf -v c '%%%02X' "'$c"; out+=$c ;; esac
  done
  printf '%s' "$out"
}

say "building"
compose --profile client --profile tls build >"$log" 2>&1 || { tail -n 60 "$log" >&2; fail "the images do not build"; }
say "images built"
compose up -d >"$log" 2>&1 || { cat "$log" >&2; fail "'up' failed"; }
await 180 "all services healthy" all_healthy
await 30 "lb1 knows three workers" workers_known 3 "$LB1_HTTP_PORT"
await 30 "lb2 knows three workers" workers_known 3 "$LB2_HTTP_PORT"
task "a task" --task="sleep 1"
for n in 1000 1000000; do task "another" --task="sum-up $n"; done
await 60 "Prometheus scrapes etcd, two balancers and three workers" targets_up 6
await 60 "every query of the dashboard finds its series" dashboard_answers
compose stop -t 20 lb1 >"$log" 2>&1 || { cat "$log" >&2; fail "lb1 does not stop"; }
task "a task with lb1 stopped" --task="sleep 0.1"
id=$(compose ps -q worker1)
compose stop -t 40 worker1 >"$log" 2>&1 || { cat "$log" >&2; fail "worker1 does not stop"; }
code=$(docker inspect -f '{{.State.ExitCode}}' "$id")
case $code in 0 | 143) say "worker1 drained and ended with status $code" ;; *) fail "worker1 ended with status $code (expected: 0 or 143; 137 means that SIGTERM was not heeded)" ;; esac
await 10 "lb2 knows two workers" workers_known 2 "$LB2_HTTP_PORT"
task "a task with worker1 stopped" --task="sum-up 1000"

compose stop -t 40 >"$log" 2>&1 || { cat "$log" >&2; fail "the fleet does not stop"; }
services="etcd-tls lb-tls worker1-tls worker2-tls"
# shellcheck disable=SC2086 # one word for each service
compose --profile tls up -d $services >"$log" 2>&1 || { cat "$log" >&2; fail "the fleet under mTLS does not start"; }
await 120 "the fleet under mTLS is healthy" all_healthy
await 30 "a task under mTLS" by client-tls --task="sleep 0.1"
by client-tls workers && fail "a client was let in where operators are"
grep -q PERMISSION_DENIED "$log" || { cat "$log" >&2; fail "a client is not told that it has no right"; }
say "who has no right is refused"
by client --lb=lb-tls:50051 --task="sleep 0.1" && fail "a client without TLS was let in"
say "who speaks no TLS is refused"
