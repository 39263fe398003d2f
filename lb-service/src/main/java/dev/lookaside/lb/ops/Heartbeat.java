package dev.lookaside.lb.ops;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Asks every event loop once a second to run a task of nothing. One that does not get to it within
 * ten seconds spins or waits in a pick or elsewhere, and what it serves is not served any more,
 * while every other thread of the process looks well.
 */
public final class Heartbeat implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Longer than any work that a loop is given, and than a collection of garbage. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private final ScheduledExecutorService thread;
  private final List<Beat> beats;

  /**
   * @param loops by what they do, in a word for the operator
   */
  public Heartbeat(Map<String, ? extends List<? extends Executor>> loops, Ticker ticker) {
    this(
        loops,
        ticker,
        Executors.newSingleThreadScheduledExecutor(new DaemonThreads("lookaside-heartbeat")));
  }

  Heartbeat(
      Map<String, ? extends List<? extends Executor>> loops,
      Ticker ticker,
      ScheduledExecutorService thread) {
    this.thread = thread;
    this.beats =
        loops.entrySet().stream()
            .flatMap(entry -> beats(entry.getKey(), entry.getValue(), ticker))
            .toList();
  }

  private static Stream<Beat> beats(
      String work, List<? extends Executor> executors, Ticker ticker) {
    return executors.stream().map(executor -> new Beat(work, executor, ticker));
  }

  public void start() {
    var unused =
        thread.scheduleWithFixedDelay(
            () -> beats.forEach(Beat::ask), 0, INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** How late the latest of the loops is that do this work: now, or when it last turned. */
  public Duration delay(String work) {
    return beats.stream()
        .filter(beat -> beat.work.equals(work))
        .map(Beat::delay)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** What is wrong, in words; nothing if every loop turns. */
  List<String> complaints() {
    return beats.stream().flatMap(beat -> beat.complaint().stream()).toList();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private static final class Beat {
    private final String work;
    private final Executor loop;
    private final Ticker ticker;
    private volatile boolean isDead;
    private volatile boolean isAsked;
    private volatile long askedNanos;
    private volatile long delayNanos;

    Beat(String work, Executor loop, Ticker ticker) {
      this.work = work;
      this.loop = loop;
      this.ticker = ticker;
    }

    void ask() {
      if (isAsked) {
        return;
      }
      askedNanos = ticker.nanos();
      isAsked = true;
      try {
        loop.execute(this::answer);
      } catch (RejectedExecutionException e) {
        isDead = true;
      }
    }

    private void answer() {
      delayNanos = ticker.nanos() - askedNanos;
      isAsked = false;
    }

    Duration delay() {
      long waiting = isAsked ? ticker.nanos() - askedNanos : 0;
      return Duration.ofNanos(Math.max(delayNanos, waiting));
    }

    Optional<String> complaint() {
      if (isDead) {
        return Optional.of("a loop of " + work + " has ended");
      }
      Duration waited = Duration.ofNanos(ticker.nanos() - askedNanos);
      return isAsked && waited.compareTo(LIMIT) > 0
          ? Optional.of("a loop of " + work + " has not turned for " + waited.toSeconds() + " s")
          : Optional.empty();
    }
  }
}
