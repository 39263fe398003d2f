package dev.lookaside.core.policy.hash;

import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.policy.Candidates;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The expected requests in flight at all candidates together, without looking at all of them: each
 * pick looks at the next few in turn and corrects the sum by what changed.
 *
 * <p>Any number of threads may refresh: each difference is added exactly once.
 */
final class TotalLoad {
  private static final int LOOKED_AT = 4;

  private final Candidates candidates;
  private final AtomicIntegerArray seen;
  private final AtomicLong total = new AtomicLong();
  private final AtomicLong next = new AtomicLong();

  TotalLoad(Candidates candidates, long nowNanos) {
    this.candidates = candidates;
    this.seen = new AtomicIntegerArray(candidates.size());
    for (int i = 0; i < candidates.size(); i++) {
      look(i, nowNanos);
    }
  }

  /** Looks at a few more candidates; there must be one. */
  void refresh(long nowNanos) {
    long from = next.getAndAdd(LOOKED_AT);
    for (int i = 0; i < Math.min(LOOKED_AT, seen.length()); i++) {
      look((int) ((from + i) % seen.length()), nowNanos);
    }
  }

  double requestsInFlight() {
    return total.get();
  }

  private void look(int index, long nowNanos) {
    int load =
        candidates.load(index).at(nowNanos) instanceof Known known
            ? (int) Math.round(known.expectedRequestsInFlight(nowNanos))
            : 0;
    total.addAndGet(load - seen.getAndSet(index, load));
  }
}
