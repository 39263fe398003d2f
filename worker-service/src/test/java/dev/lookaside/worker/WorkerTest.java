package dev.lookaside.worker;

import static io.grpc.Status.Code.DEADLINE_EXCEEDED;
import static io.grpc.Status.Code.INTERNAL;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.RESOURCE_EXHAUSTED;
import static io.grpc.Status.Code.UNIMPLEMENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import dev.lookaside.v1.WorkerGrpc;
import dev.lookaside.worker.execution.ComputePool;
import dev.lookaside.worker.execution.RequestLimit;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker as its callers see it, with etcd away. */
class WorkerTest {
  private static final String LARGEST_SUM = "sum-up 4294967295";

  private static RunningWorker worker;

  @BeforeAll
  static void start() {
    worker = RunningWorker.start("--worker.capacity=1", "--worker.queue=1");
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @ParameterizedTest
  @CsvSource({"sleep 0.05,slept 0.05 s", "sum-up 1000000,500000500000", "sum-up 0,0"})
  void runsTheTasksOfTheOriginal(String task, String result) {
    ExecuteResponse response = worker.execute(task);

    assertThat(response.getResult()).isEqualTo(result);
    assertThat(response.getWorkerId()).isEqualTo("w1");
    assertThat(response.hasDuration()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum-up -1",
        "sum-up 1e18",
        "sum-up 4294967296",
        "sum-up",
        "sleep -1",
        "sleep 1000000000",
        "sleep x",
        "sleep",
        "sleep NaN",
        "sleep 0x1",
        "",
        "fly",
        "SLEEP 1"
      })
  void refusesABadTaskAndSaysWhatIsAllowed(String task) {
    Status status = refusal(task);

    assertThat(status.getCode()).isEqualTo(INVALID_ARGUMENT);
    assertThat(status.getDescription()).containsPattern("\\(expected: .*(sleep <|sum-up <)");
  }

  @Test
  void refusesAnOverlongClientId() {
    ExecuteRequest request =
        RunningWorker.request("sleep 0").toBuilder().setClientId("x".repeat(129)).build();

    Status status = failure(() -> worker.worker().execute(request));

    assertThat(status.getCode()).isEqualTo(INVALID_ARGUMENT);
    assertThat(status.getDescription())
        .isEqualTo("client_id has 129 characters (expected: at most 128)");
  }

  @Test
  void refusesAtOnceWhatCannotMakeItsDeadline() {
    long started = System.nanoTime();

    Status status =
        failure(() ->
            WorkerGrpc.newBlockingStub(worker.channel())
                .withDeadlineAfter(15, TimeUnit.SECONDS)
                .execute(RunningWorker.request("sleep 60")));

    assertThat(status.getCode()).isEqualTo(DEADLINE_EXCEEDED);
    assertThat(status.getDescription()).contains("takes at least 60.0 s");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
    assertThat(inFlight()).isZero();
  }

  @Test
  void refusesWhatExceedsItsSlotsAndItsQueueAndFreesThemWhenCallersLeave() {
    ListenableFuture<ExecuteResponse> running = send(LARGEST_SUM);
    await().until(() -> pool().running() == 1);
    ListenableFuture<ExecuteResponse> queued = send(LARGEST_SUM);
    await().until(() -> pool().queued() == 1);

    Status status = refusal(LARGEST_SUM);
    running.cancel(true);
    queued.cancel(true);

    assertThat(status.getCode()).isEqualTo(RESOURCE_EXHAUSTED);
    assertThat(status.getDescription()).isEqualTo("the worker is full: 2 computations");
    // The two of them would take longer if nobody had left.
    await().atMost(Duration.ofSeconds(1)).until(() -> pool().utilization() == 0 && inFlight() == 0);
    assertThat(worker.execute("sum-up 10").getResult()).isEqualTo("55");
  }

  @Test
  void aCancelledSleepIsForgottenAtOnce() {
    ListenableFuture<ExecuteResponse> sleeping = sendWithoutDeadline("sleep 3600");
    await().until(() -> inFlight() == 1);

    sleeping.cancel(true);

    await().until(() -> inFlight() == 0);
  }

  @Test
  void sleepersHoldNoThread() {
    int before = Thread.activeCount();
    var sleepers = new ArrayList<ListenableFuture<ExecuteResponse>>();
    for (int i = 0; i < 90; i++) {
      sleepers.add(sendWithoutDeadline("sleep 3600"));
    }
    await().until(() -> inFlight() == 90);

    assertThat(Thread.activeCount() - before).isLessThan(20);

    sleepers.forEach(sleeper -> sleeper.cancel(true));
    await().until(() -> inFlight() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "fail early"})
  void aTaskThatThrowsIsInternalWithAnIdAndNothingElse(String task) {
    Status status = refusal(task);

    assertThat(status.getCode()).isEqualTo(INTERNAL);
    assertThat(status.getDescription()).matches("task failed, error id [0-9a-f-]{36}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lookaside.v1.Worker"})
  void isHealthyByName(String service) {
    var request = HealthCheckRequest.newBuilder().setService(service).build();

    assertThat(HealthGrpc.newBlockingStub(worker.channel()).check(request).getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        "grpc.channelz.v1.Channelz/GetServers"
      })
  void tellsToolsNothingUnlessItIsToldTo(String method) {
    Status status =
        failure(() ->
            ClientCalls.blockingUnaryCall(
                worker.channel(),
                WorkerGrpc.getExecuteMethod().toBuilder().setFullMethodName(method).build(),
                CallOptions.DEFAULT,
                RunningWorker.request("")));

    assertThat(status.getCode()).isEqualTo(UNIMPLEMENTED);
  }

  @Test
  void countsTasksByNameAndOutcomeAndNeverByWhatCallersMakeUp() throws Exception {
    worker.execute("sleep 0");
    refusal("made-up-name 1");

    String metrics = worker.http("/actuator/prometheus");

    assertThat(metrics)
        .contains("lookaside_tasks_total{outcome=\"done\",task=\"sleep\"}")
        .contains("lookaside_tasks_total{outcome=\"invalid\",task=\"unknown\"}")
        .contains("lookaside_task_duration_seconds_bucket{task=\"sleep\"")
        .contains("lookaside_requests_in_flight")
        .contains("lookaside_computations_queued")
        .contains("lookaside_lease_renewals_total")
        .contains("grpc_server_processing_duration_seconds")
        .doesNotContain("made-up");
  }

  @Test
  void isUpWithoutEtcdAndExposesNothingSecret() throws Exception {
    assertThat(worker.http("/actuator/health")).startsWith("200").contains("\"registration\"");
    assertThat(worker.http("/actuator/health/liveness")).startsWith("200");
    assertThat(worker.http("/actuator/info")).startsWith("200");
    assertThat(worker.http("/actuator/metrics")).startsWith("200");
    for (String secret : new String[] {"env", "heapdump", "configprops", "beans", "shutdown"}) {
      assertThat(worker.http("/actuator/" + secret)).startsWith("404");
    }
  }

  private static Status refusal(String task) {
    return failure(() -> worker.execute(task));
  }

  private static Status failure(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call).getStatus();
  }

  private static ListenableFuture<ExecuteResponse> send(String task) {
    return WorkerGrpc.newFutureStub(worker.channel())
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .execute(RunningWorker.request(task));
  }

  private static ListenableFuture<ExecuteResponse> sendWithoutDeadline(String task) {
    return WorkerGrpc.newFutureStub(worker.channel()).execute(RunningWorker.request(task));
  }

  private static int inFlight() {
    return worker.context().getBean(RequestLimit.class).inFlight();
  }

  private static ComputePool pool() {
    return worker.context().getBean(ComputePool.class);
  }
}
