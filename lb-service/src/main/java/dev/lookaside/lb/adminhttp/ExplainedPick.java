package dev.lookaside.lb.adminhttp;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.lb.explain.Considered;
import dev.lookaside.lb.explain.Explanation;
import dev.lookaside.lb.explain.LoadStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A decision as the page shows it.
 *
 * @param seed as text: a browser's numbers have no room for it
 * @param state what the rule knew beside the candidates, by name
 * @param chosen an id; null if no endpoint could be picked
 * @param candidates from most to least wanted, not all of very many, but always the chosen one
 * @param others how many there are that are not among the candidates here
 */
record ExplainedPick(
    String policy,
    long tableVersion,
    String seed,
    String ruleId,
    String rule,
    Map<String, Double> state,
    @Nullable String chosen,
    List<Candidate> candidates,
    int others) {
  static final int MOST_CANDIDATES = 100;

  /**
   * One endpoint, and what is known of it. Null is not known.
   *
   * @param rank from 1 on
   * @param values what the rule looked at, by name
   * @param inFlight expected now; {@code reportedInFlight} is of its latest report, which is {@code
   *     ageMillis} old, and since which so many were dispatched there from here
   */
  record Candidate(
      int rank,
      String id,
      String standing,
      String reason,
      Map<String, Double> values,
      @Nullable Double inFlight,
      @Nullable Double reportedInFlight,
      @Nullable Long ageMillis,
      @Nullable Integer dispatchedSince,
      @Nullable Double latencyMillis) {}

  static ExplainedPick of(Explanation explanation) {
    return of(explanation, MOST_CANDIDATES);
  }

  /**
   * Likewise.
   *
   * @param most how many candidates, beside the chosen one
   */
  static ExplainedPick of(Explanation explanation, int most) {
    String chosen = explanation.decision().chosen().map(Endpoint::id).orElse(null);
    List<Considered> all = explanation.candidates();
    List<Candidate> shown =
        IntStream.range(0, all.size())
            .filter(i -> i < most || all.get(i).endpoint().id().equals(chosen))
            .mapToObj(i -> candidate(i + 1, all.get(i)))
            .toList();
    return new ExplainedPick(
        explanation.policy(),
        explanation.tableVersion(),
        String.valueOf(explanation.decision().moment().seed()),
        explanation.decision().moment().rule().name(),
        explanation.decision().rule(),
        explanation.decision().moment().state(),
        chosen,
        shown,
        all.size() - shown.size());
  }

  private static Candidate candidate(int rank, Considered one) {
    return new Candidate(
        rank,
        one.endpoint().id(),
        one.standing(),
        one.reason(),
        one.values(),
        known(one.inFlight()),
        one.load().map(load -> load.report().requestsInFlight()).orElse(null),
        one.load().map(load -> load.age().toMillis()).orElse(null),
        one.load().map(LoadStatus::dispatchedSince).orElse(null),
        one.latency().map(ExplainedPick::millis).orElse(null));
  }

  private static @Nullable Double known(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
