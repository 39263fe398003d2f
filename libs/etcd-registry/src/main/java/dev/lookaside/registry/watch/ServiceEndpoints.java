package dev.lookaside.registry.watch;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.registry.address.CanonicalAddress;
import dev.lookaside.registry.control.ServiceControl;
import dev.lookaside.registry.store.StoredKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The endpoints of one service while they change; makes tables of them. */
final class ServiceEndpoints {

  /** An endpoint that etcd knows, and its address in the one form that all writings share. */
  private record Live(Endpoint endpoint, Address canonical, long createRevision, long modRevision) {
    boolean newerThan(Live other) {
      return createRevision != other.createRevision
          ? createRevision > other.createRevision
          : modRevision > other.modRevision;
    }
  }

  private final String service;
  private final TreeMap<String, Live> live = new TreeMap<>();
  private final TreeMap<String, Endpoint> retained = new TreeMap<>();
  private final Map<String, String> displaced = new TreeMap<>();
  private final Set<String> told = new HashSet<>();
  private EndpointTable table;
  private boolean changed = true;

  ServiceEndpoints(String service) {
    this.service = service;
    this.table = EndpointTable.empty(service);
  }

  void put(Endpoint endpoint, StoredKey stored) {
    live.put(
        endpoint.id(),
        new Live(
            endpoint,
            CanonicalAddress.of(endpoint.address()),
            stored.createRevision(),
            stored.modRevision()));
    retained.remove(endpoint.id());
    changed = true;
  }

  Optional<Endpoint> remove(String id) {
    Live removed = live.remove(id);
    changed |= removed != null;
    return Optional.ofNullable(removed).map(Live::endpoint);
  }

  int liveCount() {
    return live.size();
  }

  /** Keeps in the table what etcd no longer knows, unless the id is registered again. */
  void retain(Endpoint endpoint) {
    if (!live.containsKey(endpoint.id())) {
      changed |= !endpoint.equals(retained.put(endpoint.id(), endpoint));
    }
  }

  void evict(Endpoint endpoint) {
    changed |= retained.remove(endpoint.id(), endpoint);
  }

  Collection<Endpoint> retained() {
    return List.copyOf(retained.values());
  }

  boolean isEmpty() {
    return live.isEmpty() && retained.isEmpty();
  }

  boolean changed() {
    return changed;
  }

  /** What operators decided has changed. */
  void decided() {
    changed = true;
  }

  /**
   * A table of the present, as operators decided, whose version is the revision, or more if it
   * changed without one.
   */
  EndpointTable table(long revision, ServiceControl control) {
    if (changed) {
      changed = false;
      table =
          EndpointTable.of(
              service, Math.max(revision, table.version() + 1), control.applyTo(onePerAddress()));
    }
    return table;
  }

  /** Who newly stands back for another on the same address, and why, by id; tells each once. */
  Map<String, String> takeDisplaced() {
    Map<String, String> fresh = new TreeMap<>(displaced);
    fresh.keySet().removeAll(told);
    told.retainAll(displaced.keySet());
    told.addAll(displaced.keySet());
    return fresh;
  }

  /** The younger of two on one address: its server listens there now. */
  private List<Endpoint> onePerAddress() {
    displaced.clear();
    Map<Address, Live> holders = new HashMap<>();
    for (Live candidate : live.values()) {
      holders.merge(candidate.canonical(), candidate, this::younger);
    }
    List<Endpoint> endpoints = new ArrayList<>(holders.size() + retained.size());
    holders.values().forEach(holder -> endpoints.add(holder.endpoint()));
    Set<Address> taken = new HashSet<>(holders.keySet());
    for (Endpoint endpoint : retained.values()) {
      if (taken.add(CanonicalAddress.of(endpoint.address()))) {
        endpoints.add(endpoint);
      }
    }
    return endpoints;
  }

  private Live younger(Live one, Live other) {
    Live younger = one.newerThan(other) ? one : other;
    Endpoint older = (younger.equals(one) ? other : one).endpoint();
    displaced.put(
        older.id(),
        "its address "
            + older.address()
            + " is also that of the younger '"
            + younger.endpoint().id()
            + "' (expected: an address of its own)");
    return younger;
  }
}
