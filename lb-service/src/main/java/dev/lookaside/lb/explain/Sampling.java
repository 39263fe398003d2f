package dev.lookaside.lb.explain;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Says which picks are explained: a share of them, and no more than {@value #MOST_PER_SECOND} in a
 * second, so that explanations of a large service never take what picks need. Off, it costs one
 * comparison.
 */
public final class Sampling {
  static final int MOST_PER_SECOND = 100;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final double share;
  private final RandomGenerator random;
  private final Ticker ticker;
  private final AtomicLong secondNanos;
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * @param share of the picks, 0 to 1; 0: none
   */
  public Sampling(double share, RandomGenerator random, Ticker ticker) {
    Require.within("lb.decisions.sample", share, 0, 1);
    this.share = share;
    this.random = random;
    this.ticker = ticker;
    this.secondNanos = new AtomicLong(ticker.nanos());
  }

  public boolean takes() {
    return share > 0 && random.nextDouble() < share && hasRoom();
  }

  private boolean hasRoom() {
    long now = ticker.nanos();
    long second = secondNanos.get();
    if (now - second >= SECOND && secondNanos.compareAndSet(second, now)) {
      taken.set(0);
    }
    return taken.getAndIncrement() < MOST_PER_SECOND;
  }

  /** For the pick that was just taken. */
  public long seed() {
    return random.nextLong();
  }

  public double share() {
    return share;
  }
}
