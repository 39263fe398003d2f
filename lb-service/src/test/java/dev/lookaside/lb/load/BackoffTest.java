package dev.lookaside.lb.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void startsShortGrowsAndStaysBelowItsLongest() {
    Backoff backoff = new Backoff(new Random(1));

    var waits = Stream.generate(backoff::next).limit(50).toList();

    assertThat(waits.get(0)).isBetween(Duration.ofMillis(80), Backoff.FIRST);
    assertThat(waits.get(49)).isBetween(Duration.ofMillis(1_600), Backoff.LONGEST);
  }

  @Test
  void startsOverAfterASuccess() {
    Backoff backoff = new Backoff(new Random(1));
    Stream.generate(backoff::next).limit(20).forEach(wait -> {});

    backoff.reset();

    assertThat(backoff.next()).isLessThanOrEqualTo(Backoff.FIRST);
  }

  @Test
  void twoBackoffsDoNotWaitAlike() {
    assertThat(new Backoff(new Random(1)).next()).isNotEqualTo(new Backoff(new Random(2)).next());
  }
}
