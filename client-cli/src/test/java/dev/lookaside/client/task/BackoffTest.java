package dev.lookaside.client.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  @Test
  void doublesUpToTheLongestAndShortensByUpToHalf() {
    Backoff backoff = new Backoff(FIRST, LONGEST, new Random(1));

    for (int failures = 0; failures < 100; failures++) {
      long whole = (long) Math.min(1_000, 50 * Math.pow(2, failures));
      assertThat(backoff.pause(failures))
          .isBetween(Duration.ofMillis(whole / 2), Duration.ofMillis(whole));
    }
  }

  @Test
  void keepsClientsThatFailTogetherFromReturningTogether() {
    Backoff backoff = new Backoff(FIRST, LONGEST, new Random(1));

    assertThat(backoff.pause(3)).isNotEqualTo(backoff.pause(3));
  }
}
