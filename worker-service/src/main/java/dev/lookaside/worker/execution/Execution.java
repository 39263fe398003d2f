package dev.lookaside.worker.execution;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One request on its way to its {@link Outcome}. */
public final class Execution {
  private final Object client;
  private final CancelSignal cancelSignal = new CancelSignal();
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  Execution(Object client) {
    this.client = client;
  }

  Object client() {
    return client;
  }

  /** Calls back once, on the thread that ends the request; at once if it has already ended. */
  public void whenEnded(Consumer<Outcome> callback) {
    var unused = outcome.thenAccept(callback);
  }

  /** Says that nobody waits for the result any more. Has no effect after the end. */
  public void cancel() {
    cancelSignal.fire();
  }

  CancelSignal cancellation() {
    return cancelSignal;
  }

  void end(Outcome how) {
    outcome.complete(how);
  }
}
