package dev.lookaside.core.load;

import dev.lookaside.core.load.Completion.Ending;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How often requests to one endpoint failed of late, or found no room; all lock-free. */
public final class Failures {
  private static final int MANY = 1_000_000;

  private final DecayedRatio errors;
  private final DecayedRatio refusals;
  private final AtomicInteger inARow = new AtomicInteger();

  Failures(Duration decay) {
    this.errors = new DecayedRatio(decay);
    this.refusals = new DecayedRatio(decay);
  }

  /** The share of recent requests that failed, 0 to 1; 0 without outcomes. */
  public double errorShare() {
    return errors.ratioOr(0);
  }

  /**
   * The share of recent requests for which the endpoint had no room, 0 to 1; 0 without outcomes.
   */
  public double refusalShare() {
    return refusals.ratioOr(0);
  }

  /** How many recent outcomes {@link #errorShare} rests on; older ones count less. */
  public double outcomes(long nowNanos) {
    return errors.weight(nowNanos);
  }

  /** How many of the last requests failed one after the other. */
  public int inARow() {
    return inARow.get();
  }

  /** Lets the endpoint start with a clean sheet. */
  public void forget() {
    inARow.set(0);
    errors.clear();
    refusals.clear();
  }

  void ended(Ending ending, long nowNanos) {
    if (ending == Ending.CANCELLED) {
      return;
    }
    errors.add(ending == Ending.FAILED ? 1 : 0, 1, nowNanos);
    refusals.add(ending == Ending.REFUSED ? 1 : 0, 1, nowNanos);
    if (ending == Ending.FAILED) {
      inARow.incrementAndGet();
    } else {
      inARow.set(0);
    }
  }

  void counted(Tally tally, long nowNanos) {
    if (tally.total() > 0) {
      double total = (double) tally.total();
      errors.add((double) tally.failed(), total, nowNanos);
      refusals.add((double) tally.refused(), total, nowNanos);
    }
    if (tally.succeeded() + tally.refused() > 0) {
      inARow.set(0);
    } else if (tally.failed() > 0) {
      inARow.addAndGet((int) Math.min(tally.failed(), MANY));
    }
  }
}
