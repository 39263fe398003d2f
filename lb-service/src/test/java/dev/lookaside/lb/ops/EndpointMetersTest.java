package dev.lookaside.lb.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.lb.labels.EndpointLabels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EndpointMetersTest {
  private static final Endpoint W1 = Endpoint.of("worker", "w1", new Address("h1", 1));
  private static final Endpoint W2 = Endpoint.of("worker", "w2", new Address("h2", 1));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ManualTicker ticker = new ManualTicker();
  private final LoadTracker loads = new LoadTracker(Duration.ofSeconds(10));
  private final Balancer balancer =
      new Balancer(
          service -> new Policies(ticker, new Random(1)).create("rr"),
          loads,
          TrafficSettings.defaults(),
          ticker);
  private final EndpointLabels labels = new EndpointLabels(2);
  private final EndpointMeters meters =
      new EndpointMeters(balancer, loads, ticker, registry, labels);

  @Test
  void aLoadThatIsNotKnownReadsAsNotANumber() {
    update(W1);

    assertThat(gauge("lookaside.endpoint.requests.in.flight", "w1")).isNaN();
  }

  @Test
  void aReportIsReadWithItsAge() {
    update(W1);
    loads.reported(W1, LoadReport.ofRequestsInFlight(3, ticker.nanos()));

    ticker.advance(Duration.ofSeconds(2));

    assertThat(gauge("lookaside.endpoint.requests.in.flight", "w1")).isEqualTo(3);
    assertThat(gauge("lookaside.load.report.age", "w1")).isEqualTo(2);
  }

  @Test
  void metersGoWithTheirEndpoint() {
    update(W1, W2);

    update(W2);

    assertThat(registry.find("lookaside.load.report.age").tag("endpoint", "w1").gauge()).isNull();
    assertThat(registry.find("lookaside.load.report.age").tag("endpoint", "w2").gauge())
        .isNotNull();
  }

  @Test
  void anotherIncarnationIsReadFromItsOwnReports() {
    update(W1);
    Endpoint next = W1.withIncarnation("next");
    update(next);

    loads.reported(next, LoadReport.ofRequestsInFlight(5, ticker.nanos()));

    assertThat(gauge("lookaside.endpoint.requests.in.flight", "w1")).isEqualTo(5);
  }

  @Test
  void endpointsAreCountedByTheirState() {
    update(W1, W2.withState(EndpointState.DRAINING));
    assertThat(count("connecting")).isEqualTo(1);

    balancer.connectivity(W1, Connectivity.READY);

    assertThat(count("ready")).isEqualTo(1);
    assertThat(count("connecting")).isEqualTo(0);
    assertThat(count("draining")).isEqualTo(1);
    assertThat(count("transient_failure")).isEqualTo(0);
  }

  @Test
  void anEjectedEndpointIsCountedAsSuch() {
    update(W1, W2);
    balancer.connectivity(W1, Connectivity.READY);
    balancer.connectivity(W2, Connectivity.READY);

    for (int i = 0; i < 5; i++) {
      balancer.completed("worker", "w1", "", Completion.failed(Duration.ZERO));
    }

    assertThat(count("ejected")).isEqualTo(1);
    assertThat(count("ready")).isEqualTo(1);
  }

  @Test
  void aboveTheLimitTheRestShareOneOfEach() {
    Endpoint third = Endpoint.of("worker", "w3", new Address("h3", 1));
    Endpoint fourth = Endpoint.of("worker", "w4", new Address("h4", 1));
    update(W1, W2, third, fourth);
    loads.reported(third, LoadReport.ofRequestsInFlight(3, ticker.nanos()));
    ticker.advance(Duration.ofSeconds(1));
    loads.reported(fourth, LoadReport.ofRequestsInFlight(4, ticker.nanos()));

    assertThat(gauge("lookaside.endpoint.requests.in.flight", "other")).isEqualTo(7);
    assertThat(gauge("lookaside.load.report.age", "other")).isEqualTo(1);
    assertThat(gauge("lookaside.load.report.age", "w1")).isNaN();
    assertThat(registry.find("lookaside.load.report.age").tag("endpoint", "w3").gauge()).isNull();
  }

  private void update(Endpoint... endpoints) {
    EndpointTable table = EndpointTable.of("worker", 1, List.of(endpoints));
    labels.update(table);
    loads.update(table);
    balancer.update(table);
    meters.update(table);
  }

  private double gauge(String name, String endpoint) {
    return registry.get(name).tags("service", "worker", "endpoint", endpoint).gauge().value();
  }

  private double count(String state) {
    return registry
        .get("lookaside.endpoints")
        .tags("service", "worker", "state", state)
        .gauge()
        .value();
  }
}
