package dev.lookaside.core.balancer;

import static dev.lookaside.core.policy.Endpoints.endpoint;
import static dev.lookaside.core.policy.Endpoints.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BalancerTest {
  private final Policies policies = new Policies(new ManualTicker(), new SplittableRandom(1));
  private final Balancer balancer =
      new Balancer(
          service -> policies.create(Map.of("worker", "ll").getOrDefault(service, "rr")),
          new LoadTracker(Duration.ofSeconds(1)));

  @Test
  void aServiceIsUnknownUntilItsFirstTable() {
    assertThat(balancer.find("worker")).isEmpty();
    balancer.update(table("w1"));
    assertThat(balancer.find("worker")).isPresent();
  }

  @Test
  void aServiceStaysKnownWhenItsLastEndpointGoes() {
    balancer.update(table("w1"));
    balancer.update(EndpointTable.empty("worker"));
    assertThat(balancer.find("worker").orElseThrow().pick(PickArgs.ANY))
        .isInstanceOf(PickResult.Unavailable.class);
  }

  @Test
  void eachServiceHasItsOwnPolicy() {
    balancer.update(table("w1"));
    balancer.update(EndpointTable.empty("images"));
    assertThat(balancer.find("worker").orElseThrow().snapshot().policy()).isEqualTo("ll");
    assertThat(balancer.find("images").orElseThrow().snapshot().policy()).isEqualTo("rr");
  }

  @Test
  void eachServiceHasItsOwnRules() {
    TrafficSettings ejecting = TrafficSettings.defaults();
    Balancer own =
        new Balancer(
            service -> policies.create("rr"),
            service -> service.equals("worker") ? ejecting : TrafficSettings.none(),
            new LoadTracker(Duration.ofSeconds(1)),
            new ManualTicker(),
            SnapshotListener.none());
    EndpointTable other =
        EndpointTable.of("other", 1, List.of(Endpoint.of("other", "w1", new Address("h", 1))));
    for (EndpointTable table : List.of(table("w1"), other)) {
      own.update(table);
      own.connectivity(table.endpoints().get(0), Connectivity.READY);
      for (int i = 0; i < 5; i++) {
        own.completed(table.service(), "w1", "", Completion.failed(Duration.ZERO));
      }
    }
    assertThat(own.find("worker").orElseThrow().snapshot().ejected()).containsExactly("w1");
    assertThat(own.find("other").orElseThrow().snapshot().ejected()).isEmpty();
  }

  @Test
  void everyNewStateIsTold() {
    List<String> told = new ArrayList<>();
    Balancer heard =
        new Balancer(
            service -> policies.create("rr"),
            service -> TrafficSettings.none(),
            new LoadTracker(Duration.ofSeconds(1)),
            new ManualTicker(),
            (before, now) -> told.add(before.eligible().size() + " -> " + now.eligible().size()));
    heard.update(table("w1"));
    heard.connectivity(endpoint("w1"), Connectivity.READY);
    assertThat(told).containsExactly("0 -> 0", "0 -> 1");
  }

  @Test
  void connectivityOfAnUnknownServiceIsIgnored() {
    balancer.connectivity(endpoint("w1"), Connectivity.READY);
    assertThat(balancer.services()).isEmpty();
  }
}
