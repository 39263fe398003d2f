package dev.lookaside.etcd.embedded.store;

import com.google.protobuf.ByteString;

/**
 * A key as it was written at one revision.
 *
 * @param version how often it was written since it was created, from 1
 * @param lease the lease it ends with, or {@link #NO_LEASE}
 */
public record Entry(
    ByteString key,
    ByteString value,
    long createRevision,
    long modRevision,
    long version,
    long lease) {

  public static final long NO_LEASE = 0;

  /** What the objects around one entry take, roughly. */
  private static final long OVERHEAD_BYTES = 200;

  long bytes() {
    return OVERHEAD_BYTES + key.size() + value.size();
  }
}
