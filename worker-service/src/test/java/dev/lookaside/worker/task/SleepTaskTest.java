package dev.lookaside.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SleepTaskTest {
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final SleepTask sleep = new SleepTask(Duration.ofHours(1), timer);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({"0,PT0S", "3,PT3S", "2.5,PT2.5S", "0.000000001,PT0.000000001S", "3600,PT1H"})
  void knowsItsCost(String argument, Duration cost) {
    assertThat(sleep.prepare(argument).cost()).isEqualTo(cost);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "-1",
        "+1",
        "NaN",
        "Infinity",
        "1e3",
        "1e18",
        "0x10",
        "1f",
        "1,5",
        ".5",
        "1.",
        "1 2",
        "3600.000000001",
        "1000000000",
        "999999999999999999",
        "9999999999999999999999",
        "١"
      })
  void refusesWhatIsNotASleepAndSaysWhatIs(String argument) {
    assertThatThrownBy(() -> sleep.prepare(argument))
        .isInstanceOf(InvalidTaskException.class)
        .hasMessageContaining("'" + argument + "'")
        .hasMessageContaining("(expected: sleep <seconds, 0 to 3600>, as a decimal number)");
  }

  @Test
  void answersAfterItsTime() throws Exception {
    long started = System.nanoTime();

    String result = start("0.050", new CompletableFuture<>()).get(10, TimeUnit.SECONDS);

    assertThat(result).isEqualTo("slept 0.05 s");
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isGreaterThanOrEqualTo(Duration.ofMillis(50));
  }

  @Test
  void leavesTheTimerAtOnceWhenCancelled() {
    timer.setRemoveOnCancelPolicy(true);
    var cancel = new CompletableFuture<Void>();
    CompletableFuture<String> slept = start("3600", cancel);
    assertThat(timer.getQueue()).hasSize(1);

    cancel.complete(null);

    assertThat(slept).isCancelled();
    assertThat(timer.getQueue()).isEmpty();
  }

  private CompletableFuture<String> start(String argument, CompletableFuture<Void> cancel) {
    var wait = (Job.Wait) sleep.prepare(argument);
    return wait.start().start(new FakeCancellation(cancel)).toCompletableFuture();
  }
}
