package dev.lookaside.simulator.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnswerPoolTest {
  private static final long SECOND = 1_000_000_000L;
  private static final AnswerPool.Score BY_REQUESTS = (server, inFlight, latency) -> inFlight;

  // With so many servers an answer is used once: 2 / (3 - 1 - 0.05), rounded to 1 or 2 by chance.
  private final AnswerPool pool = new AnswerPool(1_000, new SplittableRandom(1));

  @Test
  void withoutAnswersThereIsNoChoice() {
    assertThat(pool.choose(BY_REQUESTS, 0)).isEqualTo(AnswerPool.NONE);
  }

  @Test
  void theLowestScoreIsChosen() {
    pool.add(1, 5, 0, 0);
    pool.add(2, 3, 0, 0);
    pool.add(3, 4, 0, 0);

    assertThat(pool.choose(BY_REQUESTS, 0)).isEqualTo(2);
  }

  @Test
  void aNewAnswerOfAServerReplacesItsOldOne() {
    pool.add(1, 1, 0, 0);
    pool.add(2, 3, 0, 0);
    pool.add(1, 9, 0, 0);

    assertThat(pool.choose(BY_REQUESTS, 0)).isEqualTo(2);
  }

  @Test
  void anAnswerIsNotUsedForMoreThanASecond() {
    pool.add(1, 1, 0, 0);
    pool.add(2, 3, 0, SECOND);

    assertThat(pool.choose(BY_REQUESTS, SECOND + 1)).isEqualTo(2);
  }

  @Test
  void answersAreUsedUp() {
    for (int server = 0; server < 16; server++) {
      pool.add(server, server, 0, 0);
    }
    int choices = 0;
    while (pool.choose(BY_REQUESTS, 0) != AnswerPool.NONE) {
      choices++;
    }

    // Each choice takes the oldest or the worst away, and now and then the one it used.
    assertThat(choices).isBetween(8, 16);
  }
}
