package dev.lookaside.registry.watch;

import java.util.OptionalLong;

/** How far a view may be trusted; times are nanoseconds of the watch's ticker. */
public sealed interface RegistrySync {

  /** When etcd last confirmed the view; empty if it never did. */
  OptionalLong lastConfirmedNanos();

  /** etcd has not been read once: an empty table means nothing. */
  record NeverSynced() implements RegistrySync {
    @Override
    public OptionalLong lastConfirmedNanos() {
      return OptionalLong.empty();
    }
  }

  /**
   * The view is what etcd holds.
   *
   * @param sinceNanos when it came into sync
   * @param lastHeardNanos when etcd last confirmed it
   */
  record InSync(long sinceNanos, long lastHeardNanos) implements RegistrySync {
    @Override
    public OptionalLong lastConfirmedNanos() {
      return OptionalLong.of(lastHeardNanos);
    }
  }

  /**
   * The last good view, kept while etcd does not answer.
   *
   * @param lastInSyncNanos when etcd last confirmed it
   */
  record Stale(long lastInSyncNanos) implements RegistrySync {
    @Override
    public OptionalLong lastConfirmedNanos() {
      return OptionalLong.of(lastInSyncNanos);
    }
  }
}
