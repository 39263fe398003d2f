package dev.lookaside.etcd.embedded.junit;

import dev.lookaside.etcd.embedded.EmbeddedEtcd;
import java.net.URI;

/** The embedded etcd, in the JVM of the test. */
public final class EtcdInProcess implements EtcdServer {
  private final EmbeddedEtcd etcd;

  private EtcdInProcess(EmbeddedEtcd etcd) {
    this.etcd = etcd;
  }

  public static EtcdInProcess start() {
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
