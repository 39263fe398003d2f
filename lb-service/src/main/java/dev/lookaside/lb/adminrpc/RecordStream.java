package dev.lookaside.lb.adminrpc;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.admin.FleetStatus;
import dev.lookaside.lb.admin.Refused;
import dev.lookaside.lb.admin.ServiceStatus;
import dev.lookaside.lb.record.EndedCall;
import dev.lookaside.lb.record.Recording;
import dev.lookaside.v1.RecordEnd;
import dev.lookaside.v1.RecordResponse;
import dev.lookaside.v1.RecordStart;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** One recording on its way to who asked for it. Its turns are taken by one thread. */
final class RecordStream {
  /** A message of so many calls is below 256 KiB. */
  static final int MOST_CALLS = 4_000;

  /** A recording that is longer would be a file of 100 MiB. */
  static final long MOST_CALLS_IN_ALL = 2_000_000;

  /** Calls that began in time may end so much later. */
  static final Duration LATE = Duration.ofSeconds(3);

  /** Loads are told in each turn of a small service, and less often of a large one. */
  private static final int ENDPOINTS_IN_A_TURN = 100;

  private final Recording recording;
  private final Duration duration;
  private final Function<String, FleetStatus> fleet;
  private final ServerCallStreamObserver<RecordResponse> client;
  private final Instant at;
  private final Ticker ticker;
  private boolean started;
  private String policy = "";
  private long calls;
  private long untold;
  private long turnsUntilLoads;

  /**
   * @param fleet the status of a service; throws {@link Refused} if it is not known
   * @param at when the recording began
   */
  RecordStream(
      Recording recording,
      Duration duration,
      Function<String, FleetStatus> fleet,
      ServerCallStreamObserver<RecordResponse> client,
      Instant at,
      Ticker ticker) {
    this.recording = recording;
    this.duration = duration;
    this.fleet = fleet;
    this.client = client;
    this.at = at;
    this.ticker = ticker;
  }

  private void start() {
    started = true;
    FleetStatus status = fleet.apply(recording.service());
    policy = service(status).policy();
    client.onNext(
        RecordResponse.newBuilder()
            .setStart(
                RecordStart.newBuilder()
                    .setBalancer(status.balancer())
                    .setPolicy(policy)
                    .setAt(StatusCodec.write(at)))
            .build());
  }

  /** Tells what is new, unless the reader still has enough to read. Says whether to go on. */
  boolean turn() {
    if (client.isCancelled()) {
      recording.close();
      return false;
    }
    if (!started) {
      start();
    }
    long since = ticker.nanos() - recording.beganNanos();
    if (client.isReady()) {
      tellCalls();
      if (since < duration.toNanos() && turnsUntilLoads-- <= 0) {
        tellLoads(since);
      }
    }
    boolean isOver = since >= duration.plus(LATE).toNanos();
    if (isOver) {
      end();
    }
    return !isOver;
  }

  /** Whoever waits for more learns why there is none. */
  void fail(Throwable cause) {
    recording.close();
    client.onError(Statuses.of(cause));
  }

  private void tellCalls() {
    List<EndedCall> taken;
    do {
      taken = recording.take(MOST_CALLS);
      if (calls >= MOST_CALLS_IN_ALL) {
        untold += taken.size();
      } else if (!taken.isEmpty()) {
        calls += taken.size();
        client.onNext(RecordCodec.calls(taken, recording.beganNanos()));
      }
    } while (taken.size() == MOST_CALLS && client.isReady());
  }

  private void tellLoads(long since) {
    ServiceStatus service = service(fleet.apply(recording.service()));
    policy = service.policy();
    turnsUntilLoads = service.endpoints().size() / ENDPOINTS_IN_A_TURN;
    client.onNext(RecordCodec.loads(service.endpoints(), since));
  }

  private void end() {
    recording.close();
    tellCalls();
    untold += recording.take(Integer.MAX_VALUE).size();
    client.onNext(
        RecordResponse.newBuilder()
            .setEnd(
                RecordEnd.newBuilder()
                    .setLeftOut(recording.leftOut() + untold)
                    .setPickers(recording.pickers())
                    .setPolicy(policy))
            .build());
    client.onCompleted();
  }

  private ServiceStatus service(FleetStatus status) {
    return status.services().stream()
        .findFirst()
        .orElseThrow(() ->
            new Refused(
                Refused.Kind.NOT_FOUND,
                "service '" + recording.service() + "' has no endpoint any more"));
  }
}
