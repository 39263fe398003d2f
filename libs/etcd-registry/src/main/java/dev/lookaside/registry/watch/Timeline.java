package dev.lookaside.registry.watch;

import java.util.OptionalLong;

/**
 * How far etcd's history was seen, and in which cluster. One that goes back, or goes on in another
 * cluster, was rewritten; that stays known until a watch follows the new one. Used by one thread.
 */
final class Timeline {
  private OptionalLong clusterId = OptionalLong.empty();
  private long readRevision;
  private long revision;
  private History history = History.CONTINUOUS;

  /** The newest revision that the model reflects. */
  long revision() {
    return revision;
  }

  History history() {
    return history;
  }

  /** Whether a message that claims this revision can come from the history that was seen. */
  boolean continues(long cluster, long claimed, long atLeast) {
    return claimed >= atLeast && (clusterId.isEmpty() || clusterId.getAsLong() == cluster);
  }

  void rewritten() {
    history = History.REWRITTEN;
  }

  /** Everything was read at this revision. */
  void read(long cluster, long atRevision) {
    if (!continues(cluster, atRevision, revision)) {
      history = History.REWRITTEN;
    }
    clusterId = OptionalLong.of(cluster);
    readRevision = atRevision;
    revision = atRevision;
  }

  /** Whether an event came after the last full read; older ones wait in the inbox for nothing. */
  boolean isNews(long modRevision) {
    return modRevision > readRevision;
  }

  void applied(long modRevision) {
    revision = Math.max(revision, modRevision);
  }

  void followed() {
    history = History.CONTINUOUS;
  }
}
