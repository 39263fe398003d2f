package dev.lookaside.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.lookaside.v1.WorkerGrpc;
import dev.lookaside.worker.execution.RequestLimit;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What callers see of a worker that stops; etcd is away, which must not matter. */
class StoppingTest {

  @Test
  void servesThroughTheDrainDelayThenRefusesNewCallsAndFinishesTheRunningOnes() throws Exception {
    try (RunningWorker worker = RunningWorker.start("--worker.drain-delay=3s")) {
      ManagedChannel late = worker.newChannel();
      var sleeping =
          WorkerGrpc.newFutureStub(worker.channel()).execute(RunningWorker.request("sleep 10"));
      RequestLimit requests = worker.context().getBean(RequestLimit.class);
      await().until(() -> requests.inFlight() == 1);

      CompletableFuture<Void> stopped = CompletableFuture.runAsync(worker.context()::close);

      await().until(() -> health(worker) == ServingStatus.NOT_SERVING);
      assertThat(worker.execute("sleep 0").getResult()).isEqualTo("slept 0 s");
      await()
          .untilAsserted(
              () -> assertThat(refusal(late).getCode()).isEqualTo(Status.Code.UNAVAILABLE));
      assertThat(sleeping.isDone()).isFalse();
      assertThat(sleeping.get(20, TimeUnit.SECONDS).getResult()).isEqualTo("slept 10 s");
      stopped.get(20, TimeUnit.SECONDS);
      late.shutdownNow();
    }
  }

  private static Status refusal(ManagedChannel channel) {
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                WorkerGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(5, TimeUnit.SECONDS)
                    .execute(RunningWorker.request("sleep 0")));
    return refused == null ? Status.OK : refused.getStatus();
  }

  private static ServingStatus health(RunningWorker worker) {
    return HealthGrpc.newBlockingStub(worker.channel())
        .withDeadlineAfter(5, TimeUnit.SECONDS)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }
}
