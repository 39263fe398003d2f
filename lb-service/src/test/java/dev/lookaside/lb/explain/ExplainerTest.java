package dev.lookaside.lb.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExplainerTest {
  private final LoadTracker loads = new LoadTracker(Duration.ofMinutes(1));
  private final List<Endpoint> endpoints =
      IntStream.range(0, 5)
          .mapToObj(i -> Endpoint.of("worker", "w" + i, new Address("127.0.0.1", 1 + i)))
          .toList();
  private final AtomicInteger reads = new AtomicInteger();

  /** Whoever reads the clock finds that the load of one endpoint has changed. */
  private final Ticker busy =
      () -> {
        int now = reads.incrementAndGet();
        report(endpoints.get(now % endpoints.size()), now * 7 % 40, now);
        return now;
      };

  @ParameterizedTest
  @ValueSource(strings = {"ll", "p2c"})
  void underTrafficTheCandidatesStandInTheOrderOfTheCostsThatDecided(String policy) {
    ServiceBalancer balancer =
        new ServiceBalancer(
            "worker", new Policies(busy, new SplittableRandom(1)).create(policy), loads);
    balancer.update(EndpointTable.of("worker", 1, endpoints));
    endpoints.forEach(endpoint -> {
      balancer.connectivity(endpoint, Connectivity.READY);
      report(endpoint, 1, 0);
    });
    Explainer explainer = new Explainer(loads, busy, InstantSource.system());

    for (int seed = 0; seed < 20; seed++) {
      Explanation explanation =
          explainer.explain(balancer.snapshot(), PickArgs.ANY, seed, "client1");
      assertThat(explanation.candidates())
          .hasSize(5)
          .isSortedAccordingTo(Comparator.comparingDouble(one -> one.values().get("cost")));
    }
  }

  private void report(Endpoint endpoint, int requestsInFlight, long nowNanos) {
    loads.reported(endpoint, new LoadReport(0, 0, 0, 0, 0, requestsInFlight, Map.of(), nowNanos));
  }
}
