package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.Request;

/** How many requests each client has at each server, as the client itself knows. */
final class ClientCounts {
  private final int[][] inFlight;

  ClientCounts(World world) {
    this.inFlight = new int[world.scenario().client().count()][world.fleet().size()];
  }

  int of(int client, int server) {
    return inFlight[client][server];
  }

  void sent(Request request, int server) {
    if (server >= 0) {
      inFlight[request.client][server]++;
    }
  }

  void left(Request request) {
    inFlight[request.client][request.server]--;
  }
}
