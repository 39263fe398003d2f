package dev.lookaside.core.load;

import java.time.Duration;

/**
 * Two sums in which what was added {@code t} ago counts {@code exp(−t / decay)}, and how they fade.
 *
 * @param stale at what denominator a sample that is one decay old counts in full; greater ones fade
 */
record Fading(Decay decay, double stale) {

  /** The sums as they were when something was added last. Immutable. */
  record Sums(double numerator, double denominator, long atNanos) {
    static final Sums NONE = new Sums(0, 0, 0);

    /** The ratio, or {@code otherwise} as long as nothing was added. Both sums fade alike. */
    double ratioOr(double otherwise) {
      return denominator > 0 ? numerator / denominator : otherwise;
    }
  }

  static Fading over(Duration decay) {
    return new Fading(Decay.of(decay), Double.POSITIVE_INFINITY);
  }

  /**
   * One in which the denominator is at most {@code weight · (stale / age)²}, where the age is that
   * of the latest sample: however much there was, it fades against a prior of that weight as soon
   * as nothing is added any more.
   */
  static Fading goingStale(Duration decay, double weight, Duration stale) {
    double decays = (double) stale.toNanos() / decay.toNanos();
    return new Fading(Decay.of(decay), weight * decays * decays);
  }

  Sums add(Sums before, double numerator, double denominator, long nowNanos) {
    double kept = kept(before, nowNanos);
    return new Sums(
        before.numerator * kept + numerator, before.denominator * kept + denominator, nowNanos);
  }

  /**
   * The ratio with {@code more} added to the numerator, drawn towards another ratio of the given
   * weight: the more so, the less is left of the denominator.
   */
  double towards(Sums sums, double other, double weight, double more, long nowNanos) {
    double age = age(sums, nowNanos);
    // Nearly e^−age, without its cost: this is read for every endpoint at every pick.
    double kept = notStale(sums, age, 1 / (1 + age * (1 + age / 2)));
    return (sums.numerator * kept + more + other * weight) / (sums.denominator * kept + weight);
  }

  /** How much of the denominator is left: how much the ratio rests on. */
  double weight(Sums sums, long nowNanos) {
    return sums.denominator * kept(sums, nowNanos);
  }

  private double kept(Sums sums, long nowNanos) {
    return notStale(sums, age(sums, nowNanos), decay.left(sums.atNanos, nowNanos));
  }

  private double age(Sums sums, long nowNanos) {
    return Math.max(0, nowNanos - sums.atNanos) / decay.nanos();
  }

  private double notStale(Sums sums, double age, double kept) {
    double most = stale / (age * age);
    return sums.denominator * kept > most ? most / sums.denominator : kept;
  }
}
