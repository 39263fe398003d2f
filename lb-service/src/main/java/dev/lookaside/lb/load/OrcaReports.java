package dev.lookaside.lb.load;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.orca.v3.OrcaLoadReport;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes the core's reports of ORCA's. A value that makes no sense is refused and counts as not
 * reported; the others of the same report are believed.
 */
final class OrcaReports {
  private static final int MOST_METRICS = 64;
  private static final Set<String> KNOWN =
      Set.of(LoadReport.REQUESTS_IN_FLIGHT, LoadReport.MEAN_REQUESTS_IN_FLIGHT);

  private final Consumer<String> refused;

  private OrcaReports(Consumer<String> refused) {
    this.refused = refused;
  }

  /**
   * A server that does not name its requests in flight is taken to have as many as its application
   * utilization means for its capacity. One that names a number that cannot be is not: it would
   * pass for idle.
   *
   * @param refused hears of each value that is left out, in words
   */
  static Optional<LoadReport> read(
      Endpoint endpoint, OrcaLoadReport report, long nowNanos, Consumer<String> refused) {
    return new OrcaReports(refused).read(endpoint, report, nowNanos);
  }

  private Optional<LoadReport> read(Endpoint endpoint, OrcaLoadReport told, long nowNanos) {
    Map<String, Double> named = few(told.getNamedMetricsMap());
    LoadReport taken =
        LoadReport.ofValid(
            told.getCpuUtilization(),
            told.getMemUtilization(),
            told.getApplicationUtilization(),
            told.getRpsFractional(),
            told.getEps(),
            told.getApplicationUtilization() * endpoint.capacity(),
            named,
            nowNanos);
    compare("cpu_utilization", told.getCpuUtilization(), taken.cpuUtilization());
    compare("mem_utilization", told.getMemUtilization(), taken.memUtilization());
    compare(
        "application_utilization",
        told.getApplicationUtilization(),
        taken.applicationUtilization());
    compare("rps_fractional", told.getRpsFractional(), taken.rpsFractional());
    compare("eps", told.getEps(), taken.eps());
    named.forEach((name, value) -> {
      if (!taken.namedMetrics().containsKey(name)) {
        refused.accept("named metric " + name + " is " + value);
      }
    });
    boolean isCountLost =
        named.containsKey(LoadReport.REQUESTS_IN_FLIGHT)
            && !taken.namedMetrics().containsKey(LoadReport.REQUESTS_IN_FLIGHT);
    return isCountLost && taken.applicationUtilization() == 0
        ? Optional.empty()
        : Optional.of(taken);
  }

  private Map<String, Double> few(Map<String, Double> named) {
    if (named.size() <= MOST_METRICS) {
      return named;
    }
    refused.accept(named.size() + " named metrics (expected: at most " + MOST_METRICS + ")");
    Map<String, Double> known = new HashMap<>(named);
    known.keySet().retainAll(KNOWN);
    return known;
  }

  private void compare(String name, double told, double taken) {
    if (told != taken) {
      refused.accept(name + " is " + told);
    }
  }
}
