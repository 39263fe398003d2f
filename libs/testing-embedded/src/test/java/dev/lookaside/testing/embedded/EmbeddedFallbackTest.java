package dev.lookaside.testing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.testing.etcd.EtcdFallback;
import dev.lookaside.testing.etcd.EtcdServer;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmbeddedFallbackTest {

  @Test
  void isFoundAndServes() throws Exception {
    EtcdFallback found = ServiceLoader.load(EtcdFallback.class).findFirst().orElseThrow();
    ByteSequence key = ByteSequence.from("k", StandardCharsets.UTF_8);
    try (EtcdServer etcd = found.start();
        Client client = Client.builder().endpoints(etcd.clientUri()).build()) {
      assertThat(etcd).isInstanceOf(EtcdInProcess.class);
      assertThat(client.getKVClient().put(key, key).get(10, TimeUnit.SECONDS)).isNotNull();
    }
  }
}
