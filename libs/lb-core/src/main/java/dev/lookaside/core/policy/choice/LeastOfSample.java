package dev.lookaside.core.policy.choice;

import dev.lookaside.core.policy.Candidates;
import dev.lookaside.core.policy.Explained;
import dev.lookaside.core.policy.Moment;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.Rule;
import dev.lookaside.core.policy.cost.Cost;
import dev.lookaside.core.time.Ticker;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Picks the cheapest of all endpoints, or of a sample if there are many.
 *
 * <ul>
 *   <li>Up to {@value #SCAN_LIMIT} endpoints: the exact minimum. Equal costs take turns.
 *   <li>More: the table is cut into {@value #SAMPLE_SIZE} strata, and the cheapest of one random
 *       endpoint from each is picked. The work stays flat, the pick is still among the best few
 *       percent, and several balancers do not all run to the same endpoint.
 *   <li>An endpoint of unknown cost gets the share that it would get at random, neither more (it is
 *       not idle) nor less; several such endpoints take turns.
 * </ul>
 */
public final class LeastOfSample implements Picker {
  public static final int SCAN_LIMIT = 128;
  // In a large table each look is a cache miss: as many as 2 µs have room for.
  public static final int SAMPLE_SIZE = 32;

  private static final String TURN = "turn";
  private static final String UNKNOWN_TURN = "unknown_turn";

  private final Candidates candidates;
  private final Costs costs;
  private final Strata strata;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final AtomicInteger turn = new AtomicInteger();
  // Of its own: taken from the other, it would skip every second one of unknown cost.
  private final AtomicInteger unknownTurn = new AtomicInteger();

  public LeastOfSample(Candidates candidates, Cost cost, Ticker ticker, RandomGenerator random) {
    this(new Costs(candidates, cost), ticker, random);
  }

  private LeastOfSample(Costs costs, Ticker ticker, RandomGenerator random) {
    this.candidates = costs.candidates();
    this.costs = costs;
    this.strata = new Strata(candidates.size(), sampleSize(candidates.size()));
    this.ticker = ticker;
    this.random = random;
  }

  /** Makes the decision of that moment again. */
  public static PickResult replay(Moment moment, Candidates candidates) {
    LeastOfSample then =
        new LeastOfSample(
            Costs.at(moment, candidates), () -> 0, new SplittableRandom(moment.seed()));
    then.turn.set((int) moment.state(TURN));
    then.unknownTurn.set((int) moment.state(UNKNOWN_TURN));
    return then.pick(moment.request());
  }

  @Override
  public Explained explain(PickArgs request, long seed) {
    long now = ticker.nanos();
    Map<String, Double> state =
        Map.of(
            TURN, (double) turn.get(),
            UNKNOWN_TURN, (double) unknownTurn.get());
    Moment moment = costs.moment(Rule.LEAST_OF_SAMPLE, seed, request, state, now);
    return Explained.of(
        moment,
        costs.ranking(moment, now),
        candidates.size() <= SCAN_LIMIT
            ? "the lowest cost of all; equal costs take turns, and unknown ones get a random share"
            : "the lowest cost of %d, one at random from each part of the table; unknown ones get a random share"
                .formatted(SAMPLE_SIZE),
        place -> {
          turn.getAndIncrement();
          return candidates.pick(place);
        });
  }

  @Override
  public PickResult pick(PickArgs request) {
    if (strata.count() == 0) {
      return candidates.pickAnyhow(0, request);
    }
    int start = next(turn, strata.count());
    int least = least(start, random.nextLong(), request);
    // Few are not open, so a sample of nothing but those is rare.
    return least < 0 ? candidates.pickFrom(start, request) : candidates.pick(least);
  }

  /** The cheapest of one candidate from each stratum, chosen by {@code seed}, or -1. */
  private int least(int start, long seed, PickArgs request) {
    long now = ticker.nanos();
    int known = 0;
    int unknown = 0;
    int best = -1;
    double leastCost = Double.POSITIVE_INFINITY;
    for (int i = 0; i < strata.count(); i++) {
      int at = strata.place(start + i, seed);
      if (!candidates.isOpen(at, request)) {
        continue;
      }
      double cost = costs.of(at, now);
      if (Double.isNaN(cost)) {
        unknown++;
        continue;
      }
      known++;
      if (cost < leastCost) {
        leastCost = cost;
        best = at;
      }
    }
    if (unknown > 0 && random.nextInt(known + unknown) < unknown) {
      return unknown(next(unknownTurn, unknown), seed, now, request);
    }
    return best;
  }

  /** Of the same sample, the candidate of unknown cost after {@code skip} others, or -1. */
  private int unknown(int skip, long seed, long now, PickArgs request) {
    int found = -1;
    for (int i = 0, left = skip; i < strata.count() && left >= 0; i++) {
      int at = strata.place(i, seed);
      if (candidates.isOpen(at, request) && Double.isNaN(costs.of(at, now))) {
        found = at;
        left--;
      }
    }
    return found;
  }

  private static int sampleSize(int size) {
    return size <= SCAN_LIMIT ? size : SAMPLE_SIZE;
  }

  private static int next(AtomicInteger turns, int bound) {
    return (turns.getAndIncrement() & Integer.MAX_VALUE) % bound;
  }
}
