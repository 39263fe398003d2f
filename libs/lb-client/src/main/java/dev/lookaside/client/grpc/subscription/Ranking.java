package dev.lookaside.client.grpc.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** All endpoints of a table, in the order in which one client takes its part of them. */
final class Ranking {
  private final int limit;
  private final NavigableSet<Ranked> order = new TreeSet<>(Ranked.ORDER);

  /**
   * @param limit how many endpoints that take calls are chosen at most, at least 1
   */
  Ranking(int limit) {
    this.limit = limit;
  }

  void add(Ranked ranked) {
    order.add(ranked);
  }

  void remove(Ranked ranked) {
    order.remove(ranked);
  }

  /**
   * The client's part: the first that take calls, and whatever lies between them, since it would be
   * among them if it took calls, and may have some that are not yet ended.
   */
  List<Ranked> chosen() {
    if (order.size() <= limit) {
      return List.copyOf(order);
    }
    List<Ranked> chosen = new ArrayList<>();
    int takingCalls = 0;
    for (Ranked ranked : order) {
      if (takingCalls == limit) {
        break;
      }
      chosen.add(ranked);
      takingCalls += ranked.takesCalls() ? 1 : 0;
    }
    return chosen;
  }
}
