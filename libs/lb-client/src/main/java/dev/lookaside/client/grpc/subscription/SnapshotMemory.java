package dev.lookaside.client.grpc.subscription;

import dev.lookaside.v1.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps tables in this process, in front of where they are kept for longer: a channel that was idle
 * for long forgets all it knew, and may wake up while no balancer can be reached.
 */
public final class SnapshotMemory implements Snapshots {
  private static final int MOST_SERVICES = 256;

  private final Snapshots behind;
  private final Map<String, Table> tables =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Table> eldest) {
          return size() > MOST_SERVICES;
        }
      };

  public SnapshotMemory(Snapshots behind) {
    this.behind = behind;
  }

  @Override
  public Optional<Table> load(String service) {
    Optional<Table> remembered;
    synchronized (tables) {
      remembered = Optional.ofNullable(tables.get(service));
    }
    return remembered.or(() -> behind.load(service));
  }

  @Override
  public void save(String service, Table table) {
    synchronized (tables) {
      tables.put(service, table);
    }
    behind.save(service, table);
  }
}
