package dev.lookaside.simulator.run;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.simulator.fleet.Request;
import dev.lookaside.simulator.scenario.Scenario;
import dev.lookaside.simulator.strategy.Outcome.Status;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What one run showed. Its size does not depend on the number of requests.
 *
 * <p>Counts are of all requests; latencies and shares only of those that arrived after the warm-up
 * and before the end.
 */
public final class Measurements {
  static final long HIGHEST_MICROS = 3_600_000_000L;

  private final Ticker ticker;
  private final long fromNanos;
  private final long toNanos;
  private final Histogram latencies = new Histogram(HIGHEST_MICROS, 3);
  private final Timeline timeline;
  private final Shares shares;
  private final long goodWithinNanos;
  private Spread utilization = new Spread(new double[0], List.of());

  private long accepted;
  private long completed;
  private long failed;
  private long timedOut;
  private long attempts;
  private long measuredWaiting;
  private long measuredFailed;
  private long measuredTimedOut;
  private long measuredGood;
  private double latencySumNanos;
  private int ejections;
  private long beyondMeasured;

  Measurements(Scenario scenario, Ticker ticker, int servers) {
    this.ticker = ticker;
    this.fromNanos = scenario.warmUp().toNanos();
    this.toNanos = scenario.duration().toNanos();
    this.goodWithinNanos = scenario.goodWithin().toNanos();
    this.timeline = new Timeline(scenario.duration());
    this.shares = new Shares(scenario.warmUp(), scenario.duration(), servers);
  }

  void accepted(Request request) {
    accepted++;
    request.measured = request.arrivedNanos >= fromNanos && request.arrivedNanos < toNanos;
    if (request.measured) {
      measuredWaiting++;
    }
  }

  void sent(int server) {
    shares.sent(server, ticker.nanos());
  }

  void finished(Request request, Status status) {
    attempts += request.attempts;
    long latencyNanos = ticker.nanos() - request.arrivedNanos;
    switch (status) {
      case OK -> {
        completed++;
        long micros = Math.min(latencyNanos / 1_000, HIGHEST_MICROS);
        timeline.add(request.arrivedNanos, micros);
        if (request.measured) {
          latencySumNanos += latencyNanos;
          latencies.recordValue(micros);
          measuredGood += latencyNanos <= goodWithinNanos ? 1 : 0;
        }
      }
      case FAILED -> {
        failed++;
        timeline.addUnsuccessful(request.arrivedNanos);
        measuredFailed += request.measured ? 1 : 0;
      }
      case TIMED_OUT -> {
        timedOut++;
        timeline.addUnsuccessful(request.arrivedNanos);
        measuredTimedOut += request.measured ? 1 : 0;
      }
    }
    measuredWaiting -= request.measured ? 1 : 0;
  }

  /** The server of the request had more of them than it was ever measured with. */
  void beyondMeasured(Request request) {
    beyondMeasured += request.measured ? 1 : 0;
  }

  void usage(Spread used) {
    utilization = used;
  }

  /** Measured requests that have not ended yet. */
  public long measuredWaiting() {
    return measuredWaiting;
  }

  public long accepted() {
    return accepted;
  }

  public long completed() {
    return completed;
  }

  public long failed() {
    return failed;
  }

  public long timedOut() {
    return timedOut;
  }

  /** Attempts of all requests that have ended. */
  public long attempts() {
    return attempts;
  }

  /** Measured requests. */
  public long measured() {
    return latencies.getTotalCount() + measuredFailed + measuredTimedOut + measuredWaiting;
  }

  /** How many requests each server got. */
  public Spread shares() {
    return shares.spread();
  }

  public Timeline timeline() {
    return timeline;
  }

  /** Of each server, the core time used, as a factor of that allotted. */
  public Spread utilization() {
    return utilization;
  }

  void ejections(int all) {
    ejections = all;
  }

  /** How many times a balancer left a server out because it failed, in the whole run. */
  public int ejections() {
    return ejections;
  }

  /** Requests a second that were answered within the time that the scenario states. */
  public double goodput() {
    return measuredGood / ((toNanos - fromNanos) / 1e9);
  }

  /** The mean latency of those that succeeded, in milliseconds. */
  public double meanMillis() {
    return latencySumNanos / latencies.getTotalCount() / 1e6;
  }

  /**
   * A percentile of latency in milliseconds. Requests that timed out or have not ended are slower
   * than all others: a percentile among them is infinite. Those that failed do not count.
   */
  public double percentileMillis(double percentile) {
    long succeeded = latencies.getTotalCount();
    long all = succeeded + measuredTimedOut + measuredWaiting;
    double rank = Math.ceil(percentile / 100 * all);
    if (all == 0) {
      return Double.NaN;
    }
    return rank > succeeded
        ? Double.POSITIVE_INFINITY
        : latencies.getValueAtPercentile(100 * (rank - 0.5) / succeeded) / 1e3;
  }

  /** The share of requests that met more others than their server was measured with. */
  public double beyondMeasuredShare() {
    return (double) beyondMeasured / Math.max(1, measured());
  }

  public double failedShare() {
    return (double) measuredFailed / Math.max(1, measured());
  }

  public double timedOutShare() {
    return (double) measuredTimedOut / Math.max(1, measured());
  }
}
