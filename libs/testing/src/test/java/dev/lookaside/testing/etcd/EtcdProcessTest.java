package dev.lookaside.testing.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RequiresRealEtcd
class EtcdProcessTest {
  private static final ByteSequence KEY = ByteSequence.from("k", UTF_8);

  private final EtcdProcess etcd;
  private final Client client;

  EtcdProcessTest(EtcdProcess etcd) {
    this.etcd = etcd;
    this.client = Client.builder().endpoints(etcd.clientUri()).build();
  }

  @BeforeEach
  void put() throws Exception {
    await(client.getKVClient().put(KEY, ByteSequence.from("v", UTF_8)));
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void keepsItsDataOverAKillAndARestart() throws Exception {
    long before = etcd.pid();
    etcd.kill();
    assertThat(etcd.isRunning()).isFalse();
    etcd.restart();
    assertThat(etcd.pid()).isNotEqualTo(before);
    assertThat(get()).hasSize(1);
  }

  @Test
  void keepsItsDataOverAStopAndARestart() throws Exception {
    etcd.stop();
    assertThat(etcd.isRunning()).isFalse();
    etcd.restart();
    assertThat(get()).hasSize(1);
  }

  @Test
  void losesItsDataInAWipe() throws Exception {
    etcd.wipeAndRestart();
    assertThat(get()).isEmpty();
  }

  @Test
  void doesNotAnswerWhileSuspended() throws Exception {
    etcd.suspend();
    CompletableFuture<?> answer = client.getKVClient().get(KEY);
    assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    etcd.resume();
    await(answer);
  }

  @Test
  void isTheServerThatAnyTestGets() {
    try (EtcdServer any = EtcdServer.start()) {
      assertThat(any).isInstanceOf(EtcdProcess.class);
    }
  }

  @Test
  void closesTwice() {
    EtcdProcess other = EtcdProcess.start();
    other.close();
    other.close();
    assertThat(other.isRunning()).isFalse();
  }

  private List<KeyValue> get() throws Exception {
    return await(client.getKVClient().get(KEY)).getKvs();
  }

  private static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }
}
