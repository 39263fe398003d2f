package dev.lookaside.client.grpc.balancing;

import java.util.ArrayList;
import java.util.List;

/** Where the attempts of one call went, so that its next one goes elsewhere. Hedges share it. */
final class TriedEndpoints {
  private volatile List<String> ids = List.of();

  /** In the order of the attempts. */
  List<String> ids() {
    return ids;
  }

  /**
   * Notes an attempt.
   *
   * @param alone a list of the endpoint's id alone, made before: nearly every call has one attempt
   */
  synchronized void add(List<String> alone) {
    if (ids.isEmpty()) {
      ids = alone;
    } else if (!ids.containsAll(alone)) {
      List<String> more = new ArrayList<>(ids);
      more.addAll(alone);
      ids = List.copyOf(more);
    }
  }
}
