package dev.lookaside.client.grpc;

import dev.lookaside.client.grpc.subscription.SnapshotFiles;
import dev.lookaside.client.grpc.subscription.SnapshotMemory;
import dev.lookaside.client.grpc.subscription.Snapshots;
import dev.lookaside.core.endpoint.Address;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The last tables that the channels of this process have seen, apart for each set of balancers. */
final class SharedSnapshots {

  private record Key(Set<Address> balancers, Optional<Path> directory) {}

  private final ConcurrentMap<Key, Snapshots> snapshots = new ConcurrentHashMap<>();

  Snapshots of(ClientSettings settings) {
    return snapshots.computeIfAbsent(
        new Key(Set.copyOf(settings.balancers()), settings.snapshotDirectory()),
        key ->
            new SnapshotMemory(
                key.directory().<Snapshots>map(SnapshotFiles::new).orElseGet(Snapshots::none)));
  }
}
