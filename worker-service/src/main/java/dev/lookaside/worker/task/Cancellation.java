package dev.lookaside.worker.task;

import java.util.concurrent.CancellationException;

/** Tells a running job that nobody waits for its result any more. */
public interface Cancellation {

  boolean isCancelled();

  /** Runs the action once upon cancellation; at once if that has already happened. */
  void onCancel(Runnable action);

  /** Ends a computation that nobody waits for. */
  default void throwIfCancelled() {
    if (isCancelled()) {
      throw new CancellationException("cancelled");
    }
  }
}
