package dev.lookaside.registry.registrar;

import java.util.concurrent.CompletableFuture;

/** The wish to drain, made on any thread and granted on the loop's. */
final class DrainRequest {
  private final CompletableFuture<Void> granted = new CompletableFuture<>();
  private volatile boolean requested;

  void request() {
    requested = true;
  }

  boolean requested() {
    return requested;
  }

  /** Nothing more stands between the wish and the world. */
  void done() {
    granted.complete(null);
  }

  CompletableFuture<Void> granted() {
    return granted.copy();
  }
}
