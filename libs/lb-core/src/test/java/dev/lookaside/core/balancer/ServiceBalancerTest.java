package dev.lookaside.core.balancer;

import static dev.lookaside.core.policy.Endpoints.endpoint;
import static dev.lookaside.core.policy.Endpoints.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.EndpointLoad.Reported;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Candidates;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ServiceBalancerTest {
  private final ManualTicker ticker = new ManualTicker();
  private final LoadTracker loads = new LoadTracker(Duration.ofSeconds(1));
  private final Policies policies = new Policies(ticker, Chance.system());
  private final ServiceBalancer balancer =
      new ServiceBalancer("worker", policies.create("first"), loads);

  @Test
  void saysThatNothingIsRegistered() {
    assertThat(pick())
        .isEqualTo(new PickResult.Unavailable("service worker has no endpoint registered"));
  }

  @Test
  void picksNoEndpointBeforeItIsReached() {
    balancer.update(table("w1", "w2"));
    assertThat(pick())
        .isEqualTo(
            new PickResult.Unavailable(
                "service worker has no endpoint ready (2 registered: 0 draining, 2 not reached)"));
  }

  @Test
  void aBrokenEndpointIsOutAtOnceAndBackWhenItWorks() {
    balancer.update(table("w1", "w2"));
    reach("w1", "w2");
    assertThat(pickedId()).isEqualTo("w1");
    balancer.connectivity(endpoint("w1"), Connectivity.TRANSIENT_FAILURE);
    assertThat(pickedId()).isEqualTo("w2");
    balancer.connectivity(endpoint("w1"), Connectivity.READY);
    assertThat(pickedId()).isEqualTo("w1");
  }

  @Test
  void aDrainingEndpointIsNotPicked() {
    Endpoint draining = endpoint("w1").withState(EndpointState.DRAINING);
    balancer.update(EndpointTable.of("worker", 1, List.of(draining, endpoint("w2"))));
    reach("w1", "w2");
    assertThat(pickedId()).isEqualTo("w2");
  }

  @Test
  void whatWasKnownOfAnEndpointThatStaysIsKept() {
    balancer.update(table("w1"));
    reach("w1");
    balancer.update(table("w1", "w2"));
    assertThat(pickedId()).isEqualTo("w1");
  }

  @Test
  void aNewIncarnationMustBeReachedAnew() {
    balancer.update(table("w1"));
    reach("w1");
    balancer.update(EndpointTable.of("worker", 2, List.of(endpoint("w1").withIncarnation("b"))));
    assertThat(pick()).isInstanceOf(PickResult.Unavailable.class);
    balancer.connectivity(endpoint("w1").withIncarnation("b"), Connectivity.READY);
    assertThat(pickedId()).isEqualTo("w1");
  }

  @Test
  void anEndpointThatLeftAndCameBackMustBeReachedAnew() {
    balancer.update(table("w1"));
    reach("w1");
    balancer.update(EndpointTable.empty("worker"));
    balancer.update(table("w1"));
    assertThat(pick()).isInstanceOf(PickResult.Unavailable.class);
  }

  @Test
  void switchesThePolicyWhileRunning() {
    balancer.update(table("w1", "w2"));
    reach("w1", "w2");
    balancer.use(policies.create("rr"));
    assertThat(balancer.snapshot().policy()).isEqualTo("rr");
    assertThat(List.of(pickedId(), pickedId())).containsExactlyInAnyOrder("w1", "w2");
  }

  @Test
  void noPickIsLostWhilePoliciesAndTablesChange() throws Exception {
    balancer.update(table(20));
    table(20).endpoints().forEach(e -> balancer.connectivity(e, Connectivity.READY));
    AtomicInteger picked = new AtomicInteger();
    int switches = 0;
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService pickers = Executors.newFixedThreadPool(2);
    List<Future<?>> lost =
        IntStream.range(0, 2)
            .<Future<?>>mapToObj(t ->
                pickers.submit(() -> {
                  while (!done.get()) {
                    assertThat(pick()).isInstanceOf(PickResult.Picked.class);
                    picked.incrementAndGet();
                  }
                }))
            .toList();
    // Bounded by the picks that have to happen under each policy.
    while (switches < 40 && lost.stream().noneMatch(Future::isDone)) {
      String name = Policies.names().get(switches % Policies.names().size());
      balancer.use(policies.create(name));
      balancer.update(table(20 + switches++ % 2));
      int before = picked.get();
      while (picked.get() < before + 1_000 && lost.stream().noneMatch(Future::isDone)) {
        Thread.onSpinWait();
      }
    }
    done.set(true);
    for (Future<?> each : lost) {
      each.get(10, TimeUnit.SECONDS);
    }
    pickers.shutdown();
    assertThat(switches).isEqualTo(40);
  }

  @Test
  void everyPickIsNotedWhateverThePolicy() {
    loads.update(table("w1"));
    balancer.update(table("w1"));
    reach("w1");
    loads.reported(endpoint("w1"), LoadReport.ofRequestsInFlight(0, ticker.nanos()));
    pick();
    pick();
    Reported load = (Reported) loads.of(endpoint("w1")).at(ticker.nanos());
    assertThat(load.dispatchedSince()).isEqualTo(2);
  }

  @Test
  void refusesTheTableOfAnotherService() {
    assertThatThrownBy(() -> balancer.update(EndpointTable.empty("other")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("table is of service other (expected: worker)");
  }

  @Test
  void changesFromManyThreadsAllArrive() {
    EndpointTable table = table(500);
    AtomicInteger pickers = new AtomicInteger();
    ServiceBalancer counted =
        new ServiceBalancer("worker", new CountingPolicy(policies.create("rr"), pickers), loads);
    counted.update(table);
    IntStream.range(0, 500)
        .parallel()
        .forEach(i -> counted.connectivity(table.endpoints().get(i), Connectivity.READY));
    assertThat(counted.snapshot().eligible().size()).isEqualTo(500);
    assertThat(pickers.get()).isLessThanOrEqualTo(500);
  }

  private record CountingPolicy(Policy policy, AtomicInteger pickers) implements Policy {

    @Override
    public String name() {
      return policy.name();
    }

    @Override
    public Policy fresh() {
      return new CountingPolicy(policy.fresh(), pickers);
    }

    @Override
    public Picker newPicker(Candidates candidates) {
      pickers.incrementAndGet();
      return policy.newPicker(candidates);
    }
  }

  private void reach(String... ids) {
    for (String id : ids) {
      balancer.connectivity(endpoint(id), Connectivity.READY);
    }
  }

  private PickResult pick() {
    return balancer.pick(PickArgs.ANY);
  }

  private String pickedId() {
    return ((PickResult.Picked) pick()).endpoint().id();
  }
}
