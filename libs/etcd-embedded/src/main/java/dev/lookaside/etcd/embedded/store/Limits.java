package dev.lookaside.etcd.embedded.store;

import dev.lookaside.core.check.Require;

/**
 * What keeps the memory bounded.
 *
 * @param revisions how many past revisions are kept; older ones are compacted away
 * @param historyBytes the same bound in bytes, whichever comes first
 * @param liveBytes what all present keys may take together; more is refused as etcd's quota does
 */
public record Limits(int revisions, long historyBytes, long liveBytes) {
  public static final Limits DEFAULT = new Limits(10_000, 64 << 20, 256 << 20);

  public Limits {
    Require.aboveZero("revisions", revisions);
    Require.aboveZero("historyBytes", historyBytes);
    Require.aboveZero("liveBytes", liveBytes);
  }
}
