package dev.lookaside.testing.time;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // what runs is seen in what it notes
class FakeClockTest {
  private final FakeClock clock = new FakeClock();
  private final List<String> seen = new ArrayList<>();

  private void note(String what) {
    seen.add(what + "@" + Duration.ofNanos(clock.nanos()).toSeconds());
  }

  @Test
  void runsNothingUntilItsTimeComes() {
    clock.schedule(() -> note("a"), 2, SECONDS);
    clock.execute(() -> note("now"));
    assertThat(seen).isEmpty();
    clock.runDueTasks();
    assertThat(seen).containsExactly("now@0");
    assertThat(clock.forwardTime(Duration.ofSeconds(1))).isZero();
    assertThat(clock.forwardTime(Duration.ofSeconds(1))).isOne();
    assertThat(seen).containsExactly("now@0", "a@2");
  }

  @Test
  void showsEachTaskItsOwnTimeAndKeepsTheirOrder() {
    clock.schedule(() -> note("second"), 3, SECONDS);
    clock.schedule(() -> note("first"), 1, SECONDS);
    clock.schedule(() -> note("third"), 3, SECONDS);
    clock.forwardTime(Duration.ofSeconds(10));
    assertThat(seen).containsExactly("first@1", "second@3", "third@3");
    assertThat(clock.nanos()).isEqualTo(SECONDS.toNanos(10));
  }

  @Test
  void runsWhatTasksPlanOnTheWay() {
    clock.schedule(() -> clock.schedule(() -> note("inner"), 1, SECONDS), 1, SECONDS);
    clock.forwardTime(Duration.ofSeconds(5));
    assertThat(seen).containsExactly("inner@2");
  }

  @Test
  void repeatsUntilCancelled() {
    ScheduledFuture<?> beat = clock.scheduleAtFixedRate(() -> note("beat"), 1, 2, SECONDS);
    clock.forwardTime(Duration.ofSeconds(4));
    beat.cancel(false);
    clock.forwardTime(Duration.ofSeconds(10));
    assertThat(seen).containsExactly("beat@1", "beat@3");
    assertThat(clock.pending()).isZero();
  }

  @Test
  void takesNothingAfterItsShutdown() {
    clock.shutdown();
    assertThatThrownBy(() -> clock.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(clock.isTerminated()).isTrue();
  }
}
