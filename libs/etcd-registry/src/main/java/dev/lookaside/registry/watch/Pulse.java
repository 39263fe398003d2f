package dev.lookaside.registry.watch;

import java.time.Duration;

/**
 * Whether the way to etcd answers requests for progress. etcd's grpc-proxy swallows them, so a
 * watch through it is silent while nothing changes: there, silence says nothing, and the full reads
 * that are made anyway are the only sign of life. Two watches in a row that never answered show it;
 * one answer shows the contrary.
 *
 * <p>A member that hangs answers no full read either, so it is found out as before.
 */
final class Pulse {
  private static final int PROOF = 2;

  private final RegistryWatchSettings settings;
  private int silentWatches;

  Pulse(RegistryWatchSettings settings) {
    this.settings = settings;
  }

  void answered() {
    silentWatches = 0;
  }

  /** A watch ended for its silence. */
  void silent(OpenWatch watch) {
    if (!watch.hasAnswered()) {
      silentWatches = Math.min(PROOF, silentWatches + 1);
    }
  }

  boolean isExpected() {
    return silentWatches < PROOF;
  }

  /** The time between full reads; where they are the only sign of life, below the silence. */
  Duration readEvery() {
    Duration often = settings.silence().multipliedBy(2).dividedBy(3);
    return isExpected() || often.compareTo(settings.rangeEvery()) > 0
        ? settings.rangeEvery()
        : often;
  }
}
