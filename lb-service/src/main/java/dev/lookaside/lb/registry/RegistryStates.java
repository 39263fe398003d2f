package dev.lookaside.lb.registry;

import dev.lookaside.lb.subscribe.RegistryState;
import dev.lookaside.registry.view.RegistryView;
import java.util.Optional;
import java.util.OptionalLong;
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
    OptionalLong confirmed = now.sync().lastConfirmedNanos();
    return now.revision() <= 0 || confirmed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RegistryState(registry, now.revision(), confirmed.getAsLong(), now.tables()));
  }
}
