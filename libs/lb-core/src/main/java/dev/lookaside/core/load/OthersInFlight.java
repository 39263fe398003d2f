package dev.lookaside.core.load;

/**
 * The requests in flight at one endpoint that clients which pick by themselves claim. One client's
 * claim counts for at most {@value #TIMES_OTHERS} × what the others have there on average, or a
 * few.
 */
final class OthersInFlight {
  static final int FEW = 8;
  static final int TIMES_OTHERS = 2;

  private int clients;
  private volatile int sum;

  int sum() {
    return sum;
  }

  /**
   * Puts a claim in the place of one that was believed before; 0 is none.
   *
   * @return how much of it is believed
   */
  synchronized int claim(int before, int claimed) {
    clients += (claimed > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    int others = sum - before;
    int believed =
        claimed > 0 && clients > 1
            ? Math.min(claimed, Math.max(FEW, TIMES_OTHERS * others / (clients - 1)))
            : claimed;
    sum = others + believed;
    return believed;
  }
}
