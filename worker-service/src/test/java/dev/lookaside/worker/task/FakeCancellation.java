package dev.lookaside.worker.task;

import java.util.concurrent.CompletableFuture;

/** A cancellation that happens when the test completes the future. */
record FakeCancellation(CompletableFuture<Void> fired) implements Cancellation {

  @Override
  public boolean isCancelled() {
    return fired.isDone();
  }

  @Override
  public void onCancel(Runnable action) {
    var unused = fired.thenRun(action);
  }
}
