package dev.lookaside.client.grpc.subscription;

import dev.lookaside.v1.Table;
import java.util.Optional;

/** Where the last table of a service is kept, for a start without a balancer. */
public interface Snapshots {

  /** The last table that was kept; empty if there is none, or none that can be read. */
  Optional<Table> load(String service);

  /** Keeps this table instead of the last one; a failure is logged, not thrown. May block. */
  void save(String service, Table table);

  static Snapshots none() {
    return new Snapshots() {
      @Override
      public Optional<Table> load(String service) {
        return Optional.empty();
      }

      @Override
      public void save(String service, Table table) {}
    };
  }
}
