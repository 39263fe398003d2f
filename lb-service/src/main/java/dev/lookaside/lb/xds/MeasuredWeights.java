package dev.lookaside.lb.xds;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.EndpointLoad.Known;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.policy.weighted.EndpointWeight;
import dev.lookaside.core.policy.weighted.WeightSettings;
import dev.lookaside.core.time.Ticker;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Weights from what was measured of each endpoint: for policies that look at load, the calls that
 * it can serve in a second, which is its capacity by its service time; for weighted round robin,
 * gRFC A58's. All others spread evenly.
 */
public final class MeasuredWeights implements EndpointWeights {
  private final LoadView loads;
  private final Ticker ticker;
  private final EndpointWeight reported = new EndpointWeight(WeightSettings.defaults());

  public MeasuredWeights(LoadView loads, Ticker ticker) {
    this.loads = loads;
    this.ticker = ticker;
  }

  @Override
  public double[] of(ServiceSnapshot service, List<Endpoint> endpoints) {
    long now = ticker.nanos();
    return endpoints.stream().mapToDouble(weight(Treatment.of(service.policy()), now)).toArray();
  }

  private ToDoubleFunction<Endpoint> weight(Treatment treatment, long now) {
    return switch (treatment) {
      case IN_ORDER, EVENLY, BY_KEY -> endpoint -> 1;
      case BY_SPEED -> endpoint -> speed(endpoint, now);
      case BY_UTILIZATION -> endpoint -> reported.of(loads.of(endpoint), now);
    };
  }

  private double speed(Endpoint endpoint, long now) {
    LiveLoad load = loads.of(endpoint);
    double inFlight = load.at(now) instanceof Known known ? known.expectedRequestsInFlight(now) : 0;
    return endpoint.capacity() / load.serviceTimeNanos(inFlight, now);
  }
}
