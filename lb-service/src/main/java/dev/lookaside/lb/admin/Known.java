package dev.lookaside.lb.admin;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.lb.rpc.ServiceNames;
import dev.lookaside.registry.view.RegistrySync;
import dev.lookaside.registry.view.RegistryView;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Refuses what is about services and endpoints that nobody knows. */
public final class Known {
  static final int MOST_IDS = 1_000;

  private final Supplier<RegistryView> registry;

  public Known(Supplier<RegistryView> registry) {
    this.registry = registry;
  }

  /** The services that have endpoints, or decisions of operators. */
  private static Set<String> services(RegistryView view) {
    Set<String> known = new HashSet<>(view.tables().keySet());
    known.addAll(view.controls().keySet());
    known.remove(ServiceNames.BALANCERS);
    return known;
  }

  void requireService(String service) {
    RegistryView view = synced();
    if (!services(view).contains(service)) {
      throw Refused.unknown("service", service, services(view));
    }
  }

  /** Each must be registered. */
  void requireEndpoints(String service, List<String> ids) {
    requireCount(ids, MOST_IDS);
    requireService(service);
    Set<String> known = registered(service);
    ids.forEach(id -> requireOne(id, known));
  }

  /** Each must be registered, or have a decision that can be undone. */
  void requireDecided(String service, List<String> ids) {
    requireCount(ids, MOST_IDS);
    requireService(service);
    Set<String> known = registered(service);
    known.addAll(registry.get().controlOf(service).control().endpoints().keySet());
    ids.forEach(id -> requireOne(id, known));
  }

  static void requireCount(List<String> ids, int most) {
    try {
      Require.within("number of endpoint_ids", new HashSet<>(ids).size(), 1, most);
    } catch (IllegalArgumentException e) {
      throw new Refused(Refused.Kind.INVALID, String.valueOf(e.getMessage()));
    }
  }

  private Set<String> registered(String service) {
    EndpointTable table =
        registry.get().tables().getOrDefault(service, EndpointTable.empty(service));
    Set<String> ids = new HashSet<>();
    table.endpoints().stream().map(Endpoint::id).forEach(ids::add);
    return ids;
  }

  private static void requireOne(String id, Set<String> known) {
    if (!known.contains(id)) {
      throw Refused.unknown("endpoint_id", id, known);
    }
  }

  private RegistryView synced() {
    RegistryView view = registry.get();
    if (view.sync() instanceof RegistrySync.NeverSynced) {
      throw Refused.notSynced();
    }
    return view;
  }
}
