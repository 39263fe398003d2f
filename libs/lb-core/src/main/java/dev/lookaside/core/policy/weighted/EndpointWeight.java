package dev.lookaside.core.policy.weighted;

import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.Utilization;

/**
 * The weight of an endpoint in gRFC A58's terms: the requests per second that it would serve fully
 * utilized, as far as its last report can tell.
 *
 * <pre>
 * weight = rps / (utilization + eps / rps × errorUtilizationPenalty)
 * </pre>
 */
public final class EndpointWeight {
  /** An endpoint without a usable weight gets the mean of the others. */
  public static final double NONE = 0;

  /** No server serves so many: such a weight is a mistake of who reports, and counts as none. */
  private static final double MOST = 1e12;

  private final WeightSettings settings;

  public EndpointWeight(WeightSettings settings) {
    this.settings = settings;
  }

  public double of(LiveLoad load, long nowNanos) {
    return load.utilization()
        .filter(u -> nowNanos - u.atNanos() < settings.weightExpirationPeriod().toNanos())
        .filter(u -> nowNanos - u.sinceNanos() >= settings.blackoutPeriod().toNanos())
        .map(this::of)
        .orElse(NONE);
  }

  private double of(Utilization u) {
    double weight =
        u.rps() / (u.utilization() + u.eps() / u.rps() * settings.errorUtilizationPenalty());
    return weight > 0 && weight <= MOST ? weight : NONE;
  }
}
