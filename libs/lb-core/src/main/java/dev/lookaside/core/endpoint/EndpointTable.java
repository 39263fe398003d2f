package dev.lookaside.core.endpoint;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An immutable, versioned snapshot of every endpoint of one service, in ascending order of id.
 *
 * @param version grows with every change; in a table that comes from etcd, the store's revision
 */
public record EndpointTable(String service, long version, List<Endpoint> endpoints) {

  public EndpointTable {
    requireNonNull(service, "service");
    endpoints = endpoints.stream().sorted(Comparator.comparing(Endpoint::id)).toList();
    for (int i = 0; i < endpoints.size(); i++) {
      Endpoint endpoint = endpoints.get(i);
      if (!endpoint.service().equals(service)) {
        throw new IllegalArgumentException(
            "endpoint "
                + endpoint.id()
                + " belongs to service "
                + endpoint.service()
                + " (expected: "
                + service
                + ")");
      }
      if (i > 0 && endpoints.get(i - 1).id().equals(endpoint.id())) {
        throw new IllegalArgumentException(
            "endpoint " + endpoint.id() + " is there twice (expected: unique ids)");
      }
    }
  }

  public static EndpointTable of(String service, long version, Collection<Endpoint> endpoints) {
    return new EndpointTable(service, version, List.copyOf(endpoints));
  }

  public static EndpointTable empty(String service) {
    return new EndpointTable(service, 0, List.of());
  }

  /** The endpoint with this id, by binary search. */
  public Optional<Endpoint> find(String id) {
    int low = 0;
    int high = endpoints.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = endpoints.get(middle).id().compareTo(id);
      if (order == 0) {
        return Optional.of(endpoints.get(middle));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /** The same version of this table, with only the endpoints that are wanted. */
  public EndpointTable only(Predicate<Endpoint> wanted) {
    return new EndpointTable(service, version, endpoints.stream().filter(wanted).toList());
  }

  public int size() {
    return endpoints.size();
  }

  public boolean isEmpty() {
    return endpoints.isEmpty();
  }
}
