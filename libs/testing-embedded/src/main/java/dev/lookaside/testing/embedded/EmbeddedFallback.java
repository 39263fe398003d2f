package dev.lookaside.testing.embedded;

import dev.lookaside.testing.etcd.EtcdFallback;
import dev.lookaside.testing.etcd.EtcdServer;

/** Lets tests find the embedded etcd where there is no real one. */
public final class EmbeddedFallback implements EtcdFallback {
  @Override
  public EtcdServer start() {
    return EtcdInProcess.start();
  }
}
