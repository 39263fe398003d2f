package dev.lookaside.core.load;

import static dev.lookaside.core.policy.Endpoints.endpoint;
import static dev.lookaside.core.policy.Endpoints.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UtilizationTest {
  private final ManualTicker ticker = new ManualTicker();
  private final TrackerSettings settings =
      TrackerSettings.expiringReportsAfter(Duration.ofMillis(300));
  private final LoadTracker tracker = new LoadTracker(settings, ticker);

  @BeforeEach
  void track() {
    tracker.update(table("w1"));
  }

  @Test
  void theApplicationsWordGoesBeforeTheCpu() {
    report(0.9, 0.4, 100);
    assertThat(utilization().utilization()).isEqualTo(0.4);
  }

  @Test
  void theCpuMustDoWhereTheApplicationSaysNothing() {
    report(0.9, 0, 100);
    assertThat(utilization().utilization()).isEqualTo(0.9);
  }

  @Test
  void aReportWithoutRateOrUtilizationChangesNothing() {
    report(0.9, 0, 100);
    report(0.8, 0, 0);
    report(0, 0, 50);
    assertThat(utilization().utilization()).isEqualTo(0.9);
    assertThat(utilization().rps()).isEqualTo(100);
  }

  @Test
  void isKeptLongerThanTheReportItCameWith() {
    report(0.9, 0, 100);
    ticker.advance(Duration.ofMinutes(2));
    assertThat(utilization().rps()).isEqualTo(100);
  }

  @Test
  void anUnbrokenSeriesKeepsItsBeginning() {
    long start = ticker.nanos();
    report(0.9, 0, 100);
    ticker.advance(settings.weightExpirationPeriod().minusNanos(1));
    report(0.9, 0, 100);
    assertThat(utilization().sinceNanos()).isEqualTo(start);
  }

  @Test
  void aSeriesThatBrokeBeginsAnew() {
    report(0.9, 0, 100);
    ticker.advance(settings.weightExpirationPeriod());
    report(0.9, 0, 100);
    assertThat(utilization().sinceNanos()).isEqualTo(ticker.nanos());
  }

  private void report(double cpu, double application, double rps) {
    tracker.reported(
        endpoint("w1"), new LoadReport(cpu, 0, application, rps, 0, 0, Map.of(), ticker.nanos()));
  }

  private Utilization utilization() {
    return tracker.of(endpoint("w1")).utilization().orElseThrow();
  }
}
