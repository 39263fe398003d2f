package dev.lookaside.lb.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.testing.time.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConnectivityFeedTest {
  private final FakeClock clock = new FakeClock();

  @Test
  void aThousandEndpointsThatConnectAtOnceMakeOnePicker() {
    List<Integer> eligible = new ArrayList<>();
    Balancer balancer =
        new Balancer(
            service -> new Policies(clock::nanos, new Random(1)).create("rr"),
            service -> TrafficSettings.none(),
            new LoadTracker(Duration.ofSeconds(1)),
            clock::nanos,
            (before, now) -> eligible.add(now.eligible().size()),
            Runnable::run);
    List<Endpoint> endpoints =
        IntStream.range(0, 1_000).mapToObj(ConnectivityFeedTest::at).toList();
    balancer.update(EndpointTable.of("worker", 1, endpoints));
    eligible.clear();
    var feed = new ConnectivityFeed(balancer::connectivity, clock, clock::nanos);

    endpoints.forEach(endpoint -> feed.changed(endpoint, Connectivity.READY));
    clock.forwardTime(Duration.ofMillis(10));

    assertThat(eligible).containsExactly(1_000);
  }

  @Test
  void aServiceThatThrowsCostsNoOtherServiceItsChanges() {
    List<String> told = new ArrayList<>();
    var feed =
        new ConnectivityFeed(
            (service, changes) -> {
              if (service.equals("a")) {
                throw new IllegalStateException("no picker");
              }
              told.add(service);
            },
            clock,
            clock::nanos);

    feed.changed(Endpoint.of("a", "w1", new Address("h", 1)), Connectivity.READY);
    feed.changed(Endpoint.of("b", "w1", new Address("h", 1)), Connectivity.READY);
    clock.forwardTime(Duration.ofMillis(10));

    assertThat(told).containsExactly("b");
  }

  private static Endpoint at(int i) {
    return Endpoint.of("worker", "w" + i, new Address("h", 1 + i));
  }
}
