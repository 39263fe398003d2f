package dev.lookaside.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OutstandingTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final ManualTicker ticker = new ManualTicker();
  private final Outstanding outstanding = new Outstanding(TIMEOUT, ticker.nanos());

  @Test
  void countsWhatBeganAndHasNotEnded() {
    begin(3);
    end(Duration.ZERO);
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void neverCountsLessThanNothing() {
    end(Duration.ZERO);
    begin(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void forgetsWhatNeverEndsAfterTwoTimeoutsAtMost() {
    begin(5);
    ticker.advance(TIMEOUT);
    assertThat(count()).isEqualTo(5);
    ticker.advance(TIMEOUT);
    assertThat(count()).isZero();
  }

  @Test
  void keepsEverythingYoungerThanTheTimeout() {
    ticker.advance(TIMEOUT.minusNanos(1));
    begin(5);
    ticker.advance(TIMEOUT);
    assertThat(count()).isEqualTo(5);
  }

  @Test
  void anEndOfAForgottenRequestTakesNoneOfTheOthers() {
    begin(1);
    ticker.advance(TIMEOUT.multipliedBy(3));
    begin(2);
    end(TIMEOUT.multipliedBy(3));
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void anEndIsTakenOffTheGenerationInWhichTheRequestBegan() {
    begin(2);
    ticker.advance(TIMEOUT);
    begin(3);
    end(TIMEOUT);
    end(TIMEOUT);
    ticker.advance(TIMEOUT);
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void survivesALongPause() {
    begin(2);
    ticker.advance(TIMEOUT.multipliedBy(1_000));
    assertThat(count()).isZero();
    begin(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void losesNoneOfManyConcurrentRequests() {
    IntStream.range(0, 20_000)
        .parallel()
        .forEach(i -> {
          outstanding.began(ticker.nanos());
          if (i % 2 == 0) {
            outstanding.ended(ticker.nanos(), ticker.nanos());
          }
        });
    assertThat(count()).isEqualTo(10_000);
  }

  private void begin(int count) {
    IntStream.range(0, count).forEach(i -> outstanding.began(ticker.nanos()));
  }

  private void end(Duration latency) {
    outstanding.ended(ticker.nanos() - latency.toNanos(), ticker.nanos());
  }

  private int count() {
    return outstanding.count(ticker.nanos());
  }
}
