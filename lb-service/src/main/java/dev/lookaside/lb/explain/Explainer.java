package dev.lookaside.lb.explain;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.EndpointLoad;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.policy.Explained;
import dev.lookaside.core.policy.Moment.Seen;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.RankedEndpoint;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.traffic.EndpointCondition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Makes the decision that a pick would make, and says from what it follows. Counts nothing. */
public final class Explainer {
  private final LoadView loads;
  private final Ticker ticker;
  private final InstantSource clock;

  public Explainer(LoadView loads, Ticker ticker, InstantSource clock) {
    this.loads = loads;
    this.ticker = ticker;
    this.clock = clock;
  }

  /**
   * What a pick would be now.
   *
   * @param seed where chance comes from
   */
  public Explanation explain(
      ServiceSnapshot snapshot, PickArgs request, long seed, String clientId) {
    Explained decision = snapshot.picker().explain(request, seed);
    return new Explanation(
        snapshot.registered().service(),
        clock.instant(),
        snapshot.registered().version(),
        snapshot.policy(),
        clientId,
        decision,
        considered(snapshot, decision));
  }

  private List<Considered> considered(ServiceSnapshot snapshot, Explained decision) {
    Map<String, Integer> places = new HashMap<>();
    List<Seen> seen = decision.moment().seen();
    for (int place = 0; place < seen.size(); place++) {
      places.put(seen.get(place).endpoint().id(), place);
    }
    Map<String, Endpoint> left = new TreeMap<>();
    snapshot.registered().endpoints().forEach(endpoint -> left.put(endpoint.id(), endpoint));
    List<Considered> all = new ArrayList<>();
    for (RankedEndpoint ranked : decision.ranking()) {
      if (left.remove(ranked.endpoint().id()) != null) {
        all.add(one(ranked.endpoint(), ranked.reason(), snapshot, decision, places));
      }
    }
    left.values().forEach(other -> all.add(one(other, "", snapshot, decision, places)));
    return all;
  }

  private Considered one(
      Endpoint endpoint,
      String reason,
      ServiceSnapshot snapshot,
      Explained decision,
      Map<String, Integer> places) {
    LiveLoad live = loads.of(endpoint);
    long now = ticker.nanos();
    EndpointLoad load = live.at(now);
    double latency = live.latencies().meanNanos(now);
    int place = places.getOrDefault(endpoint.id(), -1);
    Optional<Seen> seen =
        place < 0 ? Optional.empty() : Optional.of(decision.moment().seen().get(place));
    return new Considered(
        endpoint,
        place,
        standing(endpoint, seen, snapshot, decision.moment().request()),
        reason,
        seen.map(Seen::values).orElseGet(TreeMap::new),
        LoadStatus.of(load, now),
        load instanceof EndpointLoad.Known known
            ? OptionalDouble.of(known.expectedRequestsInFlight(now))
            : OptionalDouble.empty(),
        Double.isNaN(latency) ? Optional.empty() : Optional.of(Duration.ofNanos((long) latency)));
  }

  private static String standing(
      Endpoint endpoint, Optional<Seen> seen, ServiceSnapshot snapshot, PickArgs request) {
    if (request.excludedIds().contains(endpoint.id())) {
      return Considered.EXCLUDED;
    }
    if (seen.isPresent()) {
      return seen.get().atCeiling() ? Considered.AT_CEILING : Considered.OPEN;
    }
    EndpointCondition condition = EndpointCondition.of(endpoint, snapshot);
    if (condition == EndpointCondition.READY) {
      return endpoint.weight() == 0 ? "weight_0" : "other_zone";
    }
    return condition.name().toLowerCase(Locale.ROOT);
  }
}
