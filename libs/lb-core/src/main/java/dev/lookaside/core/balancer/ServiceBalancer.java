package dev.lookaside.core.balancer;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.policy.PickRequest;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.Policy;
import java.util.HashMap;
import java.util.Map;

/**
 * The balancer of one service: holds the current picker in one volatile and swaps it when the
 * table, the policy or an endpoint's connectivity changes.
 *
 * <p>Any thread may bring a change; picks never wait for one. Changes that come while others are
 * being applied share one new picker, so that ten thousand endpoints connecting at once do not
 * build ten thousand pickers.
 */
public final class ServiceBalancer {

  private record Link(String incarnation, Connectivity connectivity) {}

  private final LoadView loads;
  private final SerialChanges changes = new SerialChanges(this::publish);

  // Written by changes only, so by one thread at a time.
  private final Map<String, Link> links = new HashMap<>();
  private Policy policy;
  private EndpointTable registered;

  private volatile ServiceSnapshot current;

  public ServiceBalancer(String service, Policy policy, LoadView loads) {
    this.loads = loads;
    this.policy = policy;
    this.registered = EndpointTable.empty(service);
    this.current = makeSnapshot(registered, links, policy, loads);
  }

  /** Picks from the endpoints that are eligible now, and notes the dispatch. */
  public PickResult pick(PickRequest request) {
    PickResult result = current.picker().pick(request);
    if (result instanceof PickResult.Picked picked) {
      picked.load().dispatched();
    }
    return result;
  }

  /** The state that picks see now. */
  public ServiceSnapshot snapshot() {
    return current;
  }

  /** Takes a new table; what was known of the connectivity of endpoints that stay is kept. */
  public void update(EndpointTable table) {
    if (!table.service().equals(current.registered().service())) {
      throw new IllegalArgumentException(
          "table is of service %s (expected: %s)"
              .formatted(table.service(), current.registered().service()));
    }
    changes.apply(() -> {
      registered = table;
      links.keySet().removeIf(id -> table.find(id).isEmpty());
    });
  }

  /**
   * Notes whether an endpoint can be reached; what is said of another incarnation has no effect.
   */
  public void connectivity(Endpoint endpoint, Connectivity connectivity) {
    changes.apply(() -> links.put(endpoint.id(), new Link(endpoint.incarnation(), connectivity)));
  }

  /** Picks by another policy from now on. */
  public void use(Policy newPolicy) {
    changes.apply(() -> policy = newPolicy);
  }

  private void publish() {
    current = makeSnapshot(registered, links, policy, loads);
  }

  private static ServiceSnapshot makeSnapshot(
      EndpointTable registered, Map<String, Link> links, Policy policy, LoadView loads) {
    Map<String, Connectivity> connectivity = new HashMap<>();
    for (Endpoint endpoint : registered.endpoints()) {
      Link link = links.get(endpoint.id());
      if (link != null && link.incarnation().equals(endpoint.incarnation())) {
        connectivity.put(endpoint.id(), link.connectivity());
      }
    }
    EndpointTable eligible =
        registered.only(endpoint ->
            endpoint.state() == EndpointState.READY
                && connectivity.get(endpoint.id()) == Connectivity.READY);
    Picker picker =
        eligible.isEmpty()
            ? new NothingToPick(new PickResult.Unavailable(ServiceSnapshot.whyNone(registered)))
            : policy.newPicker(eligible, loads);
    return new ServiceSnapshot(
        registered, Map.copyOf(connectivity), eligible, policy.name(), picker);
  }
}
