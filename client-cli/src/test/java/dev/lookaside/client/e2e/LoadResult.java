package dev.lookaside.client.e2e;

import dev.lookaside.client.task.TaskOutcome;
import dev.lookaside.client.task.TaskOutcome.Done;
import java.time.Duration;
import java.util.List;

/**
 * How the tasks of a load have ended.
 *
 * @param retries calls to a worker that failed, of tasks that were done all the same or not
 * @param slowest the longest time that any task took
 * @param notDone every task that was not done
 */
record LoadResult(int sent, long retries, Duration slowest, List<TaskOutcome> notDone) {

  static LoadResult of(List<TaskOutcome> outcomes) {
    return new LoadResult(
        outcomes.size(),
        outcomes.stream().mapToLong(outcome -> outcome.failures().size()).sum(),
        outcomes.stream().map(TaskOutcome::latency).max(Duration::compareTo).orElse(Duration.ZERO),
        outcomes.stream().filter(outcome -> !(outcome instanceof Done)).toList());
  }

  @Override
  public String toString() {
    return "%,d tasks sent, %,d not done, %,d retries, slowest %,d ms"
        .formatted(sent, notDone.size(), retries, slowest.toMillis());
  }
}
