package dev.lookaside.client.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.client.FakeBalancer;
import dev.lookaside.client.FakeWorker;
import dev.lookaside.client.task.TaskOutcome.Done;
import dev.lookaside.client.task.TaskOutcome.Failed;
import dev.lookaside.client.task.TaskOutcome.Unreachable;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.Outcome;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TaskClientTest {
  private static final Task TASK = new Task("sleep 3", "client1");
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void callsThePickedWorkerAndReportsTheOutcomeToTheBalancer() {
    FakeWorker worker = opened(FakeWorker.done("w1"));
    FakeBalancer balancer = opened(FakeBalancer.of(worker));

    TaskOutcome outcome = run(client(settings(balancer.address())));

    Done done = (Done) outcome;
    assertThat(done.result()).isEqualTo("did sleep 3");
    assertThat(done.pick())
        .isEqualTo(
            new Pick(
                balancer.address(),
                "worker",
                "w1",
                worker.address(),
                worker.incarnation(),
                "rr",
                FakeBalancer.TOKEN));
    assertThat(worker.requests.get(0).getClientId()).isEqualTo("client1");
    await().until(() -> balancer.outcomes.size() == 1);
    Outcome report = balancer.outcomes.get(0);
    assertThat(report.getEndpointId()).isEqualTo("w1");
    assertThat(report.getIncarnation()).isEqualTo(worker.incarnation());
    assertThat(report.getStatusCode()).isEqualTo(Status.Code.OK.value());
    assertThat(report.getToken()).isEqualTo(FakeBalancer.TOKEN);
  }

  @Test
  void asksTheNextBalancerWhenOneIsDead() {
    FakeBalancer dead = opened(FakeBalancer.hanging());
    dead.close();
    FakeBalancer alive = opened(FakeBalancer.of(opened(FakeWorker.done("w1"))));

    assertThat(run(client(settings(dead.address(), alive.address())))).isInstanceOf(Done.class);
  }

  @Test
  void waitsForABalancerThatHangsOnlyOnce() {
    FakeBalancer hanging = opened(FakeBalancer.hanging());
    FakeBalancer alive = opened(FakeBalancer.of(opened(FakeWorker.done("w1"))));
    TaskClient client = client(settings(hanging.address(), alive.address()));

    for (int i = 0; i < 5; i++) {
      assertThat(run(client)).isInstanceOf(Done.class);
    }

    assertThat(hanging.picks).hasSize(1);
    assertThat(alive.picks).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "RESOURCE_EXHAUSTED"})
  void picksAgainWithoutTheWorkerThatRefused(Status.Code refusal) {
    FakeWorker refusing = opened(FakeWorker.failing("w1", refusal.toStatus()));
    FakeBalancer balancer = opened(FakeBalancer.of(refusing, opened(FakeWorker.done("w2"))));

    Done done = (Done) run(client(settings(balancer.address())));

    assertThat(done.pick().workerId()).isEqualTo("w2");
    assertThat(done.failures()).extracting(a -> a.pick().workerId()).containsExactly("w1");
    assertThat(balancer.picks)
        .extracting(pick -> List.copyOf(pick.getExcludedEndpointIdsList()))
        .containsExactly(List.of(), List.of("w1"));
    await().until(() -> balancer.outcomes.size() == 2);
    assertThat(balancer.outcomes)
        .extracting(Outcome::getStatusCode)
        .containsExactly(refusal.value(), 0);
  }

  @Test
  void picksAgainWithoutTheWorkerThatDied() {
    FakeBalancer balancer =
        opened(FakeBalancer.of(FakeWorker.dead("w1"), opened(FakeWorker.done("w2"))));

    Done done = (Done) run(client(settings(balancer.address())));

    assertThat(done.pick().workerId()).isEqualTo("w2");
  }

  @Test
  void givesUpAfterThreeAttempts() {
    Status full = Status.RESOURCE_EXHAUSTED.withDescription("queue is full");
    FakeWorker[] workers = new FakeWorker[4];
    Arrays.setAll(workers, i -> opened(FakeWorker.failing("w" + i, full)));
    FakeBalancer balancer = opened(FakeBalancer.of(workers));

    Failed failed = (Failed) run(client(settings(balancer.address())));

    assertThat(failed.status().getDescription()).isEqualTo("queue is full");
    assertThat(failed.failures())
        .extracting(a -> a.pick().workerId())
        .containsExactly("w0", "w1", "w2");
  }

  @Test
  void triesTheOnlyWorkerAgainWhenThereIsNoOther() {
    FakeWorker only = opened(FakeWorker.failing("w1", Status.RESOURCE_EXHAUSTED));
    FakeBalancer balancer = opened(FakeBalancer.of(only));

    assertThat(run(client(settings(balancer.address())))).isInstanceOf(Failed.class);

    assertThat(only.requests).hasSize(3);
  }

  @Test
  void neverRetriesATaskThatIsWrong() {
    FakeWorker worker = opened(FakeWorker.failing("w1", Status.INVALID_ARGUMENT));
    FakeBalancer balancer = opened(FakeBalancer.of(worker, opened(FakeWorker.done("w2"))));

    Failed failed = (Failed) run(client(settings(balancer.address())));

    assertThat(failed.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failed.pick().map(Pick::workerId)).contains("w1");
    assertThat(balancer.picks).hasSize(1);
  }

  @Test
  void endsWithTheDeadlineAndTellsTheWorker() {
    FakeWorker hanging = opened(FakeWorker.hanging("w1"));
    FakeBalancer balancer = opened(FakeBalancer.of(hanging));
    ClientSettings settings =
        new ClientSettings(
            List.of(balancer.address()),
            "worker",
            Duration.ofSeconds(3), // in which the call has to reach the worker
            LONG,
            LONG,
            Optional.empty(),
            InsecureChannelCredentials.create(),
            1);

    Failed failed = (Failed) run(client(settings));

    assertThat(failed.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    await().until(() -> hanging.cancelled.get() == 1);
  }

  @Test
  void triesAnotherWorkerWhenAnAttemptTakesTooLong() {
    FakeWorker hanging = opened(FakeWorker.hanging("w1"));
    FakeBalancer balancer = opened(FakeBalancer.of(hanging, opened(FakeWorker.done("w2"))));
    ClientSettings settings =
        new ClientSettings(
            List.of(balancer.address()),
            "worker",
            LONG,
            LONG,
            LONG,
            Optional.of(Duration.ofSeconds(2)), // in which the other has to answer
            InsecureChannelCredentials.create(),
            1);

    Done done = (Done) run(client(settings));

    assertThat(done.pick().workerId()).isEqualTo("w2");
  }

  @Test
  void waitsForAWorkerWhileThereIsNone() {
    FakeWorker worker = opened(FakeWorker.done("w1"));
    FakeBalancer balancer = opened(FakeBalancer.of(worker));
    FakeBalancer.Decision ready = balancer.decision;
    balancer.decision =
        request -> {
          if (balancer.picks.size() < 3) {
            throw FakeBalancer.nothing(1);
          }
          return ready.on(request);
        };

    Done done = (Done) run(client(settings(balancer.address())));

    assertThat(balancer.picks).hasSize(3);
    assertThat(done.failures()).isEmpty();
  }

  @Test
  void leavesABalancerAloneForAsLongAsItAsks() {
    FakeBalancer balancer = opened(FakeBalancer.of(opened(FakeWorker.done("w1"))));
    FakeBalancer.Decision ready = balancer.decision;
    balancer.decision =
        request -> {
          if (balancer.picks.size() == 1) {
            throw FakeBalancer.nothing(400);
          }
          return ready.on(request);
        };

    TaskOutcome outcome = run(client(settings(balancer.address())));

    assertThat(outcome).isInstanceOf(Done.class);
    assertThat(outcome.latency()).isGreaterThanOrEqualTo(Duration.ofMillis(400));
  }

  @Test
  void namesEachBalancerThatDoesNotAnswer() {
    FakeBalancer dead = opened(FakeBalancer.hanging());
    FakeBalancer deadToo = opened(FakeBalancer.hanging());
    dead.close();
    deadToo.close();

    Unreachable unreachable =
        (Unreachable) run(client(impatient(dead.address(), deadToo.address())));

    assertThat(unreachable.status().getDescription())
        .startsWith("no balancer answers: ")
        .contains(dead.address() + ": Connection refused")
        .contains(deadToo.address() + ": Connection refused");
  }

  @Test
  void saysWhyThereIsNoWorkerIfAnyBalancerKnows() {
    FakeBalancer dead = opened(FakeBalancer.hanging());
    dead.close();
    FakeBalancer empty = opened(FakeBalancer.of());

    Unreachable unreachable = (Unreachable) run(client(impatient(empty.address(), dead.address())));

    assertThat(unreachable.status().getDescription()).isEqualTo("no endpoint is ready");
  }

  @Test
  void reachesAWorkerAtOnceThatCanBeReachedAgain() {
    FakeWorker gone = FakeWorker.dead("w1");
    FakeBalancer balancer = opened(FakeBalancer.of(gone));
    TaskClient client = client(impatient(balancer.address()));
    assertThat(run(client)).isInstanceOf(Unreachable.class);

    FakeWorker back = opened(FakeWorker.back(gone));
    balancer.decision = request -> Optional.of(back);

    Done done = (Done) run(client);
    assertThat(done.failures()).isEmpty();
  }

  @Test
  void cancellingATaskReachesTheWorker() {
    FakeWorker hanging = opened(FakeWorker.hanging("w1"));
    FakeBalancer balancer = opened(FakeBalancer.of(hanging));
    TaskCall call = client(settings(balancer.address())).start(TASK);
    await().until(() -> hanging.requests.size() == 1);

    call.cancel();
    call.cancel();

    assertThat(((Failed) call.outcome().join()).status().getCode())
        .isEqualTo(Status.Code.CANCELLED);
    await().until(() -> hanging.cancelled.get() == 1);
  }

  @Test
  void retriesNoMoreThanTheBudgetAllows() {
    FakeWorker refusing = opened(FakeWorker.failing("w1", Status.UNAVAILABLE));
    FakeBalancer balancer = opened(FakeBalancer.of(refusing, opened(FakeWorker.done("w2"))));
    TaskClient client =
        client(
            new ClientSettings(
                List.of(balancer.address()),
                "worker",
                LONG,
                LONG,
                LONG,
                Optional.empty(),
                InsecureChannelCredentials.create(),
                2));

    assertThat(run(client)).isInstanceOf(Done.class);
    assertThat(run(client)).isInstanceOf(Done.class);
    assertThat(run(client)).isInstanceOf(Unreachable.class);
  }

  private static ClientSettings settings(Address... balancers) {
    return new ClientSettings(
        List.of(balancers),
        "worker",
        LONG,
        LONG,
        Duration.ofSeconds(2),
        Optional.empty(),
        InsecureChannelCredentials.create(),
        ClientSettings.RETRY_BURST);
  }

  private static ClientSettings impatient(Address... balancers) {
    return new ClientSettings(
        List.of(balancers),
        "worker",
        LONG,
        Duration.ZERO,
        LONG,
        Optional.empty(),
        InsecureChannelCredentials.create(),
        1);
  }

  private TaskClient client(ClientSettings settings) {
    return opened(TaskClient.open(settings));
  }

  private static TaskOutcome run(TaskClient client) {
    return client.start(TASK).outcome().orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Closed after the test, the last one first. */
  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }
}
