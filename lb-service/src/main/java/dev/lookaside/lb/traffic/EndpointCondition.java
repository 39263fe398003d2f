package dev.lookaside.lb.traffic;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import java.util.Locale;

/** What an endpoint says of itself and what the balancer sees of it, in one word. */
public enum EndpointCondition {
  READY,
  CONNECTING,
  TRANSIENT_FAILURE,
  EJECTED,
  DRAINING;

  public static EndpointCondition of(Endpoint endpoint, ServiceSnapshot snapshot) {
    if (endpoint.state() == EndpointState.DRAINING) {
      return DRAINING;
    }
    Connectivity connectivity = snapshot.connectivityOf(endpoint);
    return switch (connectivity) {
      case READY -> snapshot.ejected().contains(endpoint.id()) ? EJECTED : READY;
      case CONNECTING -> CONNECTING;
      case TRANSIENT_FAILURE -> TRANSIENT_FAILURE;
    };
  }

  /** As metrics and the dashboard call it. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
