package dev.lookaside.registry.watch;

import dev.lookaside.registry.store.PrefixStore.Following;
import dev.lookaside.registry.store.WatchBatch;
import java.time.Duration;

/** One watch while it is open: what it said, when, and what it owes. Used by one thread. */
final class OpenWatch {
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

  private final long generation;
  private final Following following;
  private long revision;
  private long heardNanos;
  private long progressAtNanos;
  private boolean asked;
  private boolean answered;
  private boolean owesEvents;

  OpenWatch(long generation, Following following, long revision, long nowNanos) {
    this.generation = generation;
    this.following = following;
    this.revision = revision;
    this.heardNanos = nowNanos;
    this.progressAtNanos = nowNanos + PROGRESS_EVERY.toNanos();
  }

  long generation() {
    return generation;
  }

  /** The newest revision that etcd claimed on it. */
  long revision() {
    return revision;
  }

  void heard(WatchBatch batch, long nowNanos) {
    revision = batch.revision();
    heardNanos = nowNanos;
    if (batch.events().isEmpty()) {
      answered |= asked;
    } else {
      owesEvents = false;
    }
  }

  /** Whether it ever answered a request for progress; the first word of a watch is no answer. */
  boolean hasAnswered() {
    return answered;
  }

  long silentAtNanos(Duration silence) {
    return heardNanos + silence.toNanos();
  }

  long progressAtNanos() {
    return progressAtNanos;
  }

  void requestProgress(long nowNanos) {
    progressAtNanos = nowNanos + PROGRESS_EVERY.toNanos();
    asked = true;
    following.requestProgress();
  }

  /**
   * A full read found what this watch has not told.
   *
   * @return whether it had time enough since the last such find, and told nothing
   */
  boolean missedAgain() {
    boolean again = owesEvents;
    owesEvents = true;
    return again;
  }

  void close() {
    following.close();
  }
}
