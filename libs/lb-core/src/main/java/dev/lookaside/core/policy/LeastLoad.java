package dev.lookaside.core.policy;

import dev.lookaside.core.load.EndpointLoad;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.time.Ticker;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The least <em>expected</em> load, which is a time: what a request sent now would take.
 *
 * <pre>
 * load(e)      = service time · (1 + 4/3 · (n + 1) / capacity)
 * service time = ∫ n / (1 + n / capacity) dt / requests completed      over about two seconds
 * n            = reported in flight; + 1 at a dispatch, − 1 at an outcome, and where clients report none
 *                d n / d t = requests of others − n / (service time · (1 + n / capacity))
 * </pre>
 *
 * <p>One law, {@code latency(n) = service time · (1 + n / capacity)}, makes all three: what is
 * measured at one n is valid at another, and what is dispatched drains as it is measured to. Nobody
 * asks how many places an endpoint really has, and those that have some to spare look alike while
 * they have; so that requests do not drift to where that ends, those in flight weigh a third more
 * than the law says. Regimes:
 *
 * <ul>
 *   <li>Clients report most outcomes: n is counted, the service time follows each outcome and the
 *       time that passed without one, and the age of reports does not matter.
 *   <li>No outcomes, or most requests are other balancers': both come from the reports, n drains
 *       between them. With reports many service times old this is a rotation weighted by measured
 *       speed, in which each report corrects what has gone astray.
 *   <li>An endpoint that is avoided: what is known of it fades to the mean of the service, until it
 *       is tried with a request or two, which then wait in the integral.
 *   <li>Nothing measured yet: in flight by capacity. Every pick counts at once, so picks between
 *       two reports spread as if the reports were fresh: there is no herd.
 *   <li>Up to {@value #SCAN_LIMIT} endpoints: the exact minimum. Equal loads take turns.
 *   <li>More: the table is cut into {@value #SAMPLE_SIZE} strata, and the least loaded of one
 *       random endpoint from each is picked. The cost stays flat, the pick is still among the best
 *       few percent, and several balancers do not all run to the same endpoint.
 *   <li>An endpoint of unknown load gets the share that it would get at random, neither more (it is
 *       not idle) nor less; several such endpoints take turns.
 * </ul>
 *
 * <p>docs/adr/0009 has the forms tried, with their numbers.
 */
final class LeastLoad implements Policy {
  static final String NAME = "ll";
  static final int SCAN_LIMIT = 128;
  // In a large table each look is a cache miss: as many as 2 µs have room for.
  static final int SAMPLE_SIZE = 32;
  private static final double UNKNOWN = LiveLoad.UNKNOWN;

  private final Ticker ticker;
  private final RandomGenerator random;

  LeastLoad(Ticker ticker, RandomGenerator random) {
    this.ticker = ticker;
    this.random = random;
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
    return new LeastLoad(ticker, random);
  }

  @Override
  public Picker newPicker(Candidates candidates) {
    return new LeastLoadPicker(candidates, ticker, random);
  }

  private static final class LeastLoadPicker implements Picker {
    private final Candidates candidates;
    private final Strata strata;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final AtomicInteger turn = new AtomicInteger();

    LeastLoadPicker(Candidates candidates, Ticker ticker, RandomGenerator random) {
      this.candidates = candidates;
      this.strata = new Strata(candidates.size(), sampleSize(candidates.size()));
      this.ticker = ticker;
      this.random = random;
    }

    @Override
    public PickResult pick(PickArgs request) {
      if (strata.count() == 0) {
        return candidates.pickAnyhow(0, request);
      }
      int start = nextTurn(strata.count());
      int least = least(start, random.nextLong(), request);
      // Few are not open, so a sample of nothing but those is rare.
      return least < 0 ? candidates.pickFrom(start, request) : candidates.pick(least);
    }

    /** The least loaded of one candidate from each stratum, chosen by {@code seed}, or -1. */
    private int least(int start, long seed, PickArgs request) {
      long now = ticker.nanos();
      int counted = 0;
      int unknown = 0;
      int best = -1;
      double bestLoad = Double.POSITIVE_INFINITY;
      for (int i = 0; i < strata.count(); i++) {
        int at = strata.place(start + i, seed);
        if (!candidates.isOpen(at, request)) {
          continue;
        }
        if (candidates.load(at).at(now) instanceof Known known) {
          counted++;
          double load = load(known, at, now);
          if (load < bestLoad) {
            bestLoad = load;
            best = at;
          }
        } else {
          unknown++;
        }
      }
      if (unknown > 0 && random.nextInt(counted + unknown) < unknown) {
        return unknown(nextTurn(unknown), seed, now, request);
      }
      return best;
    }

    /** Of the same sample, the candidate of unknown load after {@code skip} others, or -1. */
    private int unknown(int skip, long seed, long now, PickArgs request) {
      int found = -1;
      for (int i = 0, left = skip; i < strata.count() && left >= 0; i++) {
        int at = strata.place(i, seed);
        if (candidates.isOpen(at, request)
            && candidates.load(at).at(now) instanceof EndpointLoad.Unknown) {
          found = at;
          left--;
        }
      }
      return found;
    }

    private double load(Known known, int at, long now) {
      return candidates.load(at).latencyToExpectNanos(known.expectedRequestsInFlight(now), now);
    }

    private static int sampleSize(int size) {
      return size <= SCAN_LIMIT ? size : SAMPLE_SIZE;
    }

    private int nextTurn(int of) {
      return (turn.getAndIncrement() & Integer.MAX_VALUE) % of;
    }

    @Override
    public List<RankedEndpoint> rank(PickArgs request) {
      long now = ticker.nanos();
      return Ranking.byCost(
          candidates,
          request,
          i -> candidates.load(i).at(now) instanceof Known known ? load(known, i, now) : UNKNOWN,
          i -> Explanation.of(candidates.load(i).at(now), now, candidates.endpoint(i)));
    }
  }
}
