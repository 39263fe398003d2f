package dev.lookaside.worker.starter.orca;

import dev.lookaside.core.load.LoadReport;
import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import dev.lookaside.orca.v3.OrcaLoadReport;
import dev.lookaside.orca.v3.OrcaLoadReportRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * {@code xds.service.orca.v3.OpenRcaService}: out-of-band load reports as of gRFC A51, one stream
 * for each balancer, at the interval that it asks for but at most every {@link #MIN_INTERVAL}.
 *
 * <p>gRPC's own implementation cannot carry named metrics, so this one stands in.
 */
public final class OrcaGrpcService extends OpenRcaServiceGrpc.OpenRcaServiceImplBase
    implements AutoCloseable {
  static final Duration MIN_INTERVAL = Duration.ofMillis(50);
  static final Duration DEFAULT_INTERVAL = Duration.ofMillis(100);
  private static final Duration MAX_INTERVAL = Duration.ofHours(1);
  private static final long MAX_SECONDS = 315_576_000_000L;
  private static final int NANOS_PER_SECOND = 1_000_000_000;
  private static final int MAX_STREAMS = 1_000;

  private final Supplier<LoadReport> load;
  private final ScheduledExecutorService timer;
  private final Set<OrcaStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  /**
   * @param timer sends the reports; it is this service's own from now on
   */
  public OrcaGrpcService(Supplier<LoadReport> load, ScheduledExecutorService timer) {
    this.load = load;
    this.timer = timer;
  }

  @Override
  public void streamCoreMetrics(
      OrcaLoadReportRequest request, StreamObserver<OrcaLoadReport> answer) {
    Optional<Duration> interval = interval(request);
    if (interval.isEmpty()) {
      answer.onError(
          Status.INVALID_ARGUMENT
              .withDescription(
                  "report_interval is %d s and %d ns (expected: a duration of up to 10000 years)"
                      .formatted(
                          request.getReportInterval().getSeconds(),
                          request.getReportInterval().getNanos()))
              .asRuntimeException());
      return;
    }
    if (streams.size() >= MAX_STREAMS) {
      answer.onError(
          Status.RESOURCE_EXHAUSTED
              .withDescription("the worker already reports to " + MAX_STREAMS + " streams")
              .asRuntimeException());
      return;
    }
    var stream =
        new OrcaStream((ServerCallStreamObserver<OrcaLoadReport>) answer, load, streams::remove);
    streams.add(stream);
    stream.start(timer, interval.get());
    if (stopping) {
      stream.end();
    }
  }

  /** Ends every stream, now and from now on: they would keep the server from stopping. */
  public void stop() {
    stopping = true;
    streams.forEach(OrcaStream::end);
  }

  @Override
  public void close() {
    stop();
    timer.shutdownNow();
  }

  /** Empty if it is no duration by the rules of protobuf. */
  private static Optional<Duration> interval(OrcaLoadReportRequest request) {
    var told = request.getReportInterval();
    if (!isDuration(told.getSeconds(), told.getNanos())) {
      return Optional.empty();
    }
    Duration asked = Duration.ofSeconds(told.getSeconds(), told.getNanos());
    if (asked.isZero() || asked.isNegative()) {
      return Optional.of(DEFAULT_INTERVAL);
    }
    if (asked.compareTo(MIN_INTERVAL) < 0) {
      return Optional.of(MIN_INTERVAL);
    }
    return Optional.of(asked.compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : asked);
  }

  private static boolean isDuration(long seconds, int nanos) {
    return Math.abs(Math.max(seconds, -Long.MAX_VALUE)) <= MAX_SECONDS
        && nanos > -NANOS_PER_SECOND
        && nanos < NANOS_PER_SECOND
        && (seconds >= 0 || nanos <= 0)
        && (seconds <= 0 || nanos >= 0);
  }
}
