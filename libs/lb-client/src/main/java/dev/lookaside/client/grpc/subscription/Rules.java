package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.balancer.ZonePreference;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.v1.Balancing;
import dev.lookaside.wire.BalancingCodec;
import java.util.Optional;

/**
 * How a service is balanced, as it was told and as it was understood.
 *
 * @param policy the announced one, or one that any service can live with
 */
record Rules(Balancing wire, String policy, TrafficSettings traffic) {
  private static final System.Logger LOG = System.getLogger(Rules.class.getName());

  /**
   * The rules for a client that runs in this place.
   *
   * @throws IllegalArgumentException if they make no sense
   */
  static Rules of(String service, Balancing wire, Locality place) {
    return new Rules(
        wire, policy(service, wire.getPolicy()), near(place, BalancingCodec.read(wire)));
  }

  /** The balancer prefers its own zone; a client prefers the client's, if it knows it. */
  private static TrafficSettings near(Locality place, TrafficSettings said) {
    Optional<ZonePreference> zone =
        said.zone()
            .filter(preference -> !place.zone().isEmpty())
            .map(preference -> new ZonePreference(place, preference.spillAbove()));
    return new TrafficSettings(said.slowStart(), said.outliers(), zone, said.panicThreshold());
  }

  private static String policy(String service, String announced) {
    if (Policies.isKnown(announced)) {
      return announced;
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "service {0} is balanced by policy ''{1}'', which this client does not know: rr is used",
        service,
        announced);
    return "rr";
  }
}
