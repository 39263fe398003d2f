package dev.lookaside.etcd.embedded;

import dev.lookaside.testing.etcd.EtcdContainer;
import dev.lookaside.testing.etcd.RequiresDocker;

@RequiresDocker
class EtcdContainerContractTest extends EtcdContract {

  EtcdContainerContractTest(EtcdContainer etcd) {
    super(etcd.clientUri());
  }
}
