package dev.lookaside.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelayLineTest {
  private final Agenda agenda = new Agenda();
  private final List<String> seen = new ArrayList<>();

  @Test
  void handsEachThingOnAfterTheDelay() {
    DelayLine<String> line =
        new DelayLine<>(
            agenda, Duration.ofNanos(5), item -> seen.add(item + " at " + agenda.nanos()));
    line.send("a");
    agenda.runUntil(2);
    line.send("b");

    agenda.runUntil(100);

    assertThat(seen).containsExactly("a at 5", "b at 7");
  }

  @Test
  void withoutADelayItHandsOnAtOnce() {
    DelayLine<String> line = new DelayLine<>(agenda, Duration.ZERO, seen::add);

    line.send("a");

    assertThat(seen).containsExactly("a");
  }
}
