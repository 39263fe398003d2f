package dev.lookaside.registry;

import java.util.concurrent.CompletableFuture;

/** Keeps one worker's key in etcd. */
public final class Registrar implements AutoCloseable {

  public Registrar(
      EtcdSettings etcd,
      RegistrarSettings settings,
      Registration registration,
      RegistrarListener listener) {}

  /** Returns at once; etcd need not be there yet. */
  public void start() {}

  /** Puts the state DRAINING; done when etcd has it, or when there is no key to drain. */
  public CompletableFuture<Void> drain() {
    return CompletableFuture.completedFuture(null);
  }

  public RegistrarStatus status() {
    return RegistrarStatus.NEW;
  }

  /** Revokes the lease, waiting for at most a second. Idempotent. */
  @Override
  public void close() {}
}
