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
    private static final long NANOS_PER_MICRO = 1_000;
    private static final VarHandle DISPATCHED = field("dispatchedSince", int.class);
    private static final VarHandle COMPLETED = field("completedSince", int.class);
    private static final VarHandle EXPECTED = field("expected", long.class);

    // Copied from the report and kept beside the counts: a scan over thousands of endpoints then
    // reads one object for each of them.
    private final double reportedInFlight;
    private final double latencyNanos;
    private final long takenAtNanos;
    private volatile int dispatchedSince;
    private volatile int completedSince;
    // What was in flight and when, as a float and in microseconds of the report's age: read and
    // written as one, without a lock and without an object.
    private volatile long expected;
    private final LoadReport report;
    private final QueueDecay decay;

    /**
     * @param inFlight how many there are, if not as many as reported
     */
    Reported(LoadReport report, double inFlight, QueueDecay decay) {
      this.report = report;
      this.decay = decay;
      this.reportedInFlight = report.requestsInFlight();
      this.latencyNanos =
          report.rpsFractional() > 0 && reportedInFlight > 0
              ? reportedInFlight / report.rpsFractional() * NANOS_PER_SECOND
              : LiveLoad.UNKNOWN;
      this.takenAtNanos = report.takenAtNanos();
      this.expected = packed(inFlight, 0);
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
      return expected(expected, nowNanos - takenAtNanos);
    }

    private double expected(long then, long ageNanos) {
      double inFlight = Float.intBitsToFloat((int) then);
      return decay.left(inFlight, (double) (ageNanos - (then >>> Integer.SIZE) * NANOS_PER_MICRO));
    }

    private void change(int by, long nowNanos) {
      long age = Math.max(0, nowNanos - takenAtNanos);
      long then = expected;
      while (!EXPECTED.compareAndSet(this, then, packed(expected(then, age) + by, age))) {
        then = expected;
      }
    }

    private static long packed(double inFlight, long ageNanos) {
      return (ageNanos / NANOS_PER_MICRO) << Integer.SIZE
          | Float.floatToIntBits((float) Math.max(0, inFlight));
    }

    /** Requests in flight by requests per second, which is Little's law; unknown without both. */
    double latencyNanos() {
      return latencyNanos;
    }

    boolean isOlderThan(long nanos, long nowNanos) {
      return nowNanos - takenAtNanos > nanos;
    }

    void dispatched(long nowNanos) {
      DISPATCHED.getAndAdd(this, 1);
      change(1, nowNanos);
    }

    void completed(long nowNanos) {
      COMPLETED.getAndAdd(this, 1);
      change(-1, nowNanos);
    }

    private static VarHandle field(String name, Class<?> type) {
      try {
        return MethodHandles.lookup().findVarHandle(Reported.class, name, type);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /**
   * No report is believed, but clients tell how the requests that this balancer sent them with end:
   * those not known to have ended are in flight, and so are those that clients which pick by
   * themselves say are. Of other balancers' nothing is known.
   */
  final class Observed implements Known {
    private final Outstanding outstanding;
    private final OthersInFlight others;
    private final long timeoutNanos;
    // One outcome after the other, and a reader may see the older of two: no harm.
    private volatile long heardAtNanos;
    private volatile boolean everHeard;

    Observed(Outstanding outstanding, OthersInFlight others, Duration timeout) {
      this.outstanding = outstanding;
      this.others = others;
      this.timeoutNanos = timeout.toNanos();
    }

    @Override
    public double expectedRequestsInFlight(long nowNanos) {
      return outstanding.count(nowNanos) + others.sum();
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
