package dev.lookaside.core.policy.weighted;

import dev.lookaside.core.policy.Candidates;
import dev.lookaside.core.policy.Explained;
import dev.lookaside.core.policy.Moment;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.policy.Ranking;
import dev.lookaside.core.policy.Rule;
import dev.lookaside.core.policy.Spread;
import dev.lookaside.core.time.Ticker;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Rotation by weights from reported utilization and rate (gRFC A58).
 *
 * <p>Weights are computed anew once in an update period, by the pick that finds them old; the
 * others go on with the old ones meanwhile. With fewer than two weights known it is plain rotation.
 */
public final class WeightedRoundRobin implements Policy {
  public static final String NAME = "wrr";
  private static final int MAX_SKIPS = 16;
  private static final String TURN = "turn";
  private static final String WEIGHT = "weight";

  private final WeightSettings settings;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final AtomicLong turns;

  public WeightedRoundRobin(WeightSettings settings, Ticker ticker, RandomGenerator random) {
    this.settings = settings;
    this.ticker = ticker;
    this.random = random;
    // Balancers that start together do not march in step.
    this.turns = new AtomicLong(random.nextInt(Integer.MAX_VALUE));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Spread spread() {
    return Spread.BY_CAPACITY;
  }

  @Override
  public Policy fresh() {
    return new WeightedRoundRobin(settings, ticker, random);
  }

  @Override
  public Picker newPicker(Candidates candidates) {
    return new WeightedPicker(candidates, new EndpointWeight(settings));
  }

  private static PickResult next(
      Candidates candidates, StaticStride stride, AtomicLong turns, PickArgs request) {
    int place = 0;
    for (int i = 0; i < MAX_SKIPS; i++) {
      place = stride.next(turns);
      if (candidates.isOpen(place, request)) {
        return candidates.pick(place);
      }
    }
    return candidates.pickFrom(place, request);
  }

  /** Makes the decision of that moment again. */
  public static PickResult replay(Moment moment, Candidates candidates) {
    double[] weights =
        Arrays.stream(moment.values(WEIGHT)).map(w -> Double.isNaN(w) ? 0 : w).toArray();
    return next(
        candidates,
        new StaticStride(weights),
        new AtomicLong((long) moment.state(TURN)),
        moment.request());
  }

  private final class WeightedPicker implements Picker {

    private record Schedule(List<Double> weights, StaticStride stride, long madeAtNanos) {}

    private final Candidates candidates;
    private final EndpointWeight weight;
    private final AtomicBoolean updating = new AtomicBoolean();
    private volatile Schedule schedule;

    WeightedPicker(Candidates candidates, EndpointWeight weight) {
      this.candidates = candidates;
      this.weight = weight;
      this.schedule = newSchedule(ticker.nanos());
    }

    @Override
    public PickResult pick(PickArgs request) {
      if (candidates.size() == 0) {
        return candidates.pickAnyhow(0, request);
      }
      return next(candidates, upToDate().stride(), turns, request);
    }

    @Override
    public Explained explain(PickArgs request, long seed) {
      if (candidates.size() == 0) {
        return Explained.of(
            Moment.of(Rule.NOTHING, seed, request, Map.of(), candidates, i -> Map.of()),
            List.of(),
            "",
            candidates::pick);
      }
      Schedule latest = upToDate();
      long turn = turns.get();
      Moment moment =
          Moment.of(
              Rule.WEIGHTED_ROTATION,
              seed,
              request,
              Map.of(TURN, (double) turn),
              candidates,
              i -> Map.of(WEIGHT, latest.weights.get(i) > 0 ? latest.weights.get(i) : Double.NaN));
      AtomicLong after = new AtomicLong(turn);
      var unused = next(Candidates.of(moment), latest.stride(), after, request);
      return Explained.of(
          moment,
          Ranking.byCost(
              candidates,
              request,
              i -> -moment.value(i, WEIGHT),
              i -> explain(moment.value(i, WEIGHT))),
          "the next open endpoint in the rotation by weight; unknown weights are the mean",
          place -> {
            turns.addAndGet(after.get() - turn);
            return candidates.pick(place);
          });
    }

    private Schedule upToDate() {
      long now = ticker.nanos();
      Schedule latest = schedule;
      if (now - latest.madeAtNanos >= settings.weightUpdatePeriod().toNanos()
          && updating.compareAndSet(false, true)) {
        try {
          latest = newSchedule(now);
          schedule = latest;
        } finally {
          updating.set(false);
        }
      }
      return latest;
    }

    private Schedule newSchedule(long now) {
      double[] weights =
          IntStream.range(0, candidates.size())
              .mapToDouble(i -> weight.of(candidates.load(i), now))
              .toArray();
      long known = IntStream.range(0, weights.length).filter(i -> weights[i] > 0).count();
      double[] used = known < 2 ? new double[weights.length] : weights;
      return new Schedule(Arrays.stream(used).boxed().toList(), new StaticStride(used), now);
    }

    private static String explain(double weight) {
      return weight > 0
          ? String.format(Locale.ROOT, "weight %.1f requests per second at full use", weight)
          : "weight unknown: the mean of the others";
    }
  }
}
