package dev.lookaside.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PeakEwmaTest {
  private static final Duration DECAY = Duration.ofSeconds(10);

  private final ManualTicker ticker = new ManualTicker();
  private final PeakEwma peak = new PeakEwma(DECAY);

  @Test
  void isUnknownUntilSomethingIsObserved() {
    assertThat(peak.valueOr(-1, ticker.nanos())).isEqualTo(-1);
  }

  @Test
  void believesBadNewsAtOnce() {
    observe(10);
    observe(500);
    assertThat(value()).isEqualTo(500);
  }

  @Test
  void believesGoodNewsSlowly() {
    observe(500);
    ticker.advance(Duration.ofSeconds(1));
    observe(10);
    double w = Math.exp(-0.1);
    assertThat(value()).isCloseTo(500 * w + 10 * (1 - w), within(1e-9));
  }

  @Test
  void decaysWhileNothingIsObserved() {
    observe(500);
    ticker.advance(DECAY);
    assertThat(value()).isCloseTo(500 * Math.exp(-1), within(1e-9));
  }

  @Test
  void aLowerBoundMayRaiseItAndNeverLowersIt() {
    observe(100);
    peak.observeAtLeast(5, ticker.nanos());
    assertThat(value()).isEqualTo(100);
    peak.observeAtLeast(700, ticker.nanos());
    assertThat(value()).isEqualTo(700);
  }

  private void observe(double sample) {
    peak.observe(sample, ticker.nanos());
  }

  private double value() {
    return peak.valueOr(-1, ticker.nanos());
  }
}
