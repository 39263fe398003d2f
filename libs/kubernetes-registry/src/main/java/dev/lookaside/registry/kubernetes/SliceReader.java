package dev.lookaside.registry.kubernetes;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.registry.address.AddressRules;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one slice says of endpoints. A pod that is ready takes calls; one that ends and still serves
 * drains; any other is none of ours.
 */
final class SliceReader {
  private static final String SERVICE = "kubernetes.io/service-name";

  private final String portName;
  private final AddressRules rules;

  SliceReader(String portName, AddressRules rules) {
    this.portName = portName;
    this.rules = rules;
  }

  /** The Service that a slice belongs to. */
  static Optional<String> service(EndpointSlice slice) {
    return Optional.ofNullable(slice.getMetadata().getLabels())
        .map(labels -> labels.get(SERVICE))
        .filter(name -> !name.isEmpty());
  }

  /**
   * The port that clients call.
   *
   * @throws IllegalArgumentException if the slice has none of that name
   */
  int port(EndpointSlice slice) {
    List<EndpointPort> ports = Optional.ofNullable(slice.getPorts()).orElse(List.of());
    OptionalInt named =
        ports.stream()
            .filter(port -> portName.equals(port.getName()) && port.getPort() != null)
            .mapToInt(EndpointPort::getPort)
            .findFirst();
    if (named.isPresent()) {
      return named.getAsInt();
    }
    if (ports.size() == 1
        && (ports.get(0).getName() == null || ports.get(0).getName().isEmpty())
        && ports.get(0).getPort() != null) {
      return ports.get(0).getPort();
    }
    throw new IllegalArgumentException(
        "it has the ports "
            + ports.stream().limit(10).map(EndpointPort::getName).toList()
            + " (expected: one of the name '"
            + portName
            + "', or a single one without a name)");
  }

  /**
   * One endpoint, if it is to be called or to be drained.
   *
   * @throws IllegalArgumentException if it is one that clients must not be sent to
   */
  Optional<Endpoint> read(
      String service, int port, io.fabric8.kubernetes.api.model.discovery.v1.Endpoint said) {
    Optional<EndpointState> state = state(said.getConditions());
    if (state.isEmpty()) {
      return Optional.empty();
    }
    List<String> addresses = Optional.ofNullable(said.getAddresses()).orElse(List.of());
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("an endpoint has no address (expected: one)");
    }
    Address address = new Address(addresses.get(0), port);
    rules.check(address);
    Optional<ObjectReference> pod = Optional.ofNullable(said.getTargetRef());
    return Optional.of(
        new Endpoint(
            service,
            pod.map(ObjectReference::getName).orElse(address.toString()),
            address,
            new Locality("", Optional.ofNullable(said.getZone()).orElse(""), ""),
            1,
            1,
            state.get(),
            pod.map(ObjectReference::getUid).orElse(""),
            Map.of()));
  }

  /** What is not said counts as the API defines it: ready and serving yes, terminating no. */
  private static Optional<EndpointState> state(
      @org.jspecify.annotations.Nullable EndpointConditions conditions) {
    if (conditions == null) {
      return Optional.of(EndpointState.READY);
    }
    boolean isReady = !Boolean.FALSE.equals(conditions.getReady());
    boolean isTerminating = Boolean.TRUE.equals(conditions.getTerminating());
    boolean serves =
        conditions.getServing() == null ? isReady : Boolean.TRUE.equals(conditions.getServing());
    if (isTerminating) {
      return serves ? Optional.of(EndpointState.DRAINING) : Optional.empty();
    }
    return isReady ? Optional.of(EndpointState.READY) : Optional.empty();
  }
}
