package dev.lookaside.core.load;

import dev.lookaside.core.load.EndpointLoad.Reported;
import java.time.Duration;

/**
 * Learns from each report of one endpoint how far the expectation since the report before was
 * right, and makes the model for the time until the next one.
 *
 * <pre>
 * believed = Σ requests that did complete / Σ requests that should have, over the last reports
 * foreign  = requests per second that the endpoint reports · share of other balancers
 * </pre>
 *
 * <p>An endpoint that has just become slow completes less than expected, so less is believed of it
 * from its next reports on. {@value #PRIOR_BELIEF} is believed of one that little is known of.
 */
final class Estimator {
  private static final Duration DECAY = Duration.ofSeconds(3);
  private static final double PRIOR_BELIEF = 0.75;
  private static final double PRIOR_WEIGHT = 3;
  private static final double FEW_OUTCOMES = 0.5;
  private static final double NANOS_PER_SECOND = 1e9;

  private final ServiceLoads service;
  private final ServiceTime serviceTime;
  private final double capacity;
  private final DecayedRatio believed = new DecayedRatio(DECAY);

  Estimator(ServiceLoads service, ServiceTime serviceTime, double capacity) {
    this.service = service;
    this.serviceTime = serviceTime;
    this.capacity = capacity;
  }

  /** The model from this report on. */
  CompletionModel after(Reported last, LoadReport report) {
    long now = report.takenAtNanos();
    double age = Math.max(1, now - last.report().takenAtNanos());
    double perNano = report.rpsFractional() / NANOS_PER_SECOND;
    service.counted(last.dispatchedSince(), last.completedSince(), perNano * age, now);
    if (service.outcomeShare() < FEW_OUTCOMES) {
      serviceTime.reported(report);
    }
    if (!service.isServiceTimeKnown()) {
      return CompletionModel.NONE;
    }
    CompletionModel model =
        new CompletionModel(
            serviceTime.nanos(now),
            capacity,
            PRIOR_BELIEF,
            perNano * service.foreignShare(),
            1 - service.outcomeShare());
    return model.believing(judge(model, last, report, age));
  }

  /** How far the model would have been right since the last report. */
  private double judge(CompletionModel model, Reported last, LoadReport report, double age) {
    double before = last.report().requestsInFlight();
    double arrived = last.dispatchedSince() + model.foreignPerNano() * age;
    double expected = model.full(before, arrived, age);
    double completed = before + arrived - report.requestsInFlight();
    believed.add(Math.max(0, Math.min(completed, expected)), expected, report.takenAtNanos());
    return believed(report.takenAtNanos());
  }

  private double believed(long nowNanos) {
    double weight = believed.weight(nowNanos);
    return (believed.ratioOr(PRIOR_BELIEF) * weight + PRIOR_BELIEF * PRIOR_WEIGHT)
        / (weight + PRIOR_WEIGHT);
  }
}
