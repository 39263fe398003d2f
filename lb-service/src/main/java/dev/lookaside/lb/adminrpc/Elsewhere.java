package dev.lookaside.lb.adminrpc;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.lb.admin.Refused;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads what operators ask for away from the event loops: a list of ten thousand endpoints must not
 * delay a pick.
 */
final class Elsewhere implements AutoCloseable {
  static final int MOST_WAITING = 64;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          new DaemonThreads("lookaside-admin"));

  <A> void answer(StreamObserver<A> client, Supplier<A> answer) {
    try {
      thread.execute(() -> {
        try {
          A made = answer.get();
          client.onNext(made);
          client.onCompleted();
        } catch (RuntimeException e) {
          client.onError(Statuses.of(e));
        }
      });
    } catch (RejectedExecutionException e) {
      client.onError(
          Statuses.of(
              new Refused(
                  Refused.Kind.EXHAUSTED,
                  MOST_WAITING + " questions wait (expected: fewer); try again later")));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
