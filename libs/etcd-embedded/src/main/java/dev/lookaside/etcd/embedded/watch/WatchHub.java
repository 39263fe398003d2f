package dev.lookaside.etcd.embedded.watch;

import dev.lookaside.etcd.embedded.store.Store;
import dev.lookaside.etcd.embedded.wire.Identity;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * All watch streams, which live on one thread. Nothing is queued for them: whoever can take more
 * reads it from the history, so that a slow watcher costs no memory, and is cancelled in the end if
 * the history is compacted past it.
 */
public final class WatchHub {
  private final Store store;
  private final Identity identity;
  private final Executor thread;
  private final WatchQuota quota;
  private final Set<WatchStream> streams = new LinkedHashSet<>();
  private final AtomicBoolean pumpPending = new AtomicBoolean();

  /**
   * Serves no one until {@link #open}.
   *
   * @param thread runs one task after the other
   */
  public WatchHub(Store store, Identity identity, Executor thread) {
    this.store = store;
    this.identity = identity;
    this.thread = thread;
    this.quota = new WatchQuota(store.limits().watchBytes());
  }

  /** There is a new revision. Returns at once; many signals may lead to one look. */
  public void signal() {
    if (pumpPending.compareAndSet(false, true)) {
      thread.execute(this::pump);
    }
  }

  private void pump() {
    pumpPending.set(false);
    each(WatchStream::pump);
  }

  /** A stream that fails, such as one whose call has just ended, costs itself only. */
  private void each(Consumer<WatchStream> action) {
    for (WatchStream stream : List.copyOf(streams)) {
      run(stream, action);
    }
  }

  private void run(WatchStream stream, Consumer<WatchStream> action) {
    try {
      action.accept(stream);
    } catch (RuntimeException e) {
      remove(stream);
      stream.fail(e);
    }
  }

  private void remove(WatchStream stream) {
    streams.remove(stream);
    stream.close();
  }

  /** To be called from time to time: tells idle watchers that asked for it how far they are. */
  public void notifyProgress() {
    thread.execute(() -> each(WatchStream::notifyProgress));
  }

  /** To be called while the call starts. */
  public StreamObserver<WatchRequest> open(ServerCallStreamObserver<WatchResponse> call) {
    WatchStream stream = new WatchStream(store, identity, quota, call);
    call.disableAutoInboundFlowControl();
    call.setOnReadyHandler(() -> thread.execute(() -> run(stream, WatchStream::pump)));
    call.setOnCancelHandler(() -> thread.execute(() -> remove(stream)));
    thread.execute(() -> streams.add(stream));
    return new StreamObserver<>() {
      @Override
      public void onNext(WatchRequest request) {
        thread.execute(() -> run(stream, handled -> handled.handle(request)));
      }

      @Override
      public void onError(Throwable cancelled) {
        thread.execute(() -> remove(stream));
      }

      @Override
      public void onCompleted() {
        thread.execute(() -> {
          remove(stream);
          call.onCompleted();
        });
      }
    };
  }
}
