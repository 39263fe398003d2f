package dev.lookaside.worker.execution;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How much of something one client may have, so that there is some for the others. A client is
 * whoever the caller says it is; nothing is kept of one that has nothing.
 */
final class ClientShare {
  private static final int UNBOUNDED = Integer.MAX_VALUE - 1;

  private final int most;
  private final ConcurrentMap<Object, Integer> taken = new ConcurrentHashMap<>();

  /** A share of what there is, and of little at least one. All of it is bounded elsewhere. */
  ClientShare(int all, double share) {
    int part = (int) Math.max(1, Math.ceil(all * share));
    this.most = part < all ? part : UNBOUNDED;
  }

  int most() {
    return most;
  }

  boolean tryTake(Object client) {
    return taken.merge(client, 1, (before, one) -> Math.min(most + 1, before + one)) <= most
        || undo(client);
  }

  private boolean undo(Object client) {
    giveBack(client);
    return false;
  }

  void giveBack(Object client) {
    taken.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
  }
}
