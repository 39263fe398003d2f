package dev.lookaside.core.balancer;

import dev.lookaside.core.check.Require;
import java.util.Optional;

/**
 * What holds for picks whatever the policy. The manual weight of an endpoint and its draining
 * always hold.
 *
 * @param slowStart of new and returned endpoints
 * @param outliers when endpoints that fail are ejected; empty: never
 * @param zone where picks stay if they can; empty: anywhere
 * @param panicThreshold share of the registered endpoints that take new calls, 0 to 1: if fewer are
 *     left, ejections are disregarded, since so many failures are not the endpoints' own
 */
public record TrafficSettings(
    SlowStart slowStart,
    Optional<OutlierSettings> outliers,
    Optional<ZonePreference> zone,
    double panicThreshold) {

  public TrafficSettings {
    Require.within("panic threshold", panicThreshold, 0, 1);
  }

  public static TrafficSettings defaults() {
    return new TrafficSettings(
        SlowStart.defaults(), Optional.of(OutlierSettings.defaults()), Optional.empty(), 0.5);
  }

  /** Nothing but manual weight and draining. */
  public static TrafficSettings none() {
    return new TrafficSettings(SlowStart.off(), Optional.empty(), Optional.empty(), 0);
  }
}
