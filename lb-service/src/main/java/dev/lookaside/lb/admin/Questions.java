package dev.lookaside.lb.admin;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.check.Require;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.lb.explain.Explainer;
import dev.lookaside.lb.explain.Explanation;
import dev.lookaside.lb.explain.Explanations;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Why a pick is, or was, what it is. */
public final class Questions {
  static final int MOST_DECISIONS = 1_000;
  private static final int DECISIONS = 100;
  private static final int MOST_EXCLUSIONS = 64;
  private static final int LONGEST_KEY = 256;

  private final Known known;
  private final Balancer balancer;
  private final Explainer explainer;
  private final Explanations explanations;
  private final RandomGenerator random;

  public Questions(
      Known known,
      Balancer balancer,
      Explainer explainer,
      Explanations explanations,
      RandomGenerator random) {
    this.known = known;
    this.balancer = balancer;
    this.explainer = explainer;
    this.explanations = explanations;
    this.random = random;
  }

  /**
   * The decision that a pick would make now.
   *
   * @param affinityKey empty: none
   * @param seed where chance comes from; empty: any
   */
  public Explanation explain(
      String service, List<String> excludedIds, String affinityKey, OptionalLong seed) {
    try {
      Require.within("number of excluded_endpoint_ids", excludedIds.size(), 0, MOST_EXCLUSIONS);
      Require.within("length of affinity_key", affinityKey.length(), 0, LONGEST_KEY);
    } catch (IllegalArgumentException e) {
      throw new Refused(Refused.Kind.INVALID, String.valueOf(e.getMessage()));
    }
    known.requireService(service);
    ServiceBalancer found =
        balancer
            .find(service)
            .orElseThrow(() ->
                new Refused(
                    Refused.Kind.NOT_FOUND, "service '" + service + "' has no endpoint any more"));
    return explainer.explain(
        found.snapshot(),
        new PickArgs(
            excludedIds, affinityKey.isEmpty() ? Optional.empty() : Optional.of(affinityKey)),
        seed.isPresent() ? seed.getAsLong() : random.nextLong(),
        "");
  }

  /**
   * Recent picks that were explained, the newest first.
   *
   * @param limit at most so many; 0: a hundred
   */
  public List<Explanation> decisions(Predicate<String> service, int limit) {
    int most = limit == 0 ? DECISIONS : limit;
    if (most < 0 || most > MOST_DECISIONS) {
      throw new Refused(
          Refused.Kind.INVALID, "limit is " + limit + " (expected: 0 to " + MOST_DECISIONS + ")");
    }
    return explanations.latest(service, most);
  }

  /** Which share of the picks is explained. */
  public double sample() {
    return explanations.share();
  }
}
