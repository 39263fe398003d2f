package dev.lookaside.client.load;

import dev.lookaside.client.grpc.Lookaside;
import dev.lookaside.client.load.Sent.End;
import dev.lookaside.client.task.ClientSettings;
import dev.lookaside.client.task.Task;
import dev.lookaside.core.time.Backoff;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One task over a channel that picks by itself. gRPC makes attempts that fail again elsewhere; only
 * while there is no worker at all, the task is sent again after a pause, as long as the patience
 * lasts.
 */
final class SubscribedCall implements StreamObserver<ExecuteResponse> {
  private final Channel channel;
  private final CallOptions options;
  private final Task task;
  private final Duration patience;
  private final Backoff backoff;
  private final ScheduledExecutorService timer;
  private final CompletableFuture<Sent> sent = new CompletableFuture<>();
  private final List<String> refusedBy = new CopyOnWriteArrayList<>();
  private volatile @Nullable ClientCall<ExecuteRequest, ExecuteResponse> call;
  private volatile String doneBy = "";
  private Duration paused = Duration.ZERO;
  private int pauses;

  SubscribedCall(
      Channel channel,
      CallOptions options,
      Task task,
      ClientSettings settings,
      Backoff backoff,
      ScheduledExecutorService timer) {
    this.channel = channel;
    this.options =
        options.withOption(
            Lookaside.ATTEMPTS,
            (endpoint, status) -> {
              if (!status.isOk()) {
                refusedBy.add(endpoint.id());
              }
            });
    this.task = task;
    this.patience = settings.patience();
    this.backoff = backoff;
    this.timer = timer;
  }

  CompletableFuture<Sent> start() {
    send();
    return sent;
  }

  /** Whatever is thrown here would be seen by nobody: it ends the task. */
  private void send() {
    try {
      attempt();
    } catch (RuntimeException | Error error) {
      end(new End.Failed(Status.INTERNAL.withCause(error)));
    }
  }

  private void attempt() {
    if (sent.isDone()) {
      return;
    }
    ClientCall<ExecuteRequest, ExecuteResponse> next =
        channel.newCall(WorkerGrpc.getExecuteMethod(), options);
    call = next;
    ClientCalls.asyncUnaryCall(
        next,
        ExecuteRequest.newBuilder().setTask(task.text()).setClientId(task.clientId()).build(),
        this);
  }

  void cancel() {
    if (end(new End.Failed(Status.CANCELLED.withDescription("cancelled")))) {
      ClientCall<ExecuteRequest, ExecuteResponse> current = call;
      if (current != null) {
        current.cancel("cancelled", null);
      }
    }
  }

  @Override
  public void onNext(ExecuteResponse response) {
    doneBy = response.getWorkerId();
  }

  @Override
  public void onCompleted() {
    end(new End.Done(doneBy));
  }

  @Override
  public void onError(Throwable error) {
    Status status = Status.fromThrowable(error);
    Duration pause = backoff.pause(pauses);
    boolean patient = paused.plus(pause).compareTo(patience) <= 0;
    boolean again = status.getCode() == Status.Code.UNAVAILABLE && refusedBy.isEmpty() && patient;
    if (!again || !sentAfter(pause)) {
      end(new End.Failed(status));
    }
  }

  /** False if this client is being closed. */
  private boolean sentAfter(Duration pause) {
    pauses++;
    paused = paused.plus(pause);
    try {
      var unused = timer.schedule(this::send, pause.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException closing) {
      return false;
    }
  }

  private boolean end(End end) {
    return sent.complete(new Sent(refusedBy, end));
  }
}
