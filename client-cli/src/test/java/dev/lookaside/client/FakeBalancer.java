package dev.lookaside.client;

import com.google.protobuf.ByteString;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.Endpoint;
import dev.lookaside.v1.EndpointState;
import dev.lookaside.v1.LoadBalancerGrpc.LoadBalancerImplBase;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import dev.lookaside.v1.ReportSummary;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.Table;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.v1.TableVersion;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A balancer on the loopback that answers as it is told, and remembers what it was asked. */
public final class FakeBalancer extends LoadBalancerImplBase implements AutoCloseable {
  public static final ByteString TOKEN = ByteString.copyFromUtf8("a pick of this balancer");

  /** Decides; an empty answer is none at all, as of a balancer that hangs. */
  @FunctionalInterface
  public interface Decision {
    Optional<FakeWorker> on(PickRequest request) throws StatusRuntimeException;
  }

  public final List<PickRequest> picks = new CopyOnWriteArrayList<>();
  public final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
  public volatile Decision decision;
  private final List<FakeWorker> workers;
  private final Server server;
  private final int port;

  public FakeBalancer(Decision decision) {
    this(decision, List.of());
  }

  private FakeBalancer(Decision decision, List<FakeWorker> workers) {
    this.decision = decision;
    this.workers = workers;
    this.server = Loopback.start(this, 0);
    this.port = server.getPort();
  }

  /** Picks the first of the workers that is not excluded. */
  public static FakeBalancer of(FakeWorker... workers) {
    return new FakeBalancer(
        request -> {
          for (FakeWorker worker : workers) {
            if (!request.getExcludedEndpointIdsList().contains(worker.id())) {
              return Optional.of(worker);
            }
          }
          throw nothing(1);
        },
        List.of(workers));
  }

  public static FakeBalancer hanging() {
    return new FakeBalancer(request -> Optional.empty());
  }

  public static StatusRuntimeException nothing(int pushbackMillis) {
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER),
        String.valueOf(pushbackMillis));
    return Status.UNAVAILABLE.withDescription("no endpoint is ready").asRuntimeException(trailers);
  }

  public Address address() {
    return new Address("127.0.0.1", port);
  }

  @Override
  public void pick(PickRequest request, StreamObserver<PickResponse> answer) {
    picks.add(request);
    try {
      decision.on(request).ifPresent(worker -> answer(request, worker, answer));
    } catch (StatusRuntimeException e) {
      answer.onError(e);
    }
  }

  private static void answer(
      PickRequest request, FakeWorker worker, StreamObserver<PickResponse> answer) {
    answer.onNext(
        PickResponse.newBuilder()
            .setToken(TOKEN)
            .setPolicy("rr")
            .setEndpoint(endpoint(request.getService(), worker))
            .build());
    answer.onCompleted();
  }

  /** Tells of all workers, once; the stream stays open. */
  @Override
  public void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> answer) {
    Table.Builder table =
        Table.newBuilder()
            .setVersion(TableVersion.newBuilder().setEpoch("life").setNumber(1))
            .setBalancing(Balancing.newBuilder().setPolicy("rr"));
    for (int i = 0; i < workers.size(); i++) {
      table.addEndpoints(
          TableEndpoint.newBuilder()
              .setNumber(i)
              .setEndpoint(endpoint(request.getService(), workers.get(i)))
              .setWeight(1)
              .setCapacity(1)
              .setState(EndpointState.ENDPOINT_STATE_READY));
    }
    answer.onNext(SubscribeResponse.newBuilder().setTable(table).build());
  }

  private static Endpoint.Builder endpoint(String service, FakeWorker worker) {
    return Endpoint.newBuilder()
        .setId(worker.id())
        .setService(service)
        .setAddress(worker.address().toString())
        .setIncarnation(worker.incarnation());
  }

  @Override
  public StreamObserver<Outcome> report(StreamObserver<ReportSummary> summary) {
    return new StreamObserver<>() {
      @Override
      public void onNext(Outcome outcome) {
        outcomes.add(outcome);
      }

      @Override
      public void onError(Throwable error) {
        // The client is gone; there is nobody to answer.
      }

      @Override
      public void onCompleted() {
        summary.onNext(ReportSummary.newBuilder().setAccepted(outcomes.size()).build());
        summary.onCompleted();
      }
    };
  }

  @Override
  public void close() {
    Loopback.stop(server);
  }
}
