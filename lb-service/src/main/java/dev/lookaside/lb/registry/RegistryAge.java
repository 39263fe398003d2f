package dev.lookaside.lb.registry;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.view.RegistrySync;
import dev.lookaside.registry.view.RegistryView;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Says how old the view of the registry is: how long ago etcd last confirmed it. */
public final class RegistryAge {
  private final Supplier<RegistryView> view;
  private final Ticker ticker;

  public RegistryAge(Supplier<RegistryView> view, Ticker ticker) {
    this.view = view;
    this.ticker = ticker;
  }

  public RegistrySync sync() {
    return view.get().sync();
  }

  /** Empty if the registry was never read. */
  public Optional<Duration> age() {
    OptionalLong confirmed = sync().lastConfirmedNanos();
    return confirmed.isPresent()
        ? Optional.of(Duration.ofNanos(ticker.nanos() - confirmed.getAsLong()))
        : Optional.empty();
  }

  /** In one word: never, in_sync or stale. */
  public String word() {
    RegistrySync sync = sync();
    if (sync instanceof RegistrySync.NeverSynced) {
      return "never";
    }
    return sync instanceof RegistrySync.InSync ? "in_sync" : "stale";
  }
}
