package dev.lookaside.registry.change;

import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.OneLine;
import dev.lookaside.registry.codec.ControlCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.control.ControlState;
import dev.lookaside.registry.control.ServiceControl;
import dev.lookaside.registry.jetcd.JetcdStore;
import dev.lookaside.registry.store.ControlStore;
import dev.lookaside.registry.store.EtcdFailure;
import dev.lookaside.registry.store.StoredKey;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Changes what operators decided of a service by compare-and-set on its one key: nobody's decision
 * is lost for another's of the same moment. Every call blocks for a bounded time. For one thread.
 */
public final class ControlChanges implements AutoCloseable {
  private static final Duration TRY_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(3);
  private static final int MOST_TRIES = 5;

  private final ControlStore store;
  private final RegistryKeys keys;

  public ControlChanges(EtcdSettings etcd) {
    this(new JetcdStore(etcd, "registry-control", TRY_TIMEOUT, LONGEST_TIMEOUT), etcd.root());
  }

  ControlChanges(ControlStore store, String root) {
    this.store = store;
    this.keys = new RegistryKeys(root);
  }

  /** What came of a change. */
  public sealed interface Outcome {}

  /** It holds. */
  public record Changed(ControlState before, ControlState now) implements Outcome {}

  /** Others have decided something since; nothing was changed. */
  public record Stale(long revision) implements Outcome {}

  /** What is there cannot be read, so that it would be lost; nothing was changed. */
  public record Unreadable(String key, String reason) implements Outcome {}

  /**
   * Changes what is decided of a service.
   *
   * @param expectedRevision of the state that the change was made on; empty: whatever it is
   * @param change throws {@link IllegalArgumentException} if it cannot be; may be called again
   */
  public Outcome change(
      String service, OptionalLong expectedRevision, UnaryOperator<ServiceControl> change)
      throws EtcdFailure, InterruptedException {
    String key = keys.controlKey(service);
    long revision = 0;
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<StoredKey> stored = store.get(key);
      revision = stored.map(StoredKey::modRevision).orElse(0L);
      if (expectedRevision.isPresent() && expectedRevision.getAsLong() != revision) {
        return new Stale(revision);
      }
      ControlState before;
      try {
        before = state(stored);
      } catch (IllegalArgumentException e) {
        return new Unreadable(key, OneLine.of(e.getMessage()));
      }
      ServiceControl wanted = change.apply(before.control());
      if (wanted.equals(before.control())) {
        return new Changed(before, before);
      }
      OptionalLong written =
          store.writeIf(
              key,
              wanted.isNone() ? Optional.empty() : Optional.of(ControlCodec.encode(wanted)),
              revision);
      if (written.isPresent()) {
        long now = wanted.isNone() ? 0 : written.getAsLong();
        return new Changed(before, new ControlState(wanted, now));
      }
    }
    return new Stale(revision);
  }

  private static ControlState state(Optional<StoredKey> stored) {
    return stored
        .map(key -> new ControlState(ControlCodec.decode(key.value()), key.modRevision()))
        .orElse(ControlState.NONE);
  }

  @Override
  public void close() {
    store.close();
  }
}
