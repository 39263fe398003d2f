package dev.lookaside.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkTaskTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Seed 1, 20,000 draws: the mean of the mean is 1, its standard deviation 1/141. */
  @ParameterizedTest
  @CsvSource({"1,0.1", "4,0.4", "0.25,0.025"})
  void takesARandomTimeWithThatMeanManyTimesLongerWhereItIsSlow(double slowdown, double mean) {
    var work = new WorkTask(HOUR, slowdown, new Random(1));

    double measured =
        IntStream.range(0, 20_000)
            .mapToLong(i -> work.prepare("0.1").cost().toNanos())
            .average()
            .orElseThrow();

    assertThat(measured / 1e9).isCloseTo(mean, within(0.03 * mean));
  }

  @Test
  void takesASlot() throws Exception {
    Job job = new WorkTask(HOUR, 1, new Random(1)).prepare("0.001");

    assertThat(job).isInstanceOf(Job.Computation.class);
    assertThat(((Job.Computation) job).work().run(new FakeCancellation(new CompletableFuture<>())))
        .isEqualTo("worked for " + job.cost().toMillis() + " ms");
  }

  @Test
  void endsWhenNobodyWaitsAnyMore() {
    Job job = new WorkTask(HOUR, 1_000, new Random(1)).prepare("3600");
    var left = new FakeCancellation(CompletableFuture.completedFuture(null));

    assertThatThrownBy(() -> ((Job.Computation) job).work().run(left))
        .isInstanceOf(CancellationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "NaN", "1e3", "3600.1"})
  void refusesWhatIsNoMeanAndSaysWhatIs(String argument) {
    var work = new WorkTask(HOUR, 1, new Random(1));

    assertThatThrownBy(() -> work.prepare(argument))
        .isInstanceOf(InvalidTaskException.class)
        .hasMessage(
            "work of '"
                + argument
                + "' (expected: work <mean seconds, 0 to 3600>, as a decimal number)");
  }
}
