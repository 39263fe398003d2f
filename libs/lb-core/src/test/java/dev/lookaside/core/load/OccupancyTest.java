package dev.lookaside.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OccupancyTest {
  private static final long MILLI = 1_000_000;

  private final Occupancy occupancy = new Occupancy();

  @Test
  void tellsWhatWasFoundThen() {
    for (int i = 0; i < 10; i++) {
      occupancy.found(i, i * 10L * MILLI);
    }
    assertThat(occupancy.foundAt(30 * MILLI)).isEqualTo(3);
    assertThat(occupancy.foundAt(90 * MILLI)).isEqualTo(9);
  }

  @Test
  void whatIsTooLongAgoIsUnknown() {
    occupancy.found(7, MILLI);
    occupancy.found(1, 1_000 * MILLI);
    assertThat(occupancy.foundAt(500 * MILLI)).isNaN();
  }

  @Test
  void remembersSomeLatenciesHoweverLongTheyAre() {
    for (long latency = MILLI / 10; latency <= 100_000 * MILLI; latency *= 10) {
      occupancy.fit((double) latency);
      long start = 1_000_000 * MILLI + latency;
      occupancy.found(5, start);
      for (int i = 1; i <= 16; i++) {
        occupancy.found(6, start + i * latency / 4);
      }
      assertThat(occupancy.foundAt(start)).isEqualTo(5);
    }
  }
}
