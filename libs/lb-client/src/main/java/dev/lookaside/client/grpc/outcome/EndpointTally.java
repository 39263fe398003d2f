package dev.lookaside.client.grpc.outcome;

import dev.lookaside.wire.EndpointCounts;
import dev.lookaside.wire.LatencyBuckets;
import io.grpc.Status;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the calls to one incarnation of one endpoint.
 *
 * <p>Any thread counts, without a lock: three additions for a call that ends well. The counts only
 * rise; whoever reports takes the differences, so that nothing is lost between two reports.
 */
public final class EndpointTally {
  private static final int STATUS_CODES = Status.Code.values().length;

  private final String endpointId;
  private final String incarnation;

  private final AtomicLong began = new AtomicLong();
  private final AtomicLongArray failed = new AtomicLongArray(STATUS_CODES);
  // The calls that ended with OK are those in the buckets.
  private final AtomicLongArray latencies = new AtomicLongArray(LatencyBuckets.COUNT);
  private final AtomicLong latencyNanos = new AtomicLong();

  // What was reported before; for the one thread that reports.
  private final long[] failedBefore = new long[STATUS_CODES];
  private final long[] latenciesBefore = new long[LatencyBuckets.COUNT];
  private long beganBefore;
  private long latencyNanosBefore;
  private volatile boolean retired;

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
      failed.getAndIncrement(code.value());
    }
  }

  /** No call begins any more: it is forgotten when the last one has ended and is reported. */
  public void retire() {
    retired = true;
  }

  boolean isOver() {
    return retired && inProgress() == 0 && began.get() == beganBefore;
  }

  /** What happened since the last time; empty if nothing did and no call is going on. */
  Optional<EndpointCounts> sinceLast() {
    Map<Integer, Long> latenciesNow = latencies();
    Duration latencySum = latenciesNow.isEmpty() ? Duration.ZERO : latencySum();
    Map<Status.Code, Long> ended = failed();
    long succeeded = latenciesNow.values().stream().mapToLong(Long::longValue).sum();
    if (succeeded > 0) {
      ended.put(Status.Code.OK, succeeded);
    }
    // Read after the endings, so that a call never ends before it began.
    long beganNow = began.get();
    long issued = beganNow - beganBefore;
    beganBefore = beganNow;
    EndpointCounts counts =
        new EndpointCounts(
            endpointId,
            incarnation,
            issued,
            (int) Math.min(Integer.MAX_VALUE, inProgress()),
            ended,
            latenciesNow,
            latencySum);
    return counts.isIdle() ? Optional.empty() : Optional.of(counts);
  }

  private Map<Integer, Long> latencies() {
    Map<Integer, Long> now = new TreeMap<>();
    for (int i = 0; i < LatencyBuckets.COUNT; i++) {
      long count = latencies.get(i) - latenciesBefore[i];
      if (count > 0) {
        latenciesBefore[i] += count;
        now.put(i, count);
      }
    }
    return now;
  }

  private Duration latencySum() {
    long nanos = latencyNanos.get();
    Duration sum = Duration.ofNanos(nanos - latencyNanosBefore);
    latencyNanosBefore = nanos;
    return sum;
  }

  private Map<Status.Code, Long> failed() {
    Map<Status.Code, Long> now = new EnumMap<>(Status.Code.class);
    for (Status.Code code : Status.Code.values()) {
      long count = failed.get(code.value()) - failedBefore[code.value()];
      if (count > 0) {
        failedBefore[code.value()] += count;
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
      ended += failed.get(code);
    }
    return Math.max(0, began.get() - ended);
  }
}
