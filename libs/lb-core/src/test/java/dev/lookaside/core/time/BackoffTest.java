package dev.lookaside.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final Backoff backoff = new Backoff(FIRST, LONGEST, new SplittableRandom(1));

  @Test
  void doublesUpToTheLongestAndShortensByUpToHalf() {
    for (int failures = 0; failures < 100; failures++) {
      long whole = (long) Math.min(1_000, 50 * Math.pow(2, failures));
      assertThat(backoff.pause(failures))
          .isBetween(Duration.ofMillis(whole / 2), Duration.ofMillis(whole));
    }
  }

  @Test
  void theLongestHoldsWhereDoublingWouldOverflow() {
    Backoff slow = new Backoff(Duration.ofDays(30), Duration.ofDays(300), new SplittableRandom(1));
    assertThat(slow.pause(1_000)).isBetween(Duration.ofDays(150), Duration.ofDays(300));
  }

  @Test
  void thoseThatFailTogetherDoNotReturnTogether() {
    assertThat(backoff.pause(3)).isNotEqualTo(backoff.pause(3));
  }

  @Test
  void aRunGrowsUntilItIsReset() {
    Backoff.Run run = backoff.run();
    for (int i = 0; i < 10; i++) {
      run.next();
    }
    assertThat(run.next()).isBetween(LONGEST.dividedBy(2), LONGEST);
    run.reset();
    assertThat(run.next()).isBetween(FIRST.dividedBy(2), FIRST);
  }
}
