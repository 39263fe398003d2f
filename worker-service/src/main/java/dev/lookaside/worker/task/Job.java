package dev.lookaside.worker.task;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** One request, checked and ready to run. */
public sealed interface Job {

  /**
   * The least time that the job takes; zero if unknown. A request whose deadline is nearer than
   * that is refused at once.
   */
  Duration cost();

  /** Keeps a processor busy: takes one of the worker's slots, and a thread, until it returns. */
  record Computation(Duration cost, Work work) implements Job {
    public Computation {
      requireCost(cost);
      requireNonNull(work, "work");
    }
  }

  /** Waits for something else, a timer or a remote answer: takes neither slot nor thread. */
  record Wait(Duration cost, Start start) implements Job {
    public Wait {
      requireCost(cost);
      requireNonNull(start, "start");
    }
  }

  /** The body of a {@link Computation}. */
  @FunctionalInterface
  interface Work {
    /**
     * Computes the result, looking at {@code cancellation} at least every 50 ms.
     *
     * @throws Exception if the task failed; the caller sees an error id, the log sees the cause
     */
    String run(Cancellation cancellation) throws Exception;
  }

  /** The body of a {@link Wait}. */
  @FunctionalInterface
  interface Start {
    /** Starts waiting without blocking. The stage must also complete soon after a cancellation. */
    CompletionStage<String> start(Cancellation cancellation);
  }

  private static void requireCost(Duration cost) {
    if (cost.isNegative()) {
      throw new IllegalArgumentException("cost is " + cost + " (expected: not negative)");
    }
  }
}
