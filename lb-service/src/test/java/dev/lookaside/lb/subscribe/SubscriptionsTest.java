package dev.lookaside.lb.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
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
import dev.lookaside.v1.SubscribeResponse;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
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

  private static final SubscribeRequest IN_PARTS = WORKER.toBuilder().setTakesParts(true).build();

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

  private final IdentityHashMap<Call, Subscriber> subscribers = new IdentityHashMap<>();

  private Subscriber subscriberOf(Call call) {
    return Objects.requireNonNull(subscribers.get(call));
  }

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
    final List<EncodedUpdate> messages = new CopyOnWriteArrayList<>();
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
      bytes.addAndGet(message.length());
      messages.add(message);
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
    return open(call, WORKER, loadInterval);
  }

  private Call open(Call call, SubscribeRequest request, Optional<Duration> loadInterval) {
    Subscriber subscriber =
        new Subscriber(call, subscriptions.sent(), subscriptions.unsent(), request, loadInterval);
    subscribers.put(call, subscriber);
    subscriptions.audience().open(subscriber);
    return call;
  }

  /** All messages of tables, in order. */
  private static List<SubscribeResponse> tables(Call call) {
    return call.messages.stream()
        .filter(message -> message.kind() == EncodedUpdate.Kind.TABLE)
        .map(message -> decoded(message.bytes()))
        .toList();
  }

  private static SubscribeResponse decoded(byte[] message) {
    try {
      return SubscribeResponse.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
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
  void aLongTableComesInPartsToWhoTakesThemAndInOneMessageToTheOthers() {
    update(
        EndpointTable.of(
            "worker", 1, IntStream.range(0, 10_000).mapToObj(i -> endpoint(i)).toList()));

    Call whole = open(new Call(() -> {}), Optional.empty());
    Call parts = open(new Call(() -> {}), IN_PARTS, Optional.of(Duration.ofMillis(100)));

    await().until(() -> whole.kinds.contains(EncodedUpdate.Kind.BALANCERS));
    await().until(() -> parts.kinds.contains(EncodedUpdate.Kind.BALANCERS));
    SubscribeResponse all = tables(whole).get(0);
    assertThat(tables(whole)).hasSize(1);
    assertThat(all.getMore()).isFalse();
    assertThat(all.getTable().getEndpointsCount()).isEqualTo(10_000);
    List<SubscribeResponse> told = tables(parts);
    assertThat(told)
        .hasSizeGreaterThan(2)
        .allMatch(part -> part.getSerializedSize() <= Cutter.PIECE_BYTES + 100);
    assertThat(told.subList(0, told.size() - 1)).allMatch(SubscribeResponse::getMore);
    SubscribeResponse.Builder merged = SubscribeResponse.newBuilder();
    told.forEach(merged::mergeFrom);
    assertThat(told.get(told.size() - 1).getMore()).isFalse();
    assertThat(merged.clearMore().build()).isEqualTo(all);
    // Nothing comes in between.
    assertThat(parts.kinds.subList(1, 1 + told.size())).containsOnly(EncodedUpdate.Kind.TABLE);
  }

  @Test
  void whoReadsNothingHoldsOnePartAndAllOfThemTogetherOneTable() {
    update(
        EndpointTable.of(
            "worker", 1, IntStream.range(0, 10_000).mapToObj(i -> endpoint(i)).toList()));
    List<Call> deaf = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Call call = new Call(() -> {});
      call.reads = false;
      deaf.add(open(call, IN_PARTS, Optional.empty()));
    }
    Call reader = open(new Call(() -> {}), IN_PARTS, Optional.empty());

    await().until(() -> reader.kinds.contains(EncodedUpdate.Kind.BALANCERS));
    assertThat(deaf).allMatch(call -> call.bytes.get() < Cutter.PIECE_BYTES + 1_000);
    long table = tables(reader).stream().mapToLong(SubscribeResponse::getSerializedSize).sum();
    await().until(() -> unsent.bytes() < 10 * Cutter.PIECE_BYTES + table + 1_000);
    assertThat(unsent.bytes()).isGreaterThan(10 * Cutter.PIECE_BYTES);

    deaf.get(0).reads = true;
    subscriptions.audience().ready(subscriberOf(deaf.get(0)));

    await().until(() -> tables(deaf.get(0)).size() == tables(reader).size());
    deaf.forEach(call -> subscriptions.audience().gone(subscriberOf(call)));
    await().until(() -> unsent.bytes() == 0);
  }

  @Test
  void whoIsInTheMiddleOfATableEndsItAndGoesOnWithWhatChangedMeanwhile() {
    List<Endpoint> all = IntStream.range(0, 10_000).mapToObj(i -> endpoint(i)).toList();
    update(EndpointTable.of("worker", 1, all));
    Call slow = new Call(() -> {});
    slow.reads = false;
    open(slow, IN_PARTS, Optional.empty());
    await().until(() -> slow.kinds.contains(EncodedUpdate.Kind.TABLE));

    update(EndpointTable.of("worker", 2, all.subList(1, 10_000)));
    slow.reads = true;
    subscriptions.audience().ready(subscriberOf(slow));

    await().until(() -> slow.kinds.contains(EncodedUpdate.Kind.DELTA));
    SubscribeResponse.Builder merged = SubscribeResponse.newBuilder();
    tables(slow).forEach(merged::mergeFrom);
    assertThat(merged.getTable().getEndpointsCount()).isEqualTo(10_000);
    SubscribeResponse delta =
        slow.messages.stream()
            .filter(message -> message.kind() == EncodedUpdate.Kind.DELTA)
            .map(message -> decoded(message.bytes()))
            .findFirst()
            .orElseThrow();
    assertThat(delta.getDelta().getFrom()).isEqualTo(merged.getTable().getVersion());
    assertThat(delta.getDelta().getRemovedList()).hasSize(1);
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
