package dev.lookaside.client.task;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.ReportSummary;
import io.grpc.Context;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stream of outcomes to one balancer: opened by the first outcome, and again by the first one
 * at least {@value #REOPEN_SECONDS} s after it broke. Keeps the latest {@value #CAPACITY} outcomes
 * while the balancer takes none.
 */
final class ReportStream {
  static final int CAPACITY = 1_000;
  static final int REOPEN_SECONDS = 1;

  private final Consumer<StreamObserver<ReportSummary>> opener;
  private final Ticker ticker;
  private final CompletableFuture<@Nullable Void> finished = new CompletableFuture<>();

  // Guarded by this.
  private final Queue<Outcome> waiting = new ArrayDeque<>();
  private @Nullable Connection connection;
  private boolean finishing;
  private long openedNanos;
  private boolean everOpened;

  /**
   * @param opener starts the call; what it is given is a {@link ClientResponseObserver}
   */
  ReportStream(Consumer<StreamObserver<ReportSummary>> opener, Ticker ticker) {
    this.opener = opener;
    this.ticker = ticker;
  }

  synchronized void send(Outcome outcome) {
    if (finishing) {
      return;
    }
    if (waiting.size() == CAPACITY) {
      waiting.remove();
    }
    waiting.add(outcome);
    if (connection == null && mayOpen()) {
      open();
    }
    flush();
  }

  /** Sends what waits, if the stream is open; completes when the balancer has it all, or never. */
  synchronized CompletableFuture<@Nullable Void> finish() {
    finishing = true;
    if (connection == null) {
      finished.complete(null);
    }
    flush();
    return finished;
  }

  private boolean mayOpen() {
    return !everOpened || ticker.nanos() - openedNanos >= TimeUnit.SECONDS.toNanos(REOPEN_SECONDS);
  }

  private void open() {
    everOpened = true;
    openedNanos = ticker.nanos();
    Connection opened = new Connection();
    connection = opened;
    // Outcomes of many tasks share the stream, so it must not end with the task that opens it.
    orBroken(() -> Context.ROOT.run(() -> opener.accept(opened)));
  }

  private void flush() {
    Connection to = connection;
    ClientCallStreamObserver<Outcome> requests = to == null ? null : to.requests;
    if (to != null && requests != null) {
      orBroken(() -> flush(to, requests));
    }
  }

  private void flush(Connection to, ClientCallStreamObserver<Outcome> requests) {
    while (!waiting.isEmpty() && requests.isReady()) {
      requests.onNext(waiting.remove());
    }
    if (finishing && waiting.isEmpty() && !to.halfClosed) {
      to.halfClosed = true;
      requests.onCompleted();
    }
  }

  /**
   * A stream that throws is a stream that broke: it costs outcomes, never the task that reports.
   */
  private void orBroken(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      connection = null;
      if (finishing) {
        finished.complete(null);
      }
    }
  }

  private synchronized void ready(Connection which) {
    if (which == connection) {
      flush();
    }
  }

  private synchronized void ended(Connection which) {
    if (which == connection) {
      connection = null;
      if (finishing) {
        finished.complete(null);
      }
    }
  }

  private final class Connection implements ClientResponseObserver<Outcome, ReportSummary> {
    private @Nullable ClientCallStreamObserver<Outcome> requests;
    private boolean halfClosed;

    @Override
    public void beforeStart(ClientCallStreamObserver<Outcome> requests) {
      this.requests = requests;
      requests.setOnReadyHandler(() -> ready(this));
    }

    @Override
    public void onNext(ReportSummary summary) {
      // How many outcomes were of use concerns the balancer's metrics, not this client.
    }

    @Override
    public void onError(Throwable error) {
      ended(this);
    }

    @Override
    public void onCompleted() {
      ended(this);
    }
  }
}
