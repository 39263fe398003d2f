package dev.lookaside.lb.pick;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.policy.PickResult;
import java.time.Instant;

/**
 * One decision, kept as it was taken; words are made of it only when somebody reads it.
 *
 * @param ready how many of the registered endpoints could be picked
 */
public record Decision(
    long atMillis,
    String service,
    String clientId,
    PickResult result,
    String policy,
    int ready,
    int registered) {

  /** The decision that {@code snapshot} led to. */
  public static Decision of(
      long atMillis, String clientId, PickResult result, ServiceSnapshot snapshot) {
    EndpointTable registered = snapshot.registered();
    return new Decision(
        atMillis,
        registered.service(),
        clientId,
        result,
        snapshot.policy(),
        snapshot.eligible().size(),
        registered.size());
  }

  public Instant at() {
    return Instant.ofEpochMilli(atMillis);
  }

  /**
   * One line, such as {@code pick service=worker client=c1 -> w2 10.0.0.2:50053 (ll, 3 of 3
   * ready)}.
   */
  @Override
  public String toString() {
    return "pick service=%s client=%s -> %s (%s, %d of %d ready)"
        .formatted(service, printable(clientId), outcome(), policy, ready, registered);
  }

  private String outcome() {
    if (result instanceof PickResult.Picked picked) {
      Endpoint endpoint = picked.endpoint();
      return endpoint.id() + " " + endpoint.address();
    }
    return "nothing";
  }

  /** What a client calls itself is free text, and must not be able to forge a line. */
  private static String printable(String text) {
    return text.isEmpty() ? "-" : text.replaceAll("[\\p{Cntrl}\\s]", "?");
  }
}
