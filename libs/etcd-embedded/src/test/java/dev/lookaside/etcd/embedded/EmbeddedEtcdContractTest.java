package dev.lookaside.etcd.embedded;

import org.junit.jupiter.api.AfterAll;

class EmbeddedEtcdContractTest extends EtcdContract {
  private static final EmbeddedEtcd ETCD = EmbeddedEtcd.builder().build().start();

  EmbeddedEtcdContractTest() {
    super(ETCD.clientUri());
  }

  @AfterAll
  static void end() {
    ETCD.close();
  }
}
