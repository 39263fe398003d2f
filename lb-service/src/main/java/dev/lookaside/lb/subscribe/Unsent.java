package dev.lookaside.lb.subscribe;

import java.time.Duration;

/**
 * What subscribers were sent and have not taken yet, all together. What is large waits until there
 * is room, for each copy of a table lies outside of the heap until its reader takes it; who takes
 * nothing at all for a while is cut. For the publisher's thread.
 */
public final class Unsent {
  /** A message of this size is sent to whoever can take one. */
  private static final int SMALL = 16 << 10;

  private final long most;
  private final Duration patience;
  private long taken;
  private boolean hasRoomAgain;

  /**
   * Room for that much.
   *
   * @param most bytes; one message always has room
   * @param patience how long a subscriber may take nothing
   */
  public Unsent(long most, Duration patience) {
    this.most = most;
    this.patience = patience;
  }

  /** What one subscriber has not taken. */
  final class Share {
    private long held;
    private boolean mustWait;
    private boolean isStuck;
    private long stuckSinceNanos;

    boolean hasRoomFor(EncodedUpdate update) {
      mustWait = update.bytes().length > SMALL && taken > 0 && taken + update.bytes().length > most;
      return !mustWait;
    }

    /** Whether the latest message that it asked for had no room. */
    boolean mustWait() {
      return mustWait;
    }

    void sent(EncodedUpdate update) {
      if (update.bytes().length > SMALL) {
        held += update.bytes().length;
        taken += update.bytes().length;
      }
    }

    /** Its call can take more: what it was sent before has left. */
    void isReady() {
      isStuck = false;
      giveBack();
    }

    /** Says whether it has taken nothing for too long. */
    boolean isStuckAt(long nowNanos) {
      if (!isStuck) {
        isStuck = true;
        stuckSinceNanos = nowNanos;
      }
      return nowNanos - stuckSinceNanos > patience.toNanos();
    }

    /** Idempotent. */
    void giveBack() {
      hasRoomAgain |= held > 0;
      taken -= held;
      held = 0;
    }

    String complaint() {
      return "nothing was read for " + patience.toSeconds() + " s (expected: to keep reading)";
    }
  }

  Share share() {
    return new Share();
  }

  /** Says whether anything was given back since the last call. */
  boolean hasRoomAgain() {
    boolean again = hasRoomAgain;
    hasRoomAgain = false;
    return again;
  }

  long bytes() {
    return taken;
  }
}
