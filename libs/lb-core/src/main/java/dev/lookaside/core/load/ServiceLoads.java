package dev.lookaside.core.load;

import dev.lookaside.core.endpoint.EndpointTable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The loads of the endpoints of one service, and what they have in common: learned from all, used
 * for each.
 */
final class ServiceLoads {
  private static final Duration DECAY = Duration.ofSeconds(30);

  /** Below this, other balancers' requests are taken for noise. */
  private static final double MIN_FOREIGN_SHARE = 0.1;

  private static final double NANOS_PER_MILLI = 1e6;

  private static final double MOST = 2.0 / 3;

  /** Differences of service time up to this have no effect where latency is flat. */
  private static final double WIDEST_TOLERANCE = 0.2;

  /** The same where few outcomes are heard, and nothing tells how steep latency is. */
  private static final double UNHEARD_TOLERANCE = 0.05;

  private final ConcurrentMap<String, LiveLoad> endpoints = new ConcurrentHashMap<>();
  private final Steepness steepness = new Steepness();
  private final DecayedRatio outcomeShare = new DecayedRatio(DECAY);
  private final DecayedRatio ownShare = new DecayedRatio(DECAY);
  private final DecayedRatio serviceTime = new DecayedRatio(DECAY);

  Optional<LiveLoad> find(String id, String incarnation) {
    return Optional.ofNullable(endpoints.get(id)).filter(load -> load.isOf(incarnation));
  }

  void put(String id, LiveLoad load) {
    endpoints.put(id, load);
  }

  void expireReportsAfter(Duration reportExpiration) {
    endpoints.values().forEach(load -> load.expireReportsAfter(reportExpiration));
  }

  void retain(EndpointTable table) {
    endpoints.keySet().removeIf(id -> table.find(id).isEmpty());
  }

  /** Learns from what was sent to one endpoint, and heard back from it, between two reports. */
  void counted(int dispatched, int completed, double reportedRequests, long nowNanos) {
    outcomeShare.add(completed, dispatched, nowNanos);
    ownShare.add(dispatched, reportedRequests, nowNanos);
  }

  void served(double busyNanos, double completions, long nowNanos) {
    serviceTime.add(busyNanos, completions, nowNanos);
  }

  Steepness steepness() {
    return steepness;
  }

  /** By how much of the mean a service time may differ from it and count as equal. */
  double tolerance() {
    return hearsMost() ? WIDEST_TOLERANCE * (1 - steepness.value()) : UNHEARD_TOLERANCE;
  }

  /** The share of this balancer's requests whose outcome clients report, 0 to 1. */
  double outcomeShare() {
    return Math.min(1, outcomeShare.ratioOr(1));
  }

  /** The share of all requests, others' included, whose outcome this balancer hears of. */
  double heardShare() {
    return Math.max(MOST, outcomeShare() * (1 - foreignShare()));
  }

  /** Whether outcomes tell more of the service than load reports do. */
  boolean hearsMost() {
    return outcomeShare() * (1 - foreignShare()) >= MOST;
  }

  /** The share of all requests that other balancers send, 0 to 1. */
  double foreignShare() {
    double foreign = 1 - ownShare.ratioOr(1);
    return foreign < MIN_FOREIGN_SHARE ? 0 : foreign;
  }

  boolean isServiceTimeKnown() {
    return serviceTime.ratioOr(0) > 0;
  }

  /** Mean service time of all endpoints; any other as long as none is known, the same for all. */
  double serviceTimeNanos() {
    return serviceTime.ratioOr(NANOS_PER_MILLI);
  }
}
