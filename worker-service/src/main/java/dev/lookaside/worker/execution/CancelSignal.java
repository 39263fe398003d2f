package dev.lookaside.worker.execution;

import dev.lookaside.worker.task.Cancellation;
import java.util.concurrent.CompletableFuture;

/** The sending side of a {@link Cancellation}: fires at most once. */
final class CancelSignal implements Cancellation {
  private final CompletableFuture<Void> fired = new CompletableFuture<>();

  void fire() {
    fired.complete(null);
  }

  @Override
  public boolean isCancelled() {
    return fired.isDone();
  }

  @Override
  public void onCancel(Runnable action) {
    var unused = fired.thenRun(action);
  }
}
