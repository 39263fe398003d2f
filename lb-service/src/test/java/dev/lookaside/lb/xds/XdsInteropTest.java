package dev.lookaside.lb.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.balancer.ZonePreference;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.load.Completion;
import dev.lookaside.lb.config.XdsMode;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.TestLine;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.LoadBalancerRegistry;
import io.grpc.Metadata;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * gRPC's own client against this balancer, in the cases of gRPC's xDS interoperability tests
 * (doc/xds-test-descriptions.md) and with their names.
 */
final class XdsInteropTest {
  private static final Metadata.Key<String> KEY =
      Metadata.Key.of("lookaside-key", Metadata.ASCII_STRING_MARSHALLER);
  private static final Locality NEAR = new Locality("", "near", "");
  private static final Locality FAR = new Locality("", "far", "");

  private final List<FakeWorker> workers = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    Collections.reverse(open);
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
    workers.forEach(FakeWorker::close);
  }

  @Test
  void pingPong() {
    TestLine line = line(TestLine.Settings.of("rr"));
    line.registered("worker", endpoints(1));

    client(line).call();

    assertThat(tasks()).containsExactly(1);
  }

  @Test
  void roundRobin() {
    TestLine line = line(TestLine.Settings.of("rr"));
    line.registered("worker", endpoints(3));
    StockClient client = client(line);
    settle(client);

    client.calls(1_500);

    // Random picks of equal weight: a standard deviation is 18.
    assertThat(tasks()).allSatisfy(n -> assertThat(n).isCloseTo(500, within(80)));
  }

  @Test
  void weightsAreObeyed() {
    TestLine line = line(TestLine.Settings.of("rr"));
    line.registered("worker", weighted(endpoints(3), 1, 2, 7));
    StockClient client = client(line);
    settle(client);

    client.calls(6_000);

    // Random picks: standard deviations are 23, 31 and 35; the tolerance is three points.
    assertThat(tasks(0)).isCloseTo(600, within(180));
    assertThat(tasks(1)).isCloseTo(1_200, within(180));
    assertThat(tasks(2)).isCloseTo(4_200, within(180));
  }

  @Test
  void firstIsTheFirstAsLongAsItIsThere() {
    TestLine line = line(TestLine.Settings.of("first"));
    line.registered("worker", endpoints(3));
    StockClient client = client(line);
    client.calls(20);
    assertThat(tasks()).containsExactly(20, 0, 0);

    workers.get(0).kill();
    await().until(() -> line.ready("worker") == 2);
    settle(client);
    client.calls(20);
    assertThat(tasks()).containsExactly(0, 20, 0);

    workers.get(0).restart();
    await()
        .until(() -> {
          settle(client);
          client.calls(5);
          return tasks().equals(List.of(5, 0, 0));
        });
  }

  @Test
  void backendsRestart() {
    TestLine line = line(TestLine.Settings.of("rr").attempts(3));
    line.registered("worker", endpoints(2));
    StockClient client = client(line);
    await().until(() -> line.ready("worker") == 2);
    settle(client);

    workers.get(0).kill();
    client.calls(50);
    assertThat(tasks(1)).isEqualTo(50);

    workers.get(0).restart();
    await()
        .until(() -> {
          client.calls(5);
          return tasks(0) > 0;
        });
  }

  @Test
  void removeInstanceGroup() {
    TestLine line = line(TestLine.Settings.of("rr"));
    Endpoint[] all = endpoints(4);
    line.registered("worker", all);
    StockClient client = client(line);
    settle(client);

    line.registered("worker", Arrays.copyOf(all, 2));
    until(client, 2, 3);
    client.calls(40);

    assertThat(tasks().subList(2, 4)).containsOnly(0);
  }

  @Test
  void changeBackendService() {
    TestLine line = line(TestLine.Settings.of("rr"));
    Endpoint[] all = endpoints(4);
    line.registered("worker", Arrays.copyOf(all, 2));
    StockClient client = client(line);
    client.calls(10);

    line.registered("worker", Arrays.copyOfRange(all, 2, 4));
    until(client, 0, 1);
    client.calls(40);

    List<Integer> ran = tasks();
    assertThat(ran.subList(0, 2)).containsOnly(0);
    assertThat(ran.subList(2, 4)).allSatisfy(n -> assertThat(n).isPositive());
  }

  @Test
  void secondaryLocalityGetsRequestsOnPrimaryFailure() {
    TestLine line = line(nearFirst());
    Endpoint[] all = endpoints(2);
    line.registered("worker", in(NEAR, all[0]), in(FAR, all[1]));
    StockClient client = client(line);
    client.calls(20);
    assertThat(tasks()).containsExactly(20, 0);

    workers.get(0).kill();
    client.calls(20);
    assertThat(tasks()).containsExactly(0, 20);

    workers.get(0).restart();
    until(client, 1);
  }

  @Test
  void secondaryLocalityGetsNoRequestsOnPartialPrimaryFailure() {
    TestLine line = line(nearFirst());
    Endpoint[] all = endpoints(3);
    line.registered("worker", in(NEAR, all[0]), in(NEAR, all[1]), in(FAR, all[2]));
    StockClient client = client(line);
    settle(client);

    workers.get(0).kill();
    client.calls(40);

    assertThat(tasks(2)).isZero();
  }

  @Test
  void gentleFailover() {
    TestLine line = line(nearFirst());
    Endpoint[] all = endpoints(3);
    line.registered("worker", in(NEAR, all[0]), in(NEAR, all[1]), in(FAR, all[2]));
    workers.get(0).reportRequestsInFlight(8);
    workers.get(1).reportRequestsInFlight(8);
    StockClient client = client(line);
    settle(client);
    client.calls(20);
    assertThat(tasks(2)).isZero();

    // Half of the room near is gone, and what was there now waits at the other.
    workers.get(0).kill();
    workers.get(1).reportRequestsInFlight(16);

    await()
        .until(() -> {
          client.calls(20);
          List<Integer> ran = tasks();
          return ran.get(1) > 0 && ran.get(2) > 0;
        });
  }

  @Test
  void loadBasedFailover() {
    TestLine line = line(nearFirst());
    Endpoint[] all = endpoints(2);
    line.registered("worker", in(NEAR, all[0]), in(FAR, all[1]));
    StockClient client = client(line);
    settle(client);
    client.calls(20);
    assertThat(tasks(1)).isZero();

    workers.get(0).reportRequestsInFlight(16);
    await()
        .until(() -> {
          client.calls(20);
          List<Integer> ran = tasks();
          return ran.get(0) > 0 && ran.get(1) > 0;
        });

    workers.get(0).reportRequestsInFlight(1);
    until(client, 1);
  }

  @Test
  void circuitBreaking() {
    TestLine line = line(TestLine.Settings.of("rr").maxRequests(3).reported());
    line.registered("worker", endpoints(2));
    StockClient client = client(line);
    settle(client);
    workers.forEach(FakeWorker::hang);

    List<CompletableFuture<Status>> calls = new ArrayList<>();
    await()
        .until(() -> {
          calls.addAll(client.begin(1));
          return calls.stream().anyMatch(CompletableFuture::isDone);
        });
    List<CompletableFuture<Status>> refused =
        calls.stream().filter(CompletableFuture::isDone).toList();
    List<CompletableFuture<Status>> open = calls.stream().filter(c -> !c.isDone()).toList();
    workers.forEach(FakeWorker::wake);

    assertThat(open).hasSize(3);
    assertThat(ends(open)).containsOnly(Status.OK);
    assertThat(ends(refused)).extracting(Status::getCode).containsOnly(Status.Code.UNAVAILABLE);
    assertThat(client.end()).isEqualTo(Status.OK);
  }

  /** gRPC's clients have a limit of 1,024 where they are told of none. */
  @Test
  void whereNoLimitIsSetThousandsOfCallsMayBeOpen() {
    TestLine line = line(TestLine.Settings.of("rr").reported());
    line.registered("worker", endpoints(2));
    StockClient client = client(line);
    settle(client);
    workers.forEach(FakeWorker::hang);

    List<CompletableFuture<Status>> open = client.begin(1_100);
    workers.forEach(FakeWorker::wake);

    assertThat(ends(open)).containsOnly(Status.OK);
  }

  /** This balancer reaches neither, for its own resolver knows no such names: so it names both. */
  @Test
  void workersThatAreRegisteredByNameAreCalled() {
    Map<String, String> names = new ConcurrentHashMap<>();
    TestLine line =
        line(
            TestLine.Settings.of("rr")
                .with(host -> {
                  String at = names.get(host);
                  if (at == null) {
                    throw new UnknownHostException(host);
                  }
                  return new InetAddress[] {InetAddress.getByName(at)};
                }));
    names.put("worker-0.test", "127.0.0.1");
    Endpoint[] all = endpoints(2);
    line.registered("worker", named("worker-0.test", all[0]), named("worker-1.test", all[1]));
    StockClient client = client(line);

    client.calls(20);
    assertThat(tasks()).containsExactly(20, 0);

    names.put("worker-1.test", "127.0.0.1");
    await()
        .until(() -> {
          client.calls(5);
          return tasks(1) > 0;
        });
  }

  @Test
  void outlierDetection() {
    TestLine line = line(TestLine.Settings.of("rr"));
    line.registered("worker", endpoints(3));
    await().until(() -> line.ready("worker") == 3);
    StockClient client = client(line);
    settle(client);

    for (int i = 0; i < 5; i++) {
      line.balancer.completed("worker", "w0", "1", Completion.failed(Duration.ofMillis(1)));
    }
    until(client, 0);

    await()
        .until(() -> {
          line.balancer.sweep();
          client.calls(6);
          return tasks(0) > 0;
        });
  }

  @Test
  void ringHashAffinity() {
    TestLine line = line(TestLine.Settings.of("hash"));
    line.registered("worker", endpoints(3));
    await().until(() -> line.ready("worker") == 3);
    StockClient client = client(line);
    List<Integer> owners = owners(client);
    assertThat(owners).contains(0, 1, 2);
    assertThat(owners(client)).isEqualTo(owners);

    workers.get(0).kill();
    await().until(() -> line.ready("worker") == 2);
    await().until(() -> !owners(client).contains(0));

    List<Integer> after = owners(client);
    assertThat(
            IntStream.range(0, owners.size())
                .filter(key -> owners.get(key) != 0)
                .filter(key -> !after.get(key).equals(owners.get(key))))
        .isEmpty();
  }

  @Test
  void customLb() {
    AtomicInteger made = new AtomicInteger();
    LoadBalancerProvider own = new Counting(made);
    LoadBalancerRegistry.getDefaultRegistry().register(own);
    open.add(() -> LoadBalancerRegistry.getDefaultRegistry().deregister(own));
    TestLine line =
        line(
            TestLine.Settings.of("rr")
                .with(
                    new ServiceTerms(
                        XdsMode.LB_WEIGHTED,
                        Optional.of(Counting.NAME),
                        List.of(),
                        1,
                        "lookaside-key",
                        Integer.MAX_VALUE,
                        Optional.empty())));
    line.registered("worker", endpoints(2));

    client(line).calls(10);

    assertThat(made).hasPositiveValue();
  }

  @Test
  void clientsMayDecideForThemselves() {
    TestLine line =
        line(
            TestLine.Settings.of("rr")
                .with(
                    new ServiceTerms(
                        XdsMode.CLIENT_ADAPTIVE,
                        Optional.empty(),
                        List.of(),
                        1,
                        "lookaside-key",
                        Integer.MAX_VALUE,
                        Optional.empty())));
    line.registered("worker", endpoints(2));
    StockClient client = client(line);
    settle(client);

    // This balancer has one, and the client another.
    await().until(() -> workers.stream().allMatch(worker -> worker.openStreams() == 2));
    client.calls(10);
    assertThat(tasks()).allSatisfy(n -> assertThat(n).isPositive());
  }

  @Test
  void aWorkerThatDrainsFailsNoCall() {
    TestLine line = line(TestLine.Settings.of("rr"));
    Endpoint[] all = endpoints(3);
    line.registered("worker", all);
    StockClient client = client(line);
    settle(client);

    line.registered("worker", all[0].withState(EndpointState.DRAINING), all[1], all[2]);
    until(client, 0);
    workers.get(0).kill();
    client.calls(100);

    assertThat(tasks(0)).isZero();
  }

  private TestLine.Settings nearFirst() {
    return TestLine.Settings.of("rr").near(ZonePreference.of(NEAR)).attempts(3);
  }

  private TestLine line(TestLine.Settings settings) {
    TestLine line = TestLine.with(settings);
    open.add(line);
    return line;
  }

  private StockClient client(TestLine line) {
    StockClient client = StockClient.of("worker", line.port());
    open.add(client);
    return client;
  }

  /** Starts so many workers, each with room for ten requests. */
  private Endpoint[] endpoints(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> {
          FakeWorker worker = FakeWorker.working();
          workers.add(worker);
          return worker.endpoint("w" + i).withCapacity(10);
        })
        .toArray(Endpoint[]::new);
  }

  private static Endpoint[] weighted(Endpoint[] endpoints, double... weights) {
    return IntStream.range(0, endpoints.length)
        .mapToObj(i -> made(endpoints[i], Locality.UNSPECIFIED, weights[i]))
        .toArray(Endpoint[]::new);
  }

  private static Endpoint named(String host, Endpoint like) {
    return new Endpoint(
        like.service(),
        like.id(),
        new Address(host, like.address().port()),
        Locality.UNSPECIFIED,
        1,
        like.capacity(),
        EndpointState.READY,
        like.incarnation(),
        Map.of());
  }

  private static List<Status> ends(List<CompletableFuture<Status>> calls) {
    return calls.stream().map(call -> call.orTimeout(30, TimeUnit.SECONDS).join()).toList();
  }

  private static Endpoint in(Locality locality, Endpoint endpoint) {
    return made(endpoint, locality, 1);
  }

  private static Endpoint made(Endpoint like, Locality locality, double weight) {
    return new Endpoint(
        like.service(),
        like.id(),
        like.address(),
        locality,
        weight,
        like.capacity(),
        EndpointState.READY,
        like.incarnation(),
        Map.of());
  }

  /** Calls until the client has what it was told last, and every endpoint near has its channel. */
  private void settle(StockClient client) {
    for (int round = 0; round < 3; round++) {
      assertThat(client.end()).isEqualTo(Status.OK);
    }
    client.calls(30);
    var unused = tasks();
  }

  /** Calls, each of them with success, until these workers get nothing. */
  private void until(StockClient client, int... none) {
    await()
        .until(() -> {
          client.calls(20);
          List<Integer> ran = tasks();
          return Arrays.stream(none).allMatch(worker -> ran.get(worker) == 0);
        });
  }

  /** How many tasks each worker ran since it was asked last. */
  private List<Integer> tasks() {
    return workers.stream().map(FakeWorker::takeTasks).toList();
  }

  /** The same of one worker. */
  private int tasks(int worker) {
    return workers.get(worker).takeTasks();
  }

  /** Which worker runs the task of each of 30 keys. */
  private List<Integer> owners(StockClient client) {
    return IntStream.range(0, 30)
        .mapToObj(key -> {
          var unused = tasks();
          Metadata headers = new Metadata();
          headers.put(KEY, "key-" + key);
          client.call(headers);
          return tasks().indexOf(1);
        })
        .toList();
  }

  /** Round robin that counts how often it is made. */
  private static final class Counting extends LoadBalancerProvider {
    static final String NAME = "test.counting";
    private final AtomicInteger made;

    Counting(AtomicInteger made) {
      this.made = made;
    }

    @Override
    public boolean isAvailable() {
      return true;
    }

    @Override
    public int getPriority() {
      return 5;
    }

    @Override
    public String getPolicyName() {
      return NAME;
    }

    @Override
    public ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> config) {
      return ConfigOrError.fromConfig("none");
    }

    @Override
    public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
      made.incrementAndGet();
      return Objects.requireNonNull(
              LoadBalancerRegistry.getDefaultRegistry().getProvider("round_robin"))
          .newLoadBalancer(helper);
    }
  }
}
