package dev.lookaside.core.load;

import dev.lookaside.core.check.Require;
import java.util.Map;

/**
 * The values of one ORCA load report, and when it was taken.
 *
 * @param cpuUtilization of the host, 0 to 2: a soft limit may be exceeded, a nonsense value is
 *     refused
 * @param memUtilization of the host, 0 to 1
 * @param applicationUtilization of the endpoint's own capacity, at least 0; above 1 when it queues
 * @param rpsFractional requests per second, at least 0
 * @param eps errors per second, at least 0
 * @param requestsInFlight the named metric {@code requests_in_flight}, at least 0
 * @param namedMetrics every named metric of the report, each finite
 * @param takenAtNanos when the balancer received it, by its own ticker
 */
public record LoadReport(
    double cpuUtilization,
    double memUtilization,
    double applicationUtilization,
    double rpsFractional,
    double eps,
    double requestsInFlight,
    Map<String, Double> namedMetrics,
    long takenAtNanos) {

  public static final String REQUESTS_IN_FLIGHT = "requests_in_flight";

  /** The named metric that says how many there were on average, over the window of the rates. */
  public static final String MEAN_REQUESTS_IN_FLIGHT = "mean_requests_in_flight";

  private static final double MAX_CPU_UTILIZATION = 2;

  public LoadReport {
    Require.within("cpu_utilization", cpuUtilization, 0, MAX_CPU_UTILIZATION);
    Require.within("mem_utilization", memUtilization, 0, 1);
    Require.notNegative("application_utilization", applicationUtilization);
    Require.notNegative("rps_fractional", rpsFractional);
    Require.notNegative("eps", eps);
    Require.within(REQUESTS_IN_FLIGHT, requestsInFlight, 0, Integer.MAX_VALUE);
    namedMetrics = Map.copyOf(namedMetrics);
    namedMetrics.forEach((name, value) ->
        Require.that(Double.isFinite(value), "named metric " + name, value, "finite"));
  }

  /** A report of nothing but requests in flight. */
  public static LoadReport ofRequestsInFlight(double requestsInFlight, long takenAtNanos) {
    return new LoadReport(
        0,
        0,
        0,
        0,
        0,
        requestsInFlight,
        Map.of(REQUESTS_IN_FLIGHT, requestsInFlight),
        takenAtNanos);
  }
}
