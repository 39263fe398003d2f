package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.fleet.LoadSample;
import dev.lookaside.simulator.fleet.Member;
import dev.lookaside.simulator.fleet.Request;
import org.jspecify.annotations.Nullable;

/** Chooses the server of each request; learns only what it is told, unless it is a reference. */
public interface Strategy {
  /** There is no server to choose: the attempt has failed. */
  int NONE = -1;

  /** No server yet: the strategy keeps the request and gives it back by {@link #next}. */
  int WAIT = -2;

  /** Where servers are chosen. */
  enum Place {
    /** The client asks a balancer first. */
    BALANCER,
    /** The client chooses for itself. */
    CLIENT
  }

  /** Where this one chooses. */
  default Place place() {
    return Place.BALANCER;
  }

  /** The index of a server, {@link #NONE} or {@link #WAIT}. */
  int pick(Request request);

  /** Takes a load report that has arrived at a balancer. */
  default void reported(int balancer, LoadSample sample) {}

  /**
   * Takes the end of an attempt that was sent to a server, as the client itself sees it, whether or
   * not it tells a balancer.
   */
  default void left(Request request, Outcome.Status status) {}

  /** Takes what a client says of the end of an attempt. */
  default void ended(Outcome outcome) {}

  /** Takes the change of a server's presence, once it is known. */
  default void changed(Member member) {}

  /** A waiting request for a server that has got room, or null. */
  default @Nullable Request next(Member member) {
    return null;
  }

  /** Forgets a waiting request. */
  default void withdraw(Request request) {}

  /** How many times a server was left out because it failed. */
  default int ejections() {
    return 0;
  }
}
