package dev.lookaside.core.policy;

import dev.lookaside.core.load.EndpointLoad;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.time.Ticker;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The least <em>expected</em> load.
 *
 * <pre>
 * load(e) = (expected in flight + 1) / capacity · service time
 *
 * expected in flight = reported + dispatched since − completed since
 *     completed since = known from outcomes
 *                     + (1 − share of outcomes reported) · (believed · full − foreign)
 * </pre>
 *
 * where the service time is the endpoint's measured time of one request on one of its places, full
 * is what a fluid would have completed since the report, believed is the share of full that came
 * true before the last reports, and foreign is what other balancers sent meanwhile. Load has the
 * dimension of a time: what a request sent now would take. Regimes:
 *
 * <ul>
 *   <li>Clients report outcomes: in flight is counted, not estimated, and the age of reports does
 *       not matter.
 *   <li>No outcomes, reports a few service times old or fresher: nearly the report plus what was
 *       dispatched since. An endpoint that turns slow is believed less from its next reports on.
 *   <li>No outcomes, old reports: the fluid takes over; samples of service time are few, so the
 *       estimate of each endpoint falls back to the mean of the service.
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
  static final int SCAN_LIMIT = 64;
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
    private final double[] costPerRequest;
    private final Strata strata;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final AtomicInteger turn = new AtomicInteger();

    LeastLoadPicker(Candidates candidates, Ticker ticker, RandomGenerator random) {
      this.candidates = candidates;
      this.strata = new Strata(candidates.size(), sampleSize(candidates.size()));
      this.ticker = ticker;
      this.random = random;
      this.costPerRequest = new double[candidates.size()];
      for (int i = 0; i < costPerRequest.length; i++) {
        costPerRequest[i] = 1 / candidates.endpoint(i).capacity();
      }
    }

    @Override
    public PickResult pick(PickRequest request) {
      if (strata.count() == 0) {
        return candidates.pickAnyhow(0, request);
      }
      int start = nextTurn(strata.count());
      int least = least(start, random.nextLong(), request);
      // Few are not open, so a sample of nothing but those is rare.
      return least < 0 ? candidates.pickFrom(start, request) : candidates.pick(least);
    }

    /** The least loaded of one candidate from each stratum, chosen by {@code seed}, or -1. */
    private int least(int start, long seed, PickRequest request) {
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
    private int unknown(int skip, long seed, long now, PickRequest request) {
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
      double use = (known.expectedRequestsInFlight(now) + 1) * costPerRequest[at];
      return use * candidates.load(at).serviceTimeNanos(now);
    }

    private static int sampleSize(int size) {
      return size <= SCAN_LIMIT ? size : SAMPLE_SIZE;
    }

    private int nextTurn(int of) {
      return (turn.getAndIncrement() & Integer.MAX_VALUE) % of;
    }

    @Override
    public List<RankedEndpoint> rank(PickRequest request) {
      long now = ticker.nanos();
      return Ranking.byCost(
          candidates,
          request,
          i -> candidates.load(i).at(now) instanceof Known known ? load(known, i, now) : UNKNOWN,
          i -> Explanation.of(candidates.load(i).at(now), now, candidates.endpoint(i)));
    }
  }
}
