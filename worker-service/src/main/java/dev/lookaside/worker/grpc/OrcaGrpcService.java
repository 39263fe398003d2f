package dev.lookaside.worker.grpc;

import com.github.xds.data.orca.v3.OrcaLoadReport;
import com.github.xds.service.orca.v3.OpenRcaServiceGrpc;
import com.github.xds.service.orca.v3.OrcaLoadReportRequest;
import dev.lookaside.core.load.LoadReport;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import net.devh.boot.grpc.server.service.GrpcService;

/**
 * {@code xds.service.orca.v3.OpenRcaService}: out-of-band load reports as of gRFC A51, one stream
 * for each balancer, at the interval that it asks for but at most every {@link #MIN_INTERVAL}.
 *
 * <p>gRPC's own implementation cannot carry named metrics, so this one stands in.
 */
@GrpcService
public final class OrcaGrpcService extends OpenRcaServiceGrpc.OpenRcaServiceImplBase {
  static final Duration MIN_INTERVAL = Duration.ofMillis(50);
  static final Duration DEFAULT_INTERVAL = Duration.ofMillis(100);
  private static final Duration MAX_INTERVAL = Duration.ofHours(1);
  private static final int MAX_STREAMS = 1_000;

  private final Supplier<LoadReport> load;
  private final ScheduledExecutorService timer;
  private final Set<OrcaStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  public OrcaGrpcService(Supplier<LoadReport> load, ScheduledExecutorService timer) {
    this.load = load;
    this.timer = timer;
  }

  @Override
  public void streamCoreMetrics(
      OrcaLoadReportRequest request, StreamObserver<OrcaLoadReport> answer) {
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
    stream.start(timer, interval(request));
    if (stopping) {
      stream.end();
    }
  }

  /** Ends every stream, now and from now on: they would keep the server from stopping. */
  public void stop() {
    stopping = true;
    streams.forEach(OrcaStream::end);
  }

  private static Duration interval(OrcaLoadReportRequest request) {
    Duration asked = ProtoDurations.fromProto(request.getReportInterval());
    if (asked.isZero() || asked.isNegative()) {
      return DEFAULT_INTERVAL;
    }
    if (asked.compareTo(MIN_INTERVAL) < 0) {
      return MIN_INTERVAL;
    }
    return asked.compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : asked;
  }
}
