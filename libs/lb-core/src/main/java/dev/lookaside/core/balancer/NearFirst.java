package dev.lookaside.core.balancer;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.policy.Explained;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.PickResult.Picked;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.RankedEndpoint;
import dev.lookaside.core.time.Ticker;
import java.util.List;
import java.util.stream.Stream;

/**
 * Picks from the near endpoints as long as they have capacity, and spills over to the far ones.
 *
 * <p>The policy names its best near endpoint. If even that is full, the zone is short of capacity,
 * and the policy names its best far endpoint; the less loaded of the two is picked. No state and no
 * delay, so nothing to oscillate. An endpoint of unknown load is not full, and draws no spill.
 */
record NearFirst(Picker near, Picker far, double spillAbove, LoadView loads, Ticker ticker)
    implements Picker {

  @Override
  public PickResult pick(PickArgs request) {
    PickResult nearest = near.pick(request);
    if (!(nearest instanceof Picked local)) {
      return far.pick(request);
    }
    long now = ticker.nanos();
    double use = use(local, now);
    if (!(use > spillAbove)) {
      return local;
    }
    PickResult farther = far.pick(request);
    return farther instanceof Picked remote && use(remote, now) < use ? remote : local;
  }

  @Override
  public Explained explain(PickArgs request, long seed) {
    Explained nearest = near.explain(request, seed);
    if (nearest.chosen().isEmpty()) {
      return farther(request, seed, "nobody in the zone: ");
    }
    long now = ticker.nanos();
    double use = use(nearest.chosen().get(), now);
    if (!(use > spillAbove)) {
      return nearest.because("in the zone: " + nearest.rule());
    }
    Explained remote = farther(request, seed, "the zone is full: ");
    return remote.chosen().filter(endpoint -> use(endpoint, now) < use).isPresent()
        ? remote
        : nearest.because("in the zone, which is full, as others are: " + nearest.rule());
  }

  private Explained farther(PickArgs request, long seed, String why) {
    Explained remote = far.explain(request, seed);
    return remote.because(why + remote.rule());
  }

  private double use(Endpoint endpoint, long now) {
    return use(loads.of(endpoint), endpoint, now);
  }

  /** Requests in flight per capacity with one more; unknown is not a number. */
  private static double use(Picked picked, long now) {
    return use(picked.load(), picked.endpoint(), now);
  }

  private static double use(LiveLoad load, Endpoint endpoint, long now) {
    return load.at(now) instanceof Known known
        ? (known.expectedRequestsInFlight(now) + 1) / endpoint.capacity()
        : LiveLoad.UNKNOWN;
  }

  @Override
  public List<RankedEndpoint> rank(PickArgs request) {
    return Stream.concat(
            near.rank(request).stream(),
            far.rank(request).stream()
                .map(r -> new RankedEndpoint(r.endpoint(), "in another zone: " + r.reason())))
        .toList();
  }
}
