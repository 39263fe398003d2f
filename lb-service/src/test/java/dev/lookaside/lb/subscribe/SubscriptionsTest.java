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
import dev.lookaside.lb.push.Unsent;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.SubscribeRequest;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
  private static final SubscribeRequest WORKER =
      SubscribeRequest.newBuilder().setService("worker").build();

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Ticker ticker = Ticker.system();
  private final Unsent unsent = new Unsent(4 << 20, PATIENCE);
  private final LoadTracker loads = new LoadTracker(Duration.ofMinutes(1));
  private final Subscriptions subscriptions =
      new Subscriptions(
          new SubscriptionLimits(1_000, 1_000, Duration.ofMillis(100), Duration.ofSeconds(1)),
          new Announcement(service -> "rr", service -> TrafficSettings.none()),
          loads,
          unsent,
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
    volatile boolean reads = true;
    final AtomicLong bytes = new AtomicLong();
    volatile Status end = Status.OK;

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
      bytes.addAndGet(message.bytes().length);
      kinds.add(message.kind());
    }

    @Override
    public void close(Status status, Metadata trailers) {
      end = status;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean isReady() {
      return reads || bytes.get() < 32 << 10;
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
    return open(new Call(work), loadInterval);
  }

  private Call open(Call call, Optional<Duration> loadInterval) {
    subscriptions
        .audience()
        .open(
            new Subscriber(
                call, subscriptions.sent(), subscriptions.unsent(), WORKER, loadInterval));
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

  /** 200 of them held 164 MiB outside of the heap; here 30 would hold 20, and 4 are for all. */
  @Test
  void subscribersThatNeverReadHoldNoMoreThanThereIsForAllAndAreCut() {
    update(
        EndpointTable.of(
            "worker", 1, IntStream.range(0, 10_000).mapToObj(i -> endpoint(i)).toList()));
    subscriptions.start();
    List<Call> deaf = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Call call = new Call(() -> {});
      call.reads = false;
      deaf.add(open(call, Optional.empty()));
    }
    await().until(() -> deaf.stream().anyMatch(call -> !call.end.isOk()));
    long atOnce =
        deaf.stream().filter(call -> call.end.isOk()).mapToLong(call -> call.bytes.get()).sum();
    assertThat(atOnce).isLessThan(8 << 20);

    Call reader = open(() -> {}, Optional.empty());

    await().until(() -> reader.kinds.contains(EncodedUpdate.Kind.TABLE));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> deaf.stream().noneMatch(call -> call.end.isOk()));
    assertThat(deaf.get(0).end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(deaf.get(0).end.getDescription()).startsWith("nothing was read for");
    await().until(() -> unsent.bytes() == 0);
    assertThat(reader.end.isOk()).isTrue();
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
