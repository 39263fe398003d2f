package dev.lookaside.lb.load;

import static dev.lookaside.core.balancer.Connectivity.READY;
import static dev.lookaside.core.balancer.Connectivity.TRANSIENT_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.time.Backoff;
import dev.lookaside.testing.time.FakeClock;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.time.Duration;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One stream to a server of gRPC's own, in this process and by a clock that is moved by hand. */
class EndpointStreamTest {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final Endpoint ENDPOINT =
      Endpoint.of("worker", "w1", new Address("127.0.0.1", 1)).withIncarnation("1");

  private final FakeClock clock = new FakeClock();
  private final InProcessWorker worker = new InProcessWorker(clock);
  private final RecordingListener heard = new RecordingListener();
  private Duration stolen = Duration.ZERO;
  private EndpointStream stream = streamOver(address -> channel());

  @AfterEach
  void close() {
    stream.close();
    forward(Duration.ZERO);
    worker.close();
  }

  @Test
  void aServerThatReportsEveryThirtySecondsStaysReady() {
    stream.open();

    for (int i = 0; i < 10; i++) {
      worker.report();
      forward(Duration.ofSeconds(30));
    }

    assertThat(heard.connectivity).containsExactly(READY);
    assertThat(worker.streams()).isEqualTo(1);
  }

  @Test
  void aServerThatReportsWithoutEndIsCutAndCountedAndStaysReady() {
    stream.open();
    worker.report();
    forward(Duration.ZERO);

    // Ten a second are asked for; 79,000 a second took a core.
    for (int i = 0; i < 1_000; i++) {
      worker.report();
    }
    forward(Duration.ofSeconds(1));

    assertThat(heard.reports).hasSizeLessThan(150);
    assertThat(heard.rejections)
        .contains("it reports more than four times as often as it was asked to");
    assertThat(heard.connectivity).containsExactly(READY);
  }

  @Test
  void oneThatReportedQuicklyAndHangsIsLostAfterItsSilence() {
    stream.open();
    reportFor(Duration.ofSeconds(1));
    worker.report();
    forward(Duration.ZERO);

    worker.hang();
    forward(SILENCE.minusMillis(1));
    assertThat(heard.connectivity).containsExactly(READY);
    forward(Duration.ofMillis(1));

    assertThat(heard.connectivity).containsExactly(READY, TRANSIENT_FAILURE);
  }

  @Test
  void oneThatReportsNoMoreAndAnswersHealthChecksStaysReady() {
    stream.open();
    reportFor(Duration.ofSeconds(1));

    forward(Duration.ofMinutes(1));

    assertThat(heard.connectivity).containsExactly(READY);
  }

  @Test
  void oneThatHasNeverReportedQuicklyAndHangsIsLostInSeconds() {
    stream.open();
    worker.report();
    forward(Duration.ZERO);

    worker.hang();
    forward(Duration.ofSeconds(5));

    assertThat(heard.connectivity).startsWith(READY, TRANSIENT_FAILURE);
  }

  @Test
  void streamsThatEndOneAfterTheOtherLeaveTheEndpointReadyAndAreAskedForEverMoreSeldom() {
    worker.reportOnceAndEnd(Status.OK);
    stream.open();

    forward(Duration.ofSeconds(20));

    assertThat(heard.connectivity).containsExactly(READY);
    assertThat(worker.streams()).isBetween(10, 40);
  }

  @Test
  void aServerThatRefusesReportsAndServesIsReady() {
    worker.reportNothingAndEnd(Status.PERMISSION_DENIED);
    stream.open();

    forward(Duration.ofSeconds(10));

    assertThat(heard.connectivity).containsExactly(READY);
  }

  @Test
  void aServerThatEndsItsConnectionsInOrderIsFollowedWithoutBeingLost() {
    stream.open();
    reportFor(Duration.ofSeconds(2));

    worker.replace();
    reportFor(Duration.ofSeconds(2));

    assertThat(heard.connectivity).containsExactly(READY);
    assertThat(worker.streams()).isEqualTo(2);
    assertThat(heard.reports).hasSizeGreaterThan(30);
  }

  @Test
  void aServerThatEndsItsConnectionsAndIsNotThereAgainIsLost() {
    stream.open();
    reportFor(Duration.ofSeconds(2));

    worker.shutDown();
    forward(Duration.ofMillis(1));

    assertThat(heard.connectivity).containsExactly(READY, TRANSIENT_FAILURE);
  }

  @Test
  void aLoopThatWasLateJudgesNobody() {
    stream.open();
    reportFor(Duration.ofSeconds(1));

    stolen = Duration.ofMinutes(1);
    forward(SILENCE.dividedBy(2));
    reportFor(Duration.ofSeconds(1));

    assertThat(heard.connectivity).containsExactly(READY);
  }

  @Test
  void aChannelThatCannotBeMadeIsTriedAgain() {
    var tries = new int[1];
    stream =
        streamOver(address -> {
          if (tries[0]++ < 3) {
            throw new IllegalArgumentException("Invalid host or port");
          }
          return channel();
        });
    stream.open();
    assertThat(heard.connectivity).containsExactly(TRANSIENT_FAILURE);

    reportFor(Duration.ofSeconds(2));

    assertThat(heard.connectivity).containsExactly(TRANSIENT_FAILURE, READY);
  }

  @Test
  void aListenerThatThrowsLosesNothingButTheReport() {
    stream.open();
    heard.throwOnReport = true;
    reportFor(Duration.ofMillis(200));
    heard.throwOnReport = false;

    reportFor(Duration.ofSeconds(2));

    assertThat(heard.connectivity).endsWith(READY);
  }

  @Test
  void nothingIsLeftOfAClosedStream() {
    stream.open();
    reportFor(Duration.ofSeconds(1));

    stream.close();
    forward(Duration.ofSeconds(10));

    assertThat(worker.openStreams()).isZero();
    assertThat(clock.pending()).isZero();
  }

  private void reportFor(Duration time) {
    for (Duration past = Duration.ZERO; past.compareTo(time) < 0; past = past.plus(INTERVAL)) {
      worker.report();
      forward(INTERVAL);
    }
  }

  private void forward(Duration time) {
    clock.forwardTime(time);
  }

  private ManagedChannel channel() {
    return InProcessChannelBuilder.forName(worker.name())
        .executor(clock)
        .scheduledExecutorService(clock)
        .build();
  }

  private EndpointStream streamOver(Function<Endpoint, ManagedChannel> channels) {
    return new EndpointStream(
        ENDPOINT,
        new EndpointStream.Surroundings(
            channels,
            clock,
            () -> clock.nanos() + stolen.toNanos(),
            new LoadStreams.Timing(INTERVAL, SILENCE),
            new Openings(Openings.MOST),
            heard),
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), new Random(1)).run());
  }
}
