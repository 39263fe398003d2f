package dev.lookaside.core.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * How long a request would take on an endpoint if it were alone there.
 *
 * <pre>
 * service time = (∫ alone(n) dt + prior · mean of the service) / (requests completed + prior)
 * </pre>
 *
 * <p>over about two seconds, where {@code alone(n) = n / slowdown(n)}: the time that the endpoint's
 * requests would have spent there, each alone, by how many completed. The integral runs on while
 * requests wait, so an endpoint that hangs looks slow before its first outcome comes, and a request
 * that failed adds its time and completes nothing. The prior is as many outcomes as it takes to
 * tell endpoints apart that differ by a fifth, at least {@value #PRIOR}: where one request takes a
 * hundred times as long as another, a few say nothing. An endpoint that looked slow once and is
 * avoided since is tried again: a second after its last outcome the mean counts for half, however
 * many there were.
 *
 * <p>The first {@value #COLD} requests of an incarnation are not learned from: they are slow on any
 * endpoint. While they are there they wait in the integral as others do.
 *
 * <p>Where clients report most outcomes, n is what is expected at each dispatch and each outcome;
 * elsewhere, both sums come from the load reports, and the integral begins anew when outcomes do.
 */
final class ServiceTime {
  static final double PRIOR = 3;

  /** The first requests load classes, fill caches and open connections: they say nothing. */
  static final int COLD = 20;

  private static final Duration DECAY = Duration.ofSeconds(2);

  /** So long after the last outcome, however many came before it, the mean counts for half. */
  private static final Duration STALE = Duration.ofSeconds(1);

  private static final Fading FADING = Fading.goingStale(DECAY, PRIOR, STALE);

  private static final AtomicReferenceFieldUpdater<ServiceTime, Fading.Sums> SERVED =
      AtomicReferenceFieldUpdater.newUpdater(ServiceTime.class, Fading.Sums.class, "served");
  private static final AtomicLongFieldUpdater<ServiceTime> SINCE =
      AtomicLongFieldUpdater.newUpdater(ServiceTime.class, "sinceNanos");
  private static final AtomicLongFieldUpdater<ServiceTime> ALONE =
      AtomicLongFieldUpdater.newUpdater(ServiceTime.class, "aloneNanos");

  private static final AtomicIntegerFieldUpdater<ServiceTime> COLD_LEFT =
      AtomicIntegerFieldUpdater.newUpdater(ServiceTime.class, "coldLeft");

  private final ServiceLoads service;
  private final Slowdown slowdown;
  private final double capacity;

  // Not in an object of their own: in a large table each one that a pick looks at costs as much as
  // all of this arithmetic.
  private volatile Fading.Sums served = Fading.Sums.NONE;

  // The integral since the last outcome, up to the last dispatch. The two are not read at once: a
  // thread that comes between them miscounts the time between two events.
  private volatile long sinceNanos;
  private volatile long aloneNanos;
  private volatile int coldLeft = COLD;
  private volatile double tolerance;

  ServiceTime(ServiceLoads service, double capacity, long nowNanos) {
    this.service = service;
    this.slowdown = service.slowdown();
    this.capacity = capacity;
    this.sinceNanos = nowNanos;
  }

  /** Notes that so many requests were in flight until now. */
  void passed(double inFlight, long nowNanos) {
    double nanos = unheard(SINCE.getAndSet(this, nowNanos), nowNanos);
    ALONE.addAndGet(this, (long) (slowdown.alone(inFlight, capacity) * nanos));
  }

  /** How long nothing was heard, of the time in which outcomes are listened to. */
  private double unheard(long lastNanos, long nowNanos) {
    return Math.max(0, Math.min(nowNanos - lastNanos, service.nanosHeard(nowNanos)));
  }

  /** Notes that one of so many requests in flight has ended. */
  void ended(double inFlight, Completion.Ending ending, long nowNanos) {
    passed(inFlight, nowNanos);
    // Each one that we hear of stands for those that we do not.
    double completed = ending == Completion.Ending.SUCCEEDED ? 1 / service.heardShare() : 0;
    learn((double) ALONE.getAndSet(this, 0), completed, nowNanos);
  }

  /** Takes what a load report says of the time since the one before. */
  void reported(double meanInFlight, double completed, double nanos, long nowNanos) {
    if (completed > 0) {
      learn(slowdown.alone(meanInFlight, capacity) * nanos, completed, nowNanos);
    }
  }

  /** Whether the first requests are over. */
  boolean isWarm() {
    return coldLeft <= 0;
  }

  private void learn(double alone, double completed, long nowNanos) {
    if (coldLeft > 0) {
      COLD_LEFT.addAndGet(this, -(int) Math.ceil(Math.min(COLD, completed)));
      return;
    }
    Fading.Sums sums =
        SERVED.updateAndGet(this, before -> FADING.add(before, alone, completed, nowNanos));
    tolerance = service.tolerance(FADING.weight(sums, nowNanos) + service.prior());
    service.served(alone, completed, nowNanos);
  }

  /** By how much of the mean of the service the estimate may differ from it by chance. */
  double tolerance() {
    return tolerance;
  }

  /** The estimate, with so many requests in flight now. */
  double nanos(double inFlight, long nowNanos) {
    double waiting = 0;
    if (service.hearsMost()) {
      double nanos = Math.min((double) DECAY.toNanos(), unheard(sinceNanos, nowNanos));
      waiting = aloneNanos + slowdown.alone(inFlight, capacity) * nanos;
    }
    return FADING.towards(served, service.serviceTimeNanos(), service.prior(), waiting, nowNanos);
  }
}
