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
    Explained farther = far.explain(request, seed);
    Stream<RankedEndpoint> elsewhere =
        farther.ranking().stream()
            .map(r -> new RankedEndpoint(r.endpoint(), "in another zone: " + r.reason()));
    return decided(nearest, farther)
        .ranked(Stream.concat(nearest.ranking().stream(), elsewhere).toList());
  }

  private Explained decided(Explained nearest, Explained farther) {
    if (nearest.chosen().isEmpty()) {
      return farther.because("nobody in the zone: " + farther.rule());
    }
    long now = ticker.nanos();
    double use = use(nearest.chosen().get(), now);
    if (!(use > spillAbove)) {
      return nearest.because("in the zone: " + nearest.rule());
    }
    return farther.chosen().filter(endpoint -> use(endpoint, now) < use).isPresent()
        ? farther.because("the zone is full: " + farther.rule())
        : nearest.because("in the zone, which is full, as others are: " + nearest.rule());
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
}
