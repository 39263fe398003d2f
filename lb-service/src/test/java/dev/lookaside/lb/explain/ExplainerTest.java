package dev.lookaside.lb.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.TrackerSettings;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainerTest {
  private final List<Endpoint> endpoints =
      IntStream.range(0, 5)
          .mapToObj(i -> Endpoint.of("worker", "w" + i, new Address("127.0.0.1", 1 + i)))
          .toList();
  private final EndpointTable table = EndpointTable.of("worker", 1, endpoints);
  private final AtomicInteger now = new AtomicInteger();
  private final LoadTracker loads =
      new LoadTracker(TrackerSettings.expiringReportsAfter(Duration.ofMinutes(1)), now::get);

  /** Whoever reads this clock finds that the load of one endpoint has changed meanwhile. */
  private final Ticker busy =
      () -> {
        int then = now.incrementAndGet();
        report(endpoints.get(then % endpoints.size()), then * 7 % 40);
        return then;
      };

  @ParameterizedTest
  @ValueSource(strings = {"ll", "p2c"})
  void underTrafficTheCandidatesStandInTheOrderOfTheCostsThatDecided(String policy) {
    loads.update(table);
    endpoints.forEach(endpoint -> report(endpoint, endpoints.indexOf(endpoint)));
    ServiceBalancer balancer =
        new ServiceBalancer(
            "worker", new Policies(busy, new SplittableRandom(1)).create(policy), loads);
    balancer.update(table);
    endpoints.forEach(endpoint -> balancer.connectivity(endpoint, Connectivity.READY));
    Explainer explainer = new Explainer(loads, busy, InstantSource.system());

    for (int seed = 0; seed < 20; seed++) {
      Explanation explanation =
          explainer.explain(balancer.snapshot(), PickArgs.ANY, seed, "client1");
      List<Double> costs = explanation.candidates().stream().map(ExplainerTest::cost).toList();
      assertThat(costs).hasSize(endpoints.size()).isSorted();
      assertThat(costs.get(0)).isLessThan(costs.get(costs.size() - 1));
    }
  }

  private static double cost(Considered candidate) {
    return Objects.requireNonNull(candidate.values().get("cost"), () -> candidate + " has no cost");
  }

  private void report(Endpoint endpoint, int requestsInFlight) {
    loads.reported(endpoint, new LoadReport(0, 0, 0, 0, 0, requestsInFlight, Map.of(), now.get()));
  }
}
