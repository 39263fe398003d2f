package dev.lookaside.wire;

import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.EndpointStats;
import dev.lookaside.v1.LatencyHistogram;
import dev.lookaside.v1.StatusCount;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What clients tell of their calls, as messages and back. */
public final class StatsCodec {
  /** How many endpoints one message tells of at most. */
  public static final int MAX_ENDPOINTS = 100;

  /** What such a message may have: 128 characters of id, all statuses and all buckets for each. */
  public static final int MAX_MESSAGE_BYTES = 256 * 1024;

  private static final long MAX_CALLS = 1_000_000_000;
  private static final int MAX_IN_PROGRESS = 100_000;
  private static final Duration LONGEST_SUM = Duration.ofDays(100 * 365);
  private static final int STATUSES = Status.Code.values().length;

  private StatsCodec() {}

  /** As many messages as it takes; none if there is nothing to tell. */
  public static List<ClientStats> write(
      String service, String clientId, Duration interval, List<EndpointCounts> endpoints) {
    List<ClientStats> messages = new ArrayList<>();
    for (int from = 0; from < endpoints.size(); from += MAX_ENDPOINTS) {
      int to = Math.min(from + MAX_ENDPOINTS, endpoints.size());
      messages.add(
          ClientStats.newBuilder()
              .setService(service)
              .setClientId(clientId)
              .setInterval(Durations.write(interval))
              .addAllEndpoints(endpoints.subList(from, to).stream().map(StatsCodec::write).toList())
              .build());
    }
    return messages;
  }

  static EndpointStats write(EndpointCounts counts) {
    EndpointStats.Builder stats =
        EndpointStats.newBuilder()
            .setEndpointId(counts.endpointId())
            .setIncarnation(counts.incarnation())
            .setIssuedRequests(counts.issued())
            .setRequestsInProgress(counts.inProgress());
    counts
        .ended()
        .forEach((code, count) ->
            stats.addEnded(StatusCount.newBuilder().setStatusCode(code.value()).setCount(count)));
    if (!counts.latencies().isEmpty()) {
      stats.setLatency(histogram(counts));
    }
    return stats.build();
  }

  private static LatencyHistogram histogram(EndpointCounts counts) {
    LatencyHistogram.Builder histogram =
        LatencyHistogram.newBuilder().setSum(Durations.write(counts.latencySum()));
    new TreeMap<>(counts.latencies())
        .forEach((bucket, count) -> histogram.addBuckets(bucket).addCounts(count));
    return histogram.build();
  }

  /** The time that the counts are of; empty if it makes no sense. */
  public static Optional<Duration> interval(ClientStats stats) {
    return Durations.read(stats.getInterval(), Durations.YEAR)
        .filter(interval -> !interval.isZero());
  }

  /** Empty if it makes no sense. */
  public static Optional<EndpointCounts> read(EndpointStats stats) {
    Optional<Map<Status.Code, Long>> ended = ended(stats);
    Optional<Map<Integer, Long>> latencies = latencies(stats.getLatency());
    Optional<Duration> sum = Durations.read(stats.getLatency().getSum(), LONGEST_SUM);
    if (ended.isEmpty()
        || latencies.isEmpty()
        || sum.isEmpty()
        || total(latencies.get()) > ended.get().getOrDefault(Status.Code.OK, 0L)
        || !isWithin(stats.getIssuedRequests(), MAX_CALLS)
        || !isWithin(stats.getRequestsInProgress(), MAX_IN_PROGRESS)) {
      return Optional.empty();
    }
    return Optional.of(
        new EndpointCounts(
            stats.getEndpointId(),
            stats.getIncarnation(),
            stats.getIssuedRequests(),
            (int) stats.getRequestsInProgress(),
            ended.get(),
            latencies.get(),
            sum.get()));
  }

  private static Optional<Map<Status.Code, Long>> ended(EndpointStats stats) {
    Map<Status.Code, Long> ended = new EnumMap<>(Status.Code.class);
    for (StatusCount each : stats.getEndedList()) {
      int code = each.getStatusCode();
      if (StatusEndings.of(code).isEmpty() || !isWithin(each.getCount(), MAX_CALLS)) {
        return Optional.empty();
      }
      ended.merge(Status.fromCodeValue(code).getCode(), each.getCount(), Long::sum);
    }
    return stats.getEndedCount() > STATUSES ? Optional.empty() : Optional.of(ended);
  }

  private static Optional<Map<Integer, Long>> latencies(LatencyHistogram wire) {
    if (wire.getBucketsCount() != wire.getCountsCount()) {
      return Optional.empty();
    }
    Map<Integer, Long> latencies = new TreeMap<>();
    for (int i = 0; i < wire.getBucketsCount(); i++) {
      boolean isRising =
          i == 0 || Integer.compareUnsigned(wire.getBuckets(i), wire.getBuckets(i - 1)) > 0;
      if (!isRising || !isWithin(wire.getCounts(i), MAX_CALLS)) {
        return Optional.empty();
      }
      latencies.merge(bucket(wire.getBuckets(i)), wire.getCounts(i), Long::sum);
    }
    return Optional.of(latencies);
  }

  /** A number that is too high is a latency that is too long, not a reason to ignore the rest. */
  private static int bucket(int wire) {
    int last = LatencyBuckets.COUNT - 1;
    return Integer.compareUnsigned(wire, last) > 0 ? last : wire;
  }

  private static long total(Map<Integer, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static boolean isWithin(long value, long max) {
    return value >= 0 && value <= max;
  }
}
