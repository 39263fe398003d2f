package dev.lookaside.lb.load;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.orca.v3.OrcaLoadReport;

/** Makes the core's reports of ORCA's. */
final class OrcaReports {

  private OrcaReports() {}

  /**
   * Throws IllegalArgumentException if a value makes no sense.
   *
   * <p>A server that does not name its requests in flight is taken to have as many as its
   * application utilization means for its capacity.
   */
  static LoadReport read(Endpoint endpoint, OrcaLoadReport report, long nowNanos) {
    double inFlight = report.getApplicationUtilization() * endpoint.capacity();
    return LoadReport.ofValid(
        report.getCpuUtilization(),
        report.getMemUtilization(),
        report.getApplicationUtilization(),
        report.getRpsFractional(),
        report.getEps(),
        inFlight,
        report.getNamedMetricsMap(),
        nowNanos);
  }
}
