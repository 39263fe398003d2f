package dev.lookaside.wire;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.v1.EndpointHealth;
import dev.lookaside.v1.TableEndpoint;

/** The endpoints of a table, as messages and back. */
public final class TableCodec {
  private TableCodec() {}

  public static TableEndpoint write(int number, Endpoint endpoint, EndpointHealth health) {
    return TableEndpoint.newBuilder()
        .setNumber(number)
        .setEndpoint(write(endpoint))
        .setWeight(endpoint.weight())
        .setCapacity(endpoint.capacity())
        .setState(write(endpoint.state()))
        .setHealth(health)
        .build();
  }

  /** What a client that connects to the endpoint must know. */
  public static dev.lookaside.v1.Endpoint write(Endpoint endpoint) {
    dev.lookaside.v1.Endpoint.Builder wire =
        dev.lookaside.v1.Endpoint.newBuilder()
            .setId(endpoint.id())
            .setService(endpoint.service())
            .setAddress(endpoint.address().toString())
            .setLocality(LocalityCodec.write(endpoint.locality()))
            .setIncarnation(endpoint.incarnation());
    Authority.of(endpoint).ifPresent(wire::setAuthority);
    return wire.build();
  }

  private static dev.lookaside.v1.EndpointState write(EndpointState state) {
    return switch (state) {
      case READY -> dev.lookaside.v1.EndpointState.ENDPOINT_STATE_READY;
      case DRAINING -> dev.lookaside.v1.EndpointState.ENDPOINT_STATE_DRAINING;
    };
  }

  /** What the balancer has seen of an endpoint. */
  public static EndpointHealth health(Endpoint endpoint, ServiceSnapshot snapshot) {
    if (snapshot.ejected().contains(endpoint.id())) {
      return EndpointHealth.ENDPOINT_HEALTH_EJECTED;
    }
    Connectivity connectivity = snapshot.connectivityOf(endpoint);
    return switch (connectivity) {
      case READY -> EndpointHealth.ENDPOINT_HEALTH_HEALTHY;
      case TRANSIENT_FAILURE -> EndpointHealth.ENDPOINT_HEALTH_UNREACHABLE;
      case CONNECTING -> EndpointHealth.ENDPOINT_HEALTH_UNSPECIFIED;
    };
  }

  /** Whether the balancer would not send calls there, as far as it knows. */
  public static boolean isAdvisedAgainst(EndpointHealth health) {
    return switch (health) {
      case ENDPOINT_HEALTH_UNREACHABLE, ENDPOINT_HEALTH_EJECTED -> true;
      case ENDPOINT_HEALTH_HEALTHY, ENDPOINT_HEALTH_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  /**
   * An endpoint as a client goes by it.
   *
   * @throws IllegalArgumentException if the endpoint makes no sense, or has an address of a form
   *     that is not known: the rest of its table is worth no less for it
   */
  public static Endpoint read(String service, TableEndpoint wire) {
    dev.lookaside.v1.Endpoint said = wire.getEndpoint();
    if (!said.getService().equals(service)) {
      throw new IllegalArgumentException(
          "endpoint '%s' is of service '%s' (expected: %s)"
              .formatted(said.getId(), said.getService(), service));
    }
    return new Endpoint(
        service,
        said.getId(),
        Address.parse(said.getAddress()),
        LocalityCodec.read(said.getLocality()),
        wire.getWeight(),
        wire.getCapacity(),
        state(wire),
        said.getIncarnation(),
        Authority.attributes(said.getAuthority()));
  }

  private static EndpointState state(TableEndpoint wire) {
    return switch (wire.getState()) {
      case ENDPOINT_STATE_READY -> EndpointState.READY;
      // A state that only newer balancers know is not one that takes calls.
      case ENDPOINT_STATE_DRAINING, UNRECOGNIZED -> EndpointState.DRAINING;
      case ENDPOINT_STATE_UNSPECIFIED ->
          throw new IllegalArgumentException(
              "endpoint '%s' has no state (expected: READY or DRAINING)"
                  .formatted(wire.getEndpoint().getId()));
    };
  }
}
