package dev.lookaside.simulator.report;

import dev.lookaside.simulator.run.Measurements;
import dev.lookaside.simulator.run.Timeline;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is kept of one run.
 *
 * @param percentiles of latency in milliseconds, one for each of {@link #PERCENTILES}; infinite
 *     where requests timed out
 * @param busiest what the busiest server got of the requests, as a factor of the mean
 * @param busiestOfWorstWindow the same in the window of 5 s where it was most
 * @param jain Jain's index of the requests of each server
 * @param timeline latency and failures over time
 */
record RunResult(
    long seed,
    List<Double> percentiles,
    double meanMillis,
    double timedOutShare,
    double failedShare,
    double meanUtilization,
    double maxUtilization,
    double busiest,
    double busiestOfWorstWindow,
    double jain,
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

  static final List<Double> PERCENTILES =
      List.of(50.0, 60.0, 70.0, 80.0, 90.0, 95.0, 98.0, 99.0, 99.5, 99.8, 99.9, 99.99);

  static RunResult of(long seed, Measurements run) {
    double[] utilization = run.utilization();
    Timeline timeline = run.timeline();
    return new RunResult(
        seed,
        PERCENTILES.stream().map(run::percentileMillis).toList(),
        run.meanMillis(),
        run.timedOutShare(),
        run.failedShare(),
        Arrays.stream(utilization).average().orElse(0),
        Arrays.stream(utilization).max().orElse(0),
        run.shares().busiest(),
        run.shares().busiestOfWorstWindow(),
        run.shares().jain(),
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
