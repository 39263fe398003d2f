package dev.lookaside.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class CeilingTest {
  private final Ceiling ceiling = new Ceiling();

  @Test
  void withoutALimitItIsAlwaysOpen() {
    assertThat(taken(0, 100)).isEqualTo(100);
  }

  @Test
  void letsThroughOnePickInSoMany() {
    ceiling.limit(10, 0);
    assertThat(taken(0, 10_000)).isCloseTo(1_000, Offset.offset(4));
  }

  @Test
  void honoursFractions() {
    ceiling.limit(2.5, 0);
    assertThat(taken(0, 10_000)).isCloseTo(4_000, Offset.offset(4));
  }

  @Test
  void startsWithoutCredit() {
    ceiling.limit(100, 500);
    assertThat(ceiling.isOpen(550)).isFalse();
    assertThat(ceiling.isOpen(600)).isTrue();
  }

  @Test
  void keepsOnlyAFewUnclaimedPicks() {
    ceiling.limit(10, 0);
    assertThat(taken(100_000, 1)).isEqualTo(1);
    int burst = 1;
    while (ceiling.isOpen(100_001)) {
      ceiling.take(100_001);
      burst++;
    }
    assertThat(burst).isEqualTo(4);
  }

  @Test
  void aHigherCeilingCountsAtOnce() {
    ceiling.limit(1_000_000, 0);
    ceiling.limit(2, 10);
    assertThat(taken(10, 1_000)).isCloseTo(500, Offset.offset(4));
  }

  @Test
  void aLiftedCeilingIsNone() {
    ceiling.limit(1_000, 0);
    ceiling.lift();
    assertThat(taken(0, 100)).isEqualTo(100);
  }

  @Test
  void holdsForManyThreads() {
    ceiling.limit(10, 0);
    AtomicLong picks = new AtomicLong();
    AtomicInteger taken = new AtomicInteger();
    IntStream.range(0, 100_000)
        .parallel()
        .forEach(i -> {
          long pick = picks.incrementAndGet();
          if (ceiling.isOpen(pick)) {
            ceiling.take(pick);
            taken.incrementAndGet();
          }
        });
    // Threads that look at the same moment may all find it open; the debt is paid back later.
    assertThat(taken.get()).isCloseTo(10_000, Offset.offset(100));
  }

  private int taken(long from, int picks) {
    int taken = 0;
    for (long pick = from; pick < from + picks; pick++) {
      if (ceiling.isOpen(pick)) {
        ceiling.take(pick);
        taken++;
      }
    }
    return taken;
  }
}
