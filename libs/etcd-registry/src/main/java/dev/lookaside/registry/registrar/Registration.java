package dev.lookaside.registry.registrar;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.codec.EndpointCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.store.StoredKey;
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

  private static final EndpointCodec CODEC = new EndpointCodec(AddressRules.defaults());

  public Registration {
    attributes = Map.copyOf(attributes);
    if (incarnation.isEmpty()) {
      throw new IllegalArgumentException("incarnation is '' (expected: new at each start)");
    }
    Endpoint endpoint =
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
    requireReadable(endpoint);
  }

  /** What balancers would skip must not get into etcd: it would wait there for calls in vain. */
  private static void requireReadable(Endpoint endpoint) {
    CODEC.decode(
        new RegistryKeys.Name(endpoint.service(), endpoint.id()),
        new StoredKey(endpoint.id(), EndpointCodec.encode(endpoint), 1, 1, 1));
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
