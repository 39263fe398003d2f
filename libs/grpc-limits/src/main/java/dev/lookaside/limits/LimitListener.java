package dev.lookaside.limits;

/** Hears of each limit that is hit; called on any thread, and must return at once. */
@FunctionalInterface
public interface LimitListener {

  /**
   * A peer was refused something.
   *
   * @param peer whom, in words
   * @param reason what it was told
   */
  void hit(Limit limit, String peer, String reason);

  default LimitListener and(LimitListener other) {
    return (limit, peer, reason) -> {
      hit(limit, peer, reason);
      other.hit(limit, peer, reason);
    };
  }
}
