package dev.lookaside.client.e2e;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.GetOption;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks into etcd from outside, with a client of its own. */
final class EtcdKeys {

  private EtcdKeys() {}

  /** How many keys begin with this prefix; 0 while etcd does not answer. */
  static long count(URI etcd, String prefix) throws InterruptedException {
    try (Client client = Client.builder().endpoints(etcd).build()) {
      return client
          .getKVClient()
          .get(
              ByteSequence.from(prefix, StandardCharsets.UTF_8),
              GetOption.builder().isPrefix(true).withCountOnly(true).build())
          .get(1, TimeUnit.SECONDS)
          .getCount();
    } catch (ExecutionException | TimeoutException notNow) {
      return 0;
    }
  }
}
