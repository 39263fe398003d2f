package dev.lookaside.core.policy.weighted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.policy.Fleet;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.RankedEndpoint;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class WeightedRoundRobinTest {
  private static final WeightSettings SETTINGS = WeightSettings.defaults();

  private final Fleet fleet = Fleet.of("w1", "w2", "w3");
  private final Picker picker =
      fleet.picker(new WeightedRoundRobin(SETTINGS, fleet.ticker, new SplittableRandom(3)));

  @Test
  void isPlainRotationUntilTwoWeightsAreKnown() {
    utilizeBeyondBlackout("w1", 0.1, 100, 0);
    assertThat(Fleet.counts(picker, 300)).isEqualTo(Map.of("w1", 100, "w2", 100, "w3", 100));
  }

  @Test
  void picksGoByRatePerUtilization() {
    utilizeBeyondBlackout(() ->
        fleet.utilized("w1", 0.5, 100, 0).utilized("w2", 0.5, 200, 0).utilized("w3", 1, 200, 0));
    assertShares(1 / 4.0, 2 / 4.0, 1 / 4.0);
  }

  @Test
  void errorsCountAsUtilization() {
    // w2 fails half of its requests: 100 / (0.5 + 0.5 × 1) = 100 against 200.
    utilizeBeyondBlackout(() ->
        fleet.utilized("w1", 0.5, 100, 0).utilized("w2", 0.5, 100, 50).utilized("w3", 0.5, 100, 0));
    assertShares(2 / 5.0, 1 / 5.0, 2 / 5.0);
  }

  @Test
  void anEndpointWithoutAWeightGetsTheMean() {
    utilizeBeyondBlackout(() -> fleet.utilized("w1", 0.5, 100, 0).utilized("w2", 0.5, 300, 0));
    assertShares(1 / 6.0, 3 / 6.0, 2 / 6.0);
  }

  @Test
  void aWeightBeyondAllMeasureIsNone() {
    utilizeBeyondBlackout(() ->
        fleet.utilized("w1", 1e-8, 1e9, 0).utilized("w2", 0.5, 100, 0).utilized("w3", 0.5, 100, 0));
    assertShares(1 / 3.0, 1 / 3.0, 1 / 3.0);
  }

  @Test
  void aWeightIsNotUsedDuringTheBlackoutPeriod() {
    fleet.utilized("w1", 0.5, 100, 0).utilized("w2", 0.5, 300, 0).utilized("w3", 0.5, 100, 0);
    fleet.ticker.advance(SETTINGS.blackoutPeriod().minusNanos(1));
    assertShares(1 / 3.0, 1 / 3.0, 1 / 3.0);
    fleet.ticker.advance(SETTINGS.weightUpdatePeriod());
    assertShares(1 / 5.0, 3 / 5.0, 1 / 5.0);
  }

  @Test
  void aWeightThatIsNotRenewedExpires() {
    utilizeBeyondBlackout(() ->
        fleet.utilized("w1", 0.5, 100, 0).utilized("w2", 0.5, 300, 0).utilized("w3", 0.5, 100, 0));
    assertShares(1 / 5.0, 3 / 5.0, 1 / 5.0);
    fleet.ticker.advance(SETTINGS.weightExpirationPeriod());
    assertShares(1 / 3.0, 1 / 3.0, 1 / 3.0);
  }

  @Test
  void weightsStandForAnUpdatePeriod() {
    utilizeBeyondBlackout(() ->
        fleet.utilized("w1", 0.5, 100, 0).utilized("w2", 0.5, 100, 0).utilized("w3", 0.5, 100, 0));
    assertShares(1 / 3.0, 1 / 3.0, 1 / 3.0);
    fleet.utilized("w2", 0.5, 300, 0);
    fleet.ticker.advance(SETTINGS.weightUpdatePeriod().minusNanos(1));
    assertShares(1 / 3.0, 1 / 3.0, 1 / 3.0);
    fleet.ticker.advance(Duration.ofNanos(1));
    assertShares(1 / 5.0, 3 / 5.0, 1 / 5.0);
  }

  @Test
  void ranksFromTheGreatestWeightDown() {
    utilizeBeyondBlackout(() -> fleet.utilized("w1", 0.5, 100, 0).utilized("w2", 0.5, 300, 0));
    assertThat(picker.rank(PickArgs.ANY))
        .extracting(RankedEndpoint::reason)
        .containsExactly(
            "weight 600.0 requests per second at full use",
            "weight 200.0 requests per second at full use",
            "weight unknown: the mean of the others");
  }

  @Test
  void refusesSettingsThatCannotBe() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new WeightSettings(second, second, Duration.ofMillis(99), 1))
        .hasMessage("weight update period is 99ms (expected: at least 100ms)");
    assertThatThrownBy(() -> new WeightSettings(second, second, second, -1))
        .hasMessage("error utilization penalty is -1 (expected: finite and >= 0)");
  }

  private void utilizeBeyondBlackout(String id, double utilization, double rps, double eps) {
    utilizeBeyondBlackout(() -> fleet.utilized(id, utilization, rps, eps));
  }

  private void utilizeBeyondBlackout(Runnable reports) {
    reports.run();
    fleet.ticker.advance(SETTINGS.blackoutPeriod());
    reports.run();
    fleet.ticker.advance(SETTINGS.weightUpdatePeriod());
  }

  private void assertShares(double w1, double w2, double w3) {
    int picks = 60_000;
    Map<String, Integer> counts = Fleet.counts(picker, picks);
    Offset<Integer> tolerance = Offset.offset(picks / 500);
    assertThat(counts.get("w1")).isCloseTo((int) (w1 * picks), tolerance);
    assertThat(counts.get("w2")).isCloseTo((int) (w2 * picks), tolerance);
    assertThat(counts.get("w3")).isCloseTo((int) (w3 * picks), tolerance);
  }
}
