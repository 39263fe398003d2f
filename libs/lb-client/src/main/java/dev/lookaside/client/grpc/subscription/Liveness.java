package dev.lookaside.client.grpc.subscription;

import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether the balancer that is followed still lives. Runs in one synchronization context.
 *
 * <p>It is judged on the stream itself: a balancer whose publisher hangs may well answer everything
 * else. Only one that promises no heartbeats, such as an older one, is asked when it is silent.
 */
final class Liveness {

  /** Silence after which a balancer that promises no heartbeats is asked whether it lives. */
  static final Duration SILENCE = Duration.ofMillis(500);

  /** How long it may take to say that it does. */
  static final Duration PROBE_TIMEOUT = Duration.ofMillis(400);

  /** One heartbeat may be late, or lost in a hiccup of the balancer; two in a row are silence. */
  private static final int INTERVALS = 3;

  private final BalancerLink link;
  private final SynchronizationContext context;
  private final Consumer<String> dead;
  private final Watchdog watchdog;
  private @Nullable Duration heartbeat;
  private boolean stopped;

  /**
   * @param dead is told once, with the reason
   */
  Liveness(
      BalancerLink link,
      Clockwork clockwork,
      SynchronizationContext context,
      Consumer<String> dead) {
    this.link = link;
    this.context = context;
    this.dead = dead;
    this.watchdog = new Watchdog(clockwork, context, link::aliveNanos, this::silent);
  }

  void start() {
    watchdog.watch(limit());
  }

  /** The balancer has said how often it gives a sign of life at least. */
  void promised(Duration interval) {
    if (!interval.equals(heartbeat)) {
      heartbeat = interval;
      watchdog.watch(limit());
    }
  }

  void stop() {
    stopped = true;
    watchdog.stop();
  }

  private Duration limit() {
    return heartbeat == null ? SILENCE : heartbeat.multipliedBy(INTERVALS);
  }

  private void silent() {
    if (heartbeat == null) {
      link.probe(PROBE_TIMEOUT, status -> context.execute(() -> probed(status)));
    } else {
      dead.accept(
          "it was silent for %d ms, though it promised a sign of life every %d ms"
              .formatted(limit().toMillis(), heartbeat.toMillis()));
    }
  }

  private void probed(Status status) {
    if (stopped) {
      return;
    }
    if (HealthProbe.isNoAnswer(status)) {
      dead.accept("it does not answer any more");
    } else if (heartbeat == null) {
      watchdog.watch(limit());
    }
  }
}
