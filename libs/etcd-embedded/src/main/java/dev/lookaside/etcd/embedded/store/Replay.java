package dev.lookaside.etcd.embedded.store;

import java.util.List;

/** The answer to "what changed since". */
public sealed interface Replay {

  /**
   * Changes, oldest first, never a part of a revision.
   *
   * @param next the revision to ask from next time: all before it is in here or in earlier answers
   */
  record Changes(List<Change> changes, long next) implements Replay {}

  /** The asked revision is not known any more; this is the oldest that is. */
  record Compacted(long compactRevision) implements Replay {}
}
