package dev.lookaside.lb.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.orca.v3.OrcaLoadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrcaReportsTest {
  private static final Endpoint ENDPOINT =
      Endpoint.of("worker", "w1", new Address("h", 1)).withCapacity(8);

  private final List<String> refused = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1, 2.5, Double.POSITIVE_INFINITY})
  void aValueOfNonsenseIsRefusedAndTheOthersAreBelieved(double cpu) {
    LoadReport report = read(sound().setCpuUtilization(cpu).setMemUtilization(0.5)).orElseThrow();

    assertThat(report.cpuUtilization()).isZero();
    assertThat(report.memUtilization()).isEqualTo(0.5);
    assertThat(report.requestsInFlight()).isEqualTo(3);
    assertThat(refused).singleElement().asString().startsWith("cpu_utilization is " + cpu);
  }

  @Test
  void aRateThatNoServerHasIsRefused() {
    assertThat(read(sound().setRpsFractional(1e300)).orElseThrow().rpsFractional()).isZero();
    assertThat(refused).hasSize(1);
  }

  @Test
  void aMetricOfOnesOwnThatIsNoNumberIsLeftOut() {
    LoadReport report =
        read(sound().putNamedMetrics("queue", Double.NaN).putNamedMetrics("depth", 7))
            .orElseThrow();

    assertThat(report.namedMetrics()).containsOnlyKeys(LoadReport.REQUESTS_IN_FLIGHT, "depth");
  }

  @Test
  void aMeanBelowNothingIsLeftOut() {
    LoadReport report =
        read(sound().putNamedMetrics(LoadReport.MEAN_REQUESTS_IN_FLIGHT, -0.5)).orElseThrow();

    assertThat(report.namedMetrics()).containsOnlyKeys(LoadReport.REQUESTS_IN_FLIGHT);
  }

  @Test
  void fewerThanNoRequestsInFlightDoNotPassForIdle() {
    assertThat(read(inFlight(-1))).isEmpty();
    assertThat(read(inFlight(-1).setApplicationUtilization(0.5)).orElseThrow().requestsInFlight())
        .isEqualTo(4);
  }

  @Test
  void ofTooManyMetricsOnlyTheKnownOnesAreKept() {
    OrcaLoadReport.Builder many = sound();
    for (int i = 0; i < 1_000; i++) {
      many.putNamedMetrics("m" + i, i);
    }

    assertThat(read(many).orElseThrow().namedMetrics())
        .containsOnlyKeys(LoadReport.REQUESTS_IN_FLIGHT);
  }

  private Optional<LoadReport> read(OrcaLoadReport.Builder report) {
    return OrcaReports.read(ENDPOINT, report.build(), 0, refused::add);
  }

  private static OrcaLoadReport.Builder sound() {
    return inFlight(3);
  }

  private static OrcaLoadReport.Builder inFlight(double requests) {
    return OrcaLoadReport.newBuilder().putNamedMetrics(LoadReport.REQUESTS_IN_FLIGHT, requests);
  }
}
