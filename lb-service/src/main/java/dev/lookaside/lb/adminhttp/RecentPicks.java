package dev.lookaside.lb.adminhttp;

import dev.lookaside.lb.explain.Explanation;
import java.util.List;

/**
 * Decisions that were really made, as the page shows them.
 *
 * @param sample which share of the picks is explained, 0 to 1
 * @param picks the newest first
 */
record RecentPicks(double sample, List<RecentPick> picks) {
  static final int MOST = 50;

  /** Of each only the first: all of fifty large ones would be megabytes. */
  static final int MOST_CANDIDATES = 10;

  /**
   * One of them.
   *
   * @param clientId what the client calls itself; may be empty
   */
  record RecentPick(long atMillis, String clientId, ExplainedPick pick) {}

  static RecentPicks of(double sample, List<Explanation> explanations) {
    return new RecentPicks(
        sample,
        explanations.stream()
            .map(explanation ->
                new RecentPick(
                    explanation.at().toEpochMilli(),
                    explanation.clientId(),
                    ExplainedPick.of(explanation, MOST_CANDIDATES)))
            .toList());
  }
}
