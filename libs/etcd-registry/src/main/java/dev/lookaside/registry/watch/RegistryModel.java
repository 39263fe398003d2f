package dev.lookaside.registry.watch;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.registry.OneLine;
import dev.lookaside.registry.codec.EndpointCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.store.StoredKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything under the root, key by key, and the tables that follow from it. Keys that cannot be an
 * endpoint are known but skipped. Used by one thread.
 */
final class RegistryModel {
  /** So many names of services without endpoints are remembered. */
  private static final int MAX_EMPTY_SERVICES = 1_000;

  /** A key, and the endpoint it is if it is one. */
  private record Known(StoredKey stored, Optional<Endpoint> endpoint) {}

  private final RegistryKeys keys;
  private final EndpointCodec codec;
  private final Rejections rejections;
  private final Map<String, Known> known = new HashMap<>();
  private final Map<String, ServiceEndpoints> services = new LinkedHashMap<>();
  private final List<Endpoint> lost = new ArrayList<>();

  RegistryModel(RegistryKeys keys, EndpointCodec codec, Rejections rejections) {
    this.keys = keys;
    this.codec = codec;
    this.rejections = rejections;
  }

  /** Makes the model exactly this, whatever was there before. */
  void replace(List<StoredKey> all) {
    Set<String> present = new HashSet<>();
    for (StoredKey stored : all) {
      present.add(stored.key());
      put(stored);
    }
    for (String key : List.copyOf(known.keySet())) {
      if (!present.contains(key)) {
        delete(key);
      }
    }
  }

  void put(StoredKey stored) {
    Known before = known.get(stored.key());
    if (before != null && sameContent(before.stored(), stored)) {
      known.put(stored.key(), new Known(stored, before.endpoint()));
      return;
    }
    Optional<Endpoint> endpoint = read(stored);
    known.put(stored.key(), new Known(stored, endpoint));
    if (endpoint.isPresent()) {
      service(endpoint.get().service()).put(endpoint.get(), stored);
    } else if (before != null) {
      before.endpoint().ifPresent(this::remove);
    }
  }

  void delete(String key) {
    Known before = known.remove(key);
    if (before != null) {
      before.endpoint().ifPresent(this::remove);
    }
  }

  /** The endpoints that went since the last call, as they last were. */
  List<Endpoint> takeLost() {
    List<Endpoint> taken = lost.stream().filter(endpoint -> !isLive(endpoint)).distinct().toList();
    lost.clear();
    return taken;
  }

  int liveCount(String service) {
    ServiceEndpoints endpoints = services.get(service);
    return endpoints == null ? 0 : endpoints.liveCount();
  }

  void retain(Endpoint endpoint) {
    service(endpoint.service()).retain(endpoint);
  }

  void evict(Endpoint endpoint) {
    service(endpoint.service()).evict(endpoint);
  }

  Collection<Endpoint> retained() {
    return services.values().stream().flatMap(service -> service.retained().stream()).toList();
  }

  boolean changed() {
    return services.values().stream().anyMatch(ServiceEndpoints::changed);
  }

  Map<String, EndpointTable> tables(long revision) {
    forgetOldestEmpty();
    Map<String, EndpointTable> tables = new HashMap<>();
    services.forEach((name, service) -> tables.put(name, service.table(revision)));
    return tables;
  }

  /** A rewrite of the same value costs nothing, except that the lease and the age are noted. */
  private static boolean sameContent(StoredKey before, StoredKey after) {
    return before.value().equals(after.value())
        && before.createRevision() == after.createRevision()
        && (before.lease() == 0) == (after.lease() == 0);
  }

  private Optional<Endpoint> read(StoredKey stored) {
    try {
      RegistryKeys.Name name = keys.parse(stored.key());
      if (stored.lease() == 0) {
        throw new IllegalArgumentException("the key has no lease (expected: one that is renewed)");
      }
      return Optional.of(codec.decode(name, stored));
    } catch (IllegalArgumentException e) {
      rejections.add(stored.key(), OneLine.of(e.getMessage()));
      return Optional.empty();
    }
  }

  private void remove(Endpoint endpoint) {
    service(endpoint.service()).remove(endpoint.id()).ifPresent(lost::add);
  }

  private boolean isLive(Endpoint endpoint) {
    Known now = known.get(keys.key(endpoint.service(), endpoint.id()));
    return now != null && now.endpoint().isPresent();
  }

  private ServiceEndpoints service(String name) {
    return services.computeIfAbsent(name, ServiceEndpoints::new);
  }

  private void forgetOldestEmpty() {
    long empty = services.values().stream().filter(ServiceEndpoints::isEmpty).count();
    var oldest = services.values().iterator();
    while (empty > MAX_EMPTY_SERVICES && oldest.hasNext()) {
      if (oldest.next().isEmpty()) {
        oldest.remove();
        empty--;
      }
    }
  }
}
