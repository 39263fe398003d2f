package dev.lookaside.core.balancer;

import static dev.lookaside.core.policy.Endpoints.endpoint;
import static dev.lookaside.core.policy.Endpoints.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    LoadTracker loads = new LoadTracker(Duration.ofSeconds(1));
    Balancer own =
        new Balancer(
            service -> policies.create("rr"),
            service -> service.equals("worker") ? ejecting : TrafficSettings.none(),
            loads,
            new ManualTicker(),
            SnapshotListener.none(),
            Runnable::run);
    EndpointTable other =
        EndpointTable.of("other", 1, List.of(Endpoint.of("other", "w1", new Address("h", 1))));
    for (EndpointTable table : List.of(table("w1"), other)) {
      loads.update(table);
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
            (before, now) -> told.add(before.eligible().size() + " -> " + now.eligible().size()),
            Runnable::run);
    heard.update(table("w1"));
    heard.connectivity(endpoint("w1"), Connectivity.READY);
    assertThat(told).containsExactly("0 -> 0", "0 -> 1");
  }

  @Test
  void aServiceWithoutEndpointsIsForgottenInTime() {
    List<String> forgotten = new ArrayList<>();
    ManualTicker ticker = new ManualTicker();
    Balancer forgetful = balancer(ticker, new ForgottenServices(forgotten));
    forgetful.update(table("w1"));
    forgetful.update(EndpointTable.empty("worker"));
    ticker.advance(Duration.ofSeconds(Balancer.FORGOTTEN_AFTER_SECONDS).minusNanos(1));
    forgetful.sweep();
    assertThat(forgetful.find("worker")).isPresent();
    ticker.advance(Duration.ofNanos(1));
    forgetful.sweep();
    assertThat(forgetful.services()).isEmpty();
    assertThat(forgotten).containsExactly("worker");
  }

  @Test
  void aServiceWhoseEndpointsReturnIsNotForgotten() {
    ManualTicker ticker = new ManualTicker();
    Balancer forgetful = balancer(ticker, SnapshotListener.none());
    forgetful.update(EndpointTable.empty("worker"));
    ticker.advance(Duration.ofHours(1));
    forgetful.update(table("w1"));
    forgetful.sweep();
    assertThat(forgetful.find("worker")).isPresent();
  }

  @Test
  void whatFailsAtOneServiceKeepsNoOtherFromItsSweep() {
    ManualTicker ticker = new ManualTicker();
    List<String> forgotten = new ArrayList<>();
    Balancer guarded =
        balancer(
            ticker,
            SnapshotListener.all(List.of(new FailingFor("a"), new ForgottenServices(forgotten))));
    guarded.update(EndpointTable.empty("b"));
    assertThatThrownBy(() -> guarded.update(EndpointTable.empty("a")))
        .isInstanceOf(IllegalStateException.class);
    ticker.advance(Duration.ofHours(1));
    assertThatThrownBy(guarded::sweep).isInstanceOf(IllegalStateException.class);
    assertThat(forgotten).containsExactlyInAnyOrder("a", "b");
  }

  private Balancer balancer(ManualTicker ticker, SnapshotListener listener) {
    return new Balancer(
        service -> policies.create("rr"),
        service -> TrafficSettings.none(),
        new LoadTracker(Duration.ofSeconds(1)),
        ticker,
        listener,
        Runnable::run);
  }

  private record ForgottenServices(List<String> names) implements SnapshotListener {
    @Override
    public void changed(ServiceSnapshot before, ServiceSnapshot now) {}

    @Override
    public void forgotten(String service) {
      names.add(service);
    }
  }

  private record FailingFor(String service) implements SnapshotListener {
    @Override
    public void changed(ServiceSnapshot before, ServiceSnapshot now) {
      fail(now.registered().service());
    }

    @Override
    public void forgotten(String name) {
      fail(name);
    }

    private void fail(String name) {
      if (name.equals(service)) {
        throw new IllegalStateException("no listener for " + name);
      }
    }
  }

  @Test
  void connectivityOfAnUnknownServiceIsIgnored() {
    balancer.connectivity(endpoint("w1"), Connectivity.READY);
    assertThat(balancer.services()).isEmpty();
  }
}
