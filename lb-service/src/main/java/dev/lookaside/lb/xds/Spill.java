package dev.lookaside.lb.xds;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.xds.Fleet.Member;
import dev.lookaside.lb.xds.Fleet.Place;
import java.util.List;

/**
 * What part of the calls has no room near and goes far.
 *
 * <pre>
 * spilled = (demand − room near) / demand, at most what far members have of all capacity
 * </pre>
 *
 * where demand is what all members have in flight. An endpoint of unknown load has no demand, and
 * so draws no spill.
 */
final class Spill {
  private final LoadView loads;
  private final Ticker ticker;

  Spill(LoadView loads, Ticker ticker) {
    this.loads = loads;
    this.ticker = ticker;
  }

  /**
   * @param above requests in flight per capacity from which near members count as full
   */
  double of(List<Member> members, double above) {
    double near = capacity(members, Place.NEAR);
    double far = capacity(members, Place.FAR);
    double demand = members.stream().mapToDouble(member -> inFlight(member.endpoint())).sum();
    double room = near * above;
    if (near == 0 || far == 0 || demand <= room) {
      return 0;
    }
    return Math.min((demand - room) / demand, far / (near + far));
  }

  private static double capacity(List<Member> members, Place place) {
    return members.stream()
        .filter(member -> member.place() == place)
        .mapToDouble(member -> member.endpoint().capacity())
        .sum();
  }

  private double inFlight(Endpoint endpoint) {
    long now = ticker.nanos();
    return loads.of(endpoint).at(now) instanceof Known known
        ? known.expectedRequestsInFlight(now)
        : 0;
  }
}
