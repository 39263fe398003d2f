package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import io.grpc.LoadBalancer.Subchannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The links to the endpoints of one table. Any thread may ask for a subchannel. */
final class EndpointLinks {

  private record Key(String id, String incarnation, Address address) {
    static Key of(Endpoint endpoint) {
      return new Key(endpoint.id(), endpoint.incarnation(), endpoint.address());
    }
  }

  private final Function<Endpoint, EndpointLink> open;
  private final ConcurrentMap<Key, EndpointLink> links = new ConcurrentHashMap<>();

  EndpointLinks(Function<Endpoint, EndpointLink> open) {
    this.open = open;
  }

  /** Opens and closes links, so that there is one to each endpoint that takes calls. */
  void update(EndpointTable table) {
    Set<Key> wanted = table.endpoints().stream().map(Key::of).collect(Collectors.toSet());
    links
        .entrySet()
        .removeIf(entry -> {
          boolean gone = !wanted.contains(entry.getKey());
          if (gone) {
            entry.getValue().close();
          }
          return gone;
        });
    for (Endpoint endpoint : table.endpoints()) {
      EndpointLink link = links.get(Key.of(endpoint));
      if (link != null) {
        link.update(endpoint);
      } else if (endpoint.takesCalls()) {
        EndpointLink fresh = open.apply(endpoint);
        links.put(Key.of(endpoint), fresh);
        fresh.connect();
      }
    }
  }

  Optional<EndpointLink> find(Endpoint endpoint) {
    return Optional.ofNullable(links.get(Key.of(endpoint)));
  }

  Connectivity connectivity(Endpoint endpoint) {
    return find(endpoint).map(EndpointLink::connectivity).orElse(Connectivity.CONNECTING);
  }

  Optional<Subchannel> subchannel(Endpoint endpoint) {
    return find(endpoint).map(EndpointLink::subchannel);
  }

  void forEach(Consumer<EndpointLink> action) {
    links.values().forEach(action);
  }

  void close() {
    links.values().forEach(EndpointLink::close);
    links.clear();
  }
}
