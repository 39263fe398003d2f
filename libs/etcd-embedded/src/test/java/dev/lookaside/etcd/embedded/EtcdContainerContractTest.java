package dev.lookaside.etcd.embedded;

import dev.lookaside.etcd.embedded.junit.EtcdContainer;
import dev.lookaside.etcd.embedded.junit.RequiresDocker;

@RequiresDocker
class EtcdContainerContractTest extends EtcdContract {

  EtcdContainerContractTest(EtcdContainer etcd) {
    super(etcd);
  }
}
