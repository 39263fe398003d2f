package dev.lookaside.wire;

import dev.lookaside.v1.RegistryView;
import java.util.Optional;

/** Views of the registry, as messages and back. */
public final class ViewCodec {
  private static final int MAX_NAME = 64;

  private ViewCodec() {}

  public static RegistryView write(SyncedView view) {
    return RegistryView.newBuilder()
        .setRegistry(view.registry())
        .setRevision(view.revision())
        .setSyncedMillisAgo(view.ageMillis())
        .build();
  }

  /** Empty if it names no state of a registry, as messages of older balancers do not. */
  public static Optional<SyncedView> read(RegistryView wire) {
    String registry = wire.getRegistry();
    if (registry.isEmpty() || registry.length() > MAX_NAME || wire.getRevision() <= 0) {
      return Optional.empty();
    }
    // What does not fit into an int is long enough ago.
    int age = wire.getSyncedMillisAgo() < 0 ? Integer.MAX_VALUE : wire.getSyncedMillisAgo();
    return Optional.of(new SyncedView(registry, wire.getRevision(), age));
  }
}
