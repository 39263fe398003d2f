package dev.lookaside.trials.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.trials.peers.ClosedLoop.Measured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoundsTest {
  private final Rounds rounds = new Rounds(List.of("direct", Peers.OURS));

  @Test
  void ratiosAreOfTheSameRoundAndNotOfMedians() {
    add("direct", 100, 200, 400);
    add(Peers.OURS, 90, 100, 400);

    assertThat(rounds.ratios(Peers.OURS, "direct")).containsExactly(0.5, 0.9, 1.0);
    assertThat(rounds.median("direct", Measured::perSecond)).isEqualTo(200);
  }

  @Test
  void aRowTellsOursAsAShareOfEachWay() {
    add("direct", 100);
    add(Peers.OURS, 95);

    assertThat(PeersReport.table(Map.of(32, rounds)))
        .contains("| 32 | direct | 100 | 10 | 20 | 0.95 | 0.95 to 0.95 |")
        .contains("| 32 | lb-client | 95 | 10 | 20 | 1.00 | 1.00 to 1.00 |");
  }

  private void add(String way, double... perSecond) {
    for (double rate : perSecond) {
      rounds.add(way, new Measured(rate, 10, 20));
    }
  }
}
