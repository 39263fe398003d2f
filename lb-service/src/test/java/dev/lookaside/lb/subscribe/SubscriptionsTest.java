package dev.lookaside.lb.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.SubscribeRequest;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
  private static final SubscribeRequest WORKER =
      SubscribeRequest.newBuilder().setService("worker").build();

  private final Ticker ticker = Ticker.system();
  private final LoadTracker loads = new LoadTracker(Duration.ofMinutes(1));
  private final Subscriptions subscriptions =
      new Subscriptions(
          new SubscriptionLimits(1_000, 1_000, Duration.ofMillis(100), Duration.ofSeconds(1)),
          new Announcement(service -> "rr", service -> TrafficSettings.none()),
          loads,
          ticker,
          new SimpleMeterRegistry());
  private final Balancer balancer =
      new Balancer(
          service -> new Policies(ticker, new Random(1)).create("rr"),
          service -> TrafficSettings.none(),
          loads,
          ticker,
          subscriptions,
          Runnable::run);

  @AfterEach
  void close() {
    subscriptions.close();
  }

  private void update(EndpointTable table) {
    loads.update(table);
    balancer.update(table);
  }

  private static Endpoint endpoint(int i) {
    return Endpoint.of("worker", "w" + i, new Address("127.0.0.1", 1 + i));
  }

  /** Takes messages, each of them for so long. */
  private static final class Call extends ServerCall<SubscribeRequest, EncodedUpdate> {
    final List<EncodedUpdate.Kind> kinds = new CopyOnWriteArrayList<>();
    private final Runnable work;

    Call(Runnable work) {
      this.work = work;
    }

    @Override
    public void request(int count) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(EncodedUpdate message) {
      work.run();
      kinds.add(message.kind());
    }

    @Override
    public void close(Status status, Metadata trailers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.EMPTY;
    }

    @Override
    public MethodDescriptor<SubscribeRequest, EncodedUpdate> getMethodDescriptor() {
      throw new UnsupportedOperationException(LoadBalancerGrpc.SERVICE_NAME);
    }
  }

  private Call open(Runnable work, Optional<Duration> loadInterval) {
    Call call = new Call(work);
    subscriptions.open(new Subscriber(call, subscriptions.sent(), WORKER, loadInterval));
    return call;
  }

  @Test
  void aServiceGoesOnWithoutSubscribersThatCanBeTold() {
    update(EndpointTable.of("worker", 1, List.of(endpoint(1), endpoint(2))));
    balancer.connectivity(endpoint(1), Connectivity.READY);
    balancer.connectivity(endpoint(2), Connectivity.READY);

    // As a balancer does first that stops; it serves picks for some seconds more.
    subscriptions.close();
    balancer.connectivity(endpoint(1), Connectivity.TRANSIENT_FAILURE);

    assertThat(balancer.find("worker").orElseThrow().snapshot().eligible().endpoints())
        .containsExactly(endpoint(2));
    update(EndpointTable.of("worker", 2, List.of(endpoint(3))));
    balancer.connectivity(endpoint(3), Connectivity.READY);
    assertThat(balancer.find("worker").orElseThrow().snapshot().eligible().endpoints())
        .containsExactly(endpoint(3));
  }

  @Test
  void whoComesIsServedThoughTheOthersTakeAllTheTime() {
    update(EndpointTable.of("worker", 1, List.of(endpoint(1))));
    AtomicLong reports = new AtomicLong();
    // 40 subscribers to loads every 50 ms that take 10 ms each, and loads that always differ.
    Runnable slow =
        () -> {
          loads.reported(
              endpoint(1),
              LoadReport.ofRequestsInFlight(
                  (double) (reports.incrementAndGet() % 1_000), ticker.nanos()));
          long start = ticker.nanos();
          while (ticker.nanos() - start < Duration.ofMillis(10).toNanos()) {
            Thread.onSpinWait();
          }
        };
    subscriptions.start();
    for (int i = 0; i < 40; i++) {
      open(slow, Optional.of(Duration.ofMillis(50)));
    }
    await().until(() -> reports.get() > 200);

    Call late = open(() -> {}, Optional.empty());

    await().until(() -> late.kinds.contains(EncodedUpdate.Kind.TABLE));
  }

  @Test
  void theFirstMessageAreTheTermsAndHeartbeatsFollow() {
    subscriptions.start();

    Call call = open(() -> {}, Optional.of(Duration.ofMillis(100)));

    await()
        .until(
            () -> call.kinds.stream().filter(k -> k == EncodedUpdate.Kind.HEARTBEAT).count() > 1);
    assertThat(call.kinds.get(0)).isEqualTo(EncodedUpdate.Kind.TERMS);
    assertThat(call.kinds.get(1)).isEqualTo(EncodedUpdate.Kind.TABLE);
  }
}
