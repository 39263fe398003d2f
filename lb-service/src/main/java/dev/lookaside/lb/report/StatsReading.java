package dev.lookaside.lb.report;

import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.load.Tally;
import dev.lookaside.wire.EndpointCounts;
import dev.lookaside.wire.LatencyBuckets;
import dev.lookaside.wire.StatusEndings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the counts of a client say about the endpoint.
 *
 * @param took how long the calls took whose latency is known, all together
 */
record StatsReading(Map<Ending, Long> ended, Tally tally, Duration took) {

  static StatsReading of(EndpointCounts counts) {
    Map<Ending, Long> ended = new EnumMap<>(Ending.class);
    counts.ended().forEach((code, count) -> ended.merge(StatusEndings.of(code), count, Long::sum));
    Duration took = took(counts);
    return new StatsReading(ended, tally(ended, counts, took), took);
  }

  /** A sum that the buckets allow. */
  private static Duration took(EndpointCounts counts) {
    double least = 0;
    double most = 0;
    for (Map.Entry<Integer, Long> bucket : counts.latencies().entrySet()) {
      least += LatencyBuckets.lowerBoundNanos(bucket.getKey()) * bucket.getValue();
      most += LatencyBuckets.upperBoundNanos(bucket.getKey()) * bucket.getValue();
    }
    double told = counts.latencySum().toNanos();
    return Duration.ofNanos((long) Math.min(most, Math.max(least, told)));
  }

  private static Tally tally(Map<Ending, Long> ended, EndpointCounts counts, Duration took) {
    long timed = counts.latencies().values().stream().mapToLong(Long::longValue).sum();
    int slowest = counts.latencies().keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    return new Tally(
        ended.getOrDefault(Ending.SUCCEEDED, 0L),
        ended.getOrDefault(Ending.FAILED, 0L),
        ended.getOrDefault(Ending.REFUSED, 0L),
        timed,
        timed == 0 ? 0 : (double) took.toNanos() / timed,
        LatencyBuckets.lowerBoundNanos(slowest));
  }
}
