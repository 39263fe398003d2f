package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A decision that has not been made yet, with all that it follows from.
 *
 * @param moment what it follows from
 * @param ranking the candidates that the request allows, from most to least wanted, by what the
 *     moment has of each
 * @param rule how, in words
 * @param chosen the endpoint; empty if there is none, and the rule says why
 * @param making makes it: the picker counts it as one of its picks
 */
public record Explained(
    Moment moment,
    List<RankedEndpoint> ranking,
    String rule,
    Optional<Endpoint> chosen,
    Supplier<PickResult> making) {

  /**
   * The decision that follows from this moment.
   *
   * @param ranking made of what the moment has
   * @param rule in words
   * @param making makes the pick of the candidate at a place; not called if there is none
   */
  public static Explained of(
      Moment moment, List<RankedEndpoint> ranking, String rule, IntFunction<PickResult> making) {
    PickResult result = Replay.of(moment);
    if (!(result instanceof PickResult.Picked picked)) {
      return new Explained(
          moment,
          ranking,
          ((PickResult.Unavailable) result).reason(),
          Optional.empty(),
          () -> result);
    }
    int place = place(moment, picked.endpoint());
    return new Explained(
        moment, ranking, rule, Optional.of(picked.endpoint()), () -> making.apply(place));
  }

  private static int place(Moment moment, Endpoint endpoint) {
    for (int i = 0; i < moment.seen().size(); i++) {
      if (moment.seen().get(i).endpoint().equals(endpoint)) {
        return i;
      }
    }
    throw new IllegalStateException("'" + endpoint.id() + "' is no candidate");
  }

  /** The same decision, with other words for the rule. */
  public Explained because(String words) {
    return new Explained(moment, ranking, words, chosen, making);
  }

  /** The same decision, with another order of those who could be picked. */
  public Explained ranked(List<RankedEndpoint> order) {
    return new Explained(moment, List.copyOf(order), rule, chosen, making);
  }
}
