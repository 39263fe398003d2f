package dev.lookaside.registry.view;

import java.util.OptionalLong;

/** How far a view may be trusted; times are nanoseconds of the watch's ticker. */
public sealed interface RegistrySync {

  /** When the registry last confirmed the view; empty if it never did. */
  OptionalLong lastConfirmedNanos();

  /** The registry has not been read once: an empty table means nothing. */
  record NeverSynced() implements RegistrySync {
    @Override
    public OptionalLong lastConfirmedNanos() {
      return OptionalLong.empty();
    }
  }

  /**
   * The view is what the registry holds.
   *
   * @param sinceNanos when it came into sync
   * @param lastHeardNanos when the registry last confirmed it
   */
  record InSync(long sinceNanos, long lastHeardNanos) implements RegistrySync {
    @Override
    public OptionalLong lastConfirmedNanos() {
      return OptionalLong.of(lastHeardNanos);
    }
  }

  /**
   * The last good view, kept while the registry does not answer.
   *
   * @param lastInSyncNanos when the registry last confirmed it
   */
  record Stale(long lastInSyncNanos) implements RegistrySync {
    @Override
    public OptionalLong lastConfirmedNanos() {
      return OptionalLong.of(lastInSyncNanos);
    }
  }
}
