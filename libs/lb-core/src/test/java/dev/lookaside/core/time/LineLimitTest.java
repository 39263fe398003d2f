package dev.lookaside.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineLimitTest {
  private final ManualTicker ticker = new ManualTicker();
  private final LineLimit limit = new LineLimit(ticker, Duration.ofSeconds(10), 3);
  private final List<String> lines = new ArrayList<>();

  private void fail(String cause) {
    limit.write(cause, leftOut -> lines.add(cause + leftOut));
  }

  @Test
  void writesOneLinePerCauseAndIntervalAndCountsTheRest() {
    for (int tenth = 0; tenth < 250; tenth++) {
      fail("a");
      ticker.advance(Duration.ofMillis(100));
    }
    fail("b");

    assertThat(lines)
        .containsExactly(
            "a",
            "a (and 99 more since the last such line)",
            "a (and 99 more since the last such line)",
            "b");
  }

  @Test
  void takesCausesBeyondItsBoundForOne() {
    for (int i = 0; i < 10_000; i++) {
      fail("cause-" + i);
    }
    assertThat(lines).containsExactly("cause-0", "cause-1", "cause-2", "cause-3");

    ticker.advance(Duration.ofSeconds(10));
    fail("late");
    assertThat(lines).last().isEqualTo("late");
  }
}
