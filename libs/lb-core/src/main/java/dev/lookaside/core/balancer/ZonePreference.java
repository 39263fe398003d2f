package dev.lookaside.core.balancer;

import static java.util.Objects.requireNonNull;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.Locality;

/**
 * Picks stay in one zone as long as it has capacity.
 *
 * @param zone whose region and zone name the near endpoints
 * @param spillAbove expected requests in flight per capacity from which a near endpoint counts as
 *     full, above 0; 1 spills what would queue
 */
public record ZonePreference(Locality zone, double spillAbove) {

  public ZonePreference {
    requireNonNull(zone, "zone");
    Require.that(!zone.zone().isEmpty(), "preferred zone", "", "the name of a zone");
    Require.that(
        spillAbove > 0 && spillAbove < Double.POSITIVE_INFINITY,
        "spill threshold",
        spillAbove,
        "finite and above 0");
  }

  /** Spills what would queue. */
  public static ZonePreference of(Locality zone) {
    return new ZonePreference(zone, 1);
  }

  /** Whether an endpoint is in this zone. */
  public boolean isNear(Endpoint endpoint) {
    return endpoint.locality().zone().equals(zone.zone())
        && endpoint.locality().region().equals(zone.region());
  }
}
