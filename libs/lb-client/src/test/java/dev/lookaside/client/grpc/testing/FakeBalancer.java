package dev.lookaside.client.grpc.testing;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.BalancerList;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.LoadBalancerGrpc.LoadBalancerImplBase;
import dev.lookaside.v1.StatsSummary;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.Table;
import dev.lookaside.v1.TableDelta;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.v1.TableVersion;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A balancer on the loopback that tells subscribers what it is told to, and remembers them. */
public final class FakeBalancer extends LoadBalancerImplBase implements AutoCloseable {
  public static final String SERVICE = "worker";

  public final List<SubscribeRequest> subscriptions = new CopyOnWriteArrayList<>();
  public final List<ClientStats> stats = new CopyOnWriteArrayList<>();
  private final List<ServerCallStreamObserver<SubscribeResponse>> subscribers =
      new CopyOnWriteArrayList<>();
  private final String epoch;
  private final Loopback server;
  private volatile long version = 1;
  private volatile List<SubscribeResponse> greeting = List.of();

  public FakeBalancer() {
    this(0);
  }

  /**
   * @param port 0 takes any free one
   */
  public FakeBalancer(int port) {
    this.server = new Loopback(this, port);
    this.epoch = "life-" + server.port() + "-" + System.identityHashCode(this);
  }

  /** A balancer of these workers, by round robin. */
  public static FakeBalancer of(FakeWorker... workers) {
    FakeBalancer balancer = new FakeBalancer();
    balancer.greetWith(balancer.table(workers));
    return balancer;
  }

  public Address address() {
    return new Address("127.0.0.1", server.port());
  }

  /** What every subscriber is told first. */
  public void greetWith(SubscribeResponse... messages) {
    greeting = List.of(messages);
  }

  /** Tells all that are subscribed now. */
  public void tell(SubscribeResponse message) {
    subscribers.forEach(subscriber -> {
      synchronized (subscriber) {
        if (!subscriber.isCancelled()) {
          subscriber.onNext(message);
        }
      }
    });
  }

  /** Says nothing any more, not even to those who ask. */
  public void hang() {
    server.hang();
  }

  public SubscribeResponse table(FakeWorker... workers) {
    return table(
        Arrays.stream(workers).map(w -> w.registered(SERVICE).build()).toList(), rules("rr"));
  }

  public SubscribeResponse table(List<TableEndpoint> endpoints, Balancing.Builder rules) {
    return SubscribeResponse.newBuilder()
        .setTable(
            Table.newBuilder()
                .setVersion(version(version))
                .setBalancing(rules)
                .addAllEndpoints(endpoints))
        .build();
  }

  public static Balancing.Builder rules(String policy) {
    return Balancing.newBuilder().setPolicy(policy).setPanicThreshold(0.5);
  }

  /** The next version, in which these endpoints are new or changed. */
  public SubscribeResponse changed(TableEndpoint.Builder... endpoints) {
    TableDelta.Builder delta = delta();
    Arrays.stream(endpoints).forEach(delta::addChanged);
    return SubscribeResponse.newBuilder().setDelta(delta).build();
  }

  /** The next version, in which these workers are gone. */
  public SubscribeResponse removed(FakeWorker... workers) {
    TableDelta.Builder delta = delta();
    Arrays.stream(workers).forEach(worker -> delta.addRemoved(worker.number()));
    return SubscribeResponse.newBuilder().setDelta(delta).build();
  }

  private TableDelta.Builder delta() {
    long from = version;
    version = from + 1;
    return TableDelta.newBuilder().setFrom(version(from)).setTo(version(from + 1));
  }

  public static SubscribeResponse balancers(Address... addresses) {
    return SubscribeResponse.newBuilder()
        .setBalancers(
            BalancerList.newBuilder()
                .addAllAddresses(Arrays.stream(addresses).map(Address::toString).toList()))
        .build();
  }

  private TableVersion version(long number) {
    return TableVersion.newBuilder().setEpoch(epoch).setNumber(number).build();
  }

  @Override
  public void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> observer) {
    subscriptions.add(request);
    var subscriber = (ServerCallStreamObserver<SubscribeResponse>) observer;
    subscriber.setOnCancelHandler(() -> subscribers.remove(subscriber));
    greeting.forEach(subscriber::onNext);
    subscribers.add(subscriber);
  }

  @Override
  public StreamObserver<ClientStats> reportStats(StreamObserver<StatsSummary> summary) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ClientStats outcomes) {
        stats.add(outcomes);
      }

      @Override
      public void onError(Throwable error) {
        // The client is gone; there is nobody to answer.
      }

      @Override
      public void onCompleted() {
        summary.onNext(StatsSummary.getDefaultInstance());
        summary.onCompleted();
      }
    };
  }

  public int subscriberCount() {
    return subscribers.size();
  }

  @Override
  public void close() {
    server.close();
  }
}
