package dev.lookaside.registry.watch;

import dev.lookaside.core.endpoint.EndpointTable;
import java.util.Map;

/**
 * Every service at one moment. Immutable.
 *
 * @param tables by name of the service; a service that had endpoints and lost them keeps an empty
 *     table, so that its users hear of it
 * @param revision etcd's revision that the tables reflect
 * @param sync how far to trust them
 */
public record RegistryView(Map<String, EndpointTable> tables, long revision, RegistrySync sync) {

  static final RegistryView EMPTY = new RegistryView(Map.of(), 0, new RegistrySync.NeverSynced());

  public RegistryView {
    tables = Map.copyOf(tables);
  }

  RegistryView with(RegistrySync newSync) {
    return new RegistryView(tables, revision, newSync);
  }
}
