package dev.lookaside.client.grpc.outcome;

import com.google.protobuf.Duration;
import dev.lookaside.v1.EndpointStats;
import dev.lookaside.v1.LatencyHistogram;
import dev.lookaside.v1.StatusCount;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the calls to one incarnation of one endpoint.
 *
 * <p>Any thread counts, without a lock: three additions for a call that ends well. The counts only
 * rise; whoever reports takes the differences, so that nothing is lost between two reports.
 */
public final class EndpointTally {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
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
  Optional<EndpointStats> sinceLast() {
    EndpointStats.Builder stats =
        EndpointStats.newBuilder().setEndpointId(endpointId).setIncarnation(incarnation);
    addStatuses(stats, addLatencies(stats));
    // Read after the endings, so that a call never ends before it began.
    long beganNow = began.get();
    stats.setIssuedRequests(beganNow - beganBefore);
    beganBefore = beganNow;
    stats.setRequestsInProgress(inProgress());
    boolean isIdle =
        stats.getIssuedRequests() == 0
            && stats.getRequestsInProgress() == 0
            && stats.getEndedCount() == 0;
    return isIdle ? Optional.empty() : Optional.of(stats.build());
  }

  /** Says how many calls there are in the buckets. */
  private long addLatencies(EndpointStats.Builder stats) {
    LatencyHistogram.Builder histogram = LatencyHistogram.newBuilder();
    long calls = 0;
    for (int i = 0; i < LatencyBuckets.COUNT; i++) {
      long count = latencies.get(i) - latenciesBefore[i];
      if (count > 0) {
        latenciesBefore[i] += count;
        calls += count;
        histogram.addBuckets(i).addCounts(count);
      }
    }
    if (calls > 0) {
      long nanos = latencyNanos.get();
      stats.setLatency(histogram.setSum(duration(nanos - latencyNanosBefore)));
      latencyNanosBefore = nanos;
    }
    return calls;
  }

  private void addStatuses(EndpointStats.Builder stats, long succeeded) {
    if (succeeded > 0) {
      stats.addEnded(count(Status.Code.OK.value(), succeeded));
    }
    for (int code = 0; code < STATUS_CODES; code++) {
      long count = failed.get(code) - failedBefore[code];
      if (count > 0) {
        failedBefore[code] += count;
        stats.addEnded(count(code, count));
      }
    }
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

  private static StatusCount.Builder count(int code, long count) {
    return StatusCount.newBuilder().setStatusCode(code).setCount(count);
  }

  private static Duration duration(long nanos) {
    return Duration.newBuilder()
        .setSeconds(nanos / NANOS_PER_SECOND)
        .setNanos((int) (nanos % NANOS_PER_SECOND))
        .build();
  }
}
