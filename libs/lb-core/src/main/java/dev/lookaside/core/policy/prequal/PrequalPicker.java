package dev.lookaside.core.policy.prequal;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.policy.Candidates;
import dev.lookaside.core.policy.Explained;
import dev.lookaside.core.policy.Moment;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.Ranking;
import dev.lookaside.core.time.Ticker;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Prequal's picker: asks, and chooses from the pool of answers.
 *
 * <p>A pool is for one thread at a time, and a pick never waits: it takes the first pool that is
 * free. One thread alone thus has one pool, as in the paper, and many that meet have a few. An
 * answer that finds every pool taken is dropped, and a pick is random.
 */
final class PrequalPicker implements Picker {
  private static final int POOLS = 8;
  private static final int DISTINCT_TRIES = 4;
  private static final double NANOS_PER_MILLI = 1e6;

  private record Slot(ProbePool pool, AtomicBoolean taken) {}

  private final Candidates candidates;
  private final PrequalSettings settings;
  private final Prober prober;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final Slot[] slots;
  private final Prober.Target[] targets;
  private final IntFunction<Prober.Target> targetOf;

  PrequalPicker(
      Candidates candidates,
      PrequalSettings settings,
      Prober prober,
      Ticker ticker,
      RandomGenerator random) {
    this.candidates = candidates;
    this.settings = settings;
    this.prober = prober;
    this.ticker = ticker;
    this.random = random;
    this.slots =
        IntStream.range(0, POOLS)
            .mapToObj(i -> new ProbePool(settings, candidates.size(), random))
            .map(pool -> new Slot(pool, new AtomicBoolean()))
            .toArray(Slot[]::new);
    this.targets =
        IntStream.range(0, candidates.size()).mapToObj(Asked::new).toArray(Prober.Target[]::new);
    this.targetOf = place -> targets[place];
  }

  /** Takes over the answers of a picker of the same service before this one is in use. */
  void takeOver(PrequalPicker before) {
    IntUnaryOperator newPlace = old -> candidates.indexOf(before.candidates.endpoint(old));
    for (int i = 0; i < POOLS; i++) {
      Slot slot = before.slots[i];
      // The old picker may still be in use: what another thread holds now is given up.
      if (slot.taken.compareAndSet(false, true)) {
        slots[i].pool.addAll(slot.pool, newPlace);
        slot.taken.set(false);
      }
    }
  }

  @Override
  public PickResult pick(PickArgs request) {
    ask();
    int chosen = choose(request);
    return chosen == ProbePool.NONE
        ? candidates.pickAtRandom(random, request)
        : candidates.pick(chosen);
  }

  /** Asks loads only, whomever picks ask: an explanation sends nothing. */
  @Override
  public Explained explain(PickArgs request, long seed) {
    RandomGenerator chance = new SplittableRandom(seed);
    ProbePool pool = copyOfPool(chance);
    ask(Prober.fromLoads(ticker), chance, place -> new Noted(place, pool));
    long now = ticker.nanos();
    Moment moment = PoolMoment.of(pool, candidates, request, seed, now);
    return Explained.of(
        moment,
        Ranking.byCost(candidates, request, i -> PoolMoment.cost(moment, i), i -> explain(i, now)),
        "of the answers of recent probes: cold before hot, then lowest latency, or fewest in flight"
            + " if all are hot; without answers at random",
        candidates::pick);
  }

  private ProbePool copyOfPool(RandomGenerator chance) {
    Slot slot = takeFree();
    if (slot == null) {
      return new ProbePool(settings, candidates.size(), chance);
    }
    ProbePool copy = slot.pool.copy(chance);
    slot.taken.set(false);
    return copy;
  }

  static PickResult choose(
      ProbePool pool,
      Candidates candidates,
      PickArgs request,
      RandomGenerator random,
      long nowNanos) {
    int chosen = pool.choose(candidates, request, nowNanos);
    return chosen == ProbePool.NONE
        ? candidates.pickAtRandom(random, request)
        : candidates.pick(chosen);
  }

  private void ask() {
    ask(prober, random, targetOf);
  }

  private void ask(Prober asked, RandomGenerator chance, IntFunction<Prober.Target> target) {
    int size = targets.length;
    int last = -1;
    for (int i = 0; i < Math.min(settings.probesPerPick(), size); i++) {
      int place = chance.nextInt(size);
      for (int j = 0; place == last && j < DISTINCT_TRIES; j++) {
        place = chance.nextInt(size);
      }
      asked.probe(target.apply(place));
      last = place;
    }
  }

  private int choose(PickArgs request) {
    Slot slot = takeFree();
    if (slot == null) {
      return ProbePool.NONE;
    }
    int chosen = slot.pool.choose(candidates, request, ticker.nanos());
    slot.taken.set(false);
    return chosen;
  }

  private @Nullable Slot takeFree() {
    for (Slot slot : slots) {
      if (!slot.taken.get() && slot.taken.compareAndSet(false, true)) {
        return slot;
      }
    }
    return null;
  }

  private String explain(int place, long now) {
    LiveLoad load = candidates.load(place);
    return load.at(now) instanceof Known known
        ? String.format(
            Locale.ROOT,
            "%.1f expected in flight, latency %.1f ms",
            known.expectedRequestsInFlight(now),
            load.latencies().meanNanos(now) / NANOS_PER_MILLI)
        : "load unknown: a random share";
  }

  /** One of the candidates, whose answer goes to a pool that nobody else has. */
  private final class Noted implements Prober.Target {
    private final int place;
    private final ProbePool pool;

    Noted(int place, ProbePool pool) {
      this.place = place;
      this.pool = pool;
    }

    @Override
    public Endpoint endpoint() {
      return candidates.endpoint(place);
    }

    @Override
    public LiveLoad load() {
      return candidates.load(place);
    }

    @Override
    public void answered(double requestsInFlight, double latencyNanos) {
      pool.add(place, requestsInFlight, latencyNanos, ticker.nanos());
    }

    @Override
    public void unknown() {
      pool.addUnknown(place);
    }
  }

  /** One of the candidates, as the prober sees it. */
  private final class Asked implements Prober.Target {
    private final int place;

    Asked(int place) {
      this.place = place;
    }

    @Override
    public Endpoint endpoint() {
      return candidates.endpoint(place);
    }

    @Override
    public LiveLoad load() {
      return candidates.load(place);
    }

    @Override
    public void answered(double requestsInFlight, double latencyNanos) {
      Slot slot = takeFree();
      if (slot != null) {
        slot.pool.add(place, requestsInFlight, latencyNanos, ticker.nanos());
        slot.taken.set(false);
      }
    }

    @Override
    public void unknown() {
      Slot slot = takeFree();
      if (slot != null) {
        slot.pool.addUnknown(place);
        slot.taken.set(false);
      }
    }
  }
}
