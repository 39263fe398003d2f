package dev.lookaside.lb.rpc;

import dev.lookaside.core.witness.Reporter;

/** One connection to this balancer: who speaks on it. Made with the connection, gone with it. */
public final class Peer {
  private final Reporter reporter;

  Peer(String origin) {
    this.reporter = new Reporter(origin);
  }

  public Reporter reporter() {
    return reporter;
  }

  /** Notes that the connection is gone. */
  void leave() {
    reporter.leave();
  }
}
