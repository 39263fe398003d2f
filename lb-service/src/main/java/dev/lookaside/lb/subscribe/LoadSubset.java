package dev.lookaside.lb.subscribe;

import dev.lookaside.wire.Subset;
import java.util.List;
import java.util.Optional;

/** Of which endpoints one subscriber is told the loads. For the publisher's thread. */
final class LoadSubset {
  private final Optional<Subset> rule;
  private Optional<List<Integer>> numbers = Optional.empty();
  private long asOf = TableLog.NOTHING;

  /**
   * A part of this size, or all if it is 0.
   *
   * @param size unsigned
   */
  LoadSubset(String clientId, int size) {
    this.rule = size <= 0 ? Optional.empty() : Optional.of(new Subset(clientId, size));
  }

  /** Works it out anew if the endpoints are others than before; says whether they are. */
  boolean follow(TableLog table) {
    if (rule.isEmpty() || asOf == table.endpointsVersion()) {
      return false;
    }
    asOf = table.endpointsVersion();
    List<TableLog.Row> candidates = table.takingCalls();
    Subset subset = rule.get();
    numbers =
        candidates.size() <= subset.limit()
            ? Optional.empty()
            : Optional.of(
                subset.choose(candidates, row -> row.endpoint().id(), TableLog.Row::hash).stream()
                    .map(TableLog.Row::number)
                    .toList());
    return true;
  }

  /** Empty: all endpoints. */
  Optional<List<Integer>> numbers() {
    return numbers;
  }
}
