package dev.lookaside.testing.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@RequiresDocker
class EtcdContainerTest {

  @Test
  void servesClientsOutsideOfTheContainer(EtcdContainer etcd) throws Exception {
    ByteSequence key = ByteSequence.from("k", UTF_8);
    try (Client client = Client.builder().endpoints(etcd.clientUri()).build()) {
      client.getKVClient().put(key, key).get(10, TimeUnit.SECONDS);
      assertThat(client.getKVClient().get(key).get(10, TimeUnit.SECONDS).getCount()).isOne();
    }
  }
}
