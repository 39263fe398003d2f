package dev.lookaside.lb.load;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.google.protobuf.util.Durations;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.time.Backoff;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import dev.lookaside.orca.v3.OrcaLoadReport;
import dev.lookaside.orca.v3.OrcaLoadReportRequest;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one endpoint, on the loop's thread only.
 *
 * <p>It asks for load reports. An endpoint is READY from its first report on, and in
 * TRANSIENT_FAILURE from the moment its stream breaks or falls silent until the next report. A
 * server that does not know ORCA is READY with unknown load, as long as its health watch says so
 * or, if it knows no health watch either, as long as it is connected.
 */
final class EndpointStream {
  private static final Logger log = LoggerFactory.getLogger(EndpointStream.class);

  // Longer than the allowed silence of an open stream: a process that has just started, or just
  // been
  // woken, may take this long to answer for the first time.
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(3);

  private final Endpoint endpoint;
  private final ManagedChannel channel;
  private final EventLoop loop;
  private final LoadStreams.Timing timing;
  private final Ticker ticker;
  private final Backoff.Run backoff;
  private final LoadListener listener;

  private Connectivity connectivity = Connectivity.CONNECTING;
  private boolean watchingConnection;
  private long heardNanos;
  private @Nullable StreamCall<?, ?> call;
  private @Nullable Future<?> timer;

  EndpointStream(
      Endpoint endpoint,
      ManagedChannel channel,
      EventLoop loop,
      LoadStreams.Timing timing,
      Ticker ticker,
      Backoff.Run backoff,
      LoadListener listener) {
    this.endpoint = endpoint;
    this.channel = channel;
    this.loop = loop;
    this.timing = timing;
    this.ticker = ticker;
    this.backoff = backoff;
    this.listener = listener;
  }

  /** Whether this is the stream for that registration: same process, same place. */
  boolean leadsTo(Endpoint other) {
    return endpoint.incarnation().equals(other.incarnation())
        && endpoint.address().equals(other.address());
  }

  void open() {
    channel.resetConnectBackoff();
    timer = schedule(FIRST_ANSWER, this::silent);
    call =
        StreamCall.start(
            channel,
            OpenRcaServiceGrpc.getStreamCoreMetricsMethod(),
            OrcaLoadReportRequest.newBuilder()
                .setReportInterval(Durations.fromNanos(timing.interval().toNanos()))
                .build(),
            this::reported,
            this::reportsEnded);
  }

  void close() {
    stopListening();
    channel.shutdownNow();
  }

  private void reported(OrcaLoadReport message) {
    heardNanos = ticker.nanos();
    try {
      listener.reported(endpoint, OrcaReports.read(endpoint, message, heardNanos));
    } catch (IllegalArgumentException e) {
      listener.rejected(endpoint, String.valueOf(e.getMessage()));
    }
    if (connectivity != Connectivity.READY) {
      backoff.reset();
      watchSilence(timing.silence());
      become(Connectivity.READY, "reports its load");
    }
  }

  private void watchSilence(Duration left) {
    cancelTimer();
    timer =
        schedule(
            left,
            () -> {
              long silentNanos = ticker.nanos() - heardNanos;
              Duration rest = timing.silence().minusNanos(silentNanos);
              if (rest.isZero() || rest.isNegative()) {
                silent();
              } else {
                watchSilence(rest);
              }
            });
  }

  private void silent() {
    // The connection may be dead without knowing it: the next try takes a new one.
    broken("silent");
    channel.enterIdle();
  }

  private void reportsEnded(Status status) {
    if (status.getCode() == Status.Code.UNIMPLEMENTED) {
      backoff.reset();
      cancelTimer();
      become(Connectivity.READY, "answers, and reports no load");
      watchHealth();
    } else {
      broken(text(status));
    }
  }

  private void watchHealth() {
    call =
        StreamCall.start(
            channel,
            HealthGrpc.getWatchMethod(),
            HealthCheckRequest.getDefaultInstance(),
            this::healthChanged,
            this::healthEnded);
  }

  private void healthChanged(HealthCheckResponse response) {
    boolean serving = response.getStatus() != HealthCheckResponse.ServingStatus.NOT_SERVING;
    become(
        serving ? Connectivity.READY : Connectivity.TRANSIENT_FAILURE,
        "says that it is " + response.getStatus());
  }

  private void healthEnded(Status status) {
    if (status.getCode() == Status.Code.UNIMPLEMENTED) {
      watchingConnection = true;
      watchConnection();
    } else {
      broken(text(status));
    }
  }

  private void watchConnection() {
    ConnectivityState state = channel.getState(true);
    if (state == ConnectivityState.READY) {
      channel.notifyWhenStateChanged(state, () -> loop.execute(this::connectionChanged));
    } else {
      broken("disconnected");
    }
  }

  private void connectionChanged() {
    if (watchingConnection) {
      watchConnection();
    }
  }

  private void broken(String reason) {
    stopListening();
    become(Connectivity.TRANSIENT_FAILURE, reason);
    timer = schedule(backoff.next(), this::open);
  }

  private void become(Connectivity next, String reason) {
    if (connectivity != next) {
      connectivity = next;
      log.info(
          "endpoint {} of {} at {} is {}: {}",
          endpoint.id(),
          endpoint.service(),
          endpoint.address(),
          next,
          reason);
      listener.connectivity(endpoint, next);
    }
  }

  private void stopListening() {
    watchingConnection = false;
    cancelTimer();
    if (call != null) {
      call.cancel();
      call = null;
    }
  }

  private Future<?> schedule(Duration delay, Runnable task) {
    return loop.schedule(task, delay.toNanos(), NANOSECONDS);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private static String text(Status status) {
    return status.getDescription() == null
        ? status.getCode().toString()
        : status.getCode() + " " + status.getDescription();
  }
}
