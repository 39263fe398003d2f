package dev.lookaside.lb.report;

import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.load.Tally;
import dev.lookaside.wire.EndpointCounts;
import dev.lookaside.wire.LatencyBuckets;
import dev.lookaside.wire.StatusEndings;
import java.util.EnumMap;
import java.util.Map;

/** What the counts of a client say about the endpoint. */
record StatsReading(Map<Ending, Long> ended, Tally tally) {

  static StatsReading of(EndpointCounts counts) {
    Map<Ending, Long> ended = new EnumMap<>(Ending.class);
    counts.ended().forEach((code, count) -> ended.merge(StatusEndings.of(code), count, Long::sum));
    return new StatsReading(ended, tally(ended, counts));
  }

  private static Tally tally(Map<Ending, Long> ended, EndpointCounts counts) {
    long timed = counts.latencies().values().stream().mapToLong(Long::longValue).sum();
    int slowest = counts.latencies().keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    return new Tally(
        ended.getOrDefault(Ending.SUCCEEDED, 0L),
        ended.getOrDefault(Ending.FAILED, 0L),
        ended.getOrDefault(Ending.REFUSED, 0L),
        timed,
        timed == 0 ? 0 : (double) counts.latencySum().toNanos() / timed,
        LatencyBuckets.lowerBoundNanos(slowest));
  }
}
