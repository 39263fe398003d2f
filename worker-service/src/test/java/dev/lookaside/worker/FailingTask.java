package dev.lookaside.worker;

import dev.lookaside.worker.task.Job;
import dev.lookaside.worker.task.Task;
import java.time.Duration;

/** A task of a user, who added it as a bean and made a mistake in it. */
record FailingTask() implements Task {

  @Override
  public String name() {
    return "fail";
  }

  @Override
  public String usage() {
    return "fail";
  }

  @Override
  public Job prepare(String argument) {
    if (argument.equals("early")) {
      throw new IllegalStateException("secret of prepare");
    }
    return new Job.Computation(
        Duration.ZERO,
        cancellation -> {
          throw new IllegalStateException("secret of run");
        });
  }
}
