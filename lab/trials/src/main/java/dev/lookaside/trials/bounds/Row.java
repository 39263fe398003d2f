package dev.lookaside.trials.bounds;

import dev.lookaside.trials.bounds.misdeed.Misdeed;

/**
 * One kind of bad peer, and what it once did to a heap of 256 MB.
 *
 * @param does in words
 * @param before there were bounds
 * @param victim whose other peers are watched
 */
record Row(
    String name,
    String does,
    String before,
    Victim victim,
    Registry registry,
    Misdeed misdeed,
    Scene scene) {

  /** The process that the peer is after; its other peers ask it for what it is there for. */
  enum Victim {
    BALANCER,
    WORKER
  }

  /** Where registrations are. */
  enum Registry {
    EMBEDDED,
    ETCD
  }
}
