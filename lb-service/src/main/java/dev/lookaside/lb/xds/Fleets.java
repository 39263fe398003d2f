package dev.lookaside.lb.xds;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.balancer.ZonePreference;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.lb.xds.Fleet.Member;
import dev.lookaside.lb.xds.Fleet.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who is in the fleet that clients are told of, and with what weight.
 *
 * <pre>
 * members = eligible, and those that were not tried yet; if none is eligible, all that take calls
 * weight  = speed · share (manual weight, slow start, errors)
 * </pre>
 *
 * <p>Clients connect to each member themselves. So one that this balancer has not reached yet is
 * named: a balancer that has just started would else shrink every fleet to whom it reached first.
 * And if it reaches nobody, that says more of itself than of them.
 */
final class Fleets {
  private final EndpointWeights weights;
  private final Function<String, Optional<ZonePreference>> zoneOf;
  private final Spill spill;
  private final Addresses addresses;

  /**
   * @param zoneOf where the clients of a service are
   */
  Fleets(
      EndpointWeights weights,
      Function<String, Optional<ZonePreference>> zoneOf,
      Spill spill,
      Addresses addresses) {
    this.weights = weights;
    this.zoneOf = zoneOf;
    this.spill = spill;
    this.addresses = addresses;
  }

  Fleet of(ServiceSnapshot service) {
    Addresses.Located located = addresses.of(members(service));
    List<Endpoint> endpoints = List.copyOf(located.known().values());
    Optional<ZonePreference> zone = zoneOf.apply(service.registered().service());
    double[] weight = known(weights.of(service, endpoints));
    List<Member> members = new ArrayList<>();
    located
        .known()
        .forEach((address, endpoint) -> {
          Place place = zone.isEmpty() || zone.get().isNear(endpoint) ? Place.NEAR : Place.FAR;
          double share = service.share().applyAsDouble(endpoint);
          members.add(new Member(endpoint, address, weight[members.size()] * share, place));
        });
    double spilled = zone.map(known -> spill.of(members, known.spillAbove())).orElse(0.0);
    return new Fleet(
        service.registered().service(), service.policy(), members, spilled, located.awaited());
  }

  private static List<Endpoint> members(ServiceSnapshot service) {
    Predicate<Endpoint> member =
        service.eligible().isEmpty()
            ? Endpoint::takesCalls
            : endpoint -> isEligible(service, endpoint) || isUntried(service, endpoint);
    return service.registered().endpoints().stream().filter(member).toList();
  }

  private static boolean isEligible(ServiceSnapshot service, Endpoint endpoint) {
    return service.eligible().find(endpoint.id()).isPresent();
  }

  private static boolean isUntried(ServiceSnapshot service, Endpoint endpoint) {
    return endpoint.takesCalls()
        && service.connectivityOf(endpoint) == Connectivity.CONNECTING
        && !service.ejected().contains(endpoint.id());
  }

  /** Who is unknown gets the mean of the others. */
  private static double[] known(double[] weights) {
    double mean = Arrays.stream(weights).filter(Fleets::isWeight).average().orElse(1);
    return Arrays.stream(weights).map(weight -> isWeight(weight) ? weight : mean).toArray();
  }

  private static boolean isWeight(double value) {
    return value > 0 && Double.isFinite(value);
  }
}
