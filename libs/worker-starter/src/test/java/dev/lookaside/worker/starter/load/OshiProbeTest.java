package dev.lookaside.worker.starter.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OshiProbeTest {

  @Test
  void readsPlausibleValuesOfThisMachine() {
    MachineProbe.Reading reading = new OshiProbe().read();

    assertThat(reading.hostTotalTicks()).isGreaterThanOrEqualTo(reading.hostBusyTicks());
    assertThat(reading.hostBusyTicks()).isPositive();
    assertThat(reading.processCpuSeconds()).isPositive();
    assertThat(reading.hostMemory()).isBetween(0.001, 1.0);
    assertThat(reading.processMemory()).isBetween(0.0001, 1.0);
  }
}
