package dev.lookaside.core.load;

import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.witness.Presence;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The loads of the endpoints of one service, and what they have in common: learned from all, used
 * for each.
 */
final class ServiceLoads {
  private static final Duration DECAY = Duration.ofSeconds(30);

  /** Others' requests may end at once, and what is learned without outcomes is worth less. */
  private static final Duration OWN_SHARE_DECAY = Duration.ofSeconds(5);

  /** As long as an endpoint's own: what changes for all at once makes none of them differ. */
  private static final Duration SERVICE_TIME_DECAY = Duration.ofSeconds(2);

  /** Below this, other balancers' requests are taken for noise. */
  private static final double MIN_FOREIGN_SHARE = 0.1;

  /** From this share on all outcomes are heard: those still on their way must not break ties. */
  private static final double ALL = 0.98;

  /** By what part of the mean the speeds of a service's endpoints are expected to differ. */
  private static final double EXPECTED_SPREAD = 0.2;

  private static final double NANOS_PER_MILLI = 1e6;

  private static final double MOST = 2.0 / 3;

  /** Differences of service time up to this have no effect where latency is flat. */
  private static final double WIDEST_TOLERANCE = 0.2;

  /** The same where few outcomes are heard, and nothing tells how steep latency is. */
  private static final double UNHEARD_TOLERANCE = 0.05;

  /** As many standard errors of a service time are chance. */
  private static final double STANDARD_ERRORS = 2.5;

  /**
   * Requests are whole: with few of them, any preference is for one more. Differences of service
   * time below this part of what one request makes are none, however steep latency is.
   */
  private static final double ROUNDING = 0.5;

  /** From a steepness of a third on, the registered capacity is believed, and every difference. */
  private static final double STEEP = 3;

  /** If there are more requests on average than so many times the capacity, that is wrong. */
  private static final double MOST_USE = 2;

  /** As many requests again as there are on average weigh at least so many service times. */
  private static final double LEAST_CROWDING = 0.5;

  private final ConcurrentMap<String, LiveLoad> endpoints = new ConcurrentHashMap<>();
  private final Presence presence = new Presence();
  private final Steepness steepness = new Steepness();
  private final Slowdown slowdown = new Slowdown(this::slope);
  private final DecayedRatio outcomeShare = new DecayedRatio(DECAY);
  private final DecayedRatio ownShare = new DecayedRatio(OWN_SHARE_DECAY);
  private final DecayedRatio serviceTime = new DecayedRatio(SERVICE_TIME_DECAY);
  private final AtomicLong latest = new AtomicLong();
  private volatile boolean hearsMost = true;
  private volatile long heardSinceNanos;
  private volatile double prior = ServiceTime.PRIOR;
  // Read for every endpoint at every pick, so they are not worked out there.
  private volatile double serviceTimeNanos = NANOS_PER_MILLI;
  private volatile double slope;
  private volatile double crowding;

  ServiceLoads(long nowNanos) {
    this.heardSinceNanos = nowNanos;
    shape();
  }

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

  /**
   * Learns from what was sent to one endpoint, and heard back from it, between two reports.
   *
   * @param ended how many requests can have ended: those dispatched, without those that are more in
   *     flight than before, which are not to be taken for requests whose outcome nobody tells
   */
  void counted(
      int dispatched, int completed, double ended, double reportedRequests, long nowNanos) {
    outcomeShare.add(completed, ended, nowNanos);
    ownShare.add(dispatched, reportedRequests, nowNanos);
    boolean heard = hearsMost;
    hearsMost = outcomeShare() * (1 - foreignShare()) >= MOST;
    if (hearsMost && !heard) {
      heardSinceNanos = nowNanos;
    }
    shape();
  }

  /** Learns from a request that found so many in flight at an endpoint and took so long. */
  void ended(Steepness.OfEndpoint endpoint, double inFlight, double nanos, long nowNanos) {
    endpoint.ended(inFlight, nanos, nowNanos);
    shape();
  }

  private void shape() {
    double least = steep() / Math.max(1, steepness.meanUse() / MOST_USE);
    slope = hearsMost ? Math.max(least, steepness.slope()) : 1;
    crowding = Math.max(Math.max(1, slope), LEAST_CROWDING / steepness.meanUse());
  }

  /** Notes that something happened at an endpoint of the service, now. */
  void happened(long nowNanos) {
    latest.setRelease(nowNanos);
  }

  /** When something happened last. */
  long latestNanos() {
    return latest.getAcquire();
  }

  void served(double busyNanos, double completions, long nowNanos) {
    serviceTime.add(busyNanos, completions, nowNanos);
    serviceTimeNanos = serviceTime.ratioOr(NANOS_PER_MILLI);
    prior = Math.max(ServiceTime.PRIOR, steepness.variance() / (EXPECTED_SPREAD * EXPECTED_SPREAD));
  }

  /**
   * How many outcomes' worth the mean of the service has in what is measured of one endpoint: as
   * many as it takes to know a service time as exactly as endpoints are expected to be alike.
   */
  double prior() {
    return prior;
  }

  /** Who tells of its endpoints. */
  Presence presence() {
    return presence;
  }

  Steepness steepness() {
    return steepness;
  }

  Slowdown slowdown() {
    return slowdown;
  }

  /**
   * By how much of the mean a service time may differ from it and count as equal.
   *
   * @param outcomes that the service time was learned from
   */
  double tolerance(double outcomes) {
    if (!hearsMost()) {
      return UNHEARD_TOLERANCE;
    }
    double chance = STANDARD_ERRORS * Math.sqrt(steepness.variance() / outcomes);
    return Math.max(rounding(), (1 - steep()) * Math.max(WIDEST_TOLERANCE, chance));
  }

  /** What part of a cost half a request is, where there are as many as on average. */
  private double rounding() {
    double one = crowding() * steepness.ofOne();
    double part = one / (1 + crowding() * steepness.meanUse() - one);
    return Math.min(WIDEST_TOLERANCE, ROUNDING * part);
  }

  /** How far the service is one that computes, and not one that waits: 0 to 1. */
  private double steep() {
    return Math.min(1, STEEP * steepness.value());
  }

  /**
   * The slope by which service times are measured. Where latency is steep, it is at least what the
   * capacity says, for it gets steeper with more requests. That is the registered one, or half of
   * the mean in flight if that is more: so far beyond its capacity no service works. Where latency
   * is flat, nothing is explained by the requests that are there; and where nothing tells, the
   * registered capacity is believed.
   */
  double slope() {
    return slope;
  }

  /**
   * By how many service times a request is expected to wait for as many others as the capacity. It
   * is not less than the registered capacity says, nor than what tells two endpoints apart that are
   * equally fast: nobody knows how latency goes on where no request has been.
   */
  double crowding() {
    return crowding;
  }

  /** The share of this balancer's requests whose outcome clients report, 0 to 1. */
  double outcomeShare() {
    double share = outcomeShare.ratioOr(1);
    return share < ALL ? share : 1;
  }

  /** The share of all requests, others' included, whose outcome this balancer hears of. */
  double heardShare() {
    return Math.max(MOST, outcomeShare() * (1 - foreignShare()));
  }

  /** Whether clients report all outcomes, but for a few that are lost. */
  boolean hearsAll() {
    return outcomeShare() == 1;
  }

  /** For how long outcomes have told more than load reports do, if they do. */
  long nanosHeard(long nowNanos) {
    return nowNanos - heardSinceNanos;
  }

  /** Whether outcomes tell more of the service than load reports do. */
  boolean hearsMost() {
    return hearsMost;
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
    return serviceTimeNanos;
  }
}
