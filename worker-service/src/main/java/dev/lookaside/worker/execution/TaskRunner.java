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
  private final ClientShare requestShare;
  private final ClientShare computationShare;
  private final TaskListener listener;
  private final Ticker ticker;

  /**
   * A runner of the tasks in the catalog.
   *
   * @param clientShare how much of requests, and of slots with the places to wait for one, is for
   *     one client, above 0, at most 1
   */
  public TaskRunner(
      TaskCatalog catalog,
      RequestLimit requests,
      ComputePool pool,
      double clientShare,
      TaskListener listener,
      Ticker ticker) {
    this.catalog = catalog;
    this.requests = requests;
    this.pool = pool;
    this.requestShare = new ClientShare(requests.max(), clientShare);
    this.computationShare = new ClientShare(pool.capacity() + pool.queue(), clientShare);
    this.listener = listener;
    this.ticker = ticker;
  }

  /**
   * Starts a request such as {@code sleep 2.5}.
   *
   * @param timeLeft until the caller's deadline, or {@link #NO_DEADLINE}
   * @param client whose share it takes; equal for requests of the same
   */
  public Execution start(String text, Duration timeLeft, Object client) {
    String task = catalog.nameIn(text).orElse(UNKNOWN);
    var execution = new Execution(client);
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
    } else if (!requestShare.tryTake(execution.client())) {
      requests.leave();
      end(task, execution, muchOfOne("requests", requestShare));
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
    if (!computationShare.tryTake(execution.client())) {
      leave(task, execution, muchOfOne("computations", computationShare));
      return;
    }
    var attempt = new Attempt(computation, execution.cancellation());
    pool.tryRun(attempt, () -> computed(task, execution, attempt.outcome))
        .ifPresentOrElse(
            place -> execution.cancellation().onCancel(place::leaveQueue),
            () -> computed(task, execution, full("computations", pool.capacity() + pool.queue())));
  }

  private void computed(String task, Execution execution, Outcome outcome) {
    computationShare.giveBack(execution.client());
    leave(task, execution, outcome);
  }

  private void leave(String task, Execution execution, Outcome outcome) {
    requests.leave();
    requestShare.giveBack(execution.client());
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

  private static Outcome.Refused muchOfOne(String what, ClientShare share) {
    return new Outcome.Refused(
        "too many %s of one client (expected: at most %d)".formatted(what, share.most()));
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
