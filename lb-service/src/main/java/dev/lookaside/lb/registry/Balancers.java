package dev.lookaside.lb.registry;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.lb.rpc.ServiceNames;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Where balancers are: those that are registered, and this one, even while etcd is away. */
public final class Balancers {
  private final Consumer<List<String>> listener;
  private EndpointTable registered = EndpointTable.empty(ServiceNames.BALANCERS);
  private Optional<Address> own = Optional.empty();

  /**
   * @param listener hears the addresses at each change, in "host:port" form; must not block
   */
  public Balancers(Consumer<List<String>> listener) {
    this.listener = listener;
  }

  /** Takes the new table of registered balancers. */
  public synchronized void update(EndpointTable table) {
    registered = table;
    tell();
  }

  /** Takes the address at which clients reach this balancer. */
  synchronized void own(Address address) {
    own = Optional.of(address);
    tell();
  }

  /** Those that are registered, whatever they say of themselves. */
  public synchronized EndpointTable registered() {
    return registered;
  }

  /** Where clients reach this balancer; empty until it knows. */
  public synchronized Optional<Address> own() {
    return own;
  }

  private void tell() {
    listener.accept(
        Stream.concat(
                registered.endpoints().stream()
                    .filter(balancer -> balancer.state() == EndpointState.READY)
                    .map(Endpoint::address),
                own.stream())
            .map(Address::toString)
            .distinct()
            .toList());
  }
}
