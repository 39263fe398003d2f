package dev.lookaside.registry.testing;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.view.RegistryListener;
import dev.lookaside.registry.watch.LivenessProbe;
import dev.lookaside.registry.watch.RegistryWatch;
import dev.lookaside.registry.watch.RegistryWatchSettings;

/** Watches for tests, with the defaults that users get. */
public final class Watches {
  private Watches() {}

  public static RegistryWatch watch(
      EtcdSettings etcd, LivenessProbe probe, RegistryListener listener) {
    return new RegistryWatch(
        etcd,
        RegistryWatchSettings.defaults(),
        probe,
        AddressRules.defaults(),
        Ticker.system(),
        listener);
  }
}
