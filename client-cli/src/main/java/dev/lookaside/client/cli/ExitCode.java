package dev.lookaside.client.cli;

import dev.lookaside.client.load.LoadSummary;
import dev.lookaside.client.task.TaskOutcome;
import dev.lookaside.client.task.TaskOutcome.Done;
import dev.lookaside.client.task.TaskOutcome.Unreachable;

/** What the shell learns. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int BAD_USAGE = 2;
  static final int UNREACHABLE = 3;

  private ExitCode() {}

  static int of(TaskOutcome outcome) {
    if (outcome instanceof Done) {
      return DONE;
    }
    return outcome instanceof Unreachable ? UNREACHABLE : FAILED;
  }

  static int of(LoadSummary summary) {
    return summary.failed() == 0 ? DONE : FAILED;
  }
}
