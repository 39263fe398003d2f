package dev.lookaside.worker.starter.orca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.load.LoadReport;
import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import dev.lookaside.orca.v3.OrcaLoadReport;
import dev.lookaside.orca.v3.OrcaLoadReportRequest;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.util.Iterator;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams of load reports, and a load that cannot always be told. */
class OrcaGrpcServiceTest {
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean broken;
  private final OrcaGrpcService service =
      new OrcaGrpcService(this::load, Executors.newSingleThreadScheduledExecutor());
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    server = InProcessServerBuilder.forName("orca").addService(service).build().start();
    channel = InProcessChannelBuilder.forName("orca").build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    service.close();
    server.shutdownNow();
  }

  @Test
  void anExceptionEndsItsStreamAndNotTheNext() {
    Iterator<OrcaLoadReport> first = stream();
    first.next();
    broken = true;

    assertThatThrownBy(() -> first.forEachRemaining(report -> {}))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL));

    broken = false;
    Iterator<OrcaLoadReport> second = stream();
    assertThat(second.next()).isNotNull();
    assertThat(second.next()).isNotNull();
  }

  @Test
  void anIntervalThatIsNoDurationIsRefusedAndTakesNoPlace() {
    var nonsense =
        OrcaLoadReportRequest.newBuilder()
            .setReportInterval(
                com.google.protobuf.Duration.newBuilder().setSeconds(Long.MAX_VALUE).setNanos(-1))
            .build();

    // There are 1,000 places.
    for (int i = 0; i <= 1_000; i++) {
      assertThatThrownBy(
              () -> OpenRcaServiceGrpc.newBlockingStub(channel).streamCoreMetrics(nonsense).next())
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
    }

    assertThat(stream().next()).isNotNull();
  }

  /** As of cncf/xds: balancers and workers in other languages have these from there. */
  @Test
  void speaksTheWireOfTheOriginal() {
    assertThat(OpenRcaServiceGrpc.getStreamCoreMetricsMethod().getFullMethodName())
        .isEqualTo("xds.service.orca.v3.OpenRcaService/StreamCoreMetrics");
    assertThat(OrcaLoadReport.getDescriptor().getFullName())
        .isEqualTo("xds.data.orca.v3.OrcaLoadReport");
    assertThat(OrcaLoadReport.getDescriptor().getFields())
        .extracting(field -> field.getName() + "=" + field.getNumber())
        .containsExactly(
            "cpu_utilization=1",
            "mem_utilization=2",
            "rps=3",
            "request_cost=4",
            "utilization=5",
            "rps_fractional=6",
            "eps=7",
            "named_metrics=8",
            "application_utilization=9");
    assertThat(OrcaLoadReportRequest.getDescriptor().getFields())
        .extracting(field -> field.getName() + "=" + field.getNumber())
        .containsExactly("report_interval=1", "request_cost_names=2");
  }

  @Test
  void aWorkerThatStopsEndsEveryStream() {
    Iterator<OrcaLoadReport> stream = stream();
    stream.next();

    service.stop();

    assertThatThrownBy(() -> stream.forEachRemaining(report -> {}))
        .hasMessageContaining("the worker is stopping");
  }

  private LoadReport load() {
    if (broken) {
      throw new IllegalStateException("on purpose, at " + asked.incrementAndGet());
    }
    return LoadReport.ofRequestsInFlight(3, 0);
  }

  private Iterator<OrcaLoadReport> stream() {
    return OpenRcaServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .streamCoreMetrics(OrcaLoadReportRequest.getDefaultInstance());
  }
}
