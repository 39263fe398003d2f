package dev.lookaside.lb.load;

import dev.lookaside.core.load.LoadReport;
import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import dev.lookaside.orca.v3.OrcaLoadReport;
import dev.lookaside.orca.v3.OrcaLoadReportRequest;
import dev.lookaside.testing.time.FakeClock;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;

/** A server in this process that lives by a test's clock. */
final class InProcessWorker implements AutoCloseable {
  private static final OrcaLoadReport REPORT =
      OrcaLoadReport.newBuilder().putNamedMetrics(LoadReport.REQUESTS_IN_FLIGHT, 1).build();

  /** How a stream ends right after it began, and whether it reports before. */
  private record End(Status status, int reports) {}

  private final FakeClock clock;
  private final String name = "worker-" + UUID.randomUUID();
  private final List<ServerCallStreamObserver<OrcaLoadReport>> open = new ArrayList<>();
  private final Queue<Runnable> held = new ArrayDeque<>();
  private Optional<End> end = Optional.empty();
  private boolean hangs;
  private boolean isLoaded;
  private int streams;
  private Server server;

  InProcessWorker(FakeClock clock) {
    this.clock = clock;
    this.server = start();
  }

  String name() {
    return name;
  }

  /** How many streams it was asked for. */
  int streams() {
    return streams;
  }

  int openStreams() {
    return (int) open.stream().filter(stream -> !stream.isCancelled()).count();
  }

  /** Reports on every stream, and as the first thing on those to come. */
  void report() {
    if (!hangs) {
      open.stream().filter(stream -> !stream.isCancelled()).forEach(s -> s.onNext(REPORT));
    }
    isLoaded = true;
  }

  void reportOnceAndEnd(Status status) {
    end = Optional.of(new End(status, 1));
  }

  void reportNothingAndEnd(Status status) {
    end = Optional.of(new End(status, 0));
  }

  /** Reads nothing and says nothing from now on; its connections stay. */
  void hang() {
    hangs = true;
  }

  /** Asks its clients to leave; calls that run go on. */
  void shutDown() {
    server.shutdown();
  }

  /** The same, with another one at its place. */
  void replace() {
    server.shutdown();
    server = start();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private void run(Runnable task) {
    if (hangs) {
      held.add(task);
    } else {
      clock.execute(task);
    }
  }

  private Server start() {
    try {
      return InProcessServerBuilder.forName(name)
          .executor(this::run)
          .scheduledExecutorService(clock)
          .addService(new Orca())
          .addService(new HealthStatusManager().getHealthService())
          .build()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Orca extends OpenRcaServiceGrpc.OpenRcaServiceImplBase {
    @Override
    public void streamCoreMetrics(
        OrcaLoadReportRequest request, StreamObserver<OrcaLoadReport> client) {
      streams++;
      var stream = (ServerCallStreamObserver<OrcaLoadReport>) client;
      if (end.isPresent()) {
        for (int i = 0; i < end.get().reports(); i++) {
          stream.onNext(REPORT);
        }
        if (end.get().status().isOk()) {
          stream.onCompleted();
        } else {
          stream.onError(end.get().status().asRuntimeException());
        }
        return;
      }
      stream.setOnCancelHandler(() -> open.remove(stream));
      open.add(stream);
      if (isLoaded) {
        stream.onNext(REPORT);
      }
    }
  }
}
