package dev.lookaside.registry;

import dev.lookaside.core.time.Ticker;

/** Keeps a view of every service under the root. */
public final class RegistryWatch implements AutoCloseable {

  public RegistryWatch(
      EtcdSettings etcd,
      RegistryWatchSettings settings,
      LivenessProbe probe,
      AddressRules rules,
      Ticker ticker,
      RegistryListener listener) {}

  /** Returns at once; etcd need not be there yet. */
  public void start() {}

  public RegistryView view() {
    return RegistryView.EMPTY;
  }

  @Override
  public void close() {}
}
