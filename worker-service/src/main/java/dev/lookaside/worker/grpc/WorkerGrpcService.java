package dev.lookaside.worker.grpc;

import dev.lookaside.limits.CallerAddress;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import dev.lookaside.v1.WorkerGrpc;
import dev.lookaside.worker.execution.Execution;
import dev.lookaside.worker.execution.Outcome;
import dev.lookaside.worker.execution.TaskRunner;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** {@code lookaside.v1.Worker}: runs on the transport's thread and never blocks it. */
public final class WorkerGrpcService extends WorkerGrpc.WorkerImplBase {
  private static final int MAX_CLIENT_ID_LENGTH = 128;

  private final String workerId;
  private final TaskRunner runner;

  public WorkerGrpcService(String workerId, TaskRunner runner) {
    this.workerId = workerId;
    this.runner = runner;
  }

  @Override
  public void execute(ExecuteRequest request, StreamObserver<ExecuteResponse> answer) {
    if (request.getClientId().length() > MAX_CLIENT_ID_LENGTH) {
      answer.onError(
          Status.INVALID_ARGUMENT
              .withDescription(
                  "client_id has %d characters (expected: at most %d)"
                      .formatted(request.getClientId().length(), MAX_CLIENT_ID_LENGTH))
              .asRuntimeException());
      return;
    }
    var call = (ServerCallStreamObserver<ExecuteResponse>) answer;
    Execution execution = runner.start(request.getTask(), timeLeft(), CallerAddress.current());
    call.setOnCancelHandler(execution::cancel);
    if (call.isCancelled()) {
      execution.cancel();
    }
    execution.whenEnded(outcome -> reply(outcome, call));
  }

  private void reply(Outcome outcome, ServerCallStreamObserver<ExecuteResponse> call) {
    if (call.isCancelled()) {
      return;
    }
    if (outcome instanceof Outcome.Done done) {
      call.onNext(
          ExecuteResponse.newBuilder()
              .setResult(done.result())
              .setWorkerId(workerId)
              .setDuration(ProtoDurations.toProto(done.duration()))
              .build());
      call.onCompleted();
    } else {
      call.onError(OutcomeStatus.of(outcome).asRuntimeException());
    }
  }

  private static Duration timeLeft() {
    Deadline deadline = Context.current().getDeadline();
    return deadline == null
        ? TaskRunner.NO_DEADLINE
        : Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
  }
}
