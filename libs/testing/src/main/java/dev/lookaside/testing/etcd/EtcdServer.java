package dev.lookaside.testing.etcd;

import java.net.URI;
import java.util.ServiceLoader;

/** An etcd that runs for a test; closing it, any number of times, ends it and leaves nothing. */
public interface EtcdServer extends AutoCloseable {

  /** Where clients connect; stays the same over restarts. */
  URI clientUri();

  @Override
  void close();

  /**
   * Starts the most real etcd that this machine and the class path offer.
   *
   * @throws org.opentest4j.TestAbortedException when there is none
   */
  static EtcdServer start() {
    if (Requirement.ETCD.met()) {
      return EtcdProcess.start();
    }
    if (Requirement.DOCKER.met()) {
      return EtcdContainer.start();
    }
    return ServiceLoader.load(EtcdFallback.class)
        .findFirst()
        .orElseThrow(Requirement.ETCD::skipped)
        .start();
  }
}
