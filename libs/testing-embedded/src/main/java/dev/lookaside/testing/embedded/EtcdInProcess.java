package dev.lookaside.testing.embedded;

import dev.lookaside.etcd.embedded.EmbeddedEtcd;
import dev.lookaside.testing.etcd.EtcdServer;
import java.net.URI;

/** The embedded etcd, in the JVM of the test. */
final class EtcdInProcess implements EtcdServer {
  private final EmbeddedEtcd etcd;

  private EtcdInProcess(EmbeddedEtcd etcd) {
    this.etcd = etcd;
  }

  static EtcdServer start() {
    return new EtcdInProcess(EmbeddedEtcd.builder().build().start());
  }

  @Override
  public URI clientUri() {
    return etcd.clientUri();
  }

  @Override
  public void close() {
    etcd.close();
  }

  @Override
  public String toString() {
    return "embedded etcd at " + clientUri();
  }
}
