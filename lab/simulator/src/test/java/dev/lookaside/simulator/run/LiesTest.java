package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.simulator.engine.Streams;
import dev.lookaside.simulator.scenario.LiarSettings;
import dev.lookaside.simulator.scenario.LiarSettings.Kind;
import dev.lookaside.simulator.strategy.Outcome;
import dev.lookaside.simulator.strategy.Outcome.Status;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiesTest {
  private static final Outcome OF_LIAR = new Outcome(0, 0, 3, 1, 0, 20_000_000, Status.OK);
  private static final Outcome OF_OTHER = new Outcome(0, 1, 3, 1, 0, 20_000_000, Status.OK);

  @Test
  void liarsTellWhatIsNotTrue() {
    assertThat(told(Kind.FAILS_ALL, OF_LIAR)).isEqualTo(OF_LIAR.with(20_000_000, Status.FAILED));
    assertThat(told(Kind.NO_LATENCY, OF_LIAR)).isEqualTo(OF_LIAR.with(0, Status.OK));
    assertThat(told(Kind.AN_HOUR, OF_LIAR).latencyNanos()).isEqualTo(Duration.ofHours(1).toNanos());
    assertThat(told(Kind.TRUTH, OF_LIAR)).isEqualTo(OF_LIAR);
  }

  @Test
  void anyStatusIsEachOfThemNowAndThen() {
    Lies lies = lies(Kind.ANY_STATUS);

    assertThat(IntStream.range(0, 100).mapToObj(i -> lies.instead(OF_LIAR).status()).distinct())
        .containsExactlyInAnyOrder(Status.values());
  }

  @Test
  void allOthersTellTheTruth() {
    for (Kind kind : Kind.values()) {
      assertThat(told(kind, OF_OTHER)).isEqualTo(OF_OTHER);
    }
  }

  private static Outcome told(Kind kind, Outcome truth) {
    return lies(kind).instead(truth);
  }

  private static Lies lies(Kind kind) {
    return new Lies(new LiarSettings(1, kind), new Streams(1).of("lies"));
  }
}
