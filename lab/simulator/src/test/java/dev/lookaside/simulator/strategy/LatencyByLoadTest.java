package dev.lookaside.simulator.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyByLoadTest {
  private static final long SECOND = 1_000_000_000L;

  private final LatencyByLoad latencies = new LatencyByLoad();

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(latencies.expected(3, 0)).isNaN();
  }

  @Test
  void itIsTheMedianOfTheLatestAtTheSameNumberInFlight() {
    for (int i = 1; i <= 20; i++) {
      latencies.add(3, i, 0);
    }
    latencies.add(4, 100, 0);

    // Of 13 to 20, the upper of the two in the middle.
    assertThat(latencies.expected(3, 0)).isEqualTo(17);
  }

  @Test
  void otherwiseOfTheNearestNumberInFlightBelowOrAbove() {
    latencies.add(2, 20, 0);
    latencies.add(9, 90, 0);

    assertThat(latencies.expected(0, 0)).isEqualTo(20);
    assertThat(latencies.expected(4, 0)).isEqualTo(20);
    assertThat(latencies.expected(8, 0)).isEqualTo(90);
    assertThat(latencies.expected(5_000, 0)).isEqualTo(90);
  }

  @Test
  void whatIsOlderThanHalfAMinuteIsForgotten() {
    latencies.add(3, 30, 0);
    latencies.add(7, 70, 2 * SECOND);

    assertThat(latencies.expected(3, 30 * SECOND)).isEqualTo(30);
    assertThat(latencies.expected(3, 30 * SECOND + 1)).isEqualTo(70);
    assertThat(latencies.expected(3, 32 * SECOND + 1)).isNaN();
  }
}
