package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Of 100,000 requests, seed 1. */
class KeysTest {
  private static final int REQUESTS = 100_000;

  @Test
  void withoutKeysThereIsNone() {
    assertThat(keys("{rate: 1}").next()).isEqualTo(-1);
  }

  @Test
  void allKeysAreEquallyLikelyUnlessTheyAreSaidNotToBe() {
    int[] counts = count("{rate: 1, keys: 4}", 4);

    for (int count : counts) {
      assertThat(count).isCloseTo(25_000, within(500));
    }
  }

  @Test
  void skewedKeysFollowTheirPowerLaw() {
    int[] counts = count("{rate: 1, keys: 3, key-skew: 1}", 3);

    // In proportion to 1, 1/2 and 1/3.
    assertThat(counts[0]).isCloseTo(54_545, within(600));
    assertThat(counts[1]).isCloseTo(27_273, within(600));
  }

  private static int[] count(String arrivals, int size) {
    Keys keys = keys(arrivals);
    int[] counts = new int[size];
    for (int i = 0; i < REQUESTS; i++) {
      counts[keys.next()]++;
    }
    return counts;
  }

  private static Keys keys(String arrivals) {
    return Keys.of(
        Scenarios.of(
                "servers: [{count: 1}]\n"
                    + "service-time: {kind: constant, value: 1ms}\n"
                    + "duration: 1s\n"
                    + "arrivals: "
                    + arrivals
                    + "\n")
            .arrivals(),
        new SplittableRandom(1));
  }
}
