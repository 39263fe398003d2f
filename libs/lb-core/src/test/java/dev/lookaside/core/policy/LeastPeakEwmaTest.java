package dev.lookaside.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class LeastPeakEwmaTest {
  private static final Duration FAST = Duration.ofMillis(10);
  private static final Duration SLOW = Duration.ofMillis(100);

  private final Fleet fleet = Fleet.of("w1", "w2");
  private final Picker picker =
      fleet.picker(new LeastPeakEwma(fleet.ticker, new SplittableRandom(3)));

  @Test
  void prefersTheFasterOfTwoIdleEndpoints() {
    fleet.latency("w1", SLOW).latency("w2", FAST);
    assertThat(Fleet.counts(picker, 100)).containsOnlyKeys("w2");
  }

  @Test
  void prefersTheSlowerWhenTheFasterIsBusyEnough() {
    fleet.latency("w1", SLOW).latency("w2", FAST).inFlight("w1", 0).inFlight("w2", 9.5);
    assertThat(Fleet.counts(picker, 100)).containsOnlyKeys("w1");
  }

  @Test
  void aSpikeIsAvoidedAtOnceAndForgivenInTime() {
    fleet.latency("w1", FAST).latency("w2", FAST.multipliedBy(2));
    fleet.latency("w1", SLOW);
    assertThat(Fleet.counts(picker, 100)).containsOnlyKeys("w2");
    // 100 ms decay below 20 ms in 10 s × ln 5 = 16 s; w2 is heard of meanwhile.
    fleet.ticker.advance(Duration.ofSeconds(17));
    fleet.latency("w2", FAST.multipliedBy(2));
    assertThat(Fleet.counts(picker, 100)).containsOnlyKeys("w1");
  }

  @Test
  void anEndpointOfUnknownLatencyGetsARandomShare() {
    fleet.latency("w1", FAST);
    // Binomial(1,000, 1/2): σ = 16, so the tolerance is 5 σ.
    assertThat(Fleet.counts(picker, 1_000).get("w2")).isCloseTo(500, Offset.offset(80));
  }

  @Test
  void explainsWithNumbers() {
    fleet.latency("w1", SLOW).inFlight("w1", 2);
    assertThat(picker.rank(PickArgs.ANY))
        .extracting(RankedEndpoint::reason)
        .containsExactly(
            "peak latency 100.0 ms, 2.0 expected in flight",
            "load or latency unknown: a random share");
  }
}
