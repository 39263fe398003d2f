package dev.lookaside.benchmarks.client;

import dev.lookaside.client.grpc.outcome.Tallies;
import dev.lookaside.client.grpc.subscription.BalancerLink;
import dev.lookaside.client.grpc.subscription.Clockwork;
import dev.lookaside.client.grpc.subscription.ServiceView;
import dev.lookaside.client.grpc.subscription.Snapshots;
import dev.lookaside.client.grpc.subscription.Subscription;
import dev.lookaside.client.grpc.subscription.SubscriptionSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.Endpoint;
import dev.lookaside.v1.EndpointState;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.Table;
import dev.lookaside.v1.TableDelta;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.v1.TableVersion;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one change of one endpoint costs a subscriber, from the message to the view that its
 * channels go by.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TableDeltaBenchmark {
  private static final String SERVICE = "worker";

  @Param({"100", "1000", "10000"})
  int endpoints;

  @Param("100")
  int subset;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Balancer balancer = new Balancer();
  private final Viewer viewer = new Viewer();
  private @Nullable Subscription subscription;
  private long version = 1;

  @Setup
  public void subscribe() {
    subscription =
        new Subscription(
            new SubscriptionSettings(
                SERVICE,
                "client",
                List.of(new Address("balancer", 1)),
                Optional.empty(),
                Duration.ZERO,
                subset,
                Locality.UNSPECIFIED),
            address -> balancer,
            Snapshots.none(),
            new LoadTracker(Duration.ofHours(1)),
            new Tallies(),
            new Clockwork(timer, Runnable::run, Ticker.system(), new Random(1)));
    subscription.add(viewer);
    subscription.start();
    Table.Builder table =
        Table.newBuilder()
            .setVersion(version(version))
            .setBalancing(Balancing.newBuilder().setPolicy("rr"));
    for (int i = 0; i < endpoints; i++) {
      table.addEndpoints(endpoint(i, 1));
    }
    balancer.says(SubscribeResponse.newBuilder().setTable(table).build());
  }

  @Benchmark
  public Object oneEndpointChanges() {
    long from = version++;
    int number = (int) (from % endpoints);
    balancer.says(
        SubscribeResponse.newBuilder()
            .setDelta(
                TableDelta.newBuilder()
                    .setFrom(version(from))
                    .setTo(version(version))
                    .addChanged(endpoint(number, 1.0 + (double) from)))
            .build());
    return viewer;
  }

  @TearDown
  public void close() {
    if (subscription != null) {
      subscription.close();
    }
    timer.shutdownNow();
  }

  private static TableVersion version(long number) {
    return TableVersion.newBuilder().setEpoch("epoch").setNumber(number).build();
  }

  private static TableEndpoint endpoint(int number, double weight) {
    return TableEndpoint.newBuilder()
        .setNumber(number)
        .setEndpoint(
            Endpoint.newBuilder()
                .setId("worker-7c9f8d6b5-" + number)
                .setService(SERVICE)
                .setAddress("10.0." + number / 250 + "." + number % 250 + ":50052")
                .setIncarnation("first"))
        .setWeight(weight)
        .setCapacity(4)
        .setState(EndpointState.ENDPOINT_STATE_READY)
        .build();
  }

  private static final class Viewer implements Subscription.Listener {
    private @Nullable ServiceView last;

    @Override
    public void updated(ServiceView view) {
      last = view;
    }

    @Override
    public void unavailable(Status status) {
      last = null;
    }

    @Override
    public String toString() {
      return String.valueOf(last);
    }
  }

  /** A balancer in this process, always alive. */
  private static final class Balancer implements BalancerLink {
    private @Nullable Listener listener;

    void says(SubscribeResponse message) {
      if (listener != null) {
        listener.message(message);
      }
    }

    @Override
    public Address address() {
      return new Address("balancer", 1);
    }

    @Override
    public void subscribe(SubscribeRequest request, Listener newListener) {
      listener = newListener;
    }

    @Override
    public void more() {}

    @Override
    public long aliveNanos() {
      return System.nanoTime();
    }

    @Override
    public void probe(Duration timeout, Consumer<Status> answer) {
      answer.accept(Status.OK);
    }

    @Override
    public boolean takesReports() {
      return false;
    }

    @Override
    public void report(ClientStats outcomes) {}

    @Override
    public void leave() {}

    @Override
    public void close() {}
  }
}
