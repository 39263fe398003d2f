package dev.lookaside.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Endpoints of capacity 2, whose latency rises by a fifth as fast as requests do; seed 1. */
final class ServiceLoadsTest {
  private static final double CAPACITY = 2;
  private static final int OUTCOMES = 20_000;

  private final ServiceLoads loads = new ServiceLoads(0);
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void whereLatencyIsSteepTheSlopeIsAtLeastWhatTheCapacitySays() {
    learn(3, 2);
    assertThat(loads.steepness().slope()).isLessThan(0.3);
    assertThat(loads.slope()).isCloseTo(0.6, within(0.1));
  }

  /** Or who has forty requests looks ten times as fast as who has two, at the same latency. */
  @Test
  void aCapacityThatIsFarExceededIsNotBelieved() {
    learn(60, 20);
    assertThat(loads.slope()).isBetween(loads.steepness().slope(), 0.05);
  }

  private void learn(double mean, double range) {
    Steepness.OfEndpoint endpoint = loads.steepness().ofEndpoint(CAPACITY);
    for (int i = 0; i < OUTCOMES; i++) {
      double found = mean + range * (2 * random.nextDouble() - 1);
      double nanos = 1e6 * Math.pow((found + 1) / (mean + 1), 0.2);
      loads.ended(endpoint, found, nanos, i * 100_000L);
    }
  }
}
