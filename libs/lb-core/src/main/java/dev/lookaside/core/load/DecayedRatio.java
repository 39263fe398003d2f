package dev.lookaside.core.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * The ratio of two sums in which what was added {@code t} ago counts {@code exp(−t / decay)}: a
 * mean, a share or a rate of the recent past.
 *
 * <p>Unlike the usual moving average it owes nothing to its first sample: one sample gives that
 * sample, ten give their mean. Adding is lock-free and allocates; reading allocates nothing.
 */
final class DecayedRatio {

  private record Sums(double numerator, double denominator, long atNanos) {}

  private static final AtomicReferenceFieldUpdater<DecayedRatio, Sums> SUMS =
      AtomicReferenceFieldUpdater.newUpdater(DecayedRatio.class, Sums.class, "sums");

  private final Decay decay;
  private volatile Sums sums = new Sums(0, 0, 0);

  private final double stale;

  DecayedRatio(Duration decay) {
    this(decay, Double.POSITIVE_INFINITY);
  }

  private DecayedRatio(Duration decay, double stale) {
    this.decay = Decay.of(decay);
    this.stale = stale;
  }

  /**
   * One whose denominator is at most {@code weight · (stale / age)²}, where the age is that of the
   * latest sample: however much there was, it fades against a prior of that weight as soon as
   * nothing is added any more.
   */
  static DecayedRatio goingStale(Duration decay, double weight, Duration stale) {
    double decays = (double) stale.toNanos() / decay.toNanos();
    return new DecayedRatio(decay, weight * decays * decays);
  }

  void add(double numerator, double denominator, long nowNanos) {
    SUMS.updateAndGet(
        this,
        before -> {
          double kept = kept(before, nowNanos);
          return new Sums(
              before.numerator * kept + numerator,
              before.denominator * kept + denominator,
              nowNanos);
        });
  }

  void clear() {
    sums = new Sums(0, 0, 0);
  }

  /** The ratio, or {@code otherwise} as long as nothing was added. Both sums decay alike. */
  double ratioOr(double otherwise) {
    Sums now = sums;
    return now.denominator > 0 ? now.numerator / now.denominator : otherwise;
  }

  /**
   * The ratio with {@code more} added to the numerator, drawn towards another ratio of the given
   * weight: the more so, the less is left of the denominator.
   */
  double towards(double other, double weight, double more, long nowNanos) {
    Sums now = sums;
    double age = Math.max(0, nowNanos - now.atNanos) / decay.nanos();
    // Nearly e^−age, without its cost: this is read for every endpoint at every pick.
    double kept = notStale(now, age, 1 / (1 + age * (1 + age / 2)));
    return (now.numerator * kept + more + other * weight) / (now.denominator * kept + weight);
  }

  /** How much of the denominator is left: how much the ratio rests on. */
  double weight(long nowNanos) {
    Sums now = sums;
    return now.denominator * kept(now, nowNanos);
  }

  private double kept(Sums of, long nowNanos) {
    double age = Math.max(0, nowNanos - of.atNanos) / decay.nanos();
    return notStale(of, age, decay.left(of.atNanos, nowNanos));
  }

  private double notStale(Sums of, double age, double kept) {
    double most = stale / (age * age);
    return of.denominator * kept > most ? most / of.denominator : kept;
  }
}
