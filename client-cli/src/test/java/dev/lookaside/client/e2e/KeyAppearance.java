package dev.lookaside.client.e2e;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.watch.WatchEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Notes when a key is first put into etcd, by a watch of its own. */
final class KeyAppearance implements AutoCloseable {
  private final Client client;
  private final CompletableFuture<Long> seen = new CompletableFuture<>();

  private KeyAppearance(Client client) {
    this.client = client;
  }

  static KeyAppearance watch(URI etcd, String key) {
    var appearance = new KeyAppearance(Client.builder().endpoints(etcd).build());
    var unused =
        appearance
            .client
            .getWatchClient()
            .watch(
                ByteSequence.from(key, StandardCharsets.UTF_8),
                Watch.listener(response -> {
                  for (WatchEvent event : response.getEvents()) {
                    if (event.getEventType() == WatchEvent.EventType.PUT) {
                      appearance.seen.complete(System.nanoTime());
                    }
                  }
                }));
    return appearance;
  }

  /** When it was put, as {@code System.nanoTime} tells it. */
  long atNanos(Duration within) throws Exception {
    return seen.get(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    client.close();
  }
}
