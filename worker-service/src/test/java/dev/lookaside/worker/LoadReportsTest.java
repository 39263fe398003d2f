package dev.lookaside.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import dev.lookaside.orca.v3.OpenRcaServiceGrpc;
import dev.lookaside.orca.v3.OrcaLoadReport;
import dev.lookaside.orca.v3.OrcaLoadReportRequest;
import dev.lookaside.v1.WorkerGrpc;
import io.grpc.Context;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ORCA stream as a balancer reads it. */
class LoadReportsTest {
  private static RunningWorker worker;

  @BeforeAll
  static void start() {
    worker = RunningWorker.start("--worker.capacity=2");
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @Test
  void reportsRequestsInFlightAndUsedCapacityAsTheyAre() {
    var sleeping =
        WorkerGrpc.newFutureStub(worker.channel()).execute(RunningWorker.request("sleep 3600"));
    var computing =
        WorkerGrpc.newFutureStub(worker.channel())
            .execute(RunningWorker.request("sum-up 4294967295"));
    await()
        .untilAsserted(() -> {
          OrcaLoadReport report = first(100);
          assertThat(report.getNamedMetricsMap()).containsEntry("requests_in_flight", 2.0);
          assertThat(report.getApplicationUtilization()).isEqualTo(0.5);
        });

    sleeping.cancel(true);
    computing.cancel(true);

    await()
        .untilAsserted(() -> {
          OrcaLoadReport report = first(100);
          assertThat(report.getNamedMetricsMap()).containsEntry("requests_in_flight", 0.0);
          assertThat(report.getApplicationUtilization()).isZero();
        });
  }

  @Test
  void reportsTheMachineAndTheRateOfRequests() {
    await()
        .untilAsserted(() -> {
          worker.execute("sleep 0");
          OrcaLoadReport report = first(100);
          assertThat(report.getCpuUtilization()).isBetween(0.0001, 1.0);
          assertThat(report.getMemUtilization()).isBetween(0.0001, 1.0);
          assertThat(report.getRpsFractional()).isPositive();
          assertThat(report.getNamedMetricsMap())
              .containsKeys("process_cpu_utilization", "process_mem_utilization");
        });
  }

  @Test
  void reportsAtMostEvery50MillisecondsHoweverOftenItIsAsked() {
    long started = System.nanoTime();
    Context.CancellableContext call = Context.current().withCancellation();
    call.run(() -> {
      Iterator<OrcaLoadReport> reports = stream(1);
      for (int i = 0; i < 5; i++) {
        reports.next();
      }
    });
    call.cancel(null);

    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started))
        .isGreaterThanOrEqualTo(195);
  }

  @Test
  void streamsUntilTheReaderLeaves() {
    Context.CancellableContext call = Context.current().withCancellation();
    call.run(() -> {
      Iterator<OrcaLoadReport> reports = stream(50);
      for (int i = 0; i < 20; i++) {
        assertThat(reports.next()).isNotNull();
      }
    });
    call.cancel(null);
  }

  private static OrcaLoadReport first(int intervalMillis) {
    Context.CancellableContext call = Context.current().withCancellation();
    try {
      return call.wrap(() -> stream(intervalMillis).next()).call();
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      call.cancel(null);
    }
  }

  private static Iterator<OrcaLoadReport> stream(int intervalMillis) {
    return OpenRcaServiceGrpc.newBlockingStub(worker.channel())
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .streamCoreMetrics(
            OrcaLoadReportRequest.newBuilder()
                .setReportInterval(Duration.newBuilder().setNanos(intervalMillis * 1_000_000))
                .build());
  }
}
