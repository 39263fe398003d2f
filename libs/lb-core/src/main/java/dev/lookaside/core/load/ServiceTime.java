package dev.lookaside.core.load;

import java.time.Duration;

/**
 * How long one of an endpoint's places is busy with one request: the inverse of the rate at which a
 * place serves.
 *
 * <pre>
 * from outcomes: latency / max(1, in flight / capacity)
 * from reports : min(in flight, capacity) / requests per second
 * estimate     = (weight · mean of the samples + {@value #PRIOR} · mean of the service) / (weight + {@value #PRIOR})
 * </pre>
 *
 * <p>Both samples mean the same by Little's law; weight is the number of samples, older ones
 * counting less. What an endpoint's samples lose in weight goes to the mean of the service: an
 * endpoint that looked slow once and is avoided since is tried again, and reports that are seconds
 * apart say little about one endpoint.
 */
final class ServiceTime {
  static final double PRIOR = 3;
  private static final Duration DECAY = Duration.ofSeconds(1);
  private static final double NANOS_PER_SECOND = 1e9;

  private record Measured(double nanos, double weight, long atNanos) {}

  private final ServiceLoads service;
  private final double capacity;
  private final DecayedRatio samples = new DecayedRatio(DECAY);

  private volatile Measured measured = new Measured(0, 0, 0);

  ServiceTime(ServiceLoads service, double capacity) {
    this.service = service;
    this.capacity = capacity;
  }

  void observed(double latencyNanos, double inFlight, long nowNanos) {
    double nanos = latencyNanos / Math.max(1, inFlight / capacity);
    add(nanos, nowNanos);
    service.served(nanos, 1, nowNanos);
  }

  void reported(LoadReport report) {
    if (report.rpsFractional() > 0) {
      double busyNanos = Math.min(report.requestsInFlight(), capacity) * NANOS_PER_SECOND;
      add(busyNanos / report.rpsFractional(), report.takenAtNanos());
      service.served(busyNanos, report.rpsFractional(), report.takenAtNanos());
    }
  }

  private void add(double nanos, long nowNanos) {
    samples.add(nanos, 1, nowNanos);
    measured = new Measured(samples.ratioOr(0), samples.weight(nowNanos), nowNanos);
  }

  double nanos(long nowNanos) {
    Measured m = measured;
    double age = Math.max(0, nowNanos - m.atNanos) / (double) DECAY.toNanos();
    // e^−age nearly, without its cost: this is read for every endpoint at every pick.
    double weight = m.weight / (1 + age * (1 + age / 2));
    return (m.nanos * weight + service.serviceTimeNanos() * PRIOR) / (weight + PRIOR);
  }
}
