package dev.lookaside.core.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.balancer.OutlierSettings.FailurePercentage;
import dev.lookaside.core.balancer.OutlierSettings.SuccessRate;
import dev.lookaside.core.endpoint.Locality;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TrafficSettingsTest {

  @Test
  void hasTheseDefaults() {
    assertThat(TrafficSettings.defaults())
        .isEqualTo(
            new TrafficSettings(
                new SlowStart(Duration.ofSeconds(10), 0.1, 1),
                Optional.of(
                    new OutlierSettings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        10,
                        5,
                        3,
                        new SuccessRate(1_900, 5, 100),
                        new FailurePercentage(85, 5, 50))),
                Optional.empty(),
                0.5));
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(
            () -> new TrafficSettings(SlowStart.off(), Optional.empty(), Optional.empty(), 1.5))
        .hasMessage("panic threshold is 1.5 (expected: 0 to 1)");
    assertThatThrownBy(() -> new FailurePercentage(101, 5, 50))
        .hasMessage("failure percentage threshold is 101 (expected: 0 to 100)");
    assertThatThrownBy(() -> new SuccessRate(1_900, 0, 100))
        .hasMessage("success rate minimum hosts is 0 (expected: at least 1)");
    assertThatThrownBy(() -> ZonePreference.of(Locality.UNSPECIFIED))
        .hasMessage("preferred zone is '' (expected: the name of a zone)");
    assertThatThrownBy(() -> new ZonePreference(new Locality("", "a", ""), 0))
        .hasMessage("spill threshold is 0 (expected: finite and above 0)");
  }
}
