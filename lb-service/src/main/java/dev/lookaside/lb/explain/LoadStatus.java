package dev.lookaside.lb.explain;

import dev.lookaside.core.load.EndpointLoad;
import dev.lookaside.core.load.LoadReport;
import java.time.Duration;
import java.util.Optional;

/** The latest load report of an endpoint, and what this balancer sent there since. */
public record LoadStatus(LoadReport report, Duration age, int dispatchedSince, int completedSince) {

  /** Empty if no report is believed. */
  public static Optional<LoadStatus> of(EndpointLoad load, long nowNanos) {
    return load instanceof EndpointLoad.Reported reported
        ? Optional.of(
            new LoadStatus(
                reported.report(),
                reported.age(nowNanos),
                reported.dispatchedSince(),
                reported.completedSince()))
        : Optional.empty();
  }
}
