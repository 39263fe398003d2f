package dev.lookaside.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TrackerSettingsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void hasTheseDefaults() {
    assertThat(TrackerSettings.expiringReportsAfter(Duration.ofMillis(300)))
        .isEqualTo(
            new TrackerSettings(
                Duration.ofMillis(300),
                Duration.ofMinutes(3),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10)));
  }

  @Test
  void refusesATimeThatIsNotAboveZero() {
    assertThatThrownBy(() -> new TrackerSettings(SECOND, SECOND, Duration.ZERO, SECOND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("outcome timeout is 0s (expected: above 0)");
  }
}
