#!/usr/bin/env bash
# lab/benchmarks/dashboard.sh [SECONDS]: what the dashboard costs with 1,000 workers and 20 open pages: share of one core,
# time until the page can be used, and the browser's heap over time. Needs Debian's chromium and chromium-driver.
set -eu
cd "$(dirname "$0")/../.."
mvn -q -B -ntp test -pl lb-service -am -Dtest=DashboardCost -Dsurefire.failIfNoSpecifiedTests=false \
  -Ddashboard.cost="${1:-600}"
