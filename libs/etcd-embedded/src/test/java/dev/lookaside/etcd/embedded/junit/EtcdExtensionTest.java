package dev.lookaside.etcd.embedded.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EtcdExtension.class)
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
  void givesAMethodTheKindItAsksFor(EtcdInProcess etcd) {
    assertThat(etcd).isNotSameAs(ofTheClass);
  }

  @Test
  void givesTheMostRealServerThereIs() throws Exception {
    Class<? extends EtcdServer> expected =
        Requirement.ETCD.met()
            ? EtcdProcess.class
            : Requirement.DOCKER.met() ? EtcdContainer.class : EtcdInProcess.class;
    assertThat(ofTheClass).isInstanceOf(expected);
    ByteSequence key = ByteSequence.from("k", StandardCharsets.UTF_8);
    try (Client client = Client.builder().endpoints(ofTheClass.clientUri()).build()) {
      assertThat(client.getKVClient().put(key, key).get(10, TimeUnit.SECONDS)).isNotNull();
    }
  }
}
