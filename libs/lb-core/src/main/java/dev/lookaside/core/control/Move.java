package dev.lookaside.core.control;

import dev.lookaside.core.endpoint.Incarnation;
import java.util.OptionalLong;

/**
 * What a new reading asks of one weight.
 *
 * @param error the logarithm of the wanted utilization by its own, bounded; 0 if it is near enough
 */
record Move(Incarnation endpoint, Share share, Reading reading, double error) {

  boolean isRateKnown() {
    return reading.rate() > 0;
  }

  double weight() {
    return share.weight();
  }

  /**
   * The weight that would bring the wanted utilization about.
   *
   * @param weightOfRate weight for each request per second; where no rate is known, the weight of
   *     now stands for it
   */
  double aim(double weightOfRate) {
    double begun = isRateKnown() ? reading.rate() * weightOfRate : share.weight();
    return begun * Math.exp(error);
  }

  /** The share after the part of the way to its aim that its gain allows. */
  Share towards(double aim, ControlSettings settings) {
    if (error == 0) {
      return new Share(share.weight(), share.gain(), share.error(), readAt());
    }
    boolean turned = error * share.error() < 0;
    double gain =
        within(
            settings.leastGain(),
            settings.firstGain(),
            share.gain() * (turned ? settings.shrinkage() : settings.growth()));
    double used = isRateKnown() ? gain : Math.min(gain, settings.blindGain());
    double step =
        within(1 / settings.mostStep(), settings.mostStep(), Math.pow(aim / weight(), used));
    return new Share(weight() * step, gain, error, readAt());
  }

  private OptionalLong readAt() {
    return OptionalLong.of(reading.atNanos());
  }

  private static double within(double least, double most, double value) {
    return Math.max(least, Math.min(most, value));
  }
}
