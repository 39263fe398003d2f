package dev.lookaside.client.grpc;

import dev.lookaside.client.grpc.subscription.SnapshotFiles;
import dev.lookaside.client.grpc.subscription.SnapshotMemory;
import dev.lookaside.client.grpc.subscription.Snapshots;
import dev.lookaside.core.endpoint.Address;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The last tables that the channels of this process have seen, apart for each set of balancers. */
final class SharedSnapshots {
  private static final int MOST_SETS = 64;

  private record Key(Set<Address> balancers, Optional<Path> directory) {}

  private final Map<Key, Snapshots> snapshots =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Snapshots> eldest) {
          return size() > MOST_SETS;
        }
      };

  synchronized Snapshots of(ClientSettings settings) {
    return snapshots.computeIfAbsent(
        new Key(Set.copyOf(settings.balancers()), settings.snapshotDirectory()),
        key ->
            new SnapshotMemory(
                key.directory().<Snapshots>map(SnapshotFiles::new).orElseGet(Snapshots::none)));
  }
}
