package dev.lookaside.core.load;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.core.witness.Reporter;
import dev.lookaside.core.witness.Voices;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The load of one incarnation of one endpoint, kept up to date by reports, dispatches and
 * completions; all lock-free. Dispatching and reading allocate nothing.
 */
public final class LiveLoad {
  /** What a reader gets for a quantity that nothing is known of; check with isNaN. */
  public static final double UNKNOWN = Double.NaN;

  /** What takes longer is in the report, or its outcome is lost. */
  private static final Duration LONGEST_WAY = Duration.ofSeconds(1);

  // What every pick looks at stands together, for in a large table it is in no cache.
  private volatile long expirationNanos;
  private volatile EndpointLoad current = EndpointLoad.Unknown.INSTANCE;
  private final ServiceLoads service;
  private final ServiceTime serviceTime;

  private final Endpoint endpoint;
  private final TrackerSettings settings;
  private final Ticker ticker;

  private final Estimator estimator;

  private final Outstanding outstanding;
  private final Outstanding sentOfLate;
  private final EndpointLoad.Observed observed;
  private final Occupancy occupancy = new Occupancy();
  private final Steepness.OfEndpoint steepness;
  private final Latencies latencies;
  private final Voices voices;
  private final Failures failures;
  private final OthersInFlight othersInFlight = new OthersInFlight();
  private final AtomicInteger streams = new AtomicInteger();
  private final LongAdder told = new LongAdder();

  private volatile @Nullable Utilization utilization;

  LiveLoad(Endpoint endpoint, TrackerSettings settings, Ticker ticker, ServiceLoads service) {
    this.endpoint = endpoint;
    this.service = service;
    this.steepness = service.steepness().ofEndpoint(endpoint.capacity());
    this.serviceTime = new ServiceTime(service, endpoint.capacity(), ticker.nanos());
    this.estimator = new Estimator(service, serviceTime, endpoint.capacity());
    this.settings = settings;
    this.ticker = ticker;
    this.expirationNanos = settings.reportExpiration().toNanos();
    this.outstanding = new Outstanding(settings.outcomeTimeout(), ticker.nanos());
    this.sentOfLate = new Outstanding(LONGEST_WAY, ticker.nanos());
    this.observed =
        new EndpointLoad.Observed(outstanding, othersInFlight, settings.outcomeTimeout());
    this.latencies = new Latencies(settings.latencyDecay(), this::reportedLatencyNanos);
    this.voices = new Voices(service.presence(), settings.latencyDecay(), ticker.nanos());
    this.failures = new Failures(settings.latencyDecay(), voices);
    service.happened(ticker.nanos());
  }

  void expireReportsAfter(Duration reportExpiration) {
    expirationNanos = reportExpiration.toNanos();
  }

  /**
   * What is known at {@code nowNanos}: a report older than the expiration is no longer believed;
   * then what clients say of their own requests must do.
   */
  public EndpointLoad at(long nowNanos) {
    EndpointLoad load = current;
    if (load instanceof EndpointLoad.Reported reported
        && !reported.isOlderThan(expirationNanos, nowNanos)) {
      return load;
    }
    return observed.isCurrent(nowNanos) ? observed : EndpointLoad.Unknown.INSTANCE;
  }

  /** Notes that a request was sent to the endpoint. */
  public void dispatched() {
    dispatched(ticker.nanos());
  }

  /** Notes that a request was sent to the endpoint, now. */
  public void dispatched(long nowNanos) {
    if (service.hearsMost()) {
      double found = inService(nowNanos);
      serviceTime.passed(found, nowNanos);
      occupancy.found(found, nowNanos);
    }
    began(nowNanos);
  }

  /**
   * Notes that a stream to the endpoint was opened, now. It is in flight like a request, but its
   * length is its users' choice and tells nothing of how fast the endpoint serves.
   */
  public void streamOpened(long nowNanos) {
    streams.incrementAndGet();
    began(nowNanos);
  }

  private void began(long nowNanos) {
    service.happened(nowNanos);
    outstanding.began(nowNanos);
    sentOfLate.began(nowNanos);
    if (current instanceof EndpointLoad.Reported reported) {
      reported.dispatched(nowNanos);
    }
  }

  /** Requests that this balancer sent and that are not known to have ended. */
  public int ownRequestsInFlight(long nowNanos) {
    return outstanding.count(nowNanos);
  }

  /**
   * When a request to any endpoint of the service began or ended, or a report came, last: the time,
   * for whoever would rather not read the clock at each pick.
   */
  public long latestNanos() {
    return service.latestNanos();
  }

  /** How long requests took. */
  public Latencies latencies() {
    return latencies;
  }

  /** How often requests failed. */
  public Failures failures() {
    return failures;
  }

  /** The last report that named utilization and rate, however old. */
  public Optional<Utilization> utilization() {
    return Optional.ofNullable(utilization);
  }

  void completed(Completion completion) {
    long now = ticker.nanos();
    double nanos = (double) completion.latency().toNanos();
    ended(completion.ending(), startNanos(completion, nanos, now), nanos, now);
  }

  /** Notes how a request ended as a client tells: that it is over, and the rest if it is likely. */
  void completed(Reporter by, Completion completion) {
    long now = ticker.nanos();
    Ending ending = completion.ending();
    double believed = voices.hear(by, ending.words(), now);
    double nanos = voices.credibleNanos(by, (double) completion.latency().toNanos());
    served(ending, startNanos(completion, nanos, now), nanos, now);
    latencies.ended(ending, nanos, believed, now);
  }

  /** Notes how a request ended, now, that was sent at {@code startNanos}. */
  public void completed(Ending ending, long startNanos, long nowNanos) {
    ended(ending, startNanos, (double) Math.max(0, nowNanos - startNanos), nowNanos);
  }

  private void ended(Ending ending, long startNanos, double latencyNanos, long nowNanos) {
    served(ending, startNanos, latencyNanos, nowNanos);
    failures.ended(ending, nowNanos);
    latencies.ended(ending, latencyNanos, 1, nowNanos);
  }

  private static long startNanos(Completion completion, double latencyNanos, long nowNanos) {
    return completion.pickedAtNanos().orElse(nowNanos - (long) latencyNanos);
  }

  private void served(Ending ending, long startNanos, double latencyNanos, long nowNanos) {
    if (service.hearsMost()) {
      serviceTime.ended(inService(nowNanos), ending, nowNanos);
      if (ending == Ending.SUCCEEDED && serviceTime.isWarm()) {
        learnSteepness(startNanos, latencyNanos, nowNanos);
      }
    }
    ended(startNanos, nowNanos);
  }

  /** Notes how a stream ended, now, that was opened at {@code startNanos}. */
  public void streamClosed(Ending ending, long startNanos, long nowNanos) {
    streams.decrementAndGet();
    ended(startNanos, nowNanos);
    failures.ended(ending, nowNanos);
  }

  private void ended(long startNanos, long nowNanos) {
    service.happened(nowNanos);
    if (current instanceof EndpointLoad.Reported reported) {
      reported.completed(nowNanos);
    }
    outstanding.ended(startNanos, nowNanos);
    sentOfLate.ended(startNanos, nowNanos);
    observed.heard(nowNanos);
  }

  /**
   * Learns from requests that others sent and tell of late. They are not set against the report:
   * they have been in it all the time, and which of them ended since it came nobody can tell. Nor
   * do they say how fast the endpoint serves: reports do, for all requests alike.
   */
  void counted(Reporter by, Tally tally) {
    long now = ticker.nanos();
    observed.heard(now);
    told.add(tally.succeeded() + tally.failed() + tally.refused());
    double believed = voices.hear(by, tally.words(), now);
    if (tally.timed() > 0) {
      double credible = voices.credibleNanos(by, tally.longestNanos());
      latencies.counted(tally, credible, believed, now);
    }
  }

  /** How many requests have ended so far that others sent and told of; never fewer than before. */
  public long requestsTold() {
    return told.sum();
  }

  /**
   * Notes how many requests a client which picks by itself claims to have in flight now. They count
   * as long as no report is believed: a report has them in it.
   *
   * @param before how many were believed of this client until now
   * @return how many are believed from now on
   */
  public int claimedInFlight(int before, int claimed) {
    observed.heard(ticker.nanos());
    return othersInFlight.claim(before, claimed);
  }

  /**
   * How long a request takes on this endpoint when it is alone there, in nanoseconds. As long as
   * nothing is known of the service it has no meaning, but is the same for all of its endpoints.
   *
   * @param inFlight how many are expected in flight now
   */
  public double serviceTimeNanos(double inFlight, long nowNanos) {
    return serviceTime.nanos(inFlight, nowNanos);
  }

  /** The mean service time of all endpoints of the service, in nanoseconds. */
  public double typicalServiceTimeNanos() {
    return service.serviceTimeNanos();
  }

  /** By how much of the typical service time one may differ from it and count as equal. */
  public double tolerance() {
    return serviceTime.tolerance();
  }

  /** What as many requests as the capacity add to the latency of one more, in service times. */
  public double crowding() {
    return service.crowding();
  }

  private void learnSteepness(long startNanos, double nanos, long nowNanos) {
    double found = occupancy.foundAt(startNanos);
    if (found >= 0) {
      service.ended(steepness, found, nanos, nowNanos);
    }
    occupancy.fit(latencies.meanNanos(nowNanos));
  }

  /** Requests in flight without the streams that this side has open. */
  private double inService(long nowNanos) {
    return Math.max(0, inFlight(nowNanos) - streams.get());
  }

  private double inFlight(long nowNanos) {
    return at(nowNanos) instanceof EndpointLoad.Known known
        ? known.expectedRequestsInFlight(nowNanos)
        : outstanding.count(nowNanos);
  }

  void reported(LoadReport report) {
    service.happened(report.takenAtNanos());
    QueueDecay decay =
        current instanceof EndpointLoad.Reported last
            ? estimator.after(last, report)
            : QueueDecay.NONE;
    utilization = Utilization.after(utilization, report, settings.weightExpirationPeriod());
    double inFlight = Math.max(report.requestsInFlight(), onTheirWay(report.takenAtNanos()));
    current = new EndpointLoad.Reported(report, inFlight, decay);
  }

  /**
   * Requests that this balancer sent of late and whose outcome it has not heard. The endpoint does
   * not count those that have not arrived, nor those whose answer is on its way; and the more it
   * serves, the more these are.
   */
  private int onTheirWay(long nowNanos) {
    return service.hearsAll() ? sentOfLate.count(nowNanos) : 0;
  }

  boolean isOf(String incarnation) {
    return endpoint.incarnation().equals(incarnation);
  }

  private double reportedLatencyNanos(long nowNanos) {
    return at(nowNanos) instanceof EndpointLoad.Reported reported
        ? reported.latencyNanos()
        : UNKNOWN;
  }
}
