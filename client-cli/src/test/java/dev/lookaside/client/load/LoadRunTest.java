package dev.lookaside.client.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.client.FakeBalancer;
import dev.lookaside.client.FakeWorker;
import dev.lookaside.client.task.ClientSettings;
import dev.lookaside.client.task.TaskClient;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.tracing.RpcTracing;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadRunTest {
  private static final TaskMix MIX = TaskMix.parse("sleep 1:3,sum-up 5:1");

  @Test
  void accountsForEveryTaskOfAClosedLoop() {
    try (FakeWorker refusing = FakeWorker.failing("w1", Status.RESOURCE_EXHAUSTED);
        FakeWorker working = FakeWorker.done("w2");
        FakeBalancer balancer = FakeBalancer.of(refusing, working);
        TaskClient client = client(balancer)) {
      LoadSummary summary = run(plan(5, 50, OptionalDouble.empty()), client).run();

      assertThat(summary.done()).isEqualTo(50);
      assertThat(summary.failed()).isZero();
      assertThat(summary.retries()).isEqualTo(50);
      assertThat(summary.workers()).extracting(LatencyRow::name).containsExactly("w1", "w2");
      assertThat(summary.workers()).extracting(LatencyRow::done).containsExactly(0L, 50L);
      assertThat(summary.workers()).extracting(LatencyRow::refused).containsExactly(50L, 0L);
      assertThat(summary.kinds())
          .extracting(LatencyRow::name)
          .containsExactlyElementsOf(MIX.tasks());
      assertThat(summary.kinds().stream().mapToLong(LatencyRow::done).sum()).isEqualTo(50);
      assertThat(working.requests)
          .extracting(request -> request.getClientId())
          .contains("client1", "client5");
    }
  }

  @Test
  void accountsForEveryTaskThatItsOwnChannelPickedFor() {
    try (FakeWorker refusing = FakeWorker.failing("w1", Status.RESOURCE_EXHAUSTED);
        FakeWorker working = FakeWorker.done("w2");
        FakeBalancer balancer = FakeBalancer.of(refusing, working);
        Sender sender =
            SubscribedSender.open(
                ClientSettings.of(List.of(balancer.address())), RpcTracing.off())) {
      LoadSummary summary =
          new LoadRun(
                  plan(5, 50, OptionalDouble.empty()),
                  sender,
                  () -> {},
                  new Random(1),
                  Ticker.system())
              .run();

      assertThat(summary.done() + summary.failed()).isEqualTo(50);
      assertThat(working.requests).hasSize(Math.toIntExact(summary.done()));
      assertThat(summary.retries()).isPositive();
      assertThat(summary.workers()).extracting(LatencyRow::name).containsExactly("w1", "w2");
      assertThat(summary.workers().get(0).refused()).isEqualTo(refusing.requests.size());
    }
  }

  @Test
  void countsWhatFailedByStatusWithAnExample() {
    Status wrong = Status.INVALID_ARGUMENT.withDescription("no such task");
    try (FakeWorker worker = FakeWorker.failing("w1", wrong);
        FakeBalancer balancer = FakeBalancer.of(worker);
        TaskClient client = client(balancer)) {
      LoadSummary summary = run(plan(3, 30, OptionalDouble.empty()), client).run();

      assertThat(summary.sent()).isEqualTo(30);
      assertThat(summary.failures())
          .containsOnlyKeys("INVALID_ARGUMENT")
          .containsEntry("INVALID_ARGUMENT", new LoadSummary.FailureCount(30, "no such task"));
    }
  }

  @Test
  void sendsAnOpenLoopOnTimeHoweverSlowTheAnswers() {
    try (FakeWorker hanging = FakeWorker.hanging("w1");
        FakeBalancer balancer = FakeBalancer.of(hanging);
        TaskClient client = client(balancer)) {
      LoadRun run = run(plan(1, 20, OptionalDouble.of(200)), client);
      var summary = CompletableFuture.supplyAsync(run::run);

      await().until(() -> hanging.requests.size() == 20);
      run.stop();

      await().until(summary::isDone);
      assertThat(summary.join().failures()).containsOnlyKeys("CANCELLED");
      assertThat(summary.join().sent()).isEqualTo(20);
    }
  }

  @Test
  void countsLatencyFromWhenATaskWasToStart() {
    // The first reading sets the start; then the generator stalls for a second.
    try (FakeWorker worker = FakeWorker.done("w1");
        FakeBalancer balancer = FakeBalancer.of(worker);
        TaskClient client = client(balancer)) {
      Ticker real = Ticker.system();
      Ticker stalled =
          new Ticker() {
            private int readings;

            @Override
            public synchronized long nanos() {
              return real.nanos() + (readings++ < 2 ? 0 : Duration.ofSeconds(1).toNanos());
            }
          };
      LoadPlan plan = plan(1, 50, OptionalDouble.of(1_000));

      LoadSummary summary =
          new LoadRun(plan, new PickingSender(client), () -> {}, new Random(1), stalled).run();

      assertThat(summary.done()).isEqualTo(50);
      // 50 tasks were to start within 50 ms, so each waited for most of the stall.
      assertThat(summary.all().percentileMillis(0)).isGreaterThan(900);
    }
  }

  @Test
  void endsAfterTheDuration() {
    try (FakeWorker worker = FakeWorker.done("w1");
        FakeBalancer balancer = FakeBalancer.of(worker);
        TaskClient client = client(balancer)) {
      LoadPlan plan =
          new LoadPlan(
              2,
              OptionalLong.empty(),
              Optional.of(Duration.ofMillis(300)),
              OptionalDouble.of(100),
              Duration.ZERO,
              MIX);

      assertThat(run(plan, client).run().sent()).isEqualTo(30);
    }
  }

  @Test
  void whatIsSentToWarmUpDoesNotCount() {
    try (FakeWorker worker = FakeWorker.done("w1");
        FakeBalancer balancer = FakeBalancer.of(worker);
        TaskClient client = client(balancer)) {
      LoadPlan plan =
          new LoadPlan(
              2,
              OptionalLong.empty(),
              Optional.of(Duration.ofMillis(200)),
              OptionalDouble.of(100),
              Duration.ofMillis(100),
              MIX);

      assertThat(run(plan, client).run().sent()).isEqualTo(20);
      assertThat(worker.requests).hasSize(30);
    }
  }

  @Test
  void countsATaskThatFailedAtItsTime() {
    ManualTicker ticker = new ManualTicker();
    Sender sender =
        new FakeSender(number -> {
          boolean hangs = number % 50 == 0;
          ticker.advance(hangs ? Duration.ofSeconds(5) : Duration.ofMillis(80));
          return hangs ? failed(Status.DEADLINE_EXCEEDED) : done("w1");
        });

    LoadSummary summary = run(plan(1, 100, OptionalDouble.empty()), sender, ticker).run();

    assertThat(summary.all().done()).isEqualTo(98);
    assertThat(summary.all().failed()).isEqualTo(2);
    assertThat(summary.all().percentileMillis(50)).isBetween(79.0, 81.0);
    assertThat(summary.all().percentileMillis(99)).isGreaterThan(4_900);
  }

  @Test
  void aTaskThatEndsLongAfterTheOthersMakesNoRateSmaller() {
    ManualTicker ticker = new ManualTicker();
    Sender sender =
        new FakeSender(number -> {
          ticker.advance(number == 10 ? Duration.ofSeconds(60) : Duration.ofMillis(100));
          return done("w1");
        });

    LoadSummary summary = run(plan(1, 10, OptionalDouble.empty()), sender, ticker).run();

    assertThat(summary.sending()).isEqualTo(Duration.ofMillis(900));
    assertThat(summary.done()).isEqualTo(10);
    assertThat(summary.goodputPerSecond()).isEqualTo(10);
  }

  @Test
  void theRateOfALoadWithADurationIsThatOfTheDuration() {
    ManualTicker ticker = new ManualTicker();
    Sender sender =
        new FakeSender(number -> {
          ticker.advance(number == 11 ? Duration.ofSeconds(9) : Duration.ofMillis(100));
          return done("w1");
        });
    LoadPlan plan =
        new LoadPlan(
            1,
            OptionalLong.empty(),
            Optional.of(Duration.ofSeconds(2)),
            OptionalDouble.empty(),
            Duration.ofSeconds(1),
            MIX);

    LoadSummary summary = run(plan, sender, ticker).run();

    assertThat(summary.sending()).isEqualTo(Duration.ofSeconds(2));
    assertThat(summary.sentPerSecond()).isEqualTo(0.5);
    assertThat(summary.doneWhileSending()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1_000})
  void aSenderThatThrowsFailsTheTaskAndNotTheRun(double rate) {
    Sender sender =
        new FakeSender(number -> {
          if (number % 2 == 0) {
            throw new IllegalStateException("broken");
          }
          return done("w1");
        });
    OptionalDouble perSecond = rate == 0 ? OptionalDouble.empty() : OptionalDouble.of(rate);
    LoadRun run = run(plan(2, 20, perSecond), sender, Ticker.system());

    var summary = CompletableFuture.supplyAsync(run::run);

    await().until(summary::isDone);
    assertThat(summary.join().done()).isEqualTo(10);
    assertThat(summary.join().failures())
        .containsEntry("INTERNAL", new LoadSummary.FailureCount(10, "broken"));
  }

  @Test
  void aListenerThatThrowsDoesNotStopTheRun() {
    LoadRun run =
        new LoadRun(
            plan(2, 20, OptionalDouble.of(1_000)),
            new FakeSender(number -> done("w1")),
            () -> {
              throw new IllegalStateException("no terminal");
            },
            new Random(1),
            Ticker.system());

    var summary = CompletableFuture.supplyAsync(run::run);

    await().until(summary::isDone);
    assertThat(summary.join().done()).isEqualTo(20);
  }

  @Test
  void stopsAtOnceHoweverLongItIsToTheNextTask() {
    FakeSender sender = new FakeSender(number -> done("w1"));
    LoadRun run = run(plan(1, 2, OptionalDouble.of(0.001)), sender, Ticker.system());
    var summary = CompletableFuture.supplyAsync(run::run);
    await().until(() -> sender.numbers().get() == 1);

    run.stop();

    await().until(summary::isDone);
  }

  private static Sent done(String worker) {
    return new Sent(List.of(), new Sent.End.Done(worker));
  }

  private static Sent failed(Status status) {
    return new Sent(List.of(), new Sent.End.Failed(status));
  }

  private static LoadRun run(LoadPlan plan, Sender sender, Ticker ticker) {
    return new LoadRun(plan, sender, () -> {}, new Random(1), ticker);
  }

  private static LoadPlan plan(int clients, long requests, OptionalDouble rate) {
    return new LoadPlan(
        clients, OptionalLong.of(requests), Optional.empty(), rate, Duration.ZERO, MIX);
  }

  private static LoadRun run(LoadPlan plan, TaskClient client) {
    return new LoadRun(plan, new PickingSender(client), () -> {}, new Random(1), Ticker.system());
  }

  private static TaskClient client(FakeBalancer balancer) {
    return TaskClient.open(ClientSettings.of(List.of(balancer.address())));
  }
}
