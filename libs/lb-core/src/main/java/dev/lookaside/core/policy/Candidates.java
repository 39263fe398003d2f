package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.LoadView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of one table with their loads and their results, made once so that a pick allocates
 * nothing.
 *
 * <p>All that every policy owes to others is kept here: an endpoint that the request excludes, or
 * that has taken its part of the picks, is not open to a pick.
 */
public final class Candidates {
  private static final int RANDOM_TRIES = 8;
  private static final PickResult ALL_EXCLUDED =
      new PickResult.Unavailable("every endpoint is excluded by the request");

  private final PickResult.Picked[] picks;
  // Beside the picks, so that a scan of loads touches nothing else.
  private final LiveLoad[] loads;
  private final double[] capacities;
  private final PickResult none;
  // Null as long as no endpoint has a ceiling, which is nearly always.
  private final @Nullable Ceiling @Nullable [] ceilings;
  private final AtomicLong pickCount;

  public Candidates(EndpointTable table, LoadView loads) {
    this(table, loads, new Ceilings());
  }

  public Candidates(EndpointTable table, LoadView loads, Ceilings ceilings) {
    picks =
        table.endpoints().stream()
            .map(endpoint -> new PickResult.Plain(endpoint, loads.of(endpoint)))
            .toArray(PickResult.Picked[]::new);
    this.loads = Arrays.stream(picks).map(PickResult.Picked::load).toArray(LiveLoad[]::new);
    capacities = table.endpoints().stream().mapToDouble(Endpoint::capacity).toArray();
    this.ceilings =
        ceilings.isEmpty()
            ? null
            : table.endpoints().stream()
                .map(endpoint -> ceilings.of(endpoint).orElse(null))
                .toArray(Ceiling[]::new);
    pickCount = ceilings.picks();
    none =
        picks.length > 0
            ? ALL_EXCLUDED
            : new PickResult.Unavailable("service " + table.service() + " has no endpoint");
  }

  /** Candidates as they were seen; nothing is known of their loads. */
  public static Candidates of(Moment moment) {
    return new Candidates(moment.seen());
  }

  private Candidates(List<Moment.Seen> seen) {
    LoadView unknown = new LoadTracker(Duration.ofSeconds(1));
    picks =
        seen.stream()
            .map(Moment.Seen::endpoint)
            .map(endpoint -> new PickResult.Plain(endpoint, unknown.of(endpoint)))
            .toArray(PickResult.Picked[]::new);
    loads = Arrays.stream(picks).map(PickResult.Picked::load).toArray(LiveLoad[]::new);
    capacities = seen.stream().mapToDouble(one -> one.endpoint().capacity()).toArray();
    ceilings =
        seen.stream()
            .map(one -> one.atCeiling() ? Ceiling.reached() : null)
            .toArray(Ceiling[]::new);
    pickCount = new AtomicLong();
    none = picks.length > 0 ? ALL_EXCLUDED : new PickResult.Unavailable("there is no endpoint");
  }

  private Candidates(Candidates original, PickResult.Picked[] picks) {
    this.picks = picks;
    loads = original.loads;
    capacities = original.capacities;
    none = original.none;
    ceilings = original.ceilings;
    pickCount = original.pickCount;
  }

  /** The same candidates, with other results of the same endpoints and loads. */
  public Candidates yielding(UnaryOperator<PickResult.Picked> result) {
    return new Candidates(this, Arrays.stream(picks).map(result).toArray(PickResult.Picked[]::new));
  }

  public int size() {
    return picks.length;
  }

  public Endpoint endpoint(int index) {
    return picks[index].endpoint();
  }

  public LiveLoad load(int index) {
    return loads[index];
  }

  /** How many requests this candidate can serve at once without queueing. */
  public double capacity(int index) {
    return capacities[index];
  }

  /** Whether a pick may choose this candidate. */
  public boolean isOpen(int index, PickArgs request) {
    return !isExcluded(index, request) && hasRoomBelowCeiling(index);
  }

  public boolean isExcluded(int index, PickArgs request) {
    return !request.excludedIds().isEmpty()
        && request.excludedIds().contains(picks[index].endpoint().id());
  }

  /** Whether it has taken its part of the picks. */
  boolean isAtCeiling(int index) {
    return !hasRoomBelowCeiling(index);
  }

  private boolean hasRoomBelowCeiling(int index) {
    if (ceilings == null) {
      return true;
    }
    Ceiling ceiling = ceilings[index];
    return ceiling == null || ceiling.isOpen(pickCount.get());
  }

  /** Picks this candidate. */
  public PickResult pick(int index) {
    if (ceilings != null) {
      long pick = pickCount.incrementAndGet();
      Ceiling ceiling = ceilings[index];
      if (ceiling != null) {
        ceiling.take(pick);
      }
    }
    return picks[index];
  }

  /** Picks the first open candidate at or after {@code start}, in the rotation. */
  public PickResult pickFrom(int start, PickArgs request) {
    int index = openFrom(start, -1, request);
    return index < 0 ? pickAnyhow(start, request) : pick(index);
  }

  /**
   * The last resort where no candidate is open: the first that the request allows, ceiling or not,
   * since a pick is not lost for the sake of a share.
   */
  public PickResult pickAnyhow(int start, PickArgs request) {
    for (int i = 0; i < picks.length; i++) {
      int index = (start + i) % picks.length;
      if (!isExcluded(index, request)) {
        return pick(index);
      }
    }
    return none;
  }

  /** Picks an open candidate at random. */
  public PickResult pickAtRandom(RandomGenerator random, PickArgs request) {
    int index = randomOpenBut(-1, random, request);
    return index < 0 ? pickAnyhow(0, request) : pick(index);
  }

  /** A random open candidate other than {@code but}, or -1 if there is none. */
  public int randomOpenBut(int but, RandomGenerator random, PickArgs request) {
    int size = picks.length;
    if (size == 0) {
      return -1;
    }
    int index = 0;
    // Few are not open, so the first try nearly always finds one.
    for (int i = 0; i < RANDOM_TRIES; i++) {
      index = random.nextInt(size);
      if (index != but && isOpen(index, request)) {
        return index;
      }
    }
    return openFrom(index, but, request);
  }

  /** The first open candidate at or after {@code start} other than {@code but}, or -1. */
  private int openFrom(int start, int but, PickArgs request) {
    for (int i = 0; i < picks.length; i++) {
      int index = (start + i) % picks.length;
      if (index != but && isOpen(index, request)) {
        return index;
      }
    }
    return -1;
  }

  /** Where this incarnation of the endpoint is among the candidates, or -1. */
  public int indexOf(Endpoint endpoint) {
    int low = 0;
    int high = picks.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = endpoint(middle).id().compareTo(endpoint.id());
      if (order == 0) {
        return endpoint(middle).incarnation().equals(endpoint.incarnation()) ? middle : -1;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /**
   * The rotation that starts at {@code start}, without what the request excludes, each with a
   * reason.
   */
  public List<RankedEndpoint> rotation(int start, PickArgs request, String reason) {
    List<RankedEndpoint> ranking = new ArrayList<>(picks.length);
    for (int i = 0; i < picks.length; i++) {
      int index = (start + i) % picks.length;
      if (!isExcluded(index, request)) {
        ranking.add(new RankedEndpoint(endpoint(index), reason + " " + (ranking.size() + 1)));
      }
    }
    return ranking;
  }
}
