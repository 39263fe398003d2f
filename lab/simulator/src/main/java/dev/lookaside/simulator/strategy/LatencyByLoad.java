package dev.lookaside.simulator.strategy;

import java.time.Duration;
import java.util.Arrays;

/**
 * The latencies of one server's latest requests, by how many others were there when each came.
 *
 * <p>Prequal's estimate (section 4.1 of the paper): the median of the latest at the present number
 * in flight, or at the nearest number of which there are any.
 */
final class LatencyByLoad {
  private static final int LEVELS = 256;
  private static final int KEPT = 8;
  private static final long MAX_AGE_NANOS = Duration.ofSeconds(30).toNanos();

  private final double[] latencies = new double[LEVELS * KEPT];
  private final long[] endedNanos = new long[LEVELS * KEPT];
  private final int[] added = new int[LEVELS];
  private final double[] fresh = new double[KEPT];
  private int highest = -1;

  void add(int inFlightOnArrival, double latencyNanos, long nowNanos) {
    int level = Math.min(inFlightOnArrival, LEVELS - 1);
    int slot = level * KEPT + added[level]++ % KEPT;
    latencies[slot] = latencyNanos;
    endedNanos[slot] = nowNanos;
    highest = Math.max(highest, level);
  }

  /** In nanoseconds; not a number if nothing is known. */
  double expected(int inFlight, long nowNanos) {
    int level = Math.min(inFlight, LEVELS - 1);
    int farthest = Math.max(level, highest - level);
    for (int distance = 0; distance <= farthest; distance++) {
      int count = collect(level - distance, nowNanos, 0);
      if (distance > 0) {
        count = collect(level + distance, nowNanos, count);
      }
      if (count > 0) {
        Arrays.sort(fresh, 0, count);
        return fresh[count / 2];
      }
    }
    return Double.NaN;
  }

  private int collect(int level, long nowNanos, int before) {
    int count = before;
    if (level >= 0 && level <= highest) {
      int kept = Math.min(KEPT, added[level]);
      for (int i = 0; i < kept && count < KEPT; i++) {
        int slot = level * KEPT + i;
        if (nowNanos - endedNanos[slot] <= MAX_AGE_NANOS) {
          fresh[count++] = latencies[slot];
        }
      }
    }
    return count;
  }
}
