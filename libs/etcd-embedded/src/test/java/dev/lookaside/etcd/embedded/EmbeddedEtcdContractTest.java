package dev.lookaside.etcd.embedded;

import dev.lookaside.etcd.embedded.junit.EtcdExtension;
import dev.lookaside.etcd.embedded.junit.EtcdInProcess;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EtcdExtension.class)
class EmbeddedEtcdContractTest extends EtcdContract {

  EmbeddedEtcdContractTest(EtcdInProcess etcd) {
    super(etcd);
  }
}
