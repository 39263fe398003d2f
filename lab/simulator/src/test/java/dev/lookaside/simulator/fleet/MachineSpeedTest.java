package dev.lookaside.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.engine.Streams;
import dev.lookaside.simulator.run.Scenarios;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Five thousand machines, as unlike as in public measurements of clouds; seed 1. */
class MachineSpeedTest {
  private static final int MACHINES = 5_000;
  private static final double MINUTE = 60e9;

  private final Agenda agenda = new Agenda();

  /** Deviations of a sample of this size are known to 1 % of themselves, shares to 0.15 %. */
  @Test
  void machinesAreAsUnlikeAsTheScenarioSays() {
    Fleet fleet = fleet("{between: 0.09, slow-share: 0.01, slow-speed: [0.35, 0.69]}");

    double[] speeds = speeds(fleet);
    double slow = (double) Arrays.stream(speeds).filter(speed -> speed < 0.7).count() / MACHINES;
    assertThat(slow).isCloseTo(0.01, within(0.004));
    double[] usual = Arrays.stream(speeds).filter(speed -> speed >= 0.7).toArray();
    assertThat(mean(usual)).isCloseTo(1, within(0.005));
    assertThat(deviation(usual)).isCloseTo(0.09, within(0.003));
    agenda.runUntil((long) (10 * MINUTE));
    assertThat(speeds(fleet)).isEqualTo(speeds);
  }

  @Test
  void aMachineDriftsAroundItsMeanOverMinutes() {
    Fleet fleet = fleet("{within: 0.05, drift: 2m}");
    double[] first = speeds(fleet);
    assertThat(deviation(first)).isCloseTo(0.05, within(0.002));

    agenda.runUntil((long) (0.1 * MINUTE));
    assertThat(correlation(first, speeds(fleet))).isGreaterThan(0.93);
    agenda.runUntil((long) (2 * MINUTE));
    assertThat(correlation(first, speeds(fleet))).isCloseTo(Math.exp(-1), within(0.05));
    agenda.runUntil((long) (20 * MINUTE));
    assertThat(correlation(first, speeds(fleet))).isCloseTo(0, within(0.05));
    assertThat(deviation(speeds(fleet))).isCloseTo(0.05, within(0.002));
  }

  private Fleet fleet(String noise) {
    Fleet fleet =
        new Fleet(
            agenda,
            Scenarios.of(
                """
                servers: [{count: %d, noise: %s}]
                arrivals: {rate: 1}
                service-time: {kind: constant, value: 1ms}
                duration: 1s
                """
                    .formatted(MACHINES, noise)),
            request -> {});
    Streams streams = new Streams(1);
    for (Member member : fleet.members()) {
      new MachineSpeed(agenda, member, streams.of("noise", member.index()), changed -> {}).start();
    }
    return fleet;
  }

  private static double[] speeds(Fleet fleet) {
    return fleet.members().stream().mapToDouble(member -> member.server().speed()).toArray();
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
  }

  private static double correlation(double[] a, double[] b) {
    double meanOfA = mean(a);
    double meanOfB = mean(b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - meanOfA) * (b[i] - meanOfB);
    }
    return sum / a.length / deviation(a) / deviation(b);
  }
}
