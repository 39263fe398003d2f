package dev.lookaside.limits;

import io.grpc.stub.StreamObserver;

/** Hears nothing. */
final class Ignoring<T> implements StreamObserver<T> {
  @Override
  public void onNext(T value) {}

  @Override
  public void onError(Throwable t) {}

  @Override
  public void onCompleted() {}
}
