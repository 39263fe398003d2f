package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Address;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Why each balancer failed when it was last tried, for one line of a message. */
final class Recent {
  private static final int MOST_SHOWN = 5;

  private final Map<Address, String> reasons = new LinkedHashMap<>();

  void add(Address address, String reason) {
    reasons.remove(address);
    reasons.put(address, reason.strip());
  }

  void clear() {
    reasons.clear();
  }

  @Override
  public String toString() {
    String shown =
        reasons.entrySet().stream()
            .limit(MOST_SHOWN)
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining("; "));
    return reasons.size() > MOST_SHOWN
        ? shown + "; and %d more".formatted(reasons.size() - MOST_SHOWN)
        : shown;
  }
}
