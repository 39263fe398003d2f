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
  private static final AtomicReferenceFieldUpdater<DecayedRatio, Fading.Sums> SUMS =
      AtomicReferenceFieldUpdater.newUpdater(DecayedRatio.class, Fading.Sums.class, "sums");

  private final Fading fading;
  private volatile Fading.Sums sums = Fading.Sums.NONE;

  DecayedRatio(Duration decay) {
    fading = Fading.over(decay);
  }

  void add(double numerator, double denominator, long nowNanos) {
    SUMS.updateAndGet(this, before -> fading.add(before, numerator, denominator, nowNanos));
  }

  void clear() {
    sums = Fading.Sums.NONE;
  }

  /** The ratio, or {@code otherwise} as long as nothing was added. */
  double ratioOr(double otherwise) {
    return sums.ratioOr(otherwise);
  }

  /** As {@link Fading#towards} has it. */
  double towards(double other, double weight, double more, long nowNanos) {
    return fading.towards(sums, other, weight, more, nowNanos);
  }

  /** How much of the denominator is left: how much the ratio rests on. */
  double weight(long nowNanos) {
    return fading.weight(sums, nowNanos);
  }
}
