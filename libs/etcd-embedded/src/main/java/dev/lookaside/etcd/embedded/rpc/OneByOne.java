package dev.lookaside.etcd.embedded.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/**
 * A stream of requests with one response each. It takes the next request only when the caller takes
 * responses, so that nothing piles up for a caller that does not read.
 */
final class OneByOne<Q, A> implements StreamObserver<Q> {
  private final ServerCallStreamObserver<A> call;
  private final Function<Q, A> answer;
  private boolean waiting;

  /** To be made while the call starts: only then may the handlers be set. */
  OneByOne(ServerCallStreamObserver<A> call, Function<Q, A> answer) {
    this.call = call;
    this.answer = answer;
    call.disableAutoInboundFlowControl();
    call.setOnCancelHandler(() -> {});
    call.setOnReadyHandler(this::next);
    this.waiting = true;
  }

  @Override
  public void onNext(Q request) {
    call.onNext(answer.apply(request));
    waiting = true;
    next();
  }

  /** Handlers and requests of one call never run at the same time. */
  private void next() {
    if (waiting && call.isReady()) {
      waiting = false;
      call.request(1);
    }
  }

  @Override
  public void onError(Throwable cancelled) {}

  @Override
  public void onCompleted() {
    call.onCompleted();
  }
}
