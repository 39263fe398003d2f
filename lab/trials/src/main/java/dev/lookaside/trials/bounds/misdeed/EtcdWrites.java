package dev.lookaside.trials.bounds.misdeed;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Writes into an etcd one after the other, a few at a time. */
public final class EtcdWrites<Q> implements Misdeed {
  private static final int IN_FLIGHT = 16;
  private static final long LOOK_MILLIS = 50;

  private final int most;
  private final MethodDescriptor<Q, ?> method;
  private final IntFunction<Q> request;

  /**
   * Ends after so many, or when the time is over.
   *
   * @param request the n-th one
   */
  public EtcdWrites(int most, MethodDescriptor<Q, ?> method, IntFunction<Q> request) {
    this.most = most;
    this.method = method;
    this.request = request;
  }

  @Override
  public void commit(Target target, Told told, Deadline end) throws InterruptedException {
    Semaphore free = new Semaphore(IN_FLIGHT);
    ManagedChannel channel = BadPeer.channel(target.etcd());
    for (int i = 0; i < most && !end.isOver(); ) {
      if (!free.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        continue;
      }
      ListenableFuture<?> answer =
          ClientCalls.futureUnaryCall(
              channel.newCall(method, CallOptions.DEFAULT), request.apply(i++));
      answer.addListener(
          () -> {
            if (!end.isOver()) {
              told.add(ending(answer));
            }
            free.release();
          },
          MoreExecutors.directExecutor());
    }
    end.await();
    channel.shutdownNow();
  }

  private static Status ending(ListenableFuture<?> answer) {
    try {
      var unused = answer.get();
      return Status.OK;
    } catch (ExecutionException | InterruptedException | CancellationException e) {
      return Status.fromThrowable(e);
    }
  }
}
