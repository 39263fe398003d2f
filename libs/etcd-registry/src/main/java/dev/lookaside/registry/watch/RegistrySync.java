package dev.lookaside.registry.watch;

/** How far a view may be trusted; times are nanoseconds of the watch's ticker. */
public sealed interface RegistrySync {

  /** etcd has not been read once: an empty table means nothing. */
  record NeverSynced() implements RegistrySync {}

  /**
   * The view is what etcd holds.
   *
   * @param sinceNanos when it came into sync
   * @param lastHeardNanos when etcd last confirmed it
   */
  record InSync(long sinceNanos, long lastHeardNanos) implements RegistrySync {}

  /**
   * The last good view, kept while etcd does not answer.
   *
   * @param lastInSyncNanos when etcd last confirmed it
   */
  record Stale(long lastInSyncNanos) implements RegistrySync {}
}
