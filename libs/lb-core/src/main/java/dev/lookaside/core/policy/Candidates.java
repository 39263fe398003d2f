package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The endpoints of one table with their loads and their results, made once so that a pick allocates
 * nothing.
 */
final class Candidates {
  private static final PickResult ALL_EXCLUDED =
      new PickResult.Unavailable("every endpoint is excluded by the request");

  private final PickResult.Picked[] picks;
  // Beside the picks, so that a scan of loads touches nothing else.
  private final LiveLoad[] loads;
  private final PickResult none;

  Candidates(EndpointTable table, LoadView loads) {
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

  boolean isExcluded(int index, PickRequest request) {
    return !request.excludedIds().isEmpty()
        && request.excludedIds().contains(picks[index].endpoint().id());
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
