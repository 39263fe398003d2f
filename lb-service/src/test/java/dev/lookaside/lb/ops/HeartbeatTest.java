package dev.lookaside.lb.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.testing.time.FakeClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class HeartbeatTest {
  private final FakeClock clock = new FakeClock();
  private final Queue<Runnable> notYetRun = new ArrayDeque<>();

  @Test
  void loopsThatTurnAreUp() {
    LoopsHealth health = healthOf(Runnable::run, Runnable::run);

    clock.forwardTime(Duration.ofMinutes(5));

    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void oneLoopThatSpinsIsDownAfterTenSecondsAndUpWhenItTurnsAgain() {
    LoopsHealth health = healthOf(Runnable::run, notYetRun::add);

    clock.forwardTime(Heartbeat.LIMIT);
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    clock.forwardTime(Duration.ofSeconds(1));
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails().get("loops"))
        .isEqualTo(List.of("a loop of the test has not turned for 11 s"));

    notYetRun.remove().run();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void loopsThatAreLateShedSubscriptionsFirstAndReadinessThen() {
    Executor turns = Runnable::run;
    Executor waits = notYetRun::add;
    Heartbeat heartbeat =
        new Heartbeat(Map.of("the test", List.of(turns, waits)), clock::nanos, clock);
    heartbeat.start();
    Overload overload = new Overload(() -> heartbeat.delay("the test"));
    clock.forwardTime(Duration.ofMillis(250));
    assertThat(overload.complaint()).isEmpty();

    clock.forwardTime(Duration.ofMillis(50));
    assertThat(overload.complaint())
        .contains("this balancer is 300 ms late (expected: at most 250)");
    assertThat(overload.health().getStatus()).isEqualTo(Status.UP);

    clock.forwardTime(Duration.ofSeconds(1));
    assertThat(overload.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);

    notYetRun.remove().run();
    clock.forwardTime(Duration.ofMillis(700));
    notYetRun.remove().run();
    assertThat(overload.complaint()).isEmpty();
    assertThat(overload.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void aLoopThatHasEndedIsDown() {
    LoopsHealth health =
        healthOf(task -> {
          throw new RejectedExecutionException("event executor terminated");
        });

    clock.forwardTime(Duration.ZERO);

    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
  }

  private LoopsHealth healthOf(Executor... loops) {
    Heartbeat heartbeat = new Heartbeat(Map.of("the test", List.of(loops)), clock::nanos, clock);
    heartbeat.start();
    return new LoopsHealth(heartbeat);
  }
}
