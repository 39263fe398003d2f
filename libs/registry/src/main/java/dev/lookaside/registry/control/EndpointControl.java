package dev.lookaside.registry.control;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import java.util.Optional;

/**
 * What operators decided of one endpoint, whichever process has its id.
 *
 * @param drained that it gets no new calls
 * @param weight that it has another weight than it registered
 */
public record EndpointControl(Optional<Origin> drained, Optional<Weighed> weight) {
  public static final EndpointControl NONE =
      new EndpointControl(Optional.empty(), Optional.empty());

  /**
   * Another weight.
   *
   * @param value 0, or a thousandth to a million, as an endpoint registers it
   */
  public record Weighed(double value, Origin origin) {
    public Weighed {
      Require.that(
          value == 0 || (value >= Endpoint.MIN_WEIGHT && value <= Endpoint.MAX_WEIGHT),
          "weight",
          value,
          "0, or " + Endpoint.MIN_WEIGHT + " to " + Endpoint.MAX_WEIGHT);
    }
  }

  public EndpointControl withDrained(Optional<Origin> newDrained) {
    return new EndpointControl(newDrained, weight);
  }

  public EndpointControl withWeight(Optional<Weighed> newWeight) {
    return new EndpointControl(drained, newWeight);
  }

  public boolean isNone() {
    return drained.isEmpty() && weight.isEmpty();
  }

  /** The endpoint as it counts. */
  Endpoint applyTo(Endpoint endpoint) {
    Endpoint weighed = weight.map(other -> endpoint.withWeight(other.value())).orElse(endpoint);
    return drained.isPresent() ? weighed.withState(EndpointState.DRAINING) : weighed;
  }
}
