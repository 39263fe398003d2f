package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.tls.CallTrouble;
import io.grpc.Status;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why there is nothing to pick, in words for the caller.
 *
 * @param source who told of the table
 */
record Absence(EndpointTable table, String source, EndpointLinks links) {
  private static final int MOST_SHOWN = 3;

  Status status() {
    return Status.UNAVAILABLE.withDescription(
        "service %s %s (as told by %s)".formatted(table.service(), what(), source));
  }

  private String what() {
    List<Endpoint> all = table.endpoints();
    if (all.isEmpty()) {
      return "has no endpoint registered";
    }
    List<Endpoint> takingCalls = all.stream().filter(Endpoint::takesCalls).toList();
    if (takingCalls.isEmpty()) {
      return "has no endpoint that takes calls (%d registered: all draining)".formatted(all.size());
    }
    return "has no endpoint that can be reached (%d registered: %s)"
        .formatted(
            all.size(),
            takingCalls.stream()
                .limit(MOST_SHOWN)
                .map(this::describe)
                .collect(Collectors.joining("; ")));
  }

  private String describe(Endpoint endpoint) {
    return endpoint.id()
        + " at "
        + endpoint.address()
        + links.find(endpoint).map(link -> ": " + CallTrouble.of(link.failure())).orElse("");
  }
}
