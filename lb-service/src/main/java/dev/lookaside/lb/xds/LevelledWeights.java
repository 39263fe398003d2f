package dev.lookaside.lb.xds;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.control.ControlSettings;
import dev.lookaside.core.control.Controlled;
import dev.lookaside.core.control.ControlledWeights;
import dev.lookaside.core.control.WeightController;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.Incarnation;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Weights in a closed loop for policies that look at load: they move until all endpoints of the
 * service are utilized alike ({@link WeightController}). Other policies have other weights.
 *
 * <p>A step is taken once in a period; meanwhile, who comes or goes changes the weights of no one
 * else. For one thread at a time.
 */
public final class LevelledWeights implements EndpointWeights {
  /** A service that nobody asked for as many periods is forgotten. */
  private static final int REMEMBERED_PERIODS = 100;

  private final WeightController controller = new WeightController(ControlSettings.defaults());
  private final EndpointWeights others;
  private final LoadView loads;
  private final long periodNanos;
  private final Ticker ticker;
  private final Map<String, Levelled> services = new HashMap<>();
  private long forgotAtNanos;

  private record Levelled(ControlledWeights weights, long steppedAtNanos) {}

  /**
   * @param others for policies that do not look at load
   */
  public LevelledWeights(EndpointWeights others, LoadView loads, Duration period, Ticker ticker) {
    this.others = others;
    this.loads = loads;
    this.periodNanos = period.toNanos();
    this.ticker = ticker;
    this.forgotAtNanos = ticker.nanos();
  }

  @Override
  public double[] of(ServiceSnapshot service, List<Endpoint> endpoints) {
    if (Treatment.of(service.policy()) != Treatment.BY_SPEED) {
      return others.of(service, endpoints);
    }
    long now = ticker.nanos();
    forgetTheUnused(now);
    ControlledWeights weights = weights(service.registered().service(), endpoints, now);
    return endpoints.stream()
        .mapToDouble(endpoint -> weights.of(Incarnation.of(endpoint)))
        .toArray();
  }

  private ControlledWeights weights(String name, List<Endpoint> endpoints, long now) {
    Levelled before = services.getOrDefault(name, new Levelled(ControlledWeights.NONE, now));
    boolean isDue = now - before.steppedAtNanos() >= periodNanos;
    if (!isDue && before.weights().endpoints().equals(incarnations(endpoints))) {
      return before.weights();
    }
    List<Controlled> controlled =
        endpoints.stream()
            .map(endpoint ->
                isDue
                    ? Controlled.of(endpoint, loads.of(endpoint), now)
                    : Controlled.unread(endpoint))
            .toList();
    ControlledWeights weights = controller.step(before.weights(), controlled);
    services.put(name, new Levelled(weights, isDue ? now : before.steppedAtNanos()));
    return weights;
  }

  private static Set<Incarnation> incarnations(List<Endpoint> endpoints) {
    return endpoints.stream().map(Incarnation::of).collect(Collectors.toUnmodifiableSet());
  }

  private void forgetTheUnused(long now) {
    long most = REMEMBERED_PERIODS * periodNanos;
    if (now - forgotAtNanos > most) {
      forgotAtNanos = now;
      services.values().removeIf(service -> now - service.steppedAtNanos() > most);
    }
  }
}
