package dev.lookaside.client.task;

import dev.lookaside.client.task.PickAnswer.Absent;
import dev.lookaside.client.task.PickAnswer.Found;
import dev.lookaside.client.task.PickAnswer.Refused;
import dev.lookaside.client.task.TaskOutcome.Attempt;
import dev.lookaside.client.task.TaskOutcome.Done;
import dev.lookaside.client.task.TaskOutcome.Failed;
import dev.lookaside.client.task.TaskOutcome.Unreachable;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import dev.lookaside.v1.PickRequest;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One task on its way: pick, call, and again elsewhere if the worker refused or died.
 *
 * <pre>
 *   search ─▶ pick ─▶ call ─▶ done
 *     ▲        │       │
 *     │        ▼       └─▶ search, without this worker    (at most 3 calls, within the retry budget)
 *     └──── pause                                         (within the patience)
 * </pre>
 *
 * The deadline bounds it all. Steps follow each other, each on the thread that completed the one
 * before, so the fields need no lock.
 */
public final class TaskCall {
  private final Shared shared;
  private final Task task;
  private final Deadline deadline;
  private final long startNanos;
  private final Context.CancellableContext context = Context.ROOT.withCancellation();
  private final CompletableFuture<TaskOutcome> outcome = new CompletableFuture<>();
  private final TaskSpan span;
  private final CallOptions options;

  /** Once its span has ended, too. */
  private final CompletableFuture<TaskOutcome> told;

  private final List<Attempt> failures = new CopyOnWriteArrayList<>();
  private final Set<String> excluded = new LinkedHashSet<>();
  private long searchNanos;
  private int pauses;

  TaskCall(Shared shared, Task task) {
    this.shared = shared;
    this.task = task;
    this.deadline = Deadline.after(shared.settings().deadline().toNanos(), TimeUnit.NANOSECONDS);
    this.startNanos = shared.ticker().nanos();
    this.span = TaskSpan.begin(shared.tracing(), task);
    this.options = span.in(CallOptions.DEFAULT);
    this.told = outcome.whenComplete((end, error) -> span.end(statusOf(end)));
  }

  private static Status statusOf(TaskOutcome end) {
    if (end instanceof Done) {
      return Status.OK;
    }
    return end instanceof Failed failed ? failed.status() : ((Unreachable) end).status();
  }

  /** How the task ends. Never completes exceptionally. */
  public CompletableFuture<TaskOutcome> outcome() {
    return told.copy();
  }

  void onEnd(Runnable action) {
    var unused = outcome.whenComplete((end, error) -> action.run());
  }

  /** Stops the task, wherever it is; the worker is told. */
  public void cancel() {
    if (outcome.complete(failed(Status.CANCELLED.withDescription("cancelled"), Optional.empty()))) {
      context.cancel(null);
    }
  }

  void start() {
    guarded(this::search);
  }

  private void search() {
    searchNanos = shared.ticker().nanos();
    pauses = 0;
    pick();
  }

  private void pick() {
    if (outcome.isDone()) {
      return;
    }
    PickRequest request =
        PickRequest.newBuilder()
            .setService(shared.settings().service())
            .setClientId(task.clientId())
            .setAffinityKey(task.affinityKey())
            .addAllExcludedEndpointIds(excluded)
            .build();
    context.run(() ->
        follow(shared.balancers().pick(request, options.withDeadline(deadline)), this::picked));
  }

  private void picked(PickAnswer answer) {
    if (answer instanceof Found found) {
      call(found.pick());
    } else if (answer instanceof Refused refused) {
      finish(failed(refused.status(), Optional.empty()));
    } else {
      pauseOrGiveUp((Absent) answer);
    }
  }

  private void pauseOrGiveUp(Absent absent) {
    // A worker that had no room, or was restarting, is better than none.
    excluded.clear();
    Duration backoff = shared.backoff().pause(pauses++);
    long pauseNanos = Math.max(absent.pushback().toNanos(), backoff.toNanos());
    long searchedNanos = shared.ticker().nanos() - searchNanos;
    if (searchedNanos + pauseNanos > shared.settings().patience().toNanos()
        || pauseNanos >= deadline.timeRemaining(TimeUnit.NANOSECONDS)) {
      finish(gaveUp(absent.status()));
    } else {
      later(pauseNanos);
    }
  }

  private void call(Pick pick) {
    if (outcome.isDone()) {
      return;
    }
    ExecuteRequest request =
        ExecuteRequest.newBuilder().setTask(task.text()).setClientId(task.clientId()).build();
    CallOptions bounded = options.withDeadline(attemptDeadline());
    long callNanos = shared.ticker().nanos();
    context.run(() ->
        follow(
            shared.workers().execute(pick, request, bounded),
            reply -> called(pick, callNanos, reply)));
  }

  private Deadline attemptDeadline() {
    return shared
        .settings()
        .attemptTimeout()
        .map(timeout -> deadline.minimum(Deadline.after(timeout.toNanos(), TimeUnit.NANOSECONDS)))
        .orElse(deadline);
  }

  private void called(Pick pick, long callNanos, Reply<ExecuteResponse> reply) {
    long nanos = shared.ticker().nanos() - callNanos;
    if (reply instanceof Reply.Value<ExecuteResponse> value) {
      shared.reporter().report(pick, nanos, Status.OK);
      shared.budget().deposit();
      finish(done(pick, value.value()));
    } else {
      Status status = ((Reply.Failure<ExecuteResponse>) reply).status();
      shared.reporter().report(pick, nanos, status);
      retryOrGiveUp(pick, status);
    }
  }

  private void retryOrGiveUp(Pick pick, Status status) {
    failures.add(new Attempt(pick, status));
    boolean timedOut =
        status.getCode() == Status.Code.DEADLINE_EXCEEDED
            && shared.settings().attemptTimeout().isPresent();
    if ((timedOut || Failures.worthAnotherWorker(status))
        && failures.size() < ClientSettings.MOST_ATTEMPTS
        && !deadline.isExpired()
        && shared.budget().withdraw()) {
      excluded.add(pick.workerId());
      search();
    } else if (status.getCode() == Status.Code.UNAVAILABLE) {
      finish(gaveUp(status));
    } else {
      finish(failed(status, Optional.of(pick)));
    }
  }

  private void later(long nanos) {
    var unused =
        shared.scheduler().schedule(() -> guarded(this::pick), nanos, TimeUnit.NANOSECONDS);
  }

  private TaskOutcome done(Pick pick, ExecuteResponse response) {
    Duration ran =
        Duration.ofSeconds(response.getDuration().getSeconds(), response.getDuration().getNanos());
    return new Done(pick, response.getResult(), ran, failures(), latency());
  }

  private TaskOutcome failed(Status status, Optional<Pick> pick) {
    return new Failed(status, pick, failures(), latency());
  }

  /** The last word is the worker's, if it was too full to help. */
  private TaskOutcome gaveUp(Status status) {
    if (!failures.isEmpty()) {
      Attempt last = failures.get(failures.size() - 1);
      if (last.status().getCode() != Status.Code.UNAVAILABLE) {
        return failed(last.status(), Optional.of(last.pick()));
      }
    }
    return new Unreachable(status, failures(), latency());
  }

  private List<Attempt> failures() {
    return List.copyOf(failures);
  }

  private Duration latency() {
    return Duration.ofNanos(shared.ticker().nanos() - startNanos);
  }

  private void finish(TaskOutcome end) {
    if (outcome.complete(end)) {
      context.cancel(null);
    }
  }

  /** A step that throws ends the task, instead of leaving it unanswered. */
  private <T> void follow(CompletableFuture<T> step, Consumer<T> next) {
    step.thenAccept(next)
        .exceptionally(error -> {
          broke(error);
          return null;
        });
  }

  /** The same for a step that nobody follows. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error error) {
      broke(error);
    }
  }

  private void broke(Throwable error) {
    finish(failed(Status.INTERNAL.withCause(error), Optional.empty()));
  }
}
