package dev.lookaside.lb.load;

import static dev.lookaside.core.balancer.Connectivity.READY;
import static dev.lookaside.core.balancer.Connectivity.TRANSIENT_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.testing.FakeWorker;
import dev.lookaside.lb.testing.FakeWorker.Skill;
import dev.lookaside.orca.v3.OrcaLoadReport;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadStreamsTest {
  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final Duration LONG_SILENCE = Duration.ofSeconds(20);

  /** On a machine that is busy; otherwise a connection is lost at once, and a silent one in 1 s. */
  private static final Duration LOST_WITHIN = Duration.ofSeconds(10);

  private static final Duration BACK_WITHIN = Duration.ofSeconds(10);

  private final EndpointChannels channels = EndpointChannels.plaintext();
  private final RecordingListener heard = new RecordingListener();
  private LoadStreams streams = streams(LONG_SILENCE);

  @AfterEach
  void close() {
    streams.close();
    channels.close();
  }

  @Test
  void anEndpointIsReadyFromItsFirstReportOn() {
    try (FakeWorker worker = FakeWorker.start()) {
      streams.update(table(worker.endpoint("w1")));
      await().until(() -> worker.openStreams() == 1);
      assertThat(heard.connectivity).isEmpty();

      worker.reportRequestsInFlight(3);

      await().until(() -> heard.connectivity.equals(List.of(READY)));
      assertThat(heard.reports.get(0).requestsInFlight()).isEqualTo(3);
    }
  }

  @Test
  void aStreamThatBreaksOnAConnectionThatHoldsIsAskedForAgain() {
    try (FakeWorker worker = FakeWorker.start()) {
      worker.reportRequestsInFlight(0);
      streams.update(table(worker.endpoint("w1")));
      await().until(() -> heard.connectivity.equals(List.of(READY)));

      worker.breakStreams();

      await().until(() -> heard.reports.size() == 2);
      assertThat(heard.connectivity).containsExactly(READY);
    }
  }

  @Test
  void aDeadServerIsLostBeforeItsSilenceAndBackUponItsReturn() {
    try (FakeWorker worker = FakeWorker.start()) {
      worker.reportRequestsInFlight(0);
      streams.update(table(worker.endpoint("w1")));
      await().until(() -> heard.connectivity.equals(List.of(READY)));

      worker.kill();
      await()
          .atMost(LOST_WITHIN)
          .until(() -> heard.connectivity.equals(List.of(READY, TRANSIENT_FAILURE)));

      worker.restart();
      await()
          .atMost(BACK_WITHIN)
          .until(() -> heard.connectivity.equals(List.of(READY, TRANSIENT_FAILURE, READY)));
    }
  }

  @Test
  void aServerThatHangsIsOutUntilItAnswersAgain() {
    streams = streams(Duration.ofSeconds(1));
    try (FakeWorker worker = FakeWorker.start()) {
      streams.update(table(worker.endpoint("w1")));
      await().until(() -> worker.openStreams() == 1);
      for (int i = 0; i < 4; i++) {
        worker.reportRequestsInFlight(i);
      }
      await().until(() -> heard.reports.size() == 4);

      worker.hang();
      await()
          .atMost(LOST_WITHIN)
          .until(() -> heard.connectivity.equals(List.of(READY, TRANSIENT_FAILURE)));

      worker.wake();
      await()
          .atMost(BACK_WITHIN)
          .until(() -> heard.connectivity.equals(List.of(READY, TRANSIENT_FAILURE, READY)));
    }
  }

  @Test
  void aNameThatCannotBeDialledCostsNoOtherEndpointItsStream() {
    try (FakeWorker worker = FakeWorker.start()) {
      worker.reportRequestsInFlight(0);

      streams.update(
          table(
              Endpoint.of("worker", "a", new Address("my_worker_1", 50052)),
              Endpoint.of("worker", "b", new Address("worker-", 50052)),
              worker.endpoint("w1")));

      await().until(() -> heard.reached.contains("w1"));
    }
  }

  @Test
  void aHostNameIsDialled() {
    try (FakeWorker worker = FakeWorker.start()) {
      worker.reportRequestsInFlight(0);
      Address address = new Address("localhost", worker.address().port());

      streams.update(table(Endpoint.of("worker", "w1", address)));

      await().until(() -> heard.connectivity.equals(List.of(READY)));
    }
  }

  @Test
  void anEndpointThatWasNeverReachedIsInFailure() {
    FakeWorker gone = FakeWorker.start();
    Endpoint endpoint = gone.endpoint("w1");
    gone.close();

    streams.update(table(endpoint));

    await().until(() -> heard.connectivity.equals(List.of(TRANSIENT_FAILURE)));
  }

  @Test
  void aServerWithoutOrcaIsReadyWithUnknownLoad() {
    try (FakeWorker worker = FakeWorker.with()) {
      streams.update(table(worker.endpoint("w1")));

      await().until(() -> heard.connectivity.equals(List.of(READY)));
      assertThat(heard.reports).isEmpty();
    }
  }

  @Test
  void aServerWithoutOrcaIsLostWithItsConnection() {
    try (FakeWorker worker = FakeWorker.with()) {
      streams.update(table(worker.endpoint("w1")));
      await().until(() -> heard.connectivity.equals(List.of(READY)));

      worker.kill();
      await().until(() -> heard.connectivity.equals(List.of(READY, TRANSIENT_FAILURE)));

      worker.restart();
      await().until(() -> heard.connectivity.equals(List.of(READY, TRANSIENT_FAILURE, READY)));
    }
  }

  @Test
  void aServerWithoutOrcaIsWhatItsHealthSays() {
    streams = streams(Duration.ofSeconds(1));
    try (FakeWorker worker = FakeWorker.with(Skill.HEALTH)) {
      streams.update(table(worker.endpoint("w1")));
      await().until(() -> heard.connectivity.equals(List.of(READY)));

      worker.health().setStatus("", ServingStatus.NOT_SERVING);
      await().until(() -> heard.connectivity.equals(List.of(READY, TRANSIENT_FAILURE)));

      worker.health().setStatus("", ServingStatus.SERVING);
      await().until(() -> heard.connectivity.equals(List.of(READY, TRANSIENT_FAILURE, READY)));
    }
  }

  @Test
  void requestsInFlightThatAreNotNamedFollowFromUtilization() {
    try (FakeWorker worker = FakeWorker.start()) {
      worker.report(OrcaLoadReport.newBuilder().setApplicationUtilization(0.5).build());
      streams.update(table(worker.endpoint("w1").withCapacity(8)));

      await().until(() -> !heard.reports.isEmpty());
      assertThat(heard.reports.get(0).requestsInFlight()).isEqualTo(4);
    }
  }

  @Test
  void anEndpointThatLeavesTheTableIsLeftAlone() {
    try (FakeWorker worker = FakeWorker.start()) {
      streams.update(table(worker.endpoint("w1")));
      await().until(() -> worker.openStreams() == 1);

      streams.update(table());

      await().until(() -> worker.openStreams() == 0);
    }
  }

  @Test
  void aTableThatSaysTheSameKeepsTheStream() {
    try (FakeWorker worker = FakeWorker.start()) {
      worker.reportRequestsInFlight(0);
      streams.update(table(worker.endpoint("w1")));
      await().until(() -> heard.connectivity.equals(List.of(READY)));

      streams.update(table(worker.endpoint("w1").withCapacity(7)));
      worker.reportRequestsInFlight(1);

      await().until(() -> heard.reports.size() == 2);
      assertThat(worker.openStreams()).isEqualTo(1);
    }
  }

  @Test
  void anotherIncarnationGetsAnotherStream() {
    try (FakeWorker worker = FakeWorker.start()) {
      worker.reportRequestsInFlight(0);
      streams.update(table(worker.endpoint("w1")));
      await().until(() -> heard.connectivity.equals(List.of(READY)));

      streams.update(table(worker.endpoint("w1").withIncarnation("2")));

      await().until(() -> heard.connectivity.equals(List.of(READY, READY)));
      await().until(() -> worker.openStreams() == 1);
    }
  }

  private LoadStreams streams(Duration silence) {
    return new LoadStreams(
        channels, new LoadStreams.Timing(INTERVAL, silence), Ticker.system(), new Random(1), heard);
  }

  private static EndpointTable table(Endpoint... endpoints) {
    return EndpointTable.of("worker", 1, List.of(endpoints));
  }
}
