package dev.lookaside.lb.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.lb.record.EndedCall.Dating;
import dev.lookaside.wire.EndpointCounts;
import dev.lookaside.wire.LatencyBuckets;
import io.grpc.Status;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int FIFTY_MILLIS = LatencyBuckets.of(50_000_000);

  private final ManualTicker ticker = new ManualTicker();
  private final Recorder recorder = new Recorder(ticker);

  @Test
  void aCallIsDatedByItsPick() {
    Recording recording = begin("worker");
    long picked = ticker.nanos() + 5;
    ticker.advance(Duration.ofSeconds(1));

    recorder.ended("worker", "w1", Completion.failed(Duration.ofMillis(7)).pickedAt(picked));
    recorder.ended("worker", "w1", Completion.succeeded(Duration.ofMillis(400)));

    assertThat(recording.take(10))
        .containsExactly(
            new EndedCall("w1", picked, 7_000_000, Ending.FAILED, Dating.PICK),
            new EndedCall(
                "w1", ticker.nanos() - 400_000_000, 400_000_000, Ending.SUCCEEDED, Dating.PICK));
    assertThat(recording.pickers()).isEqualTo(1);
  }

  @Test
  void onlyCallsOfItsServiceThatBeginWithinItsTimeAreRecorded() {
    long before = ticker.nanos();
    ticker.advance(Duration.ofSeconds(1));
    Recording recording = begin("worker");
    Completion soon = Completion.succeeded(Duration.ofMillis(1));

    recorder.ended("worker", "w1", soon.pickedAt(before));
    recorder.ended("another", "w1", soon.pickedAt(ticker.nanos()));
    ticker.advance(MINUTE);
    recorder.ended("worker", "w1", soon.pickedAt(ticker.nanos()));

    assertThat(recording.take(10)).isEmpty();
    assertThat(recording.leftOut()).isZero();
  }

  @Test
  void countsBecomeSingleCallsOverTheirInterval() {
    Recording recording = begin("worker");
    ticker.advance(Duration.ofSeconds(2));
    Duration sum = Duration.ofSeconds(5);

    recorder.counted(new Object(), "worker", Duration.ofSeconds(1), counts(100, 3, sum));
    recorder.counted(new Object(), "worker", Duration.ofSeconds(1), counts(0, 0, Duration.ZERO));

    List<EndedCall> calls = recording.take(1_000);
    assertThat(calls).hasSize(103).allMatch(call -> call.dating() == Dating.STATISTICS);
    List<EndedCall> ok = calls.stream().filter(c -> c.ending() == Ending.SUCCEEDED).toList();
    assertThat(ok).hasSize(100);
    double mean = ok.stream().mapToLong(EndedCall::latencyNanos).average().orElseThrow();
    assertThat(mean / 1e6).isCloseTo(50, within(0.5));
    // Each tenth of the second has about a tenth of the ends.
    for (int tenth = 0; tenth < 10; tenth++) {
      long from = ticker.nanos() - (10 - tenth) * 100_000_000L;
      assertThat(ok)
          .filteredOn(c -> {
            long end = c.beganNanos() + c.latencyNanos();
            return end >= from && end < from + 100_000_000L;
          })
          .hasSizeBetween(8, 12);
    }
    assertThat(recording.pickers()).isEqualTo(1);
  }

  @Test
  void moreThanThereIsRoomForIsLeftOutAndCounted() {
    Recording recording = begin("worker");
    ticker.advance(Duration.ofSeconds(2));
    long most = Recording.MOST_WAITING;

    recorder.counted(this, "worker", Duration.ofSeconds(1), counts(most - 1, 0, Duration.ZERO));
    recorder.counted(
        this, "worker", Duration.ofSeconds(1), counts(1_000_000_000, 0, Duration.ZERO));
    for (int i = 0; i < 3; i++) {
      recorder.ended(
          "worker", "w1", Completion.succeeded(Duration.ofMillis(1)).pickedAt(ticker.nanos()));
    }

    assertThat(recording.leftOut()).isEqualTo(1_000_000_000 + 2);
    assertThat(recording.take(Integer.MAX_VALUE)).hasSize(Recording.MOST_WAITING);
  }

  @Test
  void aFifthRecordingIsRefusedUntilOneIsClosed() {
    Set<Recording> open = new HashSet<>();
    for (int i = 0; i < Recorder.MOST_RECORDINGS; i++) {
      open.add(begin("worker"));
    }
    assertThat(recorder.begin("worker", MINUTE)).isEmpty();

    Recording closed = open.iterator().next();
    closed.close();
    closed.close();

    assertThat(recorder.begin("worker", MINUTE)).isPresent();
    assertThat(recorder.begin("worker", MINUTE)).isEmpty();
  }

  private Recording begin(String service) {
    return recorder.begin(service, MINUTE).orElseThrow();
  }

  private static EndpointCounts counts(long ok, long unavailable, Duration sum) {
    return new EndpointCounts(
        "w1",
        "1",
        ok + unavailable,
        0,
        Map.of(Status.Code.OK, ok, Status.Code.UNAVAILABLE, unavailable),
        Map.of(FIFTY_MILLIS, ok),
        sum);
  }
}
