package dev.lookaside.core.load;

import dev.lookaside.core.load.Completion.Ending;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/** How often requests to one endpoint failed of late, or found no room; all lock-free. */
public final class Failures {
  private static final int MANY = 1_000_000;

  /** How many of the recent past, with older ones counting less. */
  private record Recent(double failed, double refused, double all, long atNanos) {
    private static final Recent NONE = new Recent(0, 0, 0, 0);

    double share(double part) {
      return all > 0 ? part / all : 0;
    }
  }

  private static final AtomicReferenceFieldUpdater<Failures, Recent> RECENT =
      AtomicReferenceFieldUpdater.newUpdater(Failures.class, Recent.class, "recent");

  private final Decay decay;
  private final AtomicInteger inARow = new AtomicInteger();
  private volatile Recent recent = Recent.NONE;

  Failures(Duration decay) {
    this.decay = Decay.of(decay);
  }

  /** The share of recent requests that failed, 0 to 1; 0 without outcomes. */
  public double errorShare() {
    Recent now = recent;
    return now.share(now.failed);
  }

  /**
   * The share of recent requests for which the endpoint had no room, 0 to 1; 0 without outcomes.
   */
  public double refusalShare() {
    Recent now = recent;
    return now.share(now.refused);
  }

  /** How many recent outcomes {@link #errorShare} rests on; older ones count less. */
  public double outcomes(long nowNanos) {
    Recent now = recent;
    return now.all * decay.left(now.atNanos, nowNanos);
  }

  /** How many of the last requests failed one after the other. */
  public int inARow() {
    return inARow.get();
  }

  /** Lets the endpoint start with a clean sheet. */
  public void forget() {
    inARow.set(0);
    recent = Recent.NONE;
  }

  void ended(Ending ending, long nowNanos) {
    if (ending == Ending.CANCELLED) {
      return;
    }
    add(ending == Ending.FAILED ? 1 : 0, ending == Ending.REFUSED ? 1 : 0, 1, nowNanos);
    if (ending == Ending.FAILED) {
      inARow.incrementAndGet();
    } else {
      endRow();
    }
  }

  void counted(Tally tally, long nowNanos) {
    if (tally.total() > 0) {
      add((double) tally.failed(), (double) tally.refused(), (double) tally.total(), nowNanos);
    }
    if (tally.succeeded() + tally.refused() > 0) {
      endRow();
    } else if (tally.failed() > 0) {
      inARow.addAndGet((int) Math.min(tally.failed(), MANY));
    }
  }

  private void add(double failed, double refused, double all, long nowNanos) {
    RECENT.updateAndGet(
        this,
        before -> {
          double left = decay.left(before.atNanos, nowNanos);
          return new Recent(
              before.failed * left + failed,
              before.refused * left + refused,
              before.all * left + all,
              nowNanos);
        });
  }

  /** Nearly always there is none: then nothing is written that other threads read. */
  private void endRow() {
    if (inARow.get() != 0) {
      inARow.set(0);
    }
  }
}
