package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The endpoints of one table with their loads and their results, made once so that a pick allocates
 * nothing.
 */
public final class Candidates {
  private static final int RANDOM_TRIES = 8;
  private static final PickResult ALL_EXCLUDED =
      new PickResult.Unavailable("every endpoint is excluded by the request");

  private final PickResult.Picked[] picks;
  // Beside the picks, so that a scan of loads touches nothing else.
  private final LiveLoad[] loads;
  private final PickResult none;

  public Candidates(EndpointTable table, LoadView loads) {
    picks =
        table.endpoints().stream()
            .map(endpoint -> new PickResult.Picked(endpoint, loads.of(endpoint)))
            .toArray(PickResult.Picked[]::new);
    this.loads = Arrays.stream(picks).map(PickResult.Picked::load).toArray(LiveLoad[]::new);
    none =
        picks.length > 0
            ? ALL_EXCLUDED
            : new PickResult.Unavailable("service " + table.service() + " has no endpoint");
  }

  int size() {
    return picks.length;
  }

  PickResult.Picked at(int index) {
    return picks[index];
  }

  Endpoint endpoint(int index) {
    return picks[index].endpoint();
  }

  LiveLoad load(int index) {
    return loads[index];
  }

  /** Where this incarnation of the endpoint is among the candidates, or -1. */
  int indexOf(Endpoint endpoint) {
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

  boolean isExcluded(int index, PickRequest request) {
    return !request.excludedIds().isEmpty()
        && request.excludedIds().contains(picks[index].endpoint().id());
  }

  /** A random candidate that the request allows, or -1 if there is none. */
  int randomAllowed(RandomGenerator random, PickRequest request) {
    return randomAllowedBut(-1, random, request);
  }

  /** A random candidate other than {@code but} that the request allows, or -1 if there is none. */
  int randomAllowedBut(int but, RandomGenerator random, PickRequest request) {
    int size = picks.length;
    if (size == 0) {
      return -1;
    }
    int index = 0;
    // Few are excluded, so the first try nearly always finds one.
    for (int i = 0; i < RANDOM_TRIES; i++) {
      index = random.nextInt(size);
      if (index != but && !isExcluded(index, request)) {
        return index;
      }
    }
    for (int i = 0; i < size; i++) {
      int next = (index + i) % size;
      if (next != but && !isExcluded(next, request)) {
        return next;
      }
    }
    return -1;
  }

  /** What a pick answers when no candidate is left. */
  PickResult none() {
    return none;
  }

  /** The first candidate at or after {@code start}, in the rotation, that the request allows. */
  PickResult firstAllowed(int start, PickRequest request) {
    for (int i = 0; i < picks.length; i++) {
      int index = (start + i) % picks.length;
      if (!isExcluded(index, request)) {
        return picks[index];
      }
    }
    return none;
  }

  /**
   * The rotation that starts at {@code start}, without what the request excludes, each with a
   * reason.
   */
  List<RankedEndpoint> rotation(int start, PickRequest request, String reason) {
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
