package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.policy.PickResult.Picked;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** The links to the endpoints of one table. In the channel's synchronization context. */
final class EndpointLinks {

  private record Key(String id, String incarnation, Address address) {
    static Key of(Endpoint endpoint) {
      return new Key(endpoint.id(), endpoint.incarnation(), endpoint.address());
    }
  }

  private final Function<Endpoint, EndpointLink> open;
  private final Map<Key, EndpointLink> links = new HashMap<>();

  EndpointLinks(Function<Endpoint, EndpointLink> open) {
    this.open = open;
  }

  /** Opens and closes links, so that there is one to each endpoint that takes calls. */
  void update(EndpointTable table) {
    Set<Key> wanted = new HashSet<>();
    for (Endpoint endpoint : table.endpoints()) {
      Key key = Key.of(endpoint);
      wanted.add(key);
      EndpointLink link = links.get(key);
      if (link != null) {
        link.update(endpoint);
      } else if (endpoint.takesCalls()) {
        EndpointLink fresh = open.apply(endpoint);
        links.put(key, fresh);
        fresh.connect();
      }
    }
    links
        .entrySet()
        .removeIf(entry -> {
          boolean gone = !wanted.contains(entry.getKey());
          if (gone) {
            entry.getValue().close();
          }
          return gone;
        });
  }

  int size() {
    return links.size();
  }

  Optional<EndpointLink> find(Endpoint endpoint) {
    return Optional.ofNullable(links.get(Key.of(endpoint)));
  }

  Connectivity connectivity(Endpoint endpoint) {
    return find(endpoint).map(EndpointLink::connectivity).orElse(Connectivity.CONNECTING);
  }

  /** The same pick, with the answer that gRPC wants for it. */
  Picked withAnswer(Picked picked) {
    return find(picked.endpoint())
        .flatMap(link -> link.pick(picked.load()))
        .<Picked>map(pick -> pick)
        .orElse(picked);
  }

  void forEach(Consumer<EndpointLink> action) {
    links.values().forEach(action);
  }

  void close() {
    links.values().forEach(EndpointLink::close);
    links.clear();
  }
}
