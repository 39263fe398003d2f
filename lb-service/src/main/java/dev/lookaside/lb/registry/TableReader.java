package dev.lookaside.lb.registry;

import dev.lookaside.core.endpoint.EndpointTable;
import java.util.Set;
import java.util.function.Consumer;

/** Works with the tables of services, on the registry's thread. */
public interface TableReader {

  /** Takes the new table of a service; an empty one says that it has no endpoint any more. */
  void update(EndpointTable table);

  /** Forgets services that have had no endpoint for a while. */
  void forget(Set<String> services);

  static TableReader of(Consumer<EndpointTable> update, Consumer<Set<String>> forget) {
    return new TableReader() {
      @Override
      public void update(EndpointTable table) {
        update.accept(table);
      }

      @Override
      public void forget(Set<String> services) {
        forget.accept(services);
      }
    };
  }
}
