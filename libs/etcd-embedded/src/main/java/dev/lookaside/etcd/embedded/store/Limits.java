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
  private static final int REVISIONS = 10_000;
  private static final int MEBI = 1 << 20;

  /** A lease takes about a quarter of this, without its keys. */
  private static final int LIVE_BYTES_PER_LEASE = 1 << 10;

  private static final int MOST_LEASES = 100_000;
  private static final int LIVE_BYTES_PER_WATCH_BYTE = 8;

  public Limits {
    Require.aboveZero("revisions", revisions);
    Require.aboveZero("historyBytes", historyBytes);
    Require.aboveZero("liveBytes", liveBytes);
  }

  /** A quarter of a heap of this size in all, and not more than somebody alone needs. */
  public static Limits forHeap(long heapBytes) {
    return new Limits(
        REVISIONS,
        Math.max(2 * MEBI, Math.min(64 * MEBI, heapBytes / 16)),
        Math.max(4 * MEBI, Math.min(256 * MEBI, heapBytes / 8)));
  }

  /** How many leases there may be: one without keys lives as long as its TTL says. */
  int leases() {
    return (int) Math.max(1, Math.min(MOST_LEASES, liveBytes / LIVE_BYTES_PER_LEASE));
  }

  /** What the ranges of all watches may take together. */
  public long watchBytes() {
    return Math.max(1, liveBytes / LIVE_BYTES_PER_WATCH_BYTE);
  }
}
