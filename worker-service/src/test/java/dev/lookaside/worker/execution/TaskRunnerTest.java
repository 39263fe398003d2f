package dev.lookaside.worker.execution;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.worker.task.Cancellation;
import dev.lookaside.worker.task.InvalidTaskException;
import dev.lookaside.worker.task.Job;
import dev.lookaside.worker.task.Task;
import dev.lookaside.worker.task.TaskCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskRunnerTest {
  private static final Object ANYBODY = "anybody";
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<CompletableFuture<String>> waits = new ArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final RequestLimit requests = new RequestLimit(4);
  private final ComputePool pool = new ComputePool(1, 1, Thread::new);
  private final TaskRunner runner =
      new TaskRunner(
          new TaskCatalog(
              List.of(
                  new FakeTask("compute", new Job.Computation(TEN_SECONDS, this::passGate)),
                  new FakeTask("spin", new Job.Computation(Duration.ZERO, TaskRunnerTest::spin)),
                  new FakeTask("wait", new Job.Wait(TEN_SECONDS, cancellation -> newWait())),
                  new FakeTask("throw", new Job.Computation(Duration.ZERO, c -> fail())),
                  new FakeTask("throw-early", new Job.Wait(Duration.ZERO, c -> failEarly())))),
          requests,
          pool,
          0.75,
          (task, outcome) -> heard.add(task + " " + outcome.label()),
          Ticker.system());

  @AfterEach
  void stop() {
    gate.countDown();
    pool.close();
  }

  @Test
  void oneClientLeavesRoomForTheOthers() {
    // 4 requests may be in flight; of those, 3 are for one client.
    for (int i = 0; i < 3; i++) {
      runner.start("wait", TaskRunner.NO_DEADLINE, "hog");
    }

    assertThat(outcome(runner.start("wait", TaskRunner.NO_DEADLINE, "hog")))
        .isEqualTo(new Outcome.Refused("too many requests of one client (expected: at most 3)"));
    runner.start("wait", TaskRunner.NO_DEADLINE, "other");
    assertThat(requests.inFlight()).isEqualTo(4);

    waits.forEach(wait -> wait.complete("done"));
    assertThat(requests.inFlight()).isZero();
    runner.start("wait", TaskRunner.NO_DEADLINE, "hog");
    assertThat(requests.inFlight()).isEqualTo(1);
  }

  @Test
  void runsAComputationAndSaysHowLongItTook() {
    Execution execution = start("compute");
    gate.countDown();

    Outcome outcome = outcome(execution);

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(((Outcome.Done) outcome).result()).isEqualTo("through");
    assertThat(((Outcome.Done) outcome).duration()).isPositive();
    assertThat(heard).containsExactly("compute done");
  }

  @Test
  void refusesAComputationWhenSlotsAndQueueAreTaken() {
    start("compute");
    start("compute");
    await().until(() -> pool.running() == 1 && pool.queued() == 1);
    assertThat(pool.utilization()).isEqualTo(2);

    assertThat(outcome(start("compute")))
        .isEqualTo(new Outcome.Refused("the worker is full: 2 computations"));

    assertThat(requests.inFlight()).isEqualTo(2);
  }

  @Test
  void aCallerWhoAsksAgainUponAnAnswerFindsItsPlaceFree() {
    gate.countDown();
    for (int i = 0; i < 1_000; i++) {
      Execution queued = start("compute");
      assertThat(outcome(start("compute"))).isInstanceOf(Outcome.Done.class);
      assertThat(outcome(queued)).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void waitsTakeNoSlotButCountAsRequests() {
    for (int i = 0; i < 4; i++) {
      start("wait");
    }
    assertThat(pool.utilization()).isZero();
    assertThat(requests.inFlight()).isEqualTo(4);

    assertThat(outcome(start("wait")))
        .isEqualTo(new Outcome.Refused("the worker is full: 4 requests"));

    waits.forEach(wait -> wait.complete("waited"));
    assertThat(requests.inFlight()).isZero();
  }

  @Test
  void refusesWhatCannotMakeItsDeadlineAndTakesNoPlaceForIt() {
    Duration timeLeft = Duration.ofSeconds(9);

    assertThat(outcome(runner.start("compute", timeLeft, ANYBODY)))
        .isEqualTo(new Outcome.TooLate(TEN_SECONDS, timeLeft));
    assertThat(outcome(runner.start("wait", timeLeft, ANYBODY)))
        .isInstanceOf(Outcome.TooLate.class);

    assertThat(requests.inFlight()).isZero();
    assertThat(pool.utilization()).isZero();
    assertThat(waits).isEmpty();
  }

  @Test
  void aCancelledComputationLeavesTheQueueAtOnce() {
    start("compute");
    await().until(() -> pool.running() == 1);
    Execution queued = start("compute");

    queued.cancel();

    assertThat(outcome(queued)).isInstanceOf(Outcome.Cancelled.class);
    assertThat(pool.queued()).isZero();
    assertThat(requests.inFlight()).isEqualTo(1);
  }

  @Test
  void aCancelledComputationGivesItsSlotBack() {
    Execution running = start("spin");
    await().until(() -> pool.running() == 1);

    running.cancel();

    assertThat(outcome(running)).isInstanceOf(Outcome.Cancelled.class);
    assertThat(pool.utilization()).isZero();
    assertThat(requests.inFlight()).isZero();
  }

  @Test
  void cancellingTwiceOrAfterTheEndGivesThePlaceBackOnce() {
    Execution running = start("spin");
    running.cancel();
    running.cancel();
    assertThat(outcome(running)).isInstanceOf(Outcome.Cancelled.class);
    running.cancel();

    assertThat(requests.inFlight()).isZero();
    assertThat(pool.utilization()).isZero();
    assertThat(heard).containsExactly("spin cancelled");
  }

  @Test
  void aTaskThatThrowsIsAFailureAndGivesItsPlaceBack() {
    assertThat(outcome(start("throw"))).isInstanceOf(Outcome.Failed.class);
    assertThat(outcome(start("throw-early"))).isInstanceOf(Outcome.Failed.class);

    assertThat(requests.inFlight()).isZero();
    assertThat(pool.utilization()).isZero();
  }

  @Test
  void listenersNeverHearANameThatACallerMadeUp() {
    start("made-up-1");
    start("made-up-2 x");

    assertThat(heard).containsExactly("unknown invalid", "unknown invalid");
  }

  private Execution start(String text) {
    return runner.start(text, TaskRunner.NO_DEADLINE, new Object());
  }

  private static Outcome outcome(Execution execution) {
    var ended = new CompletableFuture<Outcome>();
    execution.whenEnded(ended::complete);
    return ended.orTimeout(10, SECONDS).join();
  }

  private String passGate(Cancellation cancellation) throws InterruptedException {
    return gate.await(10, SECONDS) ? "through" : "stuck";
  }

  private static String spin(Cancellation cancellation) {
    while (true) {
      cancellation.throwIfCancelled();
      Thread.onSpinWait();
    }
  }

  private CompletionStage<String> newWait() {
    var wait = new CompletableFuture<String>();
    waits.add(wait);
    return wait;
  }

  private static String fail() {
    throw new IllegalStateException("on purpose");
  }

  private static CompletionStage<String> failEarly() {
    throw new IllegalStateException("on purpose");
  }

  private record FakeTask(String name, Job job) implements Task {
    @Override
    public String usage() {
      return name;
    }

    @Override
    public Job prepare(String argument) {
      if (!argument.isEmpty()) {
        throw new InvalidTaskException("argument");
      }
      return job;
    }
  }
}
