package dev.lookaside.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DecayedRatioTest {
  private static final Duration DECAY = Duration.ofSeconds(10);

  private final ManualTicker ticker = new ManualTicker();
  private final DecayedRatio ratio = new DecayedRatio(DECAY);

  @Test
  void isUnknownUntilSomethingIsAdded() {
    assertThat(ratio.ratioOr(-1)).isEqualTo(-1);
    assertThat(ratio.weight(ticker.nanos())).isZero();
  }

  @Test
  void theFirstSamplesCountAlike() {
    add(10);
    add(30);
    assertThat(ratio.ratioOr(-1)).isEqualTo(20);
  }

  @Test
  void whatIsOneDecayOldCountsOneOverE() {
    add(0);
    ticker.advance(DECAY);
    add(1);
    assertThat(ratio.ratioOr(-1)).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-9));
  }

  @Test
  void theRatioStandsWhileItsWeightFades() {
    add(5);
    ticker.advance(DECAY);
    assertThat(ratio.ratioOr(-1)).isEqualTo(5);
    assertThat(ratio.weight(ticker.nanos())).isCloseTo(Math.exp(-1), within(1e-9));
  }

  @Test
  void losesNoneOfManyConcurrentSamples() {
    IntStream.range(0, 10_000).parallel().forEach(i -> add(1));
    assertThat(ratio.weight(ticker.nanos())).isCloseTo(10_000, within(1e-6));
  }

  private void add(double sample) {
    ratio.add(sample, 1, ticker.nanos());
  }
}
