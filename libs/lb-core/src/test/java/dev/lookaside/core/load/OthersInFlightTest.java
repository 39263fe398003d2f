package dev.lookaside.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OthersInFlightTest {
  private final OthersInFlight inFlight = new OthersInFlight();

  @Test
  void whoIsAloneIsBelieved() {
    assertThat(inFlight.claim(0, 5_000)).isEqualTo(5_000);
    assertThat(inFlight.sum()).isEqualTo(5_000);
    assertThat(inFlight.claim(5_000, 0)).isZero();
    assertThat(inFlight.sum()).isZero();
  }

  @Test
  void aClaimThatExceedsAllOthersCountsForTwiceTheirAverage() {
    for (int client = 0; client < 10; client++) {
      assertThat(inFlight.claim(0, 20)).isEqualTo(20);
    }
    int believed = inFlight.claim(0, 100_000);
    assertThat(believed).isEqualTo(40);
    assertThat(inFlight.sum()).isEqualTo(240);
    assertThat(inFlight.claim(believed, 0)).isZero();
    assertThat(inFlight.sum()).isEqualTo(200);
  }

  @Test
  void aFewAreBelievedHoweverIdleTheOthersAre() {
    assertThat(inFlight.claim(0, 1)).isEqualTo(1);
    assertThat(inFlight.claim(0, 1_000)).isEqualTo(OthersInFlight.FEW);
  }
}
