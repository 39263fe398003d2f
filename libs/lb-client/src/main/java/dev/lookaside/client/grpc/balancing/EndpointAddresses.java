package dev.lookaside.client.grpc.balancing;

import dev.lookaside.client.grpc.subscription.ServiceView;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.wire.dial.AddressCheck;
import dev.lookaside.wire.dial.HostLookup;
import io.grpc.EquivalentAddressGroup;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * The addresses of a view's endpoints, for gRPC's own policies, which the user's service config may
 * choose: those that take calls and that the balancer has nothing against. Our policy reads the
 * view itself. For one thread at a time.
 */
public final class EndpointAddresses {
  private final HostNames names;
  private final Runnable more;
  private final Map<Address, List<SocketAddress>> known = new HashMap<>();
  private final Set<Address> pending = new HashSet<>();

  /**
   * @param blocking where names are looked up
   * @param context where all else happens
   * @param more runs in the context when another name was found
   */
  public EndpointAddresses(Executor blocking, Executor context, Runnable more) {
    this.names = new HostNames(blocking, context, HostLookup.system(AddressCheck.standard()));
    this.more = more;
  }

  /** Those that are known by now; the others are looked up. */
  public List<EquivalentAddressGroup> of(ServiceView view) {
    List<Endpoint> wanted = wanted(view);
    Set<Address> addresses = new HashSet<>();
    wanted.forEach(endpoint -> addresses.add(endpoint.address()));
    known.keySet().retainAll(addresses);
    addresses.forEach(this::lookUp);
    List<EquivalentAddressGroup> groups = new ArrayList<>();
    for (Endpoint endpoint : wanted) {
      List<SocketAddress> found = known.get(endpoint.address());
      if (found != null) {
        groups.add(LinkContext.group(endpoint, found));
      }
    }
    return groups;
  }

  private static List<Endpoint> wanted(ServiceView view) {
    List<Endpoint> takingCalls =
        view.table().endpoints().stream().filter(Endpoint::takesCalls).toList();
    Predicate<Endpoint> advised = view::isAdvisedAgainst;
    List<Endpoint> good = takingCalls.stream().filter(advised.negate()).toList();
    return good.isEmpty() ? takingCalls : good;
  }

  private void lookUp(Address address) {
    if (known.containsKey(address) || !pending.add(address)) {
      return;
    }
    boolean[] atOnce = {true};
    names.resolve(
        address,
        found -> {
          pending.remove(address);
          known.put(address, found);
          if (!atOnce[0]) {
            more.run();
          }
        },
        failed -> pending.remove(address));
    atOnce[0] = false;
  }
}
