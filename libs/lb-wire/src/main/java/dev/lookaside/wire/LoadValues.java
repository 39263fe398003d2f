package dev.lookaside.wire;

import dev.lookaside.core.load.LoadReport;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a load update says of one endpoint, in the units of the message: two reports that differ by
 * less are the same to subscribers. Memory and other metrics are not told, since no policy goes by
 * them.
 */
public record LoadValues(
    int requestsInFlight,
    int applicationUtilization,
    int cpuUtilization,
    long rps,
    long eps,
    OptionalLong meanRequestsInFlight) {
  private static final double PER_UNIT = 1e3;

  // A double counts thousandths of up to this exactly, and it fits on the wire.
  private static final long MAX_THOUSANDTHS = 1L << 52;

  public static LoadValues of(LoadReport report) {
    Double mean = report.namedMetrics().get(LoadReport.MEAN_REQUESTS_IN_FLIGHT);
    return new LoadValues(
        (int) Math.round(report.requestsInFlight()),
        (int) thousandths(report.applicationUtilization(), Integer.MAX_VALUE),
        (int) thousandths(report.cpuUtilization(), Integer.MAX_VALUE),
        thousandths(report.rpsFractional(), MAX_THOUSANDTHS),
        thousandths(report.eps(), MAX_THOUSANDTHS),
        mean == null || mean < 0
            ? OptionalLong.empty()
            : OptionalLong.of(thousandths(mean, MAX_THOUSANDTHS)));
  }

  private static long thousandths(double value, long max) {
    return Math.min(max, Math.round(value * PER_UNIT));
  }

  /** The report that a subscriber makes of it; a value that is out of its range is left out. */
  LoadReport report(long takenAtNanos) {
    Map<String, Double> named = new HashMap<>();
    meanRequestsInFlight.ifPresent(
        mean -> named.put(LoadReport.MEAN_REQUESTS_IN_FLIGHT, mean / PER_UNIT));
    return LoadReport.ofValid(
        cpuUtilization / PER_UNIT,
        0,
        applicationUtilization / PER_UNIT,
        rps / PER_UNIT,
        eps / PER_UNIT,
        requestsInFlight,
        named,
        takenAtNanos);
  }
}
