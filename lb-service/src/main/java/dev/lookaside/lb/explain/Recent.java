package dev.lookaside.lb.explain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The latest explanations, bounded in number, and in the endpoints that they tell of. */
public final class Recent {
  /** About 100 MiB of them. */
  static final int MOST_CANDIDATES = 200_000;

  private final int most;
  private final Deque<Explanation> newestFirst = new ArrayDeque<>();
  private int candidates;

  public Recent(int most) {
    this.most = most;
  }

  public synchronized void add(Explanation explanation) {
    newestFirst.addFirst(explanation);
    candidates += explanation.candidates().size();
    while (newestFirst.size() > most || (candidates > MOST_CANDIDATES && newestFirst.size() > 1)) {
      candidates -= newestFirst.removeLast().candidates().size();
    }
  }

  /** The newest first. */
  public synchronized List<Explanation> latest(Predicate<String> service, int limit) {
    return newestFirst.stream()
        .filter(explanation -> service.test(explanation.service()))
        .limit(limit)
        .toList();
  }
}
