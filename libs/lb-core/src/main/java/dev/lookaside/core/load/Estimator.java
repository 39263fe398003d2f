package dev.lookaside.core.load;

import dev.lookaside.core.load.EndpointLoad.Reported;

/** Learns from each report of one endpoint, and says what to expect until the next one. */
final class Estimator {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ServiceLoads service;
  private final ServiceTime serviceTime;
  private final double capacity;

  Estimator(ServiceLoads service, ServiceTime serviceTime, double capacity) {
    this.service = service;
    this.serviceTime = serviceTime;
    this.capacity = capacity;
  }

  /** The decay from this report on. */
  QueueDecay after(Reported last, LoadReport report) {
    long now = report.takenAtNanos();
    double age = Math.max(1, now - last.report().takenAtNanos());
    double perNano = report.rpsFractional() / NANOS_PER_SECOND;
    double ended =
        last.dispatchedSince() + last.report().requestsInFlight() - report.requestsInFlight();
    service.counted(last.dispatchedSince(), last.completedSince(), ended, perNano * age, now);
    if (!service.hearsMost()) {
      serviceTime.reported(meanInFlight(last.report(), report), perNano * age, age, now);
    }
    return service.isServiceTimeKnown() && !service.hearsAll()
        ? new QueueDecay(
            service.slowdown(),
            capacity,
            serviceTime.nanos(report.requestsInFlight(), now),
            perNano * service.foreignShare(),
            1 - service.outcomeShare())
        : QueueDecay.NONE;
  }

  /** The endpoint's own mean over the window of its rates, else that of two looks. */
  private static double meanInFlight(LoadReport last, LoadReport report) {
    return report
        .namedMetrics()
        .getOrDefault(
            LoadReport.MEAN_REQUESTS_IN_FLIGHT,
            (last.requestsInFlight() + report.requestsInFlight()) / 2);
  }
}
