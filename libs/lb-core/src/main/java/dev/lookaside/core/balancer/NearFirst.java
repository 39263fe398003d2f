package dev.lookaside.core.balancer;

import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.LiveLoad;
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
record NearFirst(Picker near, Picker far, double spillAbove, Ticker ticker) implements Picker {

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

  /** Requests in flight per capacity with one more; unknown is not a number. */
  private static double use(Picked picked, long now) {
    return picked.load().at(now) instanceof Known known
        ? (known.expectedRequestsInFlight(now) + 1) / picked.endpoint().capacity()
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
