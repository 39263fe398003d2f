package dev.lookaside.lb.registry;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.lb.load.HealthAnswer;
import dev.lookaside.registry.watch.LivenessProbe;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks an endpoint for its health by grpc.health.v1, over a connection of its own. */
public final class HealthProbe implements LivenessProbe {
  private static final long DEADLINE_MILLIS = 1_000;

  private final Function<Endpoint, ManagedChannel> channels;

  public HealthProbe(Function<Endpoint, ManagedChannel> channels) {
    this.channels = channels;
  }

  @Override
  public CompletionStage<Boolean> isServing(Endpoint endpoint) {
    ManagedChannel channel;
    try {
      channel = channels.apply(endpoint);
    } catch (RuntimeException e) { // nobody can be reached there
      return CompletableFuture.completedFuture(false);
    }
    CompletableFuture<Boolean> serving = new CompletableFuture<>();
    HealthGrpc.newStub(channel)
        .withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
        .check(HealthCheckRequest.getDefaultInstance(), new Answer(serving));
    return serving.whenComplete((answer, failure) -> channel.shutdownNow());
  }

  private record Answer(CompletableFuture<Boolean> serving)
      implements StreamObserver<HealthCheckResponse> {

    @Override
    public void onNext(HealthCheckResponse response) {
      serving.complete(HealthAnswer.of(response) == HealthAnswer.SERVING);
    }

    @Override
    public void onError(Throwable failure) {
      Status status = Status.fromThrowable(failure);
      serving.complete(HealthAnswer.of(status) == HealthAnswer.SERVING);
    }

    @Override
    public void onCompleted() {
      serving.complete(false);
    }
  }
}
