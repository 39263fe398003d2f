package dev.lookaside.client.load;

import dev.lookaside.client.task.Task;
import java.util.concurrent.CompletableFuture;

/** A way of sending tasks to workers. */
public interface Sender extends AutoCloseable {

  /** Starts the task and returns at once. The future never completes exceptionally. */
  CompletableFuture<Sent> send(Task task);

  /** Cancels every task that is not done yet. */
  void cancelAll();

  @Override
  void close();
}
