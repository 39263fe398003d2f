package dev.lookaside.limits;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps the status that a call ended with. */
record EndOf<T>(AtomicReference<Status> status) implements StreamObserver<T> {
  @Override
  public void onNext(T value) {}

  @Override
  public void onError(Throwable error) {
    status.set(Status.fromThrowable(error));
  }

  @Override
  public void onCompleted() {}
}
