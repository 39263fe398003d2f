package dev.lookaside.registry.view;

import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.registry.control.ControlState;
import java.util.Map;

/**
 * Every service at one moment. Immutable.
 *
 * @param tables by name of the service; a service that had endpoints and lost them keeps an empty
 *     table, so that its users hear of it
 * @param controls what operators decided, by name of the service; the tables have obeyed it already
 * @param revision the registry's revision that the tables reflect
 * @param sync how far to trust them
 */
public record RegistryView(
    Map<String, EndpointTable> tables,
    Map<String, ControlState> controls,
    long revision,
    RegistrySync sync) {

  /** Before the registry was read. */
  public static final RegistryView EMPTY =
      new RegistryView(Map.of(), Map.of(), 0, new RegistrySync.NeverSynced());

  public RegistryView {
    tables = Map.copyOf(tables);
    controls = Map.copyOf(controls);
  }

  /** One of which operators have decided nothing. */
  public RegistryView(Map<String, EndpointTable> tables, long revision, RegistrySync sync) {
    this(tables, Map.of(), revision, sync);
  }

  /** What operators decided of a service. */
  public ControlState controlOf(String service) {
    return controls.getOrDefault(service, ControlState.NONE);
  }

  RegistryView with(RegistrySync newSync) {
    return new RegistryView(tables, controls, revision, newSync);
  }
}
