package dev.lookaside.worker.starter.orca;

import dev.lookaside.core.load.LoadReport;
import dev.lookaside.orca.v3.OrcaLoadReport;

/** Writes a load report in ORCA's words. */
final class OrcaReports {
  private OrcaReports() {}

  static OrcaLoadReport of(LoadReport report) {
    return OrcaLoadReport.newBuilder()
        .setCpuUtilization(report.cpuUtilization())
        .setMemUtilization(report.memUtilization())
        .setApplicationUtilization(report.applicationUtilization())
        .setRpsFractional(report.rpsFractional())
        .setEps(report.eps())
        .putAllNamedMetrics(report.namedMetrics())
        .build();
  }
}
