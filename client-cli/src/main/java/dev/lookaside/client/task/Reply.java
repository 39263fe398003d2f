package dev.lookaside.client.task;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** How one unary call ended. */
sealed interface Reply<T> {

  record Value<T>(T value) implements Reply<T> {}

  record Failure<T>(Status status, Metadata trailers) implements Reply<T> {}

  /** Starts the call. The future never completes exceptionally. */
  static <Q, T> CompletableFuture<Reply<T>> of(ClientCall<Q, T> call, Q request) {
    UnaryObserver<T> observer = new UnaryObserver<>();
    ClientCalls.asyncUnaryCall(call, request, observer);
    return observer.reply;
  }

  final class UnaryObserver<T> implements StreamObserver<T> {
    private final CompletableFuture<Reply<T>> reply = new CompletableFuture<>();

    @Override
    public void onNext(T value) {
      reply.complete(new Value<>(value));
    }

    @Override
    public void onError(Throwable error) {
      Metadata trailers =
          Optional.ofNullable(Status.trailersFromThrowable(error)).orElseGet(Metadata::new);
      reply.complete(new Failure<>(Status.fromThrowable(error), trailers));
    }

    @Override
    public void onCompleted() {
      // gRPC itself turns an answer without a message into an error, so onNext has run.
    }
  }
}
