package dev.lookaside.client.grpc.outcome;

import dev.lookaside.wire.EndpointCounts;
import dev.lookaside.wire.LatencyBuckets;
import io.grpc.Status;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the calls to one incarnation of one endpoint.
 *
 * <p>Any thread counts, without a lock: three additions for a call that ends well. The counts only
 * rise; whoever reports reads the differences and commits them when they are sent, so that nothing
 * is lost between two reports or with one.
 */
public final class EndpointTally {
  private static final int STATUS_CODES = Status.Code.values().length;

  private final String endpointId;
  private final String incarnation;

  private final AtomicInteger users = new AtomicInteger();
  private final AtomicLong began = new AtomicLong();
  // The calls that ended with OK are those in the buckets, and the streams among these.
  private final AtomicLongArray untimed = new AtomicLongArray(STATUS_CODES);
  private final AtomicLongArray latencies = new AtomicLongArray(LatencyBuckets.COUNT);
  private final AtomicLong latencyNanos = new AtomicLong();

  // What was reported before; for the one thread that reports.
  private final long[] untimedBefore = new long[STATUS_CODES];
  private final long[] latenciesBefore = new long[LatencyBuckets.COUNT];
  private long beganBefore;
  private long latencyNanosBefore;

  EndpointTally(String endpointId, String incarnation) {
    this.endpointId = endpointId;
    this.incarnation = incarnation;
  }

  public void began() {
    began.getAndIncrement();
  }

  public void ended(Status.Code code, long nanos) {
    if (code == Status.Code.OK) {
      latencies.getAndIncrement(LatencyBuckets.of(nanos));
      latencyNanos.getAndAdd(nanos);
    } else {
      untimed.getAndIncrement(code.value());
    }
  }

  /** A stream has ended: how long it lasted is no latency. */
  public void streamEnded(Status.Code code) {
    untimed.getAndIncrement(code.value());
  }

  /** One more that lets calls begin. */
  void open() {
    users.getAndIncrement();
  }

  /** As often as it was opened: no call begins any more through this user. */
  public void retire() {
    users.getAndDecrement();
  }

  boolean isOver() {
    return users.get() <= 0 && read().isEmpty();
  }

  /** What happened since the last commit; empty if nothing did and no call is going on. */
  Optional<TallyReading> read() {
    Map<Integer, Long> timed = timed();
    long timedCalls = timed.values().stream().mapToLong(Long::longValue).sum();
    Duration sum =
        timed.isEmpty() ? Duration.ZERO : Duration.ofNanos(latencyNanos.get() - latencyNanosBefore);
    Map<Status.Code, Long> ended = ended(timedCalls);
    // Read after the endings, so that a call never ends before it began.
    long issued = began.get() - beganBefore;
    EndpointCounts counts =
        new EndpointCounts(
            endpointId,
            incarnation,
            issued,
            (int) Math.min(Integer.MAX_VALUE, inProgress()),
            ended,
            timed,
            sum);
    return counts.isIdle() ? Optional.empty() : Optional.of(new TallyReading(this, counts));
  }

  /** Counts what was read as reported. */
  void commit(EndpointCounts reported) {
    beganBefore += reported.issued();
    reported.ended().forEach((code, count) -> untimedBefore[code.value()] += count);
    reported
        .latencies()
        .forEach((bucket, count) -> {
          latenciesBefore[bucket] += count;
          // Those are among the calls that ended with OK, of which the others are untimed.
          untimedBefore[Status.Code.OK.value()] -= count;
        });
    latencyNanosBefore += reported.latencySum().toNanos();
  }

  private Map<Integer, Long> timed() {
    Map<Integer, Long> now = new TreeMap<>();
    for (int i = 0; i < LatencyBuckets.COUNT; i++) {
      long count = latencies.get(i) - latenciesBefore[i];
      if (count > 0) {
        now.put(i, count);
      }
    }
    return now;
  }

  private Map<Status.Code, Long> ended(long timedCalls) {
    Map<Status.Code, Long> now = new EnumMap<>(Status.Code.class);
    for (Status.Code code : Status.Code.values()) {
      long count = untimed.get(code.value()) - untimedBefore[code.value()];
      if (code == Status.Code.OK) {
        count += timedCalls;
      }
      if (count > 0) {
        now.put(code, count);
      }
    }
    return now;
  }

  private long inProgress() {
    long ended = 0;
    for (int i = 0; i < LatencyBuckets.COUNT; i++) {
      ended += latencies.get(i);
    }
    for (int code = 0; code < STATUS_CODES; code++) {
      ended += untimed.get(code);
    }
    return Math.max(0, began.get() - ended);
  }
}
