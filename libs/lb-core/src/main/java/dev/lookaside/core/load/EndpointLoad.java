package dev.lookaside.core.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What is known of the load of one endpoint at one moment. */
public sealed interface EndpointLoad {

  /** Nothing is known: no report has come yet, or the last one is too old to be believed. */
  enum Unknown implements EndpointLoad {
    INSTANCE
  }

  /**
   * A report, and what this balancer has sent there and heard back from there since it came.
   *
   * <p>Publishing the next report publishes fresh counts with it, so a count is never set against
   * the wrong report.
   */
  final class Reported implements EndpointLoad {
    private final LoadReport report;
    private final AtomicInteger dispatchedSince = new AtomicInteger();
    private final AtomicInteger completedSince = new AtomicInteger();

    Reported(LoadReport report) {
      this.report = report;
    }

    public LoadReport report() {
      return report;
    }

    public int dispatchedSince() {
      return dispatchedSince.get();
    }

    public int completedSince() {
      return completedSince.get();
    }

    public Duration age(long nowNanos) {
      return Duration.ofNanos(nowNanos - report.takenAtNanos());
    }

    /**
     * Reported requests in flight, plus those dispatched since, minus those known to have completed
     * since; never below 0.
     */
    public double expectedRequestsInFlight() {
      return Math.max(0, report.requestsInFlight() + dispatchedSince.get() - completedSince.get());
    }

    void dispatched() {
      dispatchedSince.incrementAndGet();
    }

    void completed() {
      completedSince.incrementAndGet();
    }
  }
}
