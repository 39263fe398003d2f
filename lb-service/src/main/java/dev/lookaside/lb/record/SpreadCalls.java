package dev.lookaside.lb.record;

import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.wire.EndpointCounts;
import dev.lookaside.wire.LatencyBuckets;
import dev.lookaside.wire.StatusEndings;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Single calls, made of counts: their ends are spread evenly over the interval, and their latencies
 * evenly over each bucket, moved so that they add up to the sum that was told.
 *
 * @param intervalNanos that the counts are of
 * @param untilNanos when the interval ended
 */
record SpreadCalls(EndpointCounts counts, long intervalNanos, long untilNanos) {
  /** Steps by it visit all places in an order in which neighbours are far apart. */
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  long size() {
    return counts.totalEnded();
  }

  /** All of them; there are as many as {@link #size} says. */
  void forEach(Consumer<EndedCall> receiver) {
    Places places = new Places(receiver);
    double correction = correction();
    new TreeMap<>(counts.latencies())
        .forEach((bucket, count) -> {
          for (long i = 0; i < count; i++) {
            places.put(within(bucket, i, count) * correction, Ending.SUCCEEDED);
          }
        });
    Map<Ending, Long> untimed = new TreeMap<>();
    counts
        .ended()
        .forEach((code, count) -> untimed.merge(StatusEndings.of(code), count, Long::sum));
    long timed = counts.latencies().values().stream().mapToLong(Long::longValue).sum();
    untimed.merge(Ending.SUCCEEDED, -timed, Long::sum);
    untimed.forEach((ending, count) -> {
      for (long i = 0; i < count; i++) {
        places.put(0, ending);
      }
    });
  }

  /** A latency of a bucket, as one of so many that are spread over it. */
  private static double within(int bucket, long place, long of) {
    double low = LatencyBuckets.lowerBoundNanos(bucket);
    double high = LatencyBuckets.upperBoundNanos(bucket);
    return low + (high - low) * (place + 0.5) / of;
  }

  /** What makes the sum right; the buckets bound how far from 1 it can be if both are true. */
  private double correction() {
    double sum = 0;
    for (Map.Entry<Integer, Long> bucket : counts.latencies().entrySet()) {
      sum += within(bucket.getKey(), 0, 1) * bucket.getValue();
    }
    double told = counts.latencySum().toNanos();
    return sum <= 0 || told <= 0 ? 1 : Math.min(1.1, Math.max(0.9, told / sum));
  }

  /** Gives calls, which come in order of latency, ends that do not follow that order. */
  private final class Places {
    private final Consumer<EndedCall> receiver;
    private double place = 0.5;

    Places(Consumer<EndedCall> receiver) {
      this.receiver = receiver;
    }

    void put(double latencyNanos, Ending ending) {
      place = (place + GOLDEN) % 1;
      long ended = untilNanos - (long) ((1 - place) * intervalNanos);
      receiver.accept(
          new EndedCall(
              counts.endpointId(),
              ended - (long) latencyNanos,
              (long) latencyNanos,
              ending,
              EndedCall.Dating.STATISTICS));
    }
  }
}
