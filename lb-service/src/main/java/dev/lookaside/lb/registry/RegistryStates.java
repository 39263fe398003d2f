package dev.lookaside.lb.registry;

import dev.lookaside.lb.subscribe.RegistryState;
import dev.lookaside.registry.watch.RegistrySync;
import dev.lookaside.registry.watch.RegistryView;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What subscribers are told of the registry.
 *
 * @param registry its name; the same for all balancers that read it
 * @param view of it, as it is now
 */
public record RegistryStates(String registry, Supplier<RegistryView> view)
    implements Supplier<Optional<RegistryState>> {

  /** Empty as long as it was not read. */
  @Override
  public Optional<RegistryState> get() {
    RegistryView now = view.get();
    return now.revision() <= 0
        ? Optional.empty()
        : lastConfirmed(now.sync())
            .map(at -> new RegistryState(registry, now.revision(), at, now.tables()));
  }

  private static Optional<Long> lastConfirmed(RegistrySync sync) {
    if (sync instanceof RegistrySync.InSync inSync) {
      return Optional.of(inSync.lastHeardNanos());
    }
    return sync instanceof RegistrySync.Stale stale
        ? Optional.of(stale.lastInSyncNanos())
        : Optional.empty();
  }
}
