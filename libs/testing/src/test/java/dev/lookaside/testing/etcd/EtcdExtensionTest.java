package dev.lookaside.testing.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@RequiresRealEtcd
class EtcdExtensionTest {
  private final EtcdServer ofTheClass;

  EtcdExtensionTest(EtcdServer etcd) {
    ofTheClass = etcd;
  }

  @Test
  void givesTheMethodsOfAClassOneServer(EtcdServer etcd) {
    assertThat(etcd).isSameAs(ofTheClass);
  }

  @Test
  void givesAMethodTheKindItAsksFor(EtcdProcess etcd) {
    assertThat(etcd).isNotSameAs(ofTheClass);
  }

  @Test
  void givesTheMostRealServerThereIs() {
    assertThat(ofTheClass).isInstanceOf(EtcdProcess.class);
  }
}
