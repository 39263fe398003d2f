package dev.lookaside.core.balancer;

import static dev.lookaside.core.endpoint.EndpointState.DRAINING;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.policy.Picker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Everything about one service at one moment.
 *
 * @param registered every registered endpoint
 * @param connectivity of the registered endpoints, by id; one that is missing is CONNECTING
 * @param eligible those that may be picked: READY by their own word, of weight above 0, reached by
 *     the balancer, and not ejected
 * @param policy the name of the policy that made the picker
 * @param picker picks from the eligible endpoints
 * @param shadows what other policies would pick from the eligible endpoints
 * @param ejected ids of endpoints that are left out because they failed; eligible all the same when
 *     too few others are left
 * @param share what part of a full share an endpoint may have when this is asked: its manual
 *     weight, slow start and errors together; only the ratios between endpoints count
 */
public record ServiceSnapshot(
    EndpointTable registered,
    Map<String, Connectivity> connectivity,
    EndpointTable eligible,
    String policy,
    Picker picker,
    List<Shadow> shadows,
    Set<String> ejected,
    ToDoubleFunction<Endpoint> share) {

  public Connectivity connectivityOf(Endpoint endpoint) {
    return connectivity.getOrDefault(endpoint.id(), Connectivity.CONNECTING);
  }

  /** Why nothing is eligible, in words for the caller. */
  static String whyNone(EndpointTable registered) {
    if (registered.isEmpty()) {
      return "service " + registered.service() + " has no endpoint registered";
    }
    long draining = registered.endpoints().stream().filter(e -> e.state() == DRAINING).count();
    return "service %s has no endpoint ready (%d registered: %d draining, %d not reached)"
        .formatted(registered.service(), registered.size(), draining, registered.size() - draining);
  }
}
