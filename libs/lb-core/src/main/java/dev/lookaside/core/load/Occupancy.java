package dev.lookaside.core.load;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many requests there were at an endpoint when one came, for requests that came a short while
 * ago: a ring of slots, each about an eighth of a mean latency long.
 *
 * <p>What a request finds does not depend on how long it then takes. What it leaves behind does: in
 * a pause of the endpoint requests come and none go, so that latency and the number left rise
 * together, however many there were.
 */
final class Occupancy {
  private static final int SLOTS = 64;
  private static final int SLOTS_PER_LATENCY = 8;
  private static final int SHORTEST = 10; // 2^10 ns is a microsecond
  private static final int LONGEST = 34; // 2^34 ns is 17 s
  private static final int FIRST = 21; // 2^21 ns is 2 ms: up to 134 ms ago

  /**
   * @param shift how many bits of a time tell no slot from the next
   * @param slots the slot's number in the upper half, the requests as a float in the lower
   */
  private record Ring(int shift, AtomicLongArray slots) {
    static Ring of(int shift) {
      return new Ring(shift, new AtomicLongArray(SLOTS));
    }
  }

  private volatile Ring ring = Ring.of(FIRST);

  /** Notes that a request came, now, and found so many. */
  void found(double requests, long nowNanos) {
    Ring now = ring;
    int number = (int) (nowNanos >>> now.shift);
    now.slots.set(
        number & (SLOTS - 1),
        (long) number << Integer.SIZE | Float.floatToIntBits((float) requests));
  }

  /** How many a request found that came then; {@link LiveLoad#UNKNOWN} if that is too long ago. */
  double foundAt(long nanos) {
    Ring now = ring;
    int number = (int) (nanos >>> now.shift);
    long slot = now.slots.get(number & (SLOTS - 1));
    return (int) (slot >>> Integer.SIZE) == number
        ? Float.intBitsToFloat((int) slot)
        : LiveLoad.UNKNOWN;
  }

  /** Begins anew with other slots, if these are too short or too long for such a latency. */
  void fit(double meanLatencyNanos) {
    long slot = Math.max(1, (long) meanLatencyNanos / SLOTS_PER_LATENCY);
    int shift = Math.max(SHORTEST, Math.min(LONGEST, Long.SIZE - Long.numberOfLeadingZeros(slot)));
    if (Math.abs(shift - ring.shift) > 1) {
      ring = Ring.of(shift);
    }
  }
}
