package dev.lookaside.wire;

import io.grpc.Status;
import java.time.Duration;
import java.util.Map;

/**
 * What one client has seen of one incarnation of one endpoint since it last told.
 *
 * @param issued calls that began
 * @param inProgress calls that are going on now
 * @param ended how many calls ended with each status
 * @param latencies how many of those that ended with OK fell in each of the {@link LatencyBuckets};
 *     no more than there were
 * @param latencySum of all of them
 */
public record EndpointCounts(
    String endpointId,
    String incarnation,
    long issued,
    int inProgress,
    Map<Status.Code, Long> ended,
    Map<Integer, Long> latencies,
    Duration latencySum) {

  public EndpointCounts {
    ended = Map.copyOf(ended);
    latencies = Map.copyOf(latencies);
  }

  /** Calls that ended, however they did. */
  public long totalEnded() {
    return ended.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether there is nothing to tell. */
  public boolean isIdle() {
    return issued == 0 && inProgress == 0 && ended.isEmpty();
  }
}
