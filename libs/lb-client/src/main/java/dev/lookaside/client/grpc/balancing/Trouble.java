package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.Completion.Ending;

/** Hears of calls that an endpoint failed or refused, on the threads on which they end. */
@FunctionalInterface
interface Trouble {

  void at(Endpoint endpoint, Ending ending, long nowNanos);
}
