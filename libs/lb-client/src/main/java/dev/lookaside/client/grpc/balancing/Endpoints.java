package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;

/** What an endpoint says of itself. */
final class Endpoints {

  private Endpoints() {}

  static boolean takesCalls(Endpoint endpoint) {
    return endpoint.state() == EndpointState.READY && endpoint.weight() > 0;
  }
}
