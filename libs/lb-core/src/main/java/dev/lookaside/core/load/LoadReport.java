package dev.lookaside.core.load;

import dev.lookaside.core.check.Require;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one ORCA load report, and when it was taken.
 *
 * @param cpuUtilization of the host, 0 to 2: a soft limit may be exceeded, a nonsense value is
 *     refused
 * @param memUtilization of the host, 0 to 1
 * @param applicationUtilization of the endpoint's own capacity, 0 to a million; above 1 when it
 *     queues
 * @param rpsFractional requests per second, 0 to {@value #MAX_RATE}
 * @param eps errors per second, 0 to {@value #MAX_RATE}
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
  private static final double MAX_APPLICATION_UTILIZATION = 1e6;
  private static final double MAX_RATE = 1e9;
  private static final double MAX_IN_FLIGHT = Integer.MAX_VALUE;

  public LoadReport {
    Require.within("cpu_utilization", cpuUtilization, 0, MAX_CPU_UTILIZATION);
    Require.within("mem_utilization", memUtilization, 0, 1);
    Require.within(
        "application_utilization", applicationUtilization, 0, MAX_APPLICATION_UTILIZATION);
    Require.within("rps_fractional", rpsFractional, 0, MAX_RATE);
    Require.within("eps", eps, 0, MAX_RATE);
    Require.within(REQUESTS_IN_FLIGHT, requestsInFlight, 0, MAX_IN_FLIGHT);
    namedMetrics = Map.copyOf(namedMetrics);
    namedMetrics.forEach((name, value) ->
        Require.that(Double.isFinite(value), "named metric " + name, value, "finite"));
    Require.within(
        MEAN_REQUESTS_IN_FLIGHT,
        namedMetrics.getOrDefault(MEAN_REQUESTS_IN_FLIGHT, 0.0),
        0,
        MAX_IN_FLIGHT);
  }

  /**
   * A report of what can be: a value that cannot is taken for one that was not given, and the
   * others stand. An endpoint whose host shows 2.5 times its processors still says what it has in
   * flight.
   *
   * @param requestsInFlight what else says so where the named metric does not
   */
  public static LoadReport ofValid(
      double cpuUtilization,
      double memUtilization,
      double applicationUtilization,
      double rpsFractional,
      double eps,
      double requestsInFlight,
      Map<String, Double> namedMetrics,
      long takenAtNanos) {
    Map<String, Double> named = new HashMap<>(namedMetrics);
    named.values().removeIf(value -> !Double.isFinite(value));
    named.computeIfPresent(REQUESTS_IN_FLIGHT, LoadReport::ifCount);
    named.computeIfPresent(MEAN_REQUESTS_IN_FLIGHT, LoadReport::ifCount);
    return new LoadReport(
        ifWithin(cpuUtilization, MAX_CPU_UTILIZATION),
        ifWithin(memUtilization, 1),
        ifWithin(applicationUtilization, MAX_APPLICATION_UTILIZATION),
        ifWithin(rpsFractional, MAX_RATE),
        ifWithin(eps, MAX_RATE),
        named.getOrDefault(REQUESTS_IN_FLIGHT, ifWithin(requestsInFlight, MAX_IN_FLIGHT)),
        named,
        takenAtNanos);
  }

  private static @Nullable Double ifCount(String name, Double value) {
    return value >= 0 && value <= MAX_IN_FLIGHT ? value : null;
  }

  private static double ifWithin(double value, double max) {
    return value >= 0 && value <= max ? value : 0;
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
