package dev.lookaside.lb.load;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.time.Backoff;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.orca.v3.OrcaLoadReport;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one endpoint, on its loop's thread only: hands on its reports, and says whether it can be
 * reached. How that goes is the matter of its {@link Phase}; whatever throws on the way costs this
 * endpoint a pause, and no other anything.
 */
final class EndpointStream implements Connection.Listener {
  private static final Logger log = LoggerFactory.getLogger(EndpointStream.class);

  /** What the streams of one loop share. */
  record Surroundings(
      Function<Endpoint, ManagedChannel> channels,
      ScheduledExecutorService loop,
      Ticker ticker,
      LoadStreams.Timing timing,
      Openings openings,
      LoadListener listener) {}

  private final Endpoint endpoint;
  private final Surroundings around;
  private final Backoff.Run backoff;
  private Phase phase = new Closed();
  private Connectivity told = Connectivity.CONNECTING;
  private boolean hasFailed;

  EndpointStream(Endpoint endpoint, Surroundings around, Backoff.Run backoff) {
    this.endpoint = endpoint;
    this.around = around;
    this.backoff = backoff;
  }

  /** Whether this is the stream for that registration: same process, same place. */
  boolean leadsTo(Endpoint other) {
    return endpoint.incarnation().equals(other.incarnation())
        && endpoint.address().equals(other.address());
  }

  void open() {
    guarded(() -> become(Waiting.forTheFirstTime(this)));
  }

  void close() {
    guarded(() -> become(new Closed()));
  }

  // What phases do.

  Phase become(Phase next) {
    Phase before = phase;
    phase = next;
    try {
      before.leave();
    } finally {
      next.enter();
    }
    return next;
  }

  void broken(String reason) {
    become(Waiting.afterFailure(this, backoff.next()));
    tell(Connectivity.TRANSIENT_FAILURE, reason);
  }

  void tell(Connectivity next, String reason) {
    if (told != next) {
      told = next;
      around.listener().connectivity(endpoint, next, reason);
    }
  }

  void take(OrcaLoadReport report) {
    OrcaReports.read(endpoint, report, nanos(), this::reject)
        .ifPresent(sound -> around.listener().reported(endpoint, sound));
  }

  void reject(String reason) {
    around.listener().rejected(endpoint, reason);
  }

  /** The latest success has lasted. */
  void steady() {
    backoff.reset();
  }

  Duration nextPause() {
    return backoff.next();
  }

  Connection newConnection() {
    return new Connection(
        around.channels().apply(endpoint), around.loop(), around.timing().interval(), this);
  }

  Alarm alarm() {
    return new Alarm(around.loop(), around.ticker());
  }

  Openings openings() {
    return around.openings();
  }

  LoadStreams.Timing timing() {
    return around.timing();
  }

  long nanos() {
    return around.ticker().nanos();
  }

  /** Does nothing once that phase is over. */
  Runnable inPhase(Phase its, Runnable task) {
    return () -> {
      if (isIn(its)) {
        guarded(task);
      }
    };
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean isIn(Phase its) {
    return phase == its;
  }

  // What the connection says.

  @Override
  public void connected() {
    guarded(() -> phase.connected());
  }

  @Override
  public void reported(OrcaLoadReport report) {
    guarded(() -> phase.reported(report));
  }

  @Override
  public void reportsEnded(Status status) {
    guarded(() -> phase.reportsEnded(status));
  }

  @Override
  public void goingAway() {
    guarded(() -> phase.goingAway());
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      if (!hasFailed) {
        hasFailed = true;
        log.error("stream to endpoint {} of {} failed", endpoint.id(), endpoint.service(), e);
      }
      if (!(phase instanceof Closed)) {
        broken("failed: " + e);
      }
    }
  }
}
