package dev.lookaside.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.engine.Streams;
import dev.lookaside.simulator.run.Scenarios;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AntagonistTest {

  /** Seed 1, about 60,000 visits, 0.01. */
  @Test
  void eachStateHasItsShareOfTheTimeHoweverLongItsVisits() {
    Agenda agenda = new Agenda();
    Fleet fleet =
        new Fleet(
            agenda,
            Scenarios.of(
                """
                servers:
                  - count: 1
                    cores: 10
                    antagonist:
                      - {share: 0.7, cores: 1, hold: 5s}
                      - {share: 0.1, cores: 0.5, hold: 20s}
                      - {share: 0.2, cores: 2, hold: 2s}
                arrivals: {load: 1}
                service-time: {kind: constant, value: 1ms}
                duration: 1s
                """),
            request -> {});
    Map<Double, Long> time = new HashMap<>();
    long[] since = {0};
    double[] cores = {10};
    new Antagonist(
            agenda,
            fleet.member(0),
            new Streams(1).of("antagonist"),
            member -> {
              time.merge(cores[0], agenda.nanos() - since[0], Long::sum);
              since[0] = agenda.nanos();
              cores[0] = member.server().effectiveCores();
            })
        .start();

    long end = 250_000_000_000_000L;
    agenda.runUntil(end);

    assertThat(time.getOrDefault(10.0, 0L) / (double) end).isCloseTo(0.7, within(0.01));
    assertThat(time.getOrDefault(5.0, 0L) / (double) end).isCloseTo(0.1, within(0.01));
    assertThat(time.getOrDefault(20.0, 0L) / (double) end).isCloseTo(0.2, within(0.01));
  }
}
