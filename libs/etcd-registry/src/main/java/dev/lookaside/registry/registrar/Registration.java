package dev.lookaside.registry.registrar;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.registry.AddressRules;
import java.util.Map;

/**
 * What a worker says of itself; each field means what it means in {@link Endpoint}.
 *
 * @param incarnation new at each start of the process, never empty
 * @param attributes such as {@code version} and {@code metricsAddress}; names must not collide with
 *     the other fields of the value
 */
public record Registration(
    String service,
    String id,
    Address address,
    Locality locality,
    double weight,
    double capacity,
    String incarnation,
    Map<String, String> attributes) {

  public Registration {
    attributes = Map.copyOf(attributes);
    if (incarnation.isEmpty()) {
      throw new IllegalArgumentException("incarnation is '' (expected: new at each start)");
    }
    AddressRules.forAdvertising().check(address);
    endpoint(
        service,
        id,
        address,
        locality,
        weight,
        capacity,
        EndpointState.READY,
        incarnation,
        attributes);
  }

  /** The endpoint that others will see. */
  public Endpoint endpoint(EndpointState state) {
    return endpoint(
        service, id, address, locality, weight, capacity, state, incarnation, attributes);
  }

  private static Endpoint endpoint(
      String service,
      String id,
      Address address,
      Locality locality,
      double weight,
      double capacity,
      EndpointState state,
      String incarnation,
      Map<String, String> attributes) {
    return new Endpoint(
        service, id, address, locality, weight, capacity, state, incarnation, attributes);
  }
}
