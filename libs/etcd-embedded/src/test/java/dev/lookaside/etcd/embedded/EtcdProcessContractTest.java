package dev.lookaside.etcd.embedded;

import dev.lookaside.testing.etcd.EtcdProcess;
import dev.lookaside.testing.etcd.RequiresRealEtcd;

@RequiresRealEtcd
class EtcdProcessContractTest extends EtcdContract {

  EtcdProcessContractTest(EtcdProcess etcd) {
    super(etcd.clientUri());
  }
}
