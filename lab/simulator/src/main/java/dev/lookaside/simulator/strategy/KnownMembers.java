package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.Fleet;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;

/** Which servers a reference without inside knowledge takes to be up: as late as a balancer. */
final class KnownMembers {
  private final Fleet fleet;
  private int[] up = {};

  KnownMembers(Fleet fleet) {
    this.fleet = fleet;
    refresh();
  }

  /** Learns the present state of all. */
  void refresh() {
    up = fleet.members().stream().filter(Member::isUp).mapToInt(Member::index).toArray();
  }

  int count() {
    return up.length;
  }

  int at(int place) {
    return up[place];
  }

  boolean hasFailed(int place, Request request) {
    return !request.failedOn.isEmpty() && request.failedOn.contains(fleet.member(up[place]).id());
  }

  /** Whether the server at a place may be chosen. */
  @FunctionalInterface
  interface Wanted {
    boolean at(int place);
  }

  /** Those that have not failed the request, or all if all have. */
  Wanted wanted(Request request) {
    if (request.failedOn.isEmpty()) {
      return place -> true;
    }
    for (int place = 0; place < up.length; place++) {
      if (!hasFailed(place, request)) {
        return candidate -> !hasFailed(candidate, request);
      }
    }
    return place -> true;
  }

  /** The first one from a place on, in a ring, that has not failed the request; else that place. */
  int notFailed(int from, Request request) {
    for (int i = 0; i < up.length; i++) {
      int place = (from + i) % up.length;
      if (!hasFailed(place, request)) {
        return up[place];
      }
    }
    return up.length == 0 ? Strategy.NONE : up[from];
  }
}
