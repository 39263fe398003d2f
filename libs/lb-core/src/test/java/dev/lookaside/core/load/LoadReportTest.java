package dev.lookaside.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadReportTest {

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1, 2.5, Double.POSITIVE_INFINITY})
  void refusesACpuUtilizationThatCannotBe(double cpu) {
    assertThatThrownBy(() -> new LoadReport(cpu, 0, 0, 0, 0, 0, Map.of(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("cpu_utilization is .* \\(expected: 0 to 2\\)");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY})
  void refusesRequestsInFlightThatCannotBe(double inFlight) {
    assertThatThrownBy(() -> LoadReport.ofRequestsInFlight(inFlight, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("requests_in_flight is ");
  }

  @Test
  void refusesANamedMetricThatIsNoNumber() {
    assertThatThrownBy(() -> new LoadReport(0, 0, 0, 0, 0, 0, Map.of("q", Double.NaN), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("named metric q is NaN (expected: finite)");
  }

  @Test
  void takesAnOverloadedEndpointAtItsWord() {
    LoadReport report = new LoadReport(1.2, 1, 7.5, 0, 0, 40, Map.of(), 0);
    assertThat(report.applicationUtilization()).isEqualTo(7.5);
  }

  @Test
  void aValueThatCannotBeCostsThatValueOnly() {
    LoadReport report =
        LoadReport.ofValid(
            2.5,
            -1,
            0.5,
            1e300,
            Double.NaN,
            9,
            Map.of(
                "q",
                Double.NaN,
                LoadReport.REQUESTS_IN_FLIGHT,
                7.0,
                LoadReport.MEAN_REQUESTS_IN_FLIGHT,
                -3.0),
            0);
    assertThat(report)
        .isEqualTo(
            new LoadReport(0, 0, 0.5, 0, 0, 7, Map.of(LoadReport.REQUESTS_IN_FLIGHT, 7.0), 0));
  }

  @Test
  void aNegativeMeanIsRefused() {
    assertThatThrownBy(() ->
            new LoadReport(0, 0, 0, 0, 0, 0, Map.of(LoadReport.MEAN_REQUESTS_IN_FLIGHT, -1.0), 0))
        .hasMessageStartingWith("mean_requests_in_flight is -1 (expected: 0 to ");
  }
}
