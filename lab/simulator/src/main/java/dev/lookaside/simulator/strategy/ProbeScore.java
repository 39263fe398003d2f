package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.Request;

/** How a client ranks the answers to its probes; it may learn from what it sends. */
interface ProbeScore {

  double of(int client, int server, double inFlight, double latencyNanos);

  default void answered(int client, int server, double inFlight, double latencyNanos) {}

  default void sent(Request request, int server) {}

  default void left(Request request, double latencyNanos) {}
}
