package dev.lookaside.registry.view;

import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.registry.control.ControlState;
import java.util.Map;

/** The tables of all services while they change. Used by one thread. */
public interface ChangingTables {

  /** Whether anything changed since the tables were last taken. */
  boolean changed();

  /**
   * The tables as they are now, by service; those that did not change are the same objects.
   *
   * @param revision of the registry, which becomes the version of each table that changed
   */
  Map<String, EndpointTable> tables(long revision);

  /** What operators decided, by service, as {@link #tables} obey it; empty where they cannot. */
  default Map<String, ControlState> controls() {
    return Map.of();
  }
}
