package dev.lookaside.worker.execution;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.worker.task.InvalidTaskException;
import dev.lookaside.worker.task.Job;
import dev.lookaside.worker.task.TaskCatalog;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Decides on each request in order of price: is it valid, can it make its deadline, is there room?
 * Only then does it run. Never blocks its caller.
 */
public final class TaskRunner {
  /** The time left of a caller without a deadline. */
  public static final Duration NO_DEADLINE = Duration.ofSeconds(Long.MAX_VALUE);

  private static final String UNKNOWN = "unknown";

  private final TaskCatalog catalog;
  private final RequestLimit requests;
  private final ComputePool pool;
  private final TaskListener listener;
  private final Ticker ticker;

  public TaskRunner(
      TaskCatalog catalog,
      RequestLimit requests,
      ComputePool pool,
      TaskListener listener,
      Ticker ticker) {
    this.catalog = catalog;
    this.requests = requests;
    this.pool = pool;
    this.listener = listener;
    this.ticker = ticker;
  }

  /**
   * Starts a request such as {@code sleep 2.5}.
   *
   * @param timeLeft until the caller's deadline, or {@link #NO_DEADLINE}
   */
  public Execution start(String text, Duration timeLeft) {
    String task = catalog.nameIn(text).orElse(UNKNOWN);
    var execution = new Execution();
    try {
      admit(task, catalog.prepare(text), timeLeft, execution);
    } catch (InvalidTaskException e) {
      end(task, execution, new Outcome.Invalid(e.reason()));
    } catch (Throwable e) {
      end(task, execution, new Outcome.Failed(e));
    }
    return execution;
  }

  private void admit(String task, Job job, Duration timeLeft, Execution execution) {
    if (job.cost().compareTo(timeLeft) > 0) {
      end(task, execution, new Outcome.TooLate(job.cost(), timeLeft));
    } else if (!requests.tryEnter()) {
      end(task, execution, full("requests", requests.max()));
    } else if (job instanceof Job.Wait wait) {
      waitFor(task, wait, execution);
    } else if (job instanceof Job.Computation computation) {
      compute(task, computation, execution);
    }
  }

  private void waitFor(String task, Job.Wait wait, Execution execution) {
    long started = ticker.nanos();
    CancelSignal cancellation = execution.cancellation();
    try {
      wait.start()
          .start(cancellation)
          .whenComplete((result, thrown) ->
              leave(
                  task,
                  execution,
                  thrown == null ? done(result, started) : failed(thrown, cancellation)));
    } catch (Throwable e) {
      leave(task, execution, failed(e, cancellation));
    }
  }

  private void compute(String task, Job.Computation computation, Execution execution) {
    var attempt = new Attempt(computation, execution.cancellation());
    pool.tryRun(attempt, () -> leave(task, execution, attempt.outcome))
        .ifPresentOrElse(
            place -> execution.cancellation().onCancel(place::leaveQueue),
            () -> leave(task, execution, full("computations", pool.capacity() + pool.queue())));
  }

  private void leave(String task, Execution execution, Outcome outcome) {
    requests.leave();
    end(task, execution, outcome);
  }

  private void end(String task, Execution execution, Outcome outcome) {
    listener.ended(task, outcome);
    execution.end(outcome);
  }

  private Outcome done(@Nullable String result, long started) {
    return result == null
        ? new Outcome.Failed(new NullPointerException("the task's result"))
        : new Outcome.Done(result, Duration.ofNanos(ticker.nanos() - started));
  }

  private static Outcome failed(Throwable thrown, CancelSignal cancellation) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return cause instanceof CancellationException && cancellation.isCancelled()
        ? new Outcome.Cancelled()
        : new Outcome.Failed(cause);
  }

  private static Outcome.Refused full(String what, int limit) {
    return new Outcome.Refused("the worker is full: %d %s".formatted(limit, what));
  }

  /** A computation that leaves its outcome behind: cancelled, if it never gets to run. */
  private final class Attempt implements Runnable {
    private final Job.Computation computation;
    private final CancelSignal cancellation;
    private Outcome outcome = new Outcome.Cancelled();

    Attempt(Job.Computation computation, CancelSignal cancellation) {
      this.computation = computation;
      this.cancellation = cancellation;
    }

    @Override
    public void run() {
      if (cancellation.isCancelled()) {
        return;
      }
      long started = ticker.nanos();
      try {
        outcome = done(computation.work().run(cancellation), started);
      } catch (Throwable e) {
        outcome = failed(e, cancellation);
      }
    }
  }
}
