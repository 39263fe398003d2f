package dev.lookaside.worker.starter.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadMeterTest {
  private static final double THROWS = 123;

  private final ManualTicker ticker = new ManualTicker();
  private final RequestCounters requests = new RequestCounters(ticker);
  private double utilization;
  private final LoadMeter meter = new LoadMeter(requests, this::utilization, 2, ticker);

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
  void reportsWhatIsInFlightAndHowFullTheApplicationIsAsTheyAre() {
    requests.begin();
    requests.begin().end();
    utilization = 1.5;

    LoadReport report = meter.current();

    assertThat(report.requestsInFlight()).isEqualTo(1);
    assertThat(report.namedMetrics()).containsEntry("requests_in_flight", 1.0);
    assertThat(report.applicationUtilization()).isEqualTo(1.5);
  }

  @Test
  void reportsRateErrorsAndMeanLatencyOfTheLastSecond() {
    sampleIdle();
    RequestCounters.Request slow = requests.begin();
    ticker.advance(Duration.ofMillis(300));
    RequestCounters.Request quick = requests.begin();
    ticker.advance(Duration.ofMillis(100));
    slow.end();
    quick.fail();
    ticker.advance(Duration.ofMillis(100));
    sampleIdle();

    LoadReport report = meter.current();

    assertThat(report.rpsFractional()).isCloseTo(4, within(1e-9));
    assertThat(report.eps()).isCloseTo(2, within(1e-9));
    assertThat(report.namedMetrics().get(LoadMeter.LATENCY)).isCloseTo(0.25, within(1e-9));
  }

  @Test
  void reportsTheMeanInFlightOverTheLastSecondWithThoseThatHaveNotEnded() {
    sampleIdle();
    RequestCounters.Request quick = requests.begin();
    requests.begin();
    ticker.advance(Duration.ofMillis(250));
    quick.end();
    ticker.advance(Duration.ofMillis(250));
    sampleIdle();

    assertThat(meter.current().namedMetrics().get(LoadReport.MEAN_REQUESTS_IN_FLIGHT))
        .isCloseTo(1.5, within(1e-9));
  }

  @Test
  void countsARequestThatEndsTwiceOnce() {
    RequestCounters.Request request = requests.begin();
    request.end();
    request.fail();
    request.end();

    assertThat(requests.inFlight()).isZero();
    assertThat(requests.ended()).isEqualTo(1);
    assertThat(requests.errors()).isZero();
  }

  @Test
  void aGaugeThatSaysNonsenseCountsAsEmpty() {
    utilization = Double.NaN;
    assertThat(meter.current().applicationUtilization()).isZero();

    utilization = -1;
    assertThat(meter.current().applicationUtilization()).isZero();
  }

  @Test
  void forgetsWhatIsOlderThanASecond() {
    sampleIdle();
    requests.begin().end();
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

  @Test
  void anApplicationThatCannotTellHowFullItIsStaysAsFullAsItWas() {
    utilization = 0.7;
    meter.current();

    for (double nonsense : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY, THROWS}) {
      utilization = nonsense;

      assertThat(meter.current().applicationUtilization()).isEqualTo(0.7);
    }
    utilization = 0.2;
    assertThat(meter.current().applicationUtilization()).isEqualTo(0.2);
  }

  @Test
  void aRequestThatEndsTwiceIsCountedOnceSoThatNoNegativeNumberIsInFlight() {
    RequestCounters.Request request = requests.begin();
    request.end();
    request.end();
    request.fail();

    assertThat(meter.current().requestsInFlight()).isZero();
    assertThat(requests.ended()).isEqualTo(1);
    assertThat(requests.errors()).isZero();
  }

  private double utilization() {
    if (utilization == THROWS) {
      throw new IllegalStateException("on purpose");
    }
    return utilization;
  }
}
