package dev.lookaside.etcd.embedded.junit;

import java.net.URI;

/** An etcd that runs for a test; closing it, any number of times, ends it and leaves nothing. */
public sealed interface EtcdServer extends AutoCloseable
    permits EtcdProcess, EtcdContainer, EtcdInProcess {

  /** Where clients connect; stays the same over restarts. */
  URI clientUri();

  @Override
  void close();

  /** Starts the most real etcd that this machine offers. */
  static EtcdServer start() {
    if (Requirement.ETCD.met()) {
      return EtcdProcess.start();
    }
    return Requirement.DOCKER.met() ? EtcdContainer.start() : EtcdInProcess.start();
  }
}
