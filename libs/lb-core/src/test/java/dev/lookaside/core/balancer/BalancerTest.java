package dev.lookaside.core.balancer;

import static dev.lookaside.core.policy.Endpoints.endpoint;
import static dev.lookaside.core.policy.Endpoints.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.PickRequest;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
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
    assertThat(balancer.find("worker").orElseThrow().pick(PickRequest.ANY))
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
  void connectivityOfAnUnknownServiceIsIgnored() {
    balancer.connectivity(endpoint("w1"), Connectivity.READY);
    assertThat(balancer.services()).isEmpty();
  }
}
