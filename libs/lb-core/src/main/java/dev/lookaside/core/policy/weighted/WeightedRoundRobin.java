package dev.lookaside.core.policy.weighted;

import dev.lookaside.core.policy.Candidates;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.policy.RankedEndpoint;
import dev.lookaside.core.policy.Ranking;
import dev.lookaside.core.policy.Spread;
import dev.lookaside.core.time.Ticker;
import java.util.List;
import java.util.Locale;
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

  private final class WeightedPicker implements Picker {

    private record Schedule(StaticStride stride, long madeAtNanos) {}

    private static final int MAX_SKIPS = 16;

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
      StaticStride stride = upToDate().stride();
      int place = 0;
      for (int i = 0; i < MAX_SKIPS; i++) {
        place = stride.next(turns);
        if (candidates.isOpen(place, request)) {
          return candidates.pick(place);
        }
      }
      return candidates.pickFrom(place, request);
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
      return new Schedule(new StaticStride(known < 2 ? new double[weights.length] : weights), now);
    }

    @Override
    public List<RankedEndpoint> rank(PickArgs request) {
      long now = ticker.nanos();
      return Ranking.byCost(
          candidates,
          request,
          i -> -weight.of(candidates.load(i), now),
          i -> explain(weight.of(candidates.load(i), now)));
    }

    private static String explain(double weight) {
      return weight > 0
          ? String.format(Locale.ROOT, "weight %.1f requests per second at full use", weight)
          : "weight unknown: the mean of the others";
    }
  }
}
