package dev.lookaside.simulator.strategy;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * One client's probe answers, kept and used up as Prequal does it, but ranked by a score: what its
 * paper compares itself with (sections 5.2 and 5.3).
 */
final class AnswerPool {
  static final int NONE = -1;
  private static final int SIZE = 16;
  private static final long MAX_AGE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final double PROBES = ScoredProbes.PROBES;

  /** How bad an answer is: the least is used. */
  @FunctionalInterface
  interface Score {
    double of(int server, double inFlight, double latencyNanos);
  }

  private final RandomGenerator random;
  private final double uses;
  // One answer is a slot of each array, oldest first.
  private final int[] server = new int[SIZE];
  private final double[] inFlight = new double[SIZE];
  private final double[] latencyNanos = new double[SIZE];
  private final long[] atNanos = new long[SIZE];
  private final double[] usesLeft = new double[SIZE];
  private int size;
  private boolean removeOldestNext = true;

  AnswerPool(int servers, RandomGenerator random) {
    this.random = random;
    double gained = (1 - (double) SIZE / servers) * PROBES - 1;
    this.uses = gained > 0 ? Math.max(1, 2 / gained) : Double.POSITIVE_INFINITY;
  }

  void add(int answering, double requests, double latency, long nowNanos) {
    int same = slotOf(answering);
    if (same != NONE) {
      remove(same);
    } else if (size == SIZE) {
      remove(0);
    }
    server[size] = answering;
    inFlight[size] = requests;
    latencyNanos[size] = latency;
    atNanos[size] = nowNanos;
    usesLeft[size] = Double.isInfinite(uses) ? uses : Math.floor(uses + random.nextDouble());
    size++;
  }

  /** The server of the lowest score, or {@link #NONE} if no answer is young enough. */
  int choose(Score score, long nowNanos) {
    while (size > 0 && nowNanos - atNanos[0] > MAX_AGE_NANOS) {
      remove(0);
    }
    if (size == 0) {
      return NONE;
    }
    int best = extreme(score, 1);
    int chosen = server[best];
    inFlight[best]++;
    if (--usesLeft[best] <= 0) {
      remove(best);
    }
    if (size > 0) {
      remove(removeOldestNext ? 0 : extreme(score, -1));
      removeOldestNext = !removeOldestNext;
    }
    return chosen;
  }

  /** The slot of the lowest score, or with sign -1 of the highest. */
  private int extreme(Score score, int sign) {
    int found = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      double value = sign * score.of(server[i], inFlight[i], latencyNanos[i]);
      if (value < least) {
        least = value;
        found = i;
      }
    }
    return found;
  }

  private int slotOf(int wanted) {
    for (int i = 0; i < size; i++) {
      if (server[i] == wanted) {
        return i;
      }
    }
    return NONE;
  }

  private void remove(int slot) {
    int after = size - slot - 1;
    System.arraycopy(server, slot + 1, server, slot, after);
    System.arraycopy(inFlight, slot + 1, inFlight, slot, after);
    System.arraycopy(latencyNanos, slot + 1, latencyNanos, slot, after);
    System.arraycopy(atNanos, slot + 1, atNanos, slot, after);
    System.arraycopy(usesLeft, slot + 1, usesLeft, slot, after);
    size--;
  }
}
