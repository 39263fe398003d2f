package dev.lookaside.core.time;

/**
 * A monotonic clock. Its values have no meaning but their differences; it never jumps with the wall
 * clock.
 */
@FunctionalInterface
public interface Ticker {

  /** Nanoseconds since an arbitrary origin. */
  long nanos();

  /** The clock of this machine. */
  static Ticker system() {
    return System::nanoTime;
  }
}
