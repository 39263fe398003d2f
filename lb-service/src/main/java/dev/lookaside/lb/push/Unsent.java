package dev.lookaside.lb.push;

import java.time.Duration;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

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
  private final IdentityHashMap<Object, Shared> inParts = new IdentityHashMap<>();
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

  /** Something that goes in parts, as long as anybody is in the middle of it. */
  private static final class Shared {
    private final Object key;
    private final int bytes;
    private int users;

    Shared(Object key, int bytes) {
      this.key = key;
      this.bytes = bytes;
    }
  }

  /** What one subscriber has not taken. */
  public final class Share {
    private long held;
    private @Nullable Shared shared;
    private boolean mustWait;
    private boolean isStuck;
    private long stuckSinceNanos;

    private Share() {}

    public boolean hasRoomFor(int bytes) {
      mustWait = bytes > SMALL && taken > 0 && taken + bytes > most;
      return !mustWait;
    }

    /** Whether the latest message that it asked for had no room. */
    public boolean mustWait() {
      return mustWait;
    }

    public void sent(int bytes) {
      if (bytes > SMALL) {
        held += bytes;
        taken += bytes;
      }
    }

    /**
     * Counts what it is sent in parts, if there is room: what many are sent is counted once, and
     * for each of them the largest part until all of them have left.
     */
    public boolean begin(Object what, int bytes, int partBytes) {
      Shared known = inParts.get(what);
      if (!hasRoomFor(partBytes + (known == null ? bytes : 0))) {
        return false;
      }
      if (known == null) {
        known = new Shared(what, bytes);
        inParts.put(what, known);
        taken += bytes;
      }
      known.users++;
      shared = known;
      sent(partBytes);
      return true;
    }

    /** It was sent the last part. Idempotent. */
    public void end() {
      Shared ended = shared;
      shared = null;
      if (ended != null && --ended.users == 0) {
        inParts.remove(ended.key);
        taken -= ended.bytes;
        hasRoomAgain = true;
      }
    }

    /** Its call can take more: what it was sent before has left. */
    public void isReady() {
      isStuck = false;
      if (shared == null) {
        giveBackSent();
      }
    }

    /** Says whether it has taken nothing for too long. */
    public boolean isStuckAt(long nowNanos) {
      if (!isStuck) {
        isStuck = true;
        stuckSinceNanos = nowNanos;
      }
      return nowNanos - stuckSinceNanos > patience.toNanos();
    }

    /** Idempotent. */
    public void giveBack() {
      end();
      giveBackSent();
    }

    private void giveBackSent() {
      hasRoomAgain |= held > 0;
      taken -= held;
      held = 0;
    }

    public String complaint() {
      return "nothing was read for " + patience.toSeconds() + " s (expected: to keep reading)";
    }
  }

  public Share share() {
    return new Share();
  }

  /** Says whether anything was given back since the last call. */
  public boolean hasRoomAgain() {
    boolean again = hasRoomAgain;
    hasRoomAgain = false;
    return again;
  }

  public long bytes() {
    return taken;
  }
}
