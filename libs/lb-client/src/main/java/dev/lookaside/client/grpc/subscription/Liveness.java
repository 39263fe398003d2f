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
 * else. When it is silent it is asked, too, since no answer tells that it is gone before many
 * heartbeats are missing; but only at an older balancer, which promises none, is an answer enough.
 */
final class Liveness {

  /** Silence after which a balancer that promises no heartbeats is asked whether it lives. */
  static final Duration SILENCE = Duration.ofMillis(500);

  /** How late a heartbeat is when the balancer is asked. */
  static final Duration LATE = Duration.ofMillis(250);

  /** How long it may take to say that it does. */
  static final Duration PROBE_TIMEOUT = Duration.ofMillis(400);

  /** One heartbeat may be late, or lost in a hiccup of the balancer; two in a row are silence. */
  private static final int INTERVALS = 3;

  private final BalancerLink link;
  private final SynchronizationContext context;
  private final Consumer<String> dead;
  private final Watchdog asking;
  private final Watchdog waiting;
  private @Nullable Duration heartbeat;
  private boolean stopped;

  /**
   * @param dead is told the reason
   */
  Liveness(
      BalancerLink link,
      Clockwork clockwork,
      SynchronizationContext context,
      Consumer<String> dead) {
    this.link = link;
    this.context = context;
    this.dead = dead;
    this.asking = new Watchdog(clockwork, context, link::aliveNanos, this::ask);
    this.waiting = new Watchdog(clockwork, context, link::aliveNanos, this::silent);
  }

  void start() {
    asking.watch(SILENCE);
  }

  /** The balancer has said how often it gives a sign of life at least. */
  void promised(Duration interval) {
    if (!interval.equals(heartbeat)) {
      heartbeat = interval;
      asking.watch(askAfter());
      waiting.watch(interval.multipliedBy(INTERVALS));
    }
  }

  void stop() {
    stopped = true;
    asking.stop();
    waiting.stop();
  }

  private Duration askAfter() {
    return heartbeat == null ? SILENCE : heartbeat.plus(LATE);
  }

  private void ask() {
    link.probe(PROBE_TIMEOUT, status -> context.execute(() -> answered(status)));
  }

  private void answered(Status status) {
    if (stopped) {
      return;
    }
    if (HealthProbe.isNoAnswer(status)) {
      dead.accept("it does not answer any more");
    } else {
      asking.watch(askAfter());
    }
  }

  private void silent() {
    dead.accept("it missed %d heartbeats".formatted(INTERVALS));
  }
}
