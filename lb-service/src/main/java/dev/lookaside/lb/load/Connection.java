package dev.lookaside.lb.load;

import com.google.protobuf.util.Durations;
import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import dev.lookaside.orca.v3.OrcaLoadReport;
import dev.lookaside.orca.v3.OrcaLoadReportRequest;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an endpoint, from its first try to its loss, and the calls on it. It is never
 * made twice: who wants another one opens another. For the loop's thread only, and silent once it
 * is closed.
 */
final class Connection {

  /** Hears what happens on the connection. */
  interface Listener {
    /** The server has answered the handshake. */
    void connected();

    void reported(OrcaLoadReport report);

    /** The stream of reports has ended, or never came to be. */
    void reportsEnded(Status status);

    /** The server asked to go elsewhere, and what runs on the connection goes on. */
    void goingAway();
  }

  private final ManagedChannel channel;
  private final Executor loop;
  private final Duration interval;
  private final Listener listener;
  private boolean wasReady;
  private boolean closed;
  private @Nullable StreamCall<?, ?> reports;
  private @Nullable StreamCall<?, ?> check;

  Connection(ManagedChannel channel, Executor loop, Duration interval, Listener listener) {
    this.channel = channel;
    this.loop = loop;
    this.interval = interval;
    this.listener = listener;
  }

  /** Begins to connect, and asks for reports as soon as there is somebody to ask. */
  void open() {
    watch();
    askForReports();
  }

  void askForReports() {
    reports =
        StreamCall.start(
            channel,
            OpenRcaServiceGrpc.getStreamCoreMetricsMethod(),
            OrcaLoadReportRequest.newBuilder()
                .setReportInterval(Durations.fromNanos(interval.toNanos()))
                .build(),
            listener::reported,
            listener::reportsEnded);
  }

  void endReports() {
    if (reports != null) {
      reports.cancel();
    }
  }

  /** Asks whether the endpoint serves; it is asked once at a time. */
  void check(Consumer<HealthAnswer> onAnswer) {
    if (check == null) {
      check =
          StreamCall.start(
              channel,
              HealthGrpc.getCheckMethod(),
              HealthCheckRequest.getDefaultInstance(),
              (HealthCheckResponse response) -> answered(HealthAnswer.of(response), onAnswer),
              status -> answered(HealthAnswer.of(status), onAnswer));
    }
  }

  private void answered(HealthAnswer answer, Consumer<HealthAnswer> onAnswer) {
    if (check != null) {
      check.cancel();
      check = null;
      onAnswer.accept(answer);
    }
  }

  boolean isReady() {
    return channel.getState(false) == ConnectivityState.READY;
  }

  void close() {
    if (!closed) {
      closed = true;
      endReports();
      if (check != null) {
        check.cancel();
      }
      channel.shutdownNow();
    }
  }

  private void watch() {
    channel.notifyWhenStateChanged(channel.getState(false), this::changed);
  }

  private void changed() {
    if (closed) {
      return;
    }
    if (!wasReady && isReady()) {
      wasReady = true;
      listener.connected();
    } else if (wasReady && !isReady()) {
      // The end of the calls of a lost connection is already in the loop's queue, before this.
      loop.execute(this::left);
    }
    if (!closed) {
      watch();
    }
  }

  private void left() {
    if (!closed && !isReady()) {
      listener.goingAway();
    }
  }
}
