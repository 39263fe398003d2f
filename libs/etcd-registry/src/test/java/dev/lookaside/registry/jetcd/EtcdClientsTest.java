package dev.lookaside.registry.jetcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.registry.EtcdSettings;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class EtcdClientsTest {

  @Test
  void dialsAHostNameWithAnUnderscore() {
    List<URI> members = List.of(URI.create("http://my_etcd:2379"), URI.create("http://[::1]:4001"));
    EtcdSettings settings = EtcdSettings.of(members.toArray(URI[]::new));

    assertThat(EtcdClients.builder(settings, members).target())
        .isEqualTo("ip:///my_etcd:2379,[::1]:4001");
  }
}
