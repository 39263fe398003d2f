package dev.lookaside.registry.watch;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.store.StoredKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All services, those that changed, and those that have no endpoint any more. A change costs what
 * its own service costs, however many there are. Used by one thread.
 */
final class Services {
  /** So long a service without endpoints keeps its empty table; many only pause. */
  static final Duration EMPTY_FOR = Duration.ofMinutes(5);

  private static final int MOST_EMPTY = 1_000;

  private final Ticker ticker;
  private final RegistryKeys keys;
  private final Rejections rejections;
  private final Controls controls;
  private final Map<String, ServiceEndpoints> all = new HashMap<>();
  private final Map<String, EndpointTable> tables = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final LinkedHashMap<String, Long> emptySinceNanos = new LinkedHashMap<>();

  Services(Ticker ticker, RegistryKeys keys, Rejections rejections, Controls controls) {
    this.ticker = ticker;
    this.controls = controls;
    this.keys = keys;
    this.rejections = rejections;
  }

  void put(Endpoint endpoint, StoredKey stored) {
    of(endpoint).put(endpoint, stored);
    noteChange(endpoint.service());
  }

  Optional<Endpoint> remove(Endpoint endpoint) {
    Optional<Endpoint> removed = of(endpoint).remove(endpoint.id());
    noteChange(endpoint.service());
    return removed;
  }

  /** Keeps in the table what etcd no longer knows, unless the id is registered again. */
  void retain(Endpoint endpoint) {
    of(endpoint).retain(endpoint);
    noteChange(endpoint.service());
  }

  void evict(Endpoint endpoint) {
    ServiceEndpoints service = all.get(endpoint.service());
    if (service != null) {
      service.evict(endpoint);
      noteChange(endpoint.service());
    }
  }

  /** Operators decided something else of this service. */
  void decided(String name) {
    ServiceEndpoints service = all.get(name);
    if (service != null) {
      service.decided();
    }
    changed.add(name);
  }

  Collection<Endpoint> retained() {
    return all.values().stream().flatMap(service -> service.retained().stream()).toList();
  }

  int liveCount(String name) {
    ServiceEndpoints service = all.get(name);
    return service == null ? 0 : service.liveCount();
  }

  boolean changed() {
    return !changed.isEmpty();
  }

  Map<String, EndpointTable> tables(long revision) {
    for (String name : changed) {
      ServiceEndpoints service = all.get(name);
      if (service == null) {
        tables.remove(name);
      } else {
        tables.put(name, service.table(revision, controls.of(name).control()));
        service.takeDisplaced().forEach((id, why) -> rejections.add(keys.key(name, id), why));
      }
    }
    changed.clear();
    return tables;
  }

  void forgetEmpty() {
    long now = ticker.nanos();
    var oldest = emptySinceNanos.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<String, Long> empty = oldest.next();
      boolean isOld = now - empty.getValue() >= EMPTY_FOR.toNanos();
      if (!isOld && emptySinceNanos.size() <= MOST_EMPTY) {
        return; // the rest is younger
      }
      all.remove(empty.getKey());
      changed.add(empty.getKey());
      oldest.remove();
    }
  }

  private ServiceEndpoints of(Endpoint endpoint) {
    return all.computeIfAbsent(endpoint.service(), ServiceEndpoints::new);
  }

  private void noteChange(String name) {
    ServiceEndpoints service = all.get(name);
    if (service == null) {
      return;
    }
    if (service.changed()) {
      changed.add(name);
    }
    if (!service.isEmpty()) {
      emptySinceNanos.remove(name);
    } else {
      emptySinceNanos.putIfAbsent(name, ticker.nanos());
    }
  }
}
