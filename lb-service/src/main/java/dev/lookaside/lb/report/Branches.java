package dev.lookaside.lb.report;

import dev.lookaside.core.policy.Policies;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The outcomes of calls by the part of a blend that picked, so that parts can be compared. Only for
 * picks of this balancer: who subscribes picks by itself.
 */
public final class Branches {
  private final MeterRegistry meters;
  private final Map<String, Map<String, Branch>> services = new ConcurrentHashMap<>();

  public Branches(MeterRegistry meters) {
    this.meters = meters;
  }

  /** The parts of this policy, and those that picked before: their calls may still end. */
  List<String> partsOf(String service, String policy) {
    Map<String, Branch> known = services.getOrDefault(service, Map.of());
    List<String> parts = Policies.partsOf(policy);
    if (parts.size() > 1) {
      Map<String, Branch> all =
          services.computeIfAbsent(service, name -> new ConcurrentHashMap<>());
      parts.forEach(part -> all.computeIfAbsent(part, name -> Branch.of(meters, service, name)));
      return List.copyOf(all.keySet());
    }
    return List.copyOf(known.keySet());
  }

  /** The part's account; the part must be one of those that {@link #partsOf} names. */
  Branch of(String service, String part) {
    return services
        .computeIfAbsent(service, name -> new ConcurrentHashMap<>())
        .computeIfAbsent(part, name -> Branch.of(meters, service, name));
  }

  /** In order of name; none of a service that never had a blend. */
  public List<BranchStatus> status(String service) {
    return new TreeMap<>(services.getOrDefault(service, Map.of()))
        .entrySet().stream().map(entry -> entry.getValue().status(entry.getKey())).toList();
  }

  /** Forgets services; their meters go with all others of theirs. */
  public void forget(Set<String> gone) {
    services.keySet().removeAll(gone);
  }
}
