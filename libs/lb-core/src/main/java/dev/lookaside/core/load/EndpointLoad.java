package dev.lookaside.core.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/** What is known of the load of one endpoint at one moment. */
public sealed interface EndpointLoad {

  /** A load that is known, one way or the other. */
  sealed interface Known extends EndpointLoad permits Reported, Observed {

    /** How many requests the endpoint is expected to have in flight; never below 0. */
    double expectedRequestsInFlight(long nowNanos);
  }

  /**
   * Nothing is known: no report has come yet, or the last one is too old to be believed, and no
   * client reports outcomes.
   */
  enum Unknown implements EndpointLoad {
    INSTANCE
  }

  /**
   * A report, and what this balancer has sent there and heard back from there since it came.
   *
   * <p>Publishing the next report publishes fresh counts with it, so a count is never set against
   * the wrong report.
   */
  final class Reported implements Known {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final VarHandle DISPATCHED = counter("dispatchedSince");
    private static final VarHandle COMPLETED = counter("completedSince");

    // Copied from the report and kept beside the counts: a scan over thousands of endpoints then
    // reads one object for each of them.
    private final double reportedInFlight;
    private final double latencyNanos;
    private final long takenAtNanos;
    private volatile int dispatchedSince;
    private volatile int completedSince;
    private final LoadReport report;
    private final CompletionModel model;

    Reported(LoadReport report) {
      this(report, CompletionModel.NONE);
    }

    Reported(LoadReport report, CompletionModel model) {
      this.report = report;
      this.model = model;
      this.reportedInFlight = report.requestsInFlight();
      this.latencyNanos =
          report.rpsFractional() > 0 && reportedInFlight > 0
              ? reportedInFlight / report.rpsFractional() * NANOS_PER_SECOND
              : LiveLoad.UNKNOWN;
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

    @Override
    public double expectedRequestsInFlight(long nowNanos) {
      double known = reportedInFlight + dispatchedSince - completedSince;
      double estimated =
          model.completions(reportedInFlight, dispatchedSince, (double) (nowNanos - takenAtNanos));
      return Math.max(0, known - estimated);
    }

    /**
     * Reported requests in flight, plus those dispatched since, minus those known to have completed
     * since; never below 0.
     */
    public double expectedRequestsInFlight() {
      return Math.max(0, reportedInFlight + dispatchedSince - completedSince);
    }

    /** Requests in flight by requests per second, which is Little's law; unknown without both. */
    double latencyNanos() {
      return latencyNanos;
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

  /**
   * No report is believed, but clients tell how the requests that this balancer sent them with end:
   * those not known to have ended are in flight, and of other balancers' nothing is known.
   */
  final class Observed implements Known {
    private final Outstanding outstanding;
    private final long timeoutNanos;
    // One outcome after the other, and a reader may see the older of two: no harm.
    private volatile long heardAtNanos;
    private volatile boolean everHeard;

    Observed(Outstanding outstanding, Duration timeout) {
      this.outstanding = outstanding;
      this.timeoutNanos = timeout.toNanos();
    }

    @Override
    public double expectedRequestsInFlight(long nowNanos) {
      return outstanding.count(nowNanos);
    }

    void heard(long nowNanos) {
      heardAtNanos = nowNanos;
      everHeard = true;
    }

    boolean isCurrent(long nowNanos) {
      return everHeard && nowNanos - heardAtNanos <= timeoutNanos;
    }
  }
}
