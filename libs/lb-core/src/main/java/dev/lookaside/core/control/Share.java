package dev.lookaside.core.control;

import java.util.OptionalLong;

/**
 * The weight of one endpoint, and what its next step depends on.
 *
 * @param weight 1 is the mean of all
 * @param gain the part of the way that it goes in its next step
 * @param error the logarithm of the mean utilization by its own, at its last step; 0 before that
 * @param readAtNanos the time of the last reading that was used; empty before the first
 */
record Share(double weight, double gain, double error, OptionalLong readAtNanos) {

  static Share first(double weight, double gain) {
    return new Share(weight, gain, 0, OptionalLong.empty());
  }

  /** The same weight without a history, which was made under other members. */
  Share restarted(double firstGain) {
    return new Share(weight, firstGain, 0, readAtNanos);
  }

  Share withWeight(double newWeight) {
    return new Share(newWeight, gain, error, readAtNanos);
  }

  boolean hasUsed(Reading reading) {
    return readAtNanos.isPresent() && reading.atNanos() - readAtNanos.getAsLong() <= 0;
  }
}
