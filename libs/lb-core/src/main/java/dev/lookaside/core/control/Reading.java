package dev.lookaside.core.control;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.load.LoadReport;

/**
 * How utilized an endpoint was, and by how many requests a second, over the same while.
 *
 * @param utilization the larger of its CPU's and of requests in flight by capacity; at least 0,
 *     above 1 if it queues
 * @param rate requests per second; 0 if none came or if it does not say
 * @param atNanos when this became known; a later reading has a larger one
 */
public record Reading(double utilization, double rate, long atNanos) {

  public Reading {
    Require.notNegative("utilization", utilization);
    Require.notNegative("rate", rate);
  }

  /** What a load report says about an endpoint that can serve so many requests at once. */
  public static Reading of(LoadReport report, double capacity) {
    double inFlight =
        report
            .namedMetrics()
            .getOrDefault(LoadReport.MEAN_REQUESTS_IN_FLIGHT, report.requestsInFlight());
    return new Reading(
        Math.max(report.cpuUtilization(), inFlight / capacity),
        report.rpsFractional(),
        report.takenAtNanos());
  }
}
