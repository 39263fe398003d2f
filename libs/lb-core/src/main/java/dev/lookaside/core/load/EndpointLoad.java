package dev.lookaside.core.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;

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
    private static final VarHandle DISPATCHED = counter("dispatchedSince");
    private static final VarHandle COMPLETED = counter("completedSince");

    // Copied from the report and kept beside the counts: a scan over thousands of endpoints then
    // reads one object for each of them.
    private final double reportedInFlight;
    private final long takenAtNanos;
    private volatile int dispatchedSince;
    private volatile int completedSince;
    private final LoadReport report;

    Reported(LoadReport report) {
      this.report = report;
      this.reportedInFlight = report.requestsInFlight();
      this.takenAtNanos = report.takenAtNanos();
    }

    public LoadReport report() {
      return report;
    }

    public int dispatchedSince() {
      return dispatchedSince;
    }

    public int completedSince() {
      return completedSince;
    }

    public Duration age(long nowNanos) {
      return Duration.ofNanos(nowNanos - takenAtNanos);
    }

    /**
     * Reported requests in flight, plus those dispatched since, minus those known to have completed
     * since; never below 0.
     */
    public double expectedRequestsInFlight() {
      return Math.max(0, reportedInFlight + dispatchedSince - completedSince);
    }

    boolean isOlderThan(long nanos, long nowNanos) {
      return nowNanos - takenAtNanos > nanos;
    }

    void dispatched() {
      DISPATCHED.getAndAdd(this, 1);
    }

    void completed() {
      COMPLETED.getAndAdd(this, 1);
    }

    private static VarHandle counter(String field) {
      try {
        return MethodHandles.lookup().findVarHandle(Reported.class, field, int.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }
}
