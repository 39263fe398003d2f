package dev.lookaside.client;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.Endpoint;
import dev.lookaside.v1.LoadBalancerGrpc.LoadBalancerImplBase;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import dev.lookaside.v1.ReportSummary;
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

  /** Decides; an empty answer is none at all, as of a balancer that hangs. */
  @FunctionalInterface
  public interface Decision {
    Optional<FakeWorker> on(PickRequest request) throws StatusRuntimeException;
  }

  public final List<PickRequest> picks = new CopyOnWriteArrayList<>();
  public final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
  public volatile Decision decision;
  private final Server server;
  private final int port;

  public FakeBalancer(Decision decision) {
    this.decision = decision;
    this.server = Loopback.start(this, 0);
    this.port = server.getPort();
  }

  /** Picks the first of the workers that is not excluded. */
  public static FakeBalancer of(FakeWorker... workers) {
    return new FakeBalancer(request -> {
      for (FakeWorker worker : workers) {
        if (!request.getExcludedEndpointIdsList().contains(worker.id())) {
          return Optional.of(worker);
        }
      }
      throw nothing(1);
    });
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
            .setPolicy("rr")
            .setEndpoint(
                Endpoint.newBuilder()
                    .setId(worker.id())
                    .setService(request.getService())
                    .setAddress(worker.address().toString())
                    .setIncarnation(worker.incarnation()))
            .build());
    answer.onCompleted();
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
