package dev.lookaside.core.policy.prequal;

import dev.lookaside.core.policy.Candidates;
import dev.lookaside.core.policy.Mix;
import dev.lookaside.core.policy.Moment;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A pool of answers as a moment, and the pool that such a moment tells of. */
final class PoolMoment {
  private static final String ORDER = "answer_order";
  private static final String RIF = "answer_in_flight";
  private static final String LATENCY = "answer_latency_nanos";
  private static final String HOT_ABOVE = "hot_above";
  private static final String UNKNOWN_SHARE = "unknown_share";
  private static final String UNKNOWN_PLACE = "unknown_place";

  /** Eleven days, in nanoseconds. */
  private static final double BEYOND_LATENCIES = 1e15;

  private PoolMoment() {}

  static Moment of(
      ProbePool pool, Candidates candidates, PickArgs request, long seed, long nowNanos) {
    Map<Integer, Map<String, Double>> answers = new HashMap<>();
    pool.show(
        nowNanos,
        (order, place, requestsInFlight, latency) ->
            answers.put(
                place, Map.of(ORDER, (double) order, RIF, requestsInFlight, LATENCY, latency)));
    Map<String, Double> state =
        Map.of(
            HOT_ABOVE, pool.hotAbove(),
            UNKNOWN_SHARE, pool.unknownShare(),
            UNKNOWN_PLACE, (double) pool.unknownPlace());
    return Moment.of(
        Rule.PROBE_POOL,
        seed,
        request,
        state,
        candidates,
        place -> answers.getOrDefault(place, Map.of()));
  }

  /**
   * A number by which the answers of a moment stand in the order in which they are chosen: cold
   * before hot, the cold by latency, the hot by requests in flight. Not a number without an answer.
   */
  static double cost(Moment moment, int place) {
    double inFlight = moment.value(place, RIF);
    return inFlight > moment.state(HOT_ABOVE)
        ? BEYOND_LATENCIES + inFlight
        : moment.value(place, LATENCY);
  }

  static ProbePool pool(Moment moment) {
    double[] order = moment.values(ORDER);
    double[] requestsInFlight = moment.values(RIF);
    double[] latency = moment.values(LATENCY);
    int[] answered =
        IntStream.range(0, order.length)
            .filter(place -> order[place] >= 0)
            .boxed()
            .sorted((one, other) -> Double.compare(order[one], order[other]))
            .mapToInt(Integer::intValue)
            .toArray();
    ProbePool pool =
        new ProbePool(
            PrequalSettings.defaults().ofSize(answered.length), order.length, random(moment));
    for (int place : answered) {
      pool.add(place, requestsInFlight[place], latency[place], 0);
    }
    pool.restore(
        moment.state(HOT_ABOVE), moment.state(UNKNOWN_SHARE), (int) moment.state(UNKNOWN_PLACE));
    return pool;
  }

  /** Another chance than the one that chose who was asked. */
  static RandomGenerator random(Moment moment) {
    return new SplittableRandom(Mix.of(moment.seed(), 1));
  }
}
