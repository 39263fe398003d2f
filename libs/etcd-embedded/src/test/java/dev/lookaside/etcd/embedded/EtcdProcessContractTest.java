package dev.lookaside.etcd.embedded;

import dev.lookaside.etcd.embedded.junit.EtcdProcess;
import dev.lookaside.etcd.embedded.junit.RequiresRealEtcd;

@RequiresRealEtcd
class EtcdProcessContractTest extends EtcdContract {

  EtcdProcessContractTest(EtcdProcess etcd) {
    super(etcd);
  }
}
