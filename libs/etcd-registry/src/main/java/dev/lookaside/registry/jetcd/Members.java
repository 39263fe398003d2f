package dev.lookaside.registry.jetcd;

import dev.lookaside.registry.EtcdSettings;
import io.etcd.jetcd.Client;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The members of etcd, one client each, one of them in use. A channel over all members stays with
 * the one it found first, even when that one hangs; and a channel that has failed for a while waits
 * up to two minutes before it tries again. So each member has its own, made anew after it failed.
 *
 * <p>A first timeout moves on but keeps the connection, which may only be slow; a second in a row,
 * or an error of the connection, drops it. Used by one thread.
 */
final class Members {
  private final EtcdSettings settings;
  private final CallTimeout timeout;
  private final ExecutorService executor;
  private final @Nullable Client[] clients;
  private final boolean[] doubted;
  private int current;

  Members(EtcdSettings settings, CallTimeout timeout, ExecutorService executor) {
    this.settings = settings;
    this.timeout = timeout;
    this.executor = executor;
    this.clients = new Client[settings.endpoints().size()];
    this.doubted = new boolean[clients.length];
  }

  /** The client of the member in use. */
  Client client() {
    Client client = clients[current];
    if (client == null) {
      client =
          EtcdClients.builder(settings, List.of(endpoint()))
              .executorService(executor)
              .interceptor(timeout)
              .retryMaxAttempts(0)
              .waitForReady(true)
              .maxInboundMessageSize(JetcdStore.MAX_MESSAGE_BYTES)
              .build();
      clients[current] = client;
    }
    return client;
  }

  URI endpoint() {
    return settings.endpoints().get(current);
  }

  void answered() {
    doubted[current] = false;
  }

  /** The member did not answer in time. */
  void leaveSlow() {
    if (doubted[current]) {
      drop(current);
    }
    doubted[current] = !doubted[current];
    moveOn();
  }

  /** The connection is no good. */
  void leaveBroken() {
    drop(current);
    doubted[current] = false;
    moveOn();
  }

  void close() {
    for (int member = 0; member < clients.length; member++) {
      drop(member);
    }
  }

  private void moveOn() {
    current = (current + 1) % clients.length;
  }

  private void drop(int member) {
    Client client = clients[member];
    clients[member] = null;
    if (client != null) {
      Quietly.close(client);
    }
  }
}
