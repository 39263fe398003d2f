package dev.lookaside.registry.control;

import static java.util.Objects.requireNonNullElse;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that operators decided of one service, as one value: whoever changes it has seen all of it.
 * Immutable.
 *
 * @param policy another policy than the balancers are configured with
 * @param endpoints by id; those without a decision are not in it
 * @param lifts ejections that were lifted lately, the latest last; each balancer obeys each once
 */
public record ServiceControl(
    Optional<Chosen> policy, SortedMap<String, EndpointControl> endpoints, List<Lift> lifts) {
  public static final int MOST_ENDPOINTS = 1_000;
  public static final int MOST_LIFTS = 32;
  public static final ServiceControl NONE =
      new ServiceControl(Optional.empty(), new TreeMap<>(), List.of());

  /**
   * Another policy, by name. Which names there are is for the balancer to know: one of another
   * version may know more.
   */
  public record Chosen(String policy, Origin origin) {
    static final int LONGEST_POLICY = 128;

    public Chosen {
      Require.that(
          policy.matches("[a-z0-9_:.,]{1," + LONGEST_POLICY + "}"),
          "policy",
          policy,
          "the name of a policy");
    }
  }

  /** That an endpoint was let back which had failed. */
  public record Lift(String endpoint, Origin origin) {
    public Lift {
      Endpoint.requireName("endpoint", endpoint);
    }
  }

  public ServiceControl {
    endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
    endpoints.keySet().forEach(id -> Endpoint.requireName("endpoint", id));
    lifts = List.copyOf(lifts);
    Require.within("endpoints with a decision", endpoints.size(), 0, MOST_ENDPOINTS);
    Require.within("lifted ejections", lifts.size(), 0, MOST_LIFTS);
  }

  public EndpointControl of(String endpointId) {
    return requireNonNullElse(endpoints.get(endpointId), EndpointControl.NONE);
  }

  public ServiceControl withPolicy(Optional<Chosen> newPolicy) {
    return new ServiceControl(newPolicy, endpoints, lifts);
  }

  public ServiceControl with(String endpointId, EndpointControl control) {
    SortedMap<String, EndpointControl> changed = new TreeMap<>(endpoints);
    if (control.isNone()) {
      changed.remove(endpointId);
    } else {
      changed.put(endpointId, control);
    }
    return new ServiceControl(policy, changed, lifts);
  }

  /** The oldest go when there are too many. */
  public ServiceControl withLift(Lift lift) {
    List<Lift> changed = new ArrayList<>(lifts);
    changed.add(lift);
    return new ServiceControl(
        policy,
        endpoints,
        changed.subList(Math.max(0, changed.size() - MOST_LIFTS), changed.size()));
  }

  public boolean isNone() {
    return policy.isEmpty() && endpoints.isEmpty() && lifts.isEmpty();
  }

  /** Endpoints as they count, of those that registered. */
  public Collection<Endpoint> applyTo(Collection<Endpoint> registered) {
    return endpoints.isEmpty()
        ? registered
        : registered.stream().map(endpoint -> of(endpoint.id()).applyTo(endpoint)).toList();
  }
}
