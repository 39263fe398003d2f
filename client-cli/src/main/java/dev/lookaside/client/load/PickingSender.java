package dev.lookaside.client.load;

import dev.lookaside.client.task.Task;
import dev.lookaside.client.task.TaskClient;
import dev.lookaside.client.task.TaskOutcome;
import dev.lookaside.client.task.TaskOutcome.Done;
import dev.lookaside.client.task.TaskOutcome.Failed;
import dev.lookaside.client.task.TaskOutcome.Unreachable;
import java.util.concurrent.CompletableFuture;

/** Asks a balancer for each task. */
public record PickingSender(TaskClient client) implements Sender {

  @Override
  public CompletableFuture<Sent> send(Task task) {
    return client.start(task).outcome().thenApply(PickingSender::sent);
  }

  private static Sent sent(TaskOutcome outcome) {
    return new Sent(
        outcome.failures().stream().map(attempt -> attempt.pick().workerId()).toList(),
        end(outcome));
  }

  private static Sent.End end(TaskOutcome outcome) {
    if (outcome instanceof Done done) {
      return new Sent.End.Done(done.pick().workerId());
    }
    return new Sent.End.Failed(
        outcome instanceof Failed failed ? failed.status() : ((Unreachable) outcome).status());
  }

  @Override
  public void cancelAll() {
    client.cancelAll();
  }

  @Override
  public void close() {
    client.close();
  }
}
