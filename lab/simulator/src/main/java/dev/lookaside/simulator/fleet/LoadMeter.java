package dev.lookaside.simulator.fleet;

import java.time.Duration;

/** Rates and utilization of one server, smoothed exponentially over a window. */
public final class LoadMeter {
  private final Server server;
  private final double capacity;
  private final double windowNanos;

  private long asOfNanos;
  private long completedBefore;
  private long failedBefore;
  private double usedBefore;
  private double presentBefore;
  private double weight;
  private double requestsPerSecond;
  private double errorsPerSecond;
  private double cpuUtilization;
  private double fullness;
  private long failed;

  LoadMeter(Server server, double capacity, Duration window) {
    this.server = server;
    this.capacity = capacity;
    this.windowNanos = window.toNanos();
  }

  /** Notes that a request that finished here was answered with an error. */
  public void failed() {
    failed++;
  }

  /** The load now. */
  public LoadSample sample(int incarnation, long nowNanos) {
    long elapsed = nowNanos - asOfNanos;
    if (elapsed > 0) {
      double share = -Math.expm1(-elapsed / windowNanos);
      // The first window counts whole: there is nothing before it to smooth with.
      weight += share * (1 - weight);
      double step = share / weight;
      double seconds = elapsed / 1e9;
      requestsPerSecond +=
          step * ((server.completed() - completedBefore) / seconds - requestsPerSecond);
      errorsPerSecond += step * ((failed - failedBefore) / seconds - errorsPerSecond);
      double used = server.usedCoreNanos();
      cpuUtilization += step * ((used - usedBefore) / elapsed / server.cores() - cpuUtilization);
      double present = server.presentNanos();
      fullness += step * ((present - presentBefore) / elapsed / capacity - fullness);
      asOfNanos = nowNanos;
      completedBefore = server.completed();
      failedBefore = failed;
      usedBefore = used;
      presentBefore = present;
    }
    return new LoadSample(
        server.index(),
        incarnation,
        server.inFlight(),
        Math.max(0, cpuUtilization),
        Math.max(0, fullness),
        Math.max(0, requestsPerSecond),
        Math.max(0, errorsPerSecond));
  }
}
