package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.EndpointLoad;
import dev.lookaside.core.load.EndpointLoad.Reported;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.time.Ticker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The least <em>expected</em> load.
 *
 * <pre>
 * load(e) = (reported in flight + dispatched since the report − completed since the report + 1) / capacity
 * </pre>
 *
 * <p>Every pick raises the load of its endpoint at once, so picks between two reports spread as if
 * the reports were fresh: there is no herd. Regimes:
 *
 * <ul>
 *   <li>Up to {@value #SCAN_LIMIT} endpoints: the exact minimum. Equal loads take turns.
 *   <li>More: the minimum of {@value #SCAN_LIMIT} at random places. The cost stays flat, the pick
 *       is still among the best 5 % or so, and several balancers do not all run to the same one.
 *   <li>An endpoint of unknown load gets the share that it would get at random, neither more (it is
 *       not idle) nor less; several such endpoints take turns.
 * </ul>
 */
final class LeastLoad implements Policy {
  static final String NAME = "ll";
  static final int SCAN_LIMIT = 64;

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
  public Picker newPicker(EndpointTable table, LoadView loads) {
    return new LeastLoadPicker(new Candidates(table, loads), ticker, random);
  }

  private static final class LeastLoadPicker implements Picker {
    private final Candidates candidates;
    private final double[] perRequest;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final AtomicInteger turn = new AtomicInteger();

    LeastLoadPicker(Candidates candidates, Ticker ticker, RandomGenerator random) {
      this.candidates = candidates;
      this.ticker = ticker;
      this.random = random;
      this.perRequest = new double[candidates.size()];
      for (int i = 0; i < perRequest.length; i++) {
        perRequest[i] = 1 / candidates.endpoint(i).capacity();
      }
    }

    @Override
    public PickResult pick(PickRequest request) {
      int size = candidates.size();
      if (size == 0) {
        return candidates.none();
      }
      if (size <= SCAN_LIMIT) {
        return least(turn(size), 1, size, request);
      }
      PickResult sampled =
          least(random.nextInt(size), 1 + random.nextInt(size - 1), SCAN_LIMIT, request);
      // Few are excluded, so a sample of nothing but those is rare.
      return sampled instanceof PickResult.Picked
          ? sampled
          : candidates.firstAllowed(random.nextInt(size), request);
    }

    /**
     * The least loaded of {@code count} candidates: those at start, start + stride, and so on round
     * the table.
     */
    private PickResult least(int start, int stride, int count, PickRequest request) {
      long now = ticker.nanos();
      int known = 0;
      int unknown = 0;
      int best = -1;
      double bestLoad = Double.POSITIVE_INFINITY;
      for (int i = 0, at = start; i < count; i++, at = step(at, stride)) {
        if (request.excludes(candidates.endpoint(at).id())) {
          continue;
        }
        if (candidates.load(at).at(now) instanceof Reported reported) {
          known++;
          double load = (reported.expectedRequestsInFlight() + 1) * perRequest[at];
          if (load < bestLoad) {
            bestLoad = load;
            best = at;
          }
        } else {
          unknown++;
        }
      }
      if (unknown > 0 && random.nextInt(known + unknown) < unknown) {
        return unknownInTurn(unknown, start, stride, count, request, now);
      }
      return best < 0 ? candidates.none() : candidates.at(best);
    }

    /** One of the {@code unknown} candidates whose load is not known at {@code now}, in turn. */
    private PickResult unknownInTurn(
        int unknown, int start, int stride, int count, PickRequest request, long now) {
      int skip = turn(unknown);
      PickResult found = candidates.none();
      // Counted from the start of the table where all of it is scanned: the turns must not depend
      // on where a scan began.
      for (int i = 0, at = stride == 1 ? 0 : start;
          i < count && skip >= 0;
          i++, at = step(at, stride)) {
        if (!request.excludes(candidates.endpoint(at).id())
            && candidates.load(at).at(now) instanceof EndpointLoad.Unknown) {
          found = candidates.at(at);
          skip--;
        }
      }
      return found;
    }

    private int step(int at, int stride) {
      int next = at + stride;
      return next < perRequest.length ? next : next - perRequest.length;
    }

    private int turn(int of) {
      return (turn.getAndIncrement() & Integer.MAX_VALUE) % of;
    }

    @Override
    public List<RankedEndpoint> rank(PickRequest request) {
      long now = ticker.nanos();
      record Scored(RankedEndpoint ranked, double load) {}
      List<Scored> scored = new ArrayList<>();
      for (int i = 0; i < candidates.size(); i++) {
        if (request.excludes(candidates.endpoint(i).id())) {
          continue;
        }
        EndpointLoad load = candidates.load(i).at(now);
        double score =
            load instanceof Reported reported
                ? (reported.expectedRequestsInFlight() + 1) * perRequest[i]
                : Double.POSITIVE_INFINITY;
        scored.add(
            new Scored(
                new RankedEndpoint(
                    candidates.endpoint(i), Explanation.of(load, now, candidates.endpoint(i))),
                score));
      }
      return scored.stream()
          .sorted(Comparator.comparingDouble(Scored::load))
          .map(Scored::ranked)
          .toList();
    }
  }
}
