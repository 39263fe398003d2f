package dev.lookaside.registry.loop;

import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that takes the turns of one loop: a turn, a rest for as long as the turn said or
 * until the bell rings, the next turn. Rests are measured on the monotonic clock, so a step of the
 * wall clock changes nothing.
 */
public final class OwnThread {
  private static final Logger LOG = LoggerFactory.getLogger(OwnThread.class);
  private static final Duration AFTER_A_BUG = Duration.ofSeconds(1);

  /** What a loop does. */
  public interface Turns {
    /** Returns how long to rest. */
    Duration take() throws InterruptedException;

    /** Comes once, after the last turn, on the same thread; bounded in time by itself. */
    void finish();
  }

  private final Turns turns;
  private final Bell bell;
  private final Thread thread;
  private final LineLimit bugs = new LineLimit(Ticker.system());
  private final Object lock = new Object();
  private boolean started;
  private boolean finished;
  private volatile boolean closing;

  public OwnThread(String name, Bell bell, Turns turns) {
    this.turns = turns;
    this.bell = bell;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** Idempotent. */
  public void start() {
    synchronized (lock) {
      if (!closing && !started) {
        started = true;
        thread.start();
      }
    }
  }

  /** Interrupts the turn in progress and waits for the last one, at most so long. Idempotent. */
  public void close(Duration bound) {
    boolean running;
    synchronized (lock) {
      running = started;
      if (!closing) {
        closing = true;
        thread.interrupt();
      }
    }
    if (!running) {
      finishOnce();
    } else if (!Thread.currentThread().equals(thread)) {
      join(bound);
    }
  }

  private void join(Duration bound) {
    try {
      thread.join(bound.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closing) {
      try {
        bell.rest(turnOrPause());
      } catch (InterruptedException e) {
        LOG.trace("{} was interrupted", thread.getName(), e);
      }
    }
    synchronized (lock) { // close() has interrupted by now; the last turn must not feel it
      LOG.trace("{} ends, interrupted: {}", thread.getName(), Thread.interrupted());
    }
    finishOnce();
  }

  private Duration turnOrPause() throws InterruptedException {
    try {
      return turns.take();
    } catch (RuntimeException | Error e) {
      bugs.write(
          e.toString(),
          leftOut ->
              LOG.error(
                  "{} met a bug and goes on in {}{}", thread.getName(), AFTER_A_BUG, leftOut, e));
      return AFTER_A_BUG;
    }
  }

  private void finishOnce() {
    synchronized (lock) {
      if (finished) {
        return;
      }
      finished = true;
    }
    turns.finish();
  }
}
