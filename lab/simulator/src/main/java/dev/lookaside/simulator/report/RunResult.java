package dev.lookaside.simulator.report;

import dev.lookaside.simulator.run.Measurements;
import dev.lookaside.simulator.run.Spread;
import dev.lookaside.simulator.run.Timeline;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is kept of one run.
 *
 * @param percentiles of latency in milliseconds, one for each of {@link #PERCENTILES}; infinite
 *     where requests timed out
 * @param beyondMeasuredShare of the requests: they met more others at a server than it was measured
 *     with
 * @param goodput requests a second that were answered in time
 * @param ejections how many times a server was left out because it failed
 * @param meanUtilization core time used, as a factor of that allotted
 * @param shares of the requests
 * @param use of the cores
 * @param timeline latency and failures over time
 */
record RunResult(
    long seed,
    List<Double> percentiles,
    double meanMillis,
    double timedOutShare,
    double failedShare,
    double beyondMeasuredShare,
    double goodput,
    int ejections,
    double meanUtilization,
    Evenness shares,
    Evenness use,
    long requests,
    long attempts,
    List<Moment> timeline) {

  /**
   * A part of the run.
   *
   * @param p99Millis of the requests that succeeded
   * @param unsuccessfulShare 0 to 1
   */
  record Moment(double seconds, double p99Millis, double unsuccessfulShare) {}

  /**
   * How evenly something was spread over the servers.
   *
   * @param busiest what the busiest server had, as a factor of the mean
   * @param worst the same in the window of 5 s where it was most
   * @param jain Jain's index
   */
  record Evenness(double busiest, double worst, double jain) {
    static Evenness of(Spread spread) {
      return new Evenness(spread.busiest(), spread.busiestOfWorstWindow(), spread.jain());
    }
  }

  static final List<Double> PERCENTILES =
      List.of(50.0, 60.0, 70.0, 80.0, 90.0, 95.0, 98.0, 99.0, 99.5, 99.8, 99.9, 99.99);

  static RunResult of(long seed, Measurements run) {
    Timeline timeline = run.timeline();
    return new RunResult(
        seed,
        PERCENTILES.stream().map(run::percentileMillis).toList(),
        run.meanMillis(),
        run.timedOutShare(),
        run.failedShare(),
        run.beyondMeasuredShare(),
        run.goodput(),
        run.ejections(),
        run.utilization().mean(),
        Evenness.of(run.shares()),
        Evenness.of(run.utilization()),
        run.accepted(),
        run.attempts(),
        IntStream.range(0, Timeline.PARTS)
            .mapToObj(part ->
                new Moment(
                    timeline.seconds(part),
                    timeline.latencyMillis(part, 99),
                    timeline.unsuccessfulShare(part)))
            .toList());
  }

  /** One of {@link #PERCENTILES}. */
  double percentile(double percentile) {
    return percentiles.get(PERCENTILES.indexOf(percentile));
  }
}
