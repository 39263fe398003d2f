package dev.lookaside.lb.adminrpc;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.admin.FleetStatus;
import dev.lookaside.lb.admin.Refused;
import dev.lookaside.lb.record.Recorder;
import dev.lookaside.lb.record.Recording;
import dev.lookaside.v1.RecordRequest;
import dev.lookaside.v1.RecordResponse;
import dev.lookaside.wire.Durations;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators what they record, on a thread of its own that waits for none of them: a reader
 * that is slow gets less, and is told so.
 */
public final class RecordStreams implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RecordStreams.class);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final long TURN_NANOS = Duration.ofMillis(100).toNanos();

  private final Recorder recorder;
  private final Function<String, FleetStatus> fleet;
  private final Ticker ticker;
  private final InstantSource clock;
  private final LineLimit lines;
  private final Queue<RecordStream> streams = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("lookaside-record"));

  /**
   * @param fleet the status of a service; throws {@link Refused} if it is not known
   */
  public RecordStreams(
      Recorder recorder, Function<String, FleetStatus> fleet, Ticker ticker, InstantSource clock) {
    this.recorder = recorder;
    this.fleet = fleet;
    this.ticker = ticker;
    this.clock = clock;
    this.lines = new LineLimit(ticker);
  }

  public void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::turn, TURN_NANOS, TURN_NANOS, TimeUnit.NANOSECONDS);
  }

  /** Begins a recording. All else about it happens on the thread of its own. */
  void open(RecordRequest request, ServerCallStreamObserver<RecordResponse> client) {
    try {
      Duration duration = duration(request);
      Recording recording =
          recorder
              .begin(request.getService(), duration)
              .orElseThrow(() ->
                  new Refused(
                      Refused.Kind.EXHAUSTED,
                      "as many record as may (expected: fewer); try again later"));
      // A handler keeps gRPC from throwing at who tells a client that is gone.
      client.setOnCancelHandler(recording::close);
      streams.add(new RecordStream(recording, duration, fleet, client, clock.instant(), ticker));
    } catch (Refused e) {
      client.onError(Statuses.of(e));
    }
  }

  private static Duration duration(RecordRequest request) {
    try {
      Duration duration =
          Durations.read(request.getDuration(), Durations.YEAR)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "duration is "
                          + Durations.text(request.getDuration())
                          + " (expected: 1s to 600s)"));
      Require.that(
          duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0,
          "duration",
          Durations.text(request.getDuration()),
          "1s to 600s");
      return duration;
    } catch (IllegalArgumentException e) {
      throw new Refused(Refused.Kind.INVALID, String.valueOf(e.getMessage()));
    }
  }

  /** Gives each its turn. */
  void turn() {
    for (Iterator<RecordStream> each = streams.iterator(); each.hasNext(); ) {
      if (!goesOn(each.next())) {
        each.remove();
      }
    }
  }

  private boolean goesOn(RecordStream stream) {
    try {
      return stream.turn();
    } catch (Refused e) {
      stream.fail(e);
      return false;
    } catch (RuntimeException e) {
      lines.write("record", left -> log.warn("a recording ended early{}", left, e));
      stream.fail(e);
      return false;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
