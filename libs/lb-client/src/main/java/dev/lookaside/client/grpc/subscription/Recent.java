package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Address;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Why each balancer failed when it was last tried, for one line of a message. */
final class Recent {
  private static final int MOST_SHOWN = 5;

  /** Those that a client was given, and as many as it takes from a balancer, with room to spare. */
  private static final int MOST_KEPT = 256;

  private static final int LONGEST_REASON = 200;

  private final Map<Address, String> reasons =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Address, String> eldest) {
          return size() > MOST_KEPT;
        }
      };

  void add(Address address, String reason) {
    String stripped = reason.strip();
    reasons.remove(address);
    reasons.put(address, stripped.substring(0, Math.min(stripped.length(), LONGEST_REASON)));
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
