package dev.lookaside.worker.starter.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JdkProbeTest {

  @Test
  void readsPlausibleValuesOfThisMachine() {
    var probe = new JdkProbe();
    probe.read();
    MachineProbe.Reading reading = probe.read();

    assertThat(reading.hostTotalTicks()).isEqualTo(2);
    assertThat(reading.hostBusyTicks()).isBetween(0.0, 2.0);
    assertThat(reading.processCpuSeconds()).isPositive();
    assertThat(reading.hostMemory()).isBetween(0.001, 1.0);
    assertThat(reading.processMemory()).isBetween(0.0001, 1.0);
  }
}
