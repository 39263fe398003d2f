package dev.lookaside.worker.load;

import dev.lookaside.worker.execution.Outcome;
import dev.lookaside.worker.execution.TaskListener;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the requests that ended, and those that ended in an error of this worker: a failed or a
 * refused task is, a caller's mistake or change of mind is not.
 */
public final class RequestCounters implements TaskListener {
  private final LongAdder ended = new LongAdder();
  private final LongAdder errors = new LongAdder();

  @Override
  public void ended(String task, Outcome outcome) {
    ended.increment();
    if (outcome instanceof Outcome.Failed || outcome instanceof Outcome.Refused) {
      errors.increment();
    }
  }

  long ended() {
    return ended.sum();
  }

  long errors() {
    return errors.sum();
  }
}
