package dev.lookaside.core.balancer;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.time.Ticker;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which endpoints of one service may be picked, and what share each may have. For one thread at a
 * time.
 *
 * <pre>
 * eligible = takes new calls, weight above 0, reached, and not ejected (unless too few are left)
 * share    = manual weight · slow start · error guard
 * </pre>
 */
final class Eligibility {
  private final TrafficSettings settings;
  private final LoadView loads;
  private final Links links;
  private final Optional<OutlierDetector> outliers;
  private int usableCount;

  Eligibility(TrafficSettings settings, LoadView loads, Ticker ticker) {
    this.settings = settings;
    this.loads = loads;
    this.links = new Links(settings.slowStart().window());
    this.outliers = settings.outliers().map(o -> new OutlierDetector(o, loads, ticker.nanos()));
  }

  Links links() {
    return links;
  }

  /** Takes note of who is registered. */
  void update(EndpointTable registered) {
    links.update(registered);
    outliers.ifPresent(o -> o.retain(registered.endpoints()));
  }

  EndpointTable of(EndpointTable registered) {
    EndpointTable usable = registered.only(this::isUsable);
    EndpointTable healthy = usable.only(endpoint -> !isEjected(endpoint));
    usableCount = usable.size();
    // One that was not tried yet is no bad one: at the start nearly all are such.
    long tried =
        registered.endpoints().stream()
            .filter(e -> e.takesCalls() && links.connectivity(e) != Connectivity.CONNECTING)
            .count();
    return healthy.size() < settings.panicThreshold() * tried || healthy.isEmpty()
        ? usable
        : healthy;
  }

  Set<String> ejected(EndpointTable registered) {
    return registered.endpoints().stream()
        .filter(this::isEjected)
        .map(Endpoint::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The shares that are not full, by id. */
  Map<String, Double> reducedShares(EndpointTable registered, long nowNanos) {
    Map<String, Double> reduced = new HashMap<>();
    for (Endpoint endpoint : registered.endpoints()) {
      double share = share(endpoint, nowNanos);
      if (share != 1) {
        reduced.put(endpoint.id(), share);
      }
    }
    return reduced;
  }

  private double share(Endpoint endpoint, long nowNanos) {
    double guard =
        settings.outliers().isPresent() ? ErrorGuard.share(loads.of(endpoint), nowNanos) : 1;
    return endpoint.weight()
        * settings.slowStart().share(links.readyForNanos(endpoint, nowNanos))
        * guard;
  }

  /** Judges all; says whether other endpoints than before are eligible. */
  boolean sweep(EndpointTable registered, long nowNanos) {
    if (outliers.isEmpty()) {
      return false;
    }
    OutlierDetector.Swept swept =
        outliers.get().sweep(registered.only(this::isUsable).endpoints(), nowNanos);
    swept.returned().forEach(endpoint -> links.returned(endpoint, nowNanos));
    return !swept.isNothing();
  }

  /** Ends the ejection of an endpoint before its time; says whether there was one. */
  boolean letBack(Endpoint endpoint, long nowNanos) {
    boolean wasEjected = isEjected(endpoint);
    if (wasEjected) {
      outliers.ifPresent(o -> o.letBack(endpoint));
      links.returned(endpoint, nowNanos);
    }
    return wasEjected;
  }

  /** Judges one endpoint by its errors in a row; says whether it is ejected now. */
  boolean judge(Endpoint endpoint, long nowNanos) {
    return isUsable(endpoint)
        && outliers.filter(o -> o.judge(endpoint, usableCount, nowNanos)).isPresent();
  }

  /** Whether an endpoint's errors in a row are a reason to judge at once. Any thread may ask. */
  boolean isDue(Endpoint endpoint) {
    return outliers.filter(o -> o.isDue(loads.of(endpoint))).isPresent();
  }

  private boolean isEjected(Endpoint endpoint) {
    return outliers.filter(o -> o.isEjected(endpoint)).isPresent();
  }

  private boolean isUsable(Endpoint endpoint) {
    return endpoint.takesCalls() && links.connectivity(endpoint) == Connectivity.READY;
  }
}
