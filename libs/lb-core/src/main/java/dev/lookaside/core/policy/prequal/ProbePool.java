package dev.lookaside.core.policy.prequal;

import dev.lookaside.core.policy.Candidates;
import dev.lookaside.core.policy.PickArgs;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Prequal's pool of probe answers, and the choice among them.
 *
 * <p>An answer is <em>hot</em> if it names more requests in flight than the Q_RIF quantile of
 * recent answers. Of cold answers the one of lowest latency is chosen; if all are hot, the one of
 * fewest requests in flight. The worst answer is the reverse: the hot one of most requests in
 * flight, else the cold one of highest latency.
 *
 * <p>For one thread at a time; allocates nothing.
 */
final class ProbePool {
  static final int NONE = -1;
  private static final int RIF_WINDOW = 128;
  private static final double UNKNOWN_STEP = 1.0 / 64;

  private final PrequalSettings settings;
  private final RandomGenerator random;
  private final double reuses;
  private final RecentQuantile recentRif;

  // One answer is a slot of each array; they stay in order of age, oldest first.
  private final int[] place;
  private final double[] rif;
  private final double[] latencyNanos;
  private final long[] atNanos;
  private final double[] usesLeft;
  private int size;

  private boolean removeOldestNext = true;
  private double unknownShare;
  private int unknownPlace = NONE;

  ProbePool(PrequalSettings settings, int endpoints, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
    this.reuses = settings.reuses(Math.max(1, endpoints));
    this.recentRif = new RecentQuantile(settings.rifQuantile(), RIF_WINDOW);
    this.place = new int[settings.poolSize()];
    this.rif = new double[settings.poolSize()];
    this.latencyNanos = new double[settings.poolSize()];
    this.atNanos = new long[settings.poolSize()];
    this.usesLeft = new double[settings.poolSize()];
  }

  /** The same answers, for somebody else to use up. */
  ProbePool copy(RandomGenerator otherRandom) {
    return new ProbePool(this, otherRandom);
  }

  private ProbePool(ProbePool original, RandomGenerator random) {
    this.settings = original.settings;
    this.random = random;
    this.reuses = original.reuses;
    this.recentRif = original.recentRif.copy();
    this.place = original.place.clone();
    this.rif = original.rif.clone();
    this.latencyNanos = original.latencyNanos.clone();
    this.atNanos = original.atNanos.clone();
    this.usesLeft = original.usesLeft.clone();
    this.size = original.size;
    this.removeOldestNext = original.removeOldestNext;
    this.unknownShare = original.unknownShare;
    this.unknownPlace = original.unknownPlace;
  }

  /** Takes an answer: it replaces one of the same place, else, in a full pool, the oldest. */
  void add(int answeredPlace, double requestsInFlight, double latency, long nowNanos) {
    recentRif.add(requestsInFlight);
    unknownShare -= unknownShare * UNKNOWN_STEP;
    int same = slotOf(answeredPlace);
    if (same != NONE) {
      remove(same);
    } else if (size == place.length) {
      remove(0);
    }
    place[size] = answeredPlace;
    rif[size] = requestsInFlight;
    latencyNanos[size] = latency;
    atNanos[size] = nowNanos;
    usesLeft[size] = randomlyRounded(reuses);
    size++;
  }

  /** Shows every answer that may be used, the oldest first. */
  void show(long nowNanos, AnswerReader reader) {
    removeAged(nowNanos);
    for (int i = 0; i < size; i++) {
      reader.read(i, place[i], rif[i], latencyNanos[i]);
    }
  }

  /** Reads one answer; {@code order} counts from the oldest. */
  interface AnswerReader {
    void read(int order, int place, double requestsInFlight, double latencyNanos);
  }

  /** Above how many requests in flight an answer is hot. */
  double hotAbove() {
    return recentRif.value();
  }

  /** The share of the asked whose load nobody knows. */
  double unknownShare() {
    return unknownShare;
  }

  /** Where the last of those is that nobody knows the load of, or {@link #NONE}. */
  int unknownPlace() {
    return unknownPlace;
  }

  /** Brings it into a state as it was: what was added so far counts no more for who is hot. */
  void restore(double hotAbove, double share, int unknown) {
    recentRif.restart(hotAbove);
    unknownShare = share;
    unknownPlace = unknown;
  }

  /** Takes the answers of another pool, for the places where they are now, if they still are. */
  void addAll(ProbePool other, IntUnaryOperator newPlace) {
    for (int i = 0; i < other.size; i++) {
      int now = newPlace.applyAsInt(other.place[i]);
      if (now != NONE) {
        add(now, other.rif[i], other.latencyNanos[i], other.atNanos[i]);
      }
    }
  }

  /** Notes that nobody knows how busy a place is. */
  void addUnknown(int unknown) {
    unknownShare += (1 - unknownShare) * UNKNOWN_STEP;
    unknownPlace = unknown;
  }

  /**
   * The place to use next, or {@link #NONE} if there is no usable answer. Places of unknown load
   * get the share that they have among the places asked.
   */
  int choose(Candidates candidates, PickArgs request, long nowNanos) {
    removeAged(nowNanos);
    if (unknownPlace != NONE && random.nextDouble() < unknownShare) {
      int unknown = unknownPlace;
      unknownPlace = NONE;
      if (candidates.isOpen(unknown, request)) {
        return unknown;
      }
    }
    int best = NONE;
    for (int i = 0; i < size; i++) {
      if (candidates.isOpen(place[i], request) && (best == NONE || isBetter(i, best))) {
        best = i;
      }
    }
    return best == NONE ? NONE : use(best);
  }

  private int use(int slot) {
    int used = place[slot];
    rif[slot]++;
    if (--usesLeft[slot] <= 0) {
      remove(slot);
    }
    for (int i = 0; i < settings.removalsPerPick() && size > 0; i++) {
      remove(removeOldestNext ? 0 : worst());
      removeOldestNext = !removeOldestNext;
    }
    return used;
  }

  private int worst() {
    int worst = 0;
    for (int i = 1; i < size; i++) {
      if (isBetter(worst, i)) {
        worst = i;
      }
    }
    return worst;
  }

  private boolean isBetter(int slot, int than) {
    double hotAbove = recentRif.value();
    boolean hot = rif[slot] > hotAbove;
    boolean thanHot = rif[than] > hotAbove;
    if (hot != thanHot) {
      return thanHot;
    }
    boolean faster = latencyNanos[slot] < latencyNanos[than];
    boolean slower = latencyNanos[slot] > latencyNanos[than];
    // Neither is true of equal latencies, nor of unknown ones.
    return (hot || faster == slower) ? rif[slot] < rif[than] : faster;
  }

  private void removeAged(long nowNanos) {
    while (size > 0 && nowNanos - atNanos[0] > settings.maxAge().toNanos()) {
      remove(0);
    }
  }

  private int slotOf(int wanted) {
    for (int i = 0; i < size; i++) {
      if (place[i] == wanted) {
        return i;
      }
    }
    return NONE;
  }

  private void remove(int slot) {
    int after = size - slot - 1;
    System.arraycopy(place, slot + 1, place, slot, after);
    System.arraycopy(rif, slot + 1, rif, slot, after);
    System.arraycopy(latencyNanos, slot + 1, latencyNanos, slot, after);
    System.arraycopy(atNanos, slot + 1, atNanos, slot, after);
    System.arraycopy(usesLeft, slot + 1, usesLeft, slot, after);
    size--;
  }

  private double randomlyRounded(double value) {
    return Double.isInfinite(value) ? value : Math.floor(value + random.nextDouble());
  }
}
