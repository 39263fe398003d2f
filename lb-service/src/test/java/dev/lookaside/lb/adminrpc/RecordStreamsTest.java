package dev.lookaside.lb.adminrpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.load.Completion;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.lb.admin.FleetStatus;
import dev.lookaside.lb.admin.Refused;
import dev.lookaside.lb.admin.ServiceStatus;
import dev.lookaside.lb.record.Recorder;
import dev.lookaside.v1.AdminGrpc;
import dev.lookaside.v1.RecordRequest;
import dev.lookaside.v1.RecordResponse;
import dev.lookaside.v1.RecordResponse.PartCase;
import dev.lookaside.wire.Durations;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything happens on the test's thread: the turns are the test's. */
class RecordStreamsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MANY = 1_000;

  private final ManualTicker ticker = new ManualTicker();
  private final Recorder recorder = new Recorder(ticker);
  private final RecordStreams streams =
      new RecordStreams(
          recorder,
          this::fleet,
          ticker,
          InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
  private final String name = InProcessServerBuilder.generateName();
  private final Server server =
      InProcessServerBuilder.forName(name).directExecutor().addService(new Admin()).build();
  private final ManagedChannel channel =
      InProcessChannelBuilder.forName(name).directExecutor().build();

  private int looks;
  private Optional<RuntimeException> trouble = Optional.empty();

  private final class Admin extends AdminGrpc.AdminImplBase {
    @Override
    public void record(RecordRequest request, StreamObserver<RecordResponse> client) {
      streams.open(request, (ServerCallStreamObserver<RecordResponse>) client);
    }
  }

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    streams.close();
  }

  @Test
  void aSlowReaderGetsFewerCallsAndIsToldHowMany() {
    RecordReader slow = open().reads(1);
    streams.turn();
    happen(25_000);
    for (int i = 0; i < 10; i++) {
      streams.turn();
    }
    assertThat(slow.parts()).containsExactly(PartCase.START);

    pass(MINUTE.plus(RecordStream.LATE));
    slow.reads(MANY);

    assertThat(slow.calls()).containsExactly(RecordStream.MOST_CALLS);
    assertThat(slow.end().getLeftOut()).isEqualTo(25_000 - RecordStream.MOST_CALLS);
    assertThat(slow.ended()).map(Status::getCode).contains(Status.Code.OK);
  }

  @Test
  void aReaderThatReadsOnMissesNothing() {
    RecordReader reader = open().reads(1);
    streams.turn();
    happen(9_000);
    streams.turn();
    assertThat(reader.calls()).isEmpty();

    reader.reads(MANY);
    streams.turn();
    assertThat(reader.calls())
        .containsExactly(RecordStream.MOST_CALLS, RecordStream.MOST_CALLS, 1_000);

    happen(7);
    pass(MINUTE.plus(RecordStream.LATE));
    assertThat(reader.calls()).last().isEqualTo(7);
    assertThat(reader.end().getLeftOut()).isZero();
  }

  @Test
  void whoComesWhenAsManyRecordAsMayIsRefusedUntilOneHasItsRecording() {
    List<RecordReader> recording = fill();
    streams.turn();
    assertThat(recording).allMatch(reader -> reader.ended().isEmpty());

    pass(MINUTE.plus(RecordStream.LATE));
    assertThat(recording)
        .allSatisfy(
            reader -> assertThat(reader.ended()).map(Status::getCode).contains(Status.Code.OK));
    assertThat(fill()).hasSameSizeAs(recording);
  }

  @Test
  void whoeverGoesAwayLeavesNothingBehind() {
    List<RecordReader> recording = fill();
    streams.turn();
    int looked = looks;
    recording.forEach(RecordReader::goAway);

    // Their places are free at once, and no turn looks at anything for them.
    List<RecordReader> others = fill();
    others.forEach(RecordReader::goAway);
    streams.turn();
    happen(100);
    streams.turn();
    assertThat(looks).isEqualTo(looked);
    assertThat(others).allMatch(reader -> reader.parts().isEmpty());
  }

  @Test
  void aRecordingWhoseServiceVanishesEndsWithTheReasonAndTheOthersGoOn() {
    RecordReader first = open().reads(MANY);
    streams.turn();
    trouble =
        Optional.of(new Refused(Refused.Kind.NOT_FOUND, "service is 'worker' (expected: none)"));
    streams.turn();
    assertThat(first.ended())
        .hasValueSatisfying(status -> {
          assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
          assertThat(status.getDescription()).isEqualTo("service is 'worker' (expected: none)");
        });

    trouble = Optional.of(new IllegalStateException("broken"));
    RecordReader second = open().reads(MANY);
    streams.turn();
    assertThat(second.ended()).map(Status::getCode).contains(Status.Code.INTERNAL);

    trouble = Optional.empty();
    RecordReader third = open().reads(MANY);
    streams.turn();
    assertThat(third.parts()).startsWith(PartCase.START);
    assertThat(third.ended()).isEmpty();
  }

  /** Records until one is refused; those that are not. */
  private List<RecordReader> fill() {
    List<RecordReader> recording = new ArrayList<>();
    RecordReader next = open().reads(MANY);
    while (next.ended().isEmpty()) {
      recording.add(next);
      assertThat(recording).hasSizeLessThan(10);
      next = open().reads(MANY);
    }
    assertThat(next.ended()).map(Status::getCode).contains(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(recording).isNotEmpty();
    return recording;
  }

  private RecordReader open() {
    return RecordReader.of(
        channel,
        RecordRequest.newBuilder()
            .setService("worker")
            .setDuration(Durations.write(MINUTE))
            .build());
  }

  private void happen(int calls) {
    for (int i = 0; i < calls; i++) {
      recorder.ended(
          "worker", "w1", Completion.succeeded(Duration.ofMillis(1)).pickedAt(ticker.nanos()));
    }
  }

  private void pass(Duration time) {
    ticker.advance(time);
    streams.turn();
  }

  private FleetStatus fleet(String service) {
    looks++;
    trouble.ifPresent(why -> {
      throw why;
    });
    return new FleetStatus(
        "lb1",
        "in_sync",
        Optional.of(Duration.ZERO),
        1,
        List.of(
            new ServiceStatus(
                service,
                "rr",
                "rr",
                Optional.empty(),
                1,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of())));
  }
}
