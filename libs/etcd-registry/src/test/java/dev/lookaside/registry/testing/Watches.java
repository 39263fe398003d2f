package dev.lookaside.registry.testing;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.view.RegistryListener;
import dev.lookaside.registry.watch.LivenessProbe;
import dev.lookaside.registry.watch.RegistryWatch;
import dev.lookaside.registry.watch.RegistryWatchSettings;

/** Watches for tests. */
public final class Watches {
  private Watches() {}

  /** With the defaults that users get. */
  public static RegistryWatch watch(
      EtcdSettings etcd, LivenessProbe probe, RegistryListener listener) {
    return watch(etcd, RegistryWatchSettings.defaults(), probe, listener);
  }

  public static RegistryWatch watch(
      EtcdSettings etcd,
      RegistryWatchSettings settings,
      LivenessProbe probe,
      RegistryListener listener) {
    return new RegistryWatch(
        etcd, settings, probe, AddressRules.defaults(), Ticker.system(), listener);
  }
}
