package dev.lookaside.core.witness;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The clients that have told of any endpoint of one service within the last minute and are still
 * there: those who could contradict.
 *
 * <p>How many there are matters only while they are few, so a few of each origin stand for all of
 * it, and a few origins for all. Any thread may use it.
 */
public final class Presence {
  static final int MOST = 64;
  static final int MOST_OF_AN_ORIGIN = 8;
  static final Duration REMEMBERED = Duration.ofMinutes(1);

  private static final long REMEMBERED_NANOS = REMEMBERED.toNanos();
  private static final long NEWS_NANOS = Duration.ofSeconds(1).toNanos();

  private final ConcurrentMap<Reporter, Long> heardAtNanos = new ConcurrentHashMap<>();

  /** Who is there: so many clients, from so many origins. */
  record Present(int clients, int origins) {

    /** How many of {@code wanted} there can be. */
    int clients(int wanted) {
      return Math.min(wanted, Math.max(1, clients));
    }

    int origins(int wanted) {
      return Math.min(wanted, Math.max(1, origins));
    }
  }

  void heard(Reporter reporter, long nowNanos) {
    Long before = heardAtNanos.get(reporter);
    if (before != null ? nowNanos - before > NEWS_NANOS : hasRoomFor(reporter, nowNanos)) {
      heardAtNanos.put(reporter, nowNanos);
    }
  }

  Present at(long nowNanos) {
    forgetOthers(nowNanos);
    long origins = heardAtNanos.keySet().stream().map(Reporter::origin).distinct().count();
    return new Present(heardAtNanos.size(), (int) origins);
  }

  private boolean hasRoomFor(Reporter reporter, long nowNanos) {
    forgetOthers(nowNanos);
    return heardAtNanos.size() < MOST
        && heardAtNanos.keySet().stream()
                .filter(other -> other.origin().equals(reporter.origin()))
                .count()
            < MOST_OF_AN_ORIGIN;
  }

  private void forgetOthers(long nowNanos) {
    heardAtNanos.entrySet().removeIf(entry -> isOver(entry, nowNanos));
  }

  private static boolean isOver(Map.Entry<Reporter, Long> entry, long nowNanos) {
    return entry.getKey().isGone() || nowNanos - entry.getValue() > REMEMBERED_NANOS;
  }
}
