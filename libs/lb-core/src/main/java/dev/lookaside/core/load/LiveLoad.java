package dev.lookaside.core.load;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.time.Ticker;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The load of one incarnation of one endpoint, kept up to date by reports, dispatches and
 * completions; all lock-free. Dispatching and reading allocate nothing.
 */
public final class LiveLoad {
  /** What a reader gets for a quantity that nothing is known of; check with isNaN. */
  public static final double UNKNOWN = Double.NaN;

  private static final int MANY = 1_000_000;

  /**
   * How much more than measured those in flight weigh. An endpoint with places to spare is as fast
   * with more requests as with fewer, so that alone the law would let them drift to where it ends.
   */
  private static final double CAUTION = 4.0 / 3;

  private final Endpoint endpoint;
  private final TrackerSettings settings;
  private final Ticker ticker;
  private final long expirationNanos;

  private final ServiceLoads service;
  private final Slowdown slowdown;
  private final ServiceTime serviceTime;
  private final Estimator estimator;

  private final Outstanding outstanding;
  private final EndpointLoad.Observed observed;
  private final PeakEwma peakLatency;
  private final DecayedRatio latency;
  private final DecayedRatio errors;
  private final DecayedRatio refusals;
  private final AtomicInteger consecutiveErrors = new AtomicInteger();
  private final AtomicInteger othersInFlight = new AtomicInteger();

  private volatile EndpointLoad current = EndpointLoad.Unknown.INSTANCE;
  private volatile @Nullable Utilization utilization;

  LiveLoad(Endpoint endpoint, TrackerSettings settings, Ticker ticker, ServiceLoads service) {
    this.endpoint = endpoint;
    this.service = service;
    this.slowdown = new Slowdown(endpoint.capacity());
    this.serviceTime = new ServiceTime(service, slowdown, ticker.nanos());
    this.estimator = new Estimator(service, serviceTime, slowdown);
    this.settings = settings;
    this.ticker = ticker;
    this.expirationNanos = settings.reportExpiration().toNanos();
    this.outstanding = new Outstanding(settings.outcomeTimeout(), ticker.nanos());
    this.observed =
        new EndpointLoad.Observed(outstanding, othersInFlight, settings.outcomeTimeout());
    this.peakLatency = new PeakEwma(settings.latencyDecay());
    this.latency = new DecayedRatio(settings.latencyDecay());
    this.errors = new DecayedRatio(settings.latencyDecay());
    this.refusals = new DecayedRatio(settings.latencyDecay());
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
    long now = ticker.nanos();
    if (service.hearsMost()) {
      serviceTime.passed(inFlight(now), now);
    }
    outstanding.began(now);
    if (current instanceof EndpointLoad.Reported reported) {
      reported.dispatched(now);
    }
  }

  /** Requests that this balancer sent and that are not known to have ended. */
  public int ownRequestsInFlight(long nowNanos) {
    return outstanding.count(nowNanos);
  }

  /**
   * Peak-sensitive latency in nanoseconds, or {@link #UNKNOWN}: from outcomes, else by Little's law
   * from the report.
   */
  public double peakLatencyNanos(long nowNanos) {
    double known = peakLatency.valueOr(UNKNOWN, nowNanos);
    return Double.isNaN(known) ? reportedLatencyNanos(nowNanos) : known;
  }

  /** Mean latency in nanoseconds, or {@link #UNKNOWN}; from the same sources. */
  public double latencyNanos(long nowNanos) {
    double known = latency.ratioOr(UNKNOWN);
    return Double.isNaN(known) ? reportedLatencyNanos(nowNanos) : known;
  }

  /** The share of recent requests that failed, 0 to 1; 0 without outcomes. */
  public double errorShare() {
    return errors.ratioOr(0);
  }

  /**
   * The share of recent requests for which the endpoint had no room, 0 to 1; 0 without outcomes.
   */
  public double refusalShare() {
    return refusals.ratioOr(0);
  }

  /** How many recent outcomes {@link #errorShare} rests on; older ones count less. */
  public double outcomes(long nowNanos) {
    return errors.weight(nowNanos);
  }

  /** How many of the last requests failed one after the other. */
  public int consecutiveErrors() {
    return consecutiveErrors.get();
  }

  /** Lets the endpoint start with a clean sheet. */
  public void forgetErrors() {
    consecutiveErrors.set(0);
    errors.clear();
    refusals.clear();
  }

  /** The last report that named utilization and rate, however old. */
  public Optional<Utilization> utilization() {
    return Optional.ofNullable(utilization);
  }

  void completed(Completion completion) {
    long now = ticker.nanos();
    long nanos = completion.latency().toNanos();
    if (service.hearsMost()) {
      serviceTime.ended(inFlight(now), completion.ending(), now);
    }
    if (current instanceof EndpointLoad.Reported reported) {
      reported.completed(now);
    }
    outstanding.ended(now - nanos, now);
    observed.heard(now);
    learnLatency(completion.ending(), (double) nanos, now);
    learnErrors(completion.ending(), now);
  }

  /**
   * Learns from requests that others sent and tell of late. They are not set against the report:
   * they have been in it all the time, and which of them ended since it came nobody can tell. Nor
   * do they say how fast the endpoint serves: reports do, for all requests alike.
   */
  void counted(Tally tally) {
    long now = ticker.nanos();
    observed.heard(now);
    if (tally.total() > 0) {
      double total = (double) tally.total();
      errors.add((double) tally.failed(), total, now);
      refusals.add((double) tally.refused(), total, now);
    }
    if (tally.succeeded() + tally.refused() > 0) {
      consecutiveErrors.set(0);
    } else if (tally.failed() > 0) {
      consecutiveErrors.addAndGet((int) Math.min(tally.failed(), MANY));
    }
    if (tally.timed() > 0) {
      double timed = (double) tally.timed();
      latency.add(tally.meanLatencyNanos() * timed, timed, now);
      peakLatency.observe(tally.highLatencyNanos(), now);
    }
  }

  /**
   * Notes that this many more requests of others are in flight, or fewer if negative. It counts as
   * long as no report is believed: a report has them in it.
   */
  public void othersInFlight(int more) {
    othersInFlight.addAndGet(more);
    observed.heard(ticker.nanos());
  }

  private void learnLatency(Ending ending, double nanos, long now) {
    if (ending == Ending.SUCCEEDED) {
      peakLatency.observe(nanos, now);
      latency.add(nanos, 1, now);
    } else {
      // To fail fast is no merit: this latency may speak against the endpoint, never for it.
      peakLatency.observeAtLeast(nanos, now);
      if (nanos > latency.ratioOr(0)) {
        latency.add(nanos, 1, now);
      }
    }
  }

  private void learnErrors(Ending ending, long now) {
    if (ending == Ending.CANCELLED) {
      return;
    }
    errors.add(ending == Ending.FAILED ? 1 : 0, 1, now);
    refusals.add(ending == Ending.REFUSED ? 1 : 0, 1, now);
    if (ending == Ending.FAILED) {
      consecutiveErrors.incrementAndGet();
    } else {
      consecutiveErrors.set(0);
    }
  }

  /**
   * How long a request sent now may be expected to take, in nanoseconds, given how many are
   * expected in flight. As long as nothing is known of the service it has no meaning, but orders
   * its endpoints.
   */
  public double latencyToExpectNanos(double inFlight, long nowNanos) {
    return serviceTime.nanos(inFlight, nowNanos) * slowdown.at(CAUTION * (inFlight + 1));
  }

  private double inFlight(long nowNanos) {
    return at(nowNanos) instanceof EndpointLoad.Known known
        ? known.expectedRequestsInFlight(nowNanos)
        : outstanding.count(nowNanos);
  }

  void reported(LoadReport report) {
    QueueDecay decay =
        current instanceof EndpointLoad.Reported last
            ? estimator.after(last, report)
            : QueueDecay.NONE;
    utilization = Utilization.after(utilization, report, settings.weightExpirationPeriod());
    current = new EndpointLoad.Reported(report, decay);
  }

  public boolean isOfService(String service) {
    return endpoint.service().equals(service);
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
