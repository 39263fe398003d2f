package dev.lookaside.security.rights;

/**
 * What one principal may at each moment, for a call that lasts and for whoever looks on: worked out
 * anew only if what it follows from has changed. For any thread.
 */
public final class LiveGrant {
  private final Judge judge;
  private volatile Grant last;

  /**
   * @param first worked out already
   */
  LiveGrant(Judge judge, Grant first) {
    this.judge = judge;
    this.last = first;
  }

  public Grant now() {
    Grant known = last;
    if (judge.upholds(known)) {
      return known;
    }
    Grant next = judge.grant(known.principal());
    last = next;
    return next;
  }
}
