package dev.lookaside.simulator.strategy;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.simulator.fleet.Fleet;
import dev.lookaside.simulator.fleet.Request;
import java.time.Duration;

/** What servers answer to probes by RPC, and how long an answer takes. */
final class ServerProbes {
  /** Within a data centre, with what the server takes to answer. */
  private static final Duration ROUND_TRIP = Duration.ofMillis(1);

  private final Fleet fleet;
  private final Ticker ticker;
  private final Duration network;
  private final LatencyByLoad[] latencies;

  ServerProbes(World world) {
    this.fleet = world.fleet();
    this.ticker = world.agenda();
    this.network = world.scenario().network().clientWorker().delay().multipliedBy(2);
    this.latencies = new LatencyByLoad[fleet.size()];
    for (int i = 0; i < latencies.length; i++) {
      latencies[i] = new LatencyByLoad();
    }
  }

  /** How long it takes from a question to its answer: a millisecond, or the network's own delay. */
  Duration roundTrip() {
    return network.compareTo(ROUND_TRIP) > 0 ? network : ROUND_TRIP;
  }

  /** Notes that a server has answered a request. */
  void answered(Request request) {
    latencies[request.server].add(
        request.inFlightOnArrival,
        (double) (request.finishedNanos - request.reachedNanos),
        ticker.nanos());
  }

  int inFlight(int server) {
    return fleet.member(server).server().inFlight();
  }

  /** The latency to expect there now, in nanoseconds; not a number if nothing is known. */
  double latencyNanos(int server) {
    return latencies[server].expected(inFlight(server), ticker.nanos());
  }
}
