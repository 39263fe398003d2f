package dev.lookaside.worker.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.worker.execution.ComputePool;
import dev.lookaside.worker.execution.Outcome;
import dev.lookaside.worker.execution.RequestLimit;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadMeterTest {
  private static final Outcome DONE = new Outcome.Done("", Duration.ZERO);
  private static final Outcome REFUSED = new Outcome.Refused("");
  private static final Outcome INVALID = new Outcome.Invalid("");

  private final ManualTicker ticker = new ManualTicker();
  private final RequestCounters counters = new RequestCounters();
  private final ComputePool pool = new ComputePool(2, 1, Thread::new);
  private final LoadMeter meter = new LoadMeter(new RequestLimit(10), pool, counters, 2, ticker);

  @AfterEach
  void stop() {
    pool.close();
  }

  @Test
  void reportsZeroBeforeTheFirstSample() {
    LoadReport report = meter.current();

    assertThat(report.cpuUtilization()).isZero();
    assertThat(report.rpsFractional()).isZero();
    assertThat(report.namedMetrics()).containsEntry("requests_in_flight", 0.0);
  }

  @Test
  void turnsCountersIntoSharesOfTheLastSecond() {
    meter.sample(new MachineProbe.Reading(100, 1_000, 5, 0.5, 0.1));
    ticker.advance(Duration.ofSeconds(1));
    meter.sample(new MachineProbe.Reading(150, 1_200, 6, 0.6, 0.2));

    LoadReport report = meter.current();

    assertThat(report.cpuUtilization()).isEqualTo(0.25);
    assertThat(report.memUtilization()).isEqualTo(0.6);
    assertThat(report.namedMetrics())
        .containsEntry(LoadMeter.PROCESS_CPU, 0.5)
        .containsEntry(LoadMeter.PROCESS_MEMORY, 0.2);
  }

  @Test
  void countsEveryEndedRequestButOnlyTheWorkersOwnErrors() {
    sampleIdle();
    for (Outcome outcome : new Outcome[] {DONE, DONE, REFUSED, INVALID}) {
      counters.ended("sleep", outcome);
    }
    ticker.advance(Duration.ofMillis(500));
    sampleIdle();

    assertThat(meter.current().rpsFractional()).isCloseTo(8, within(1e-9));
    assertThat(meter.current().eps()).isCloseTo(2, within(1e-9));
  }

  @Test
  void forgetsWhatIsOlderThanASecond() {
    sampleIdle();
    counters.ended("sleep", DONE);
    for (int i = 0; i < 12; i++) {
      ticker.advance(Duration.ofMillis(100));
      sampleIdle();
    }

    assertThat(meter.current().rpsFractional()).isZero();
  }

  @Test
  void neverReportsNonsenseEvenIfCountersGoBack() {
    meter.sample(new MachineProbe.Reading(100, 1_000, 5, 0.5, 0.1));
    ticker.advance(Duration.ofSeconds(1));
    meter.sample(new MachineProbe.Reading(0, 0, 0, Double.NaN, 7));

    LoadReport report = meter.current();

    assertThat(report.cpuUtilization()).isZero();
    assertThat(report.memUtilization()).isZero();
    assertThat(report.namedMetrics().get(LoadMeter.PROCESS_MEMORY)).isEqualTo(1);
  }

  private void sampleIdle() {
    meter.sample(new MachineProbe.Reading(0, 0, 0, 0, 0));
  }
}
