package dev.lookaside.core.load;

import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.witness.Voices;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * How often requests to one endpoint failed of late, or found no room: this process' own, which are
 * counted without a lock, and those that clients tell of, as far as {@link Voices} believes them.
 * Mostly there is only one of the two; where there are both, the worse counts.
 */
public final class Failures {

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
  private final Voices voices;
  private final AtomicInteger inARow = new AtomicInteger();
  private volatile Recent recent = Recent.NONE;

  Failures(Duration decay, Voices voices) {
    this.decay = Decay.of(decay);
    this.voices = voices;
  }

  /** The share of recent requests that failed, 0 to 1; 0 without outcomes. */
  public double errorShare() {
    Recent now = recent;
    return Math.max(now.share(now.failed), voices.errorShare());
  }

  /**
   * The share of recent requests for which the endpoint had no room, 0 to 1; 0 without outcomes.
   */
  public double refusalShare() {
    Recent now = recent;
    return Math.max(now.share(now.refused), voices.refusalShare());
  }

  /** How many recent outcomes {@link #errorShare} rests on; older ones count less. */
  public double outcomes(long nowNanos) {
    Recent now = recent;
    return now.all * decay.left(now.atNanos, nowNanos) + voices.calls(nowNanos);
  }

  /** How many of the last requests failed one after the other; each client's own, added up. */
  public int inARow() {
    return inARow.get() + voices.errorsInARow();
  }

  /**
   * Whether so many requests failed one after the other.
   *
   * @param clients how many must agree, if there are so many; what this process saw it believes
   */
  public boolean areInARow(int errors, int clients) {
    return inARow.get() >= errors || voices.agreeOnErrors(errors, clients);
  }

  /** Whether requests of so many clients failed of late, or of all that there are. */
  public boolean areSeveralHurt(int clients) {
    return recent.failed > 0 || voices.areSeveralHurt(clients);
  }

  /** Lets the endpoint start with a clean sheet. */
  public void forget() {
    inARow.set(0);
    recent = Recent.NONE;
    voices.forget();
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
