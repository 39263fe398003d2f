package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.Request;

/** Balancers that take turns by the same weights, each for itself. */
final class SharedTurns {
  private final KnownMembers members;
  private final SmoothWeights[] ofBalancers;

  SharedTurns(World world, KnownMembers members) {
    this.members = members;
    this.ofBalancers = new SmoothWeights[world.scenario().balancers().count()];
    for (int balancer = 0; balancer < ofBalancers.length; balancer++) {
      ofBalancers[balancer] = new SmoothWeights(world.fleet().size());
    }
  }

  int pick(Request request) {
    return ofBalancers[request.balancer].next(members, members.wanted(request));
  }

  double weight(int server) {
    return ofBalancers[0].weight(server);
  }

  void weight(int server, double weight) {
    for (SmoothWeights turns : ofBalancers) {
      turns.weight(server, weight);
    }
  }
}
