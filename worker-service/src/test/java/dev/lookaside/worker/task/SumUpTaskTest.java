package dev.lookaside.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SumUpTaskTest {
  private static final long BLOCK = 1 << 20;

  /** Each look at this clock takes a millisecond, so each block does too. */
  private final Ticker ticker = slowClock();

  private final AtomicInteger blocks = new AtomicInteger();

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,1",
    "100,5050",
    "1000000,500000500000",
    "1048576,549756338176",
    "100000000,5000000050000000",
    "4294967295,9223372034707292160"
  })
  void sumsExactly(String argument, String sum) throws Exception {
    assertThat(run(argument, Integer.MAX_VALUE)).isEqualTo(sum);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "-1",
        "+1",
        "1.5",
        "1e18",
        "0x10",
        "NaN",
        "1 2",
        "4294967296",
        "999999999999999999",
        "9223372036854775808",
        "99999999999999999999999"
      })
  void refusesWhatItCannotSumExactlyAndSaysWhatItCan(String argument) {
    assertThatThrownBy(() -> new SumUpTask(ticker).prepare(argument))
        .isInstanceOf(InvalidTaskException.class)
        .hasMessageContaining("'" + argument + "'")
        .hasMessageContaining("(expected: sum-up <n, 0 to 4294967295>, as a whole number)");
  }

  @Test
  void stopsAtTheFirstBlockAfterACancellation() {
    assertThatThrownBy(() -> run("4294967295", 3)).isInstanceOf(CancellationException.class);

    assertThat(blocks).hasValue(3);
  }

  @Test
  void claimsNoCostBeforeItHasSeenTheMachineWork() {
    assertThat(new SumUpTask(ticker).prepare("4294967295").cost()).isZero();
  }

  @Test
  void estimatesHalfTheTimeOfTheFastestBlockOnceWarm() throws Exception {
    var task = new SumUpTask(ticker);
    String hundredBlocks = Long.toString(100 * BLOCK);
    compute(task, hundredBlocks, Integer.MAX_VALUE);

    assertThat(task.prepare(hundredBlocks).cost()).isEqualTo(Duration.ofMillis(50));
  }

  private static Ticker slowClock() {
    var clock = new ManualTicker();
    return () -> {
      clock.advance(Duration.ofMillis(1));
      return clock.nanos();
    };
  }

  private String run(String argument, int blocksBeforeCancel) throws Exception {
    return compute(new SumUpTask(ticker), argument, blocksBeforeCancel);
  }

  /** Counts blocks by the looks at the cancellation. */
  private String compute(SumUpTask task, String argument, int blocksBeforeCancel) throws Exception {
    var computation = (Job.Computation) task.prepare(argument);
    return computation
        .work()
        .run(
            new Cancellation() {
              @Override
              public boolean isCancelled() {
                return blocks.get() >= blocksBeforeCancel || blocks.incrementAndGet() < 0;
              }

              @Override
              public void onCancel(Runnable action) {
                throw new UnsupportedOperationException("a sum looks at the flag");
              }
            });
  }
}
