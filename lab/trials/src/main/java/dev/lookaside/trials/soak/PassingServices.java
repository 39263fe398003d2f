package dev.lookaside.trials.soak;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A service that is registered, and removed when the next one is: each with another name. */
final class PassingServices implements AutoCloseable {
  private static final int ANSWER_SECONDS = 10;
  private static final int HOSTS = 250;

  private final Client etcd;
  private final int port;
  private int number;

  /**
   * @param port of a worker that listens on every loopback address: each service is at another one
   */
  PassingServices(int etcdPort, int port) {
    this.etcd = Client.builder().endpoints("http://127.0.0.1:" + etcdPort).build();
    this.port = port;
  }

  void next() throws Exception {
    KV kv = etcd.getKVClient();
    int next = number + 1;
    String value =
        "{\"Op\":0,\"Addr\":\"127.%d.%d.%d:%d\",\"Metadata\":{\"incarnation\":\"%d\"}}"
            .formatted(
                1 + next / (HOSTS * HOSTS) % HOSTS,
                1 + next / HOSTS % HOSTS,
                1 + next % HOSTS,
                port,
                next);
    kv.put(key(next), bytes(value)).get(ANSWER_SECONDS, TimeUnit.SECONDS);
    kv.delete(key(number)).get(ANSWER_SECONDS, TimeUnit.SECONDS);
    number = next;
  }

  int passed() {
    return number;
  }

  private static ByteSequence key(int number) {
    return bytes("lookaside/passing" + number + "/only");
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    etcd.close();
  }
}
