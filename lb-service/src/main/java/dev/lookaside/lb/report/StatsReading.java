package dev.lookaside.lb.report;

import com.google.protobuf.util.Durations;
import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.load.Tally;
import dev.lookaside.v1.EndpointStats;
import dev.lookaside.v1.LatencyHistogram;
import dev.lookaside.v1.StatusCount;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What a client says of one endpoint, checked. */
record StatsReading(Map<Ending, Long> ended, Tally tally, double seconds, int inProgress) {
  private static final long MOST_CALLS = 1_000_000_000;
  private static final long MOST_IN_PROGRESS = 10_000_000;
  private static final int MOST_STATUSES = 17;

  // 2^(127/4) µs is about an hour.
  private static final int LAST_BUCKET = 127;
  private static final double NANOS_PER_MICRO = 1_000;
  private static final double BUCKETS_PER_DOUBLING = 4;
  private static final double NANOS_PER_SECOND = 1e9;

  /** Empty if it makes no sense. */
  static Optional<StatsReading> of(EndpointStats stats) {
    Optional<Map<Ending, Long>> ended = ended(stats);
    if (ended.isEmpty()
        || !isWithin(stats.getIssuedRequests(), MOST_CALLS)
        || !isWithin(stats.getRequestsInProgress(), MOST_IN_PROGRESS)
        || !makesSense(stats.getLatency(), ended.get().getOrDefault(Ending.SUCCEEDED, 0L))) {
      return Optional.empty();
    }
    return Optional.of(
        new StatsReading(
            ended.get(),
            tally(ended.get(), stats.getLatency()),
            Durations.toNanos(stats.getLatency().getSum()) / NANOS_PER_SECOND,
            (int) stats.getRequestsInProgress()));
  }

  private static Optional<Map<Ending, Long>> ended(EndpointStats stats) {
    Map<Ending, Long> ended = new EnumMap<>(Ending.class);
    for (StatusCount each : stats.getEndedList()) {
      if (!Endings.isKnown(each.getStatusCode()) || !isWithin(each.getCount(), MOST_CALLS)) {
        return Optional.empty();
      }
      ended.merge(Endings.of(each.getStatusCode()), each.getCount(), Long::sum);
    }
    return stats.getEndedCount() > MOST_STATUSES ? Optional.empty() : Optional.of(ended);
  }

  private static boolean makesSense(LatencyHistogram latency, long succeeded) {
    if (latency.getBucketsCount() != latency.getCountsCount()
        || !Durations.isValid(latency.getSum())
        || Durations.isNegative(latency.getSum())) {
      return false;
    }
    long total = 0;
    for (int i = 0; i < latency.getBucketsCount(); i++) {
      boolean isRising = i == 0 || latency.getBuckets(i) > latency.getBuckets(i - 1);
      if (!isRising
          || !isWithin(latency.getBuckets(i), LAST_BUCKET)
          || !isWithin(latency.getCounts(i), MOST_CALLS)) {
        return false;
      }
      total += latency.getCounts(i);
    }
    return total <= succeeded;
  }

  private static Tally tally(Map<Ending, Long> ended, LatencyHistogram latency) {
    long timed = latency.getCountsList().stream().mapToLong(Long::longValue).sum();
    return new Tally(
        ended.getOrDefault(Ending.SUCCEEDED, 0L),
        ended.getOrDefault(Ending.FAILED, 0L),
        ended.getOrDefault(Ending.REFUSED, 0L),
        timed,
        timed == 0 ? 0 : (double) Durations.toNanos(latency.getSum()) / timed,
        timed == 0 ? 0 : lowerBoundNanos(latency.getBuckets(latency.getBucketsCount() - 1)));
  }

  private static double lowerBoundNanos(int bucket) {
    return bucket == 0 ? 0 : NANOS_PER_MICRO * Math.pow(2, bucket / BUCKETS_PER_DOUBLING);
  }

  private static boolean isWithin(long value, long most) {
    return value >= 0 && value <= most;
  }
}
