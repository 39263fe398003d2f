package dev.lookaside.core.control;

import dev.lookaside.core.check.Require;

/**
 * How boldly weights follow what is reported.
 *
 * @param firstGain the part of the way to its aim that a weight goes in its first step, as
 *     logarithms; the most, too: reports are of the past
 * @param leastGain what the gain does not fall below; so small that noise averages out over dozens
 *     of steps
 * @param blindGain the gain where the rate is not known under which the utilization came about: no
 *     oscillation up to five steps of delay needs less than 5⁵/6⁶ = 0.067
 * @param growth the factor of the gain while the error keeps its sign
 * @param shrinkage the factor of the gain when the error changes its sign; smaller than what the
 *     gain grows by in half a period of an oscillation
 * @param mostError how far from the mean a utilization is taken to be at most, as a factor: a queue
 *     that has grown a hundredfold does not mean a hundredth of the speed
 * @param mostStep the factor by which a weight changes in one step at most
 * @param mostWeight how far a weight is from the mean of all at most, as a factor
 * @param deadBand the relative error below which a weight stays
 * @param leastUtilization the mean below which nothing moves: there is nothing to level
 */
public record ControlSettings(
    double firstGain,
    double leastGain,
    double blindGain,
    double growth,
    double shrinkage,
    double mostError,
    double mostStep,
    double mostWeight,
    double deadBand,
    double leastUtilization) {

  public ControlSettings {
    Require.within("first gain", firstGain, 0, 1);
    Require.within("least gain", leastGain, 0, firstGain);
    Require.within("blind gain", blindGain, 0, firstGain);
    Require.within("growth", growth, 1, 2);
    Require.within("shrinkage", shrinkage, 0, 1);
    Require.within("most error", mostError, 1, 1_000);
    Require.within("most step", mostStep, 1, 1_000);
    Require.within("most weight", mostWeight, 1, 1_000);
    Require.within("dead band", deadBand, 0, 1);
    Require.within("least utilization", leastUtilization, 0, 1);
  }

  public static ControlSettings defaults() {
    return new ControlSettings(0.5, 0.03, 0.05, 1.05, 0.3, 2, 2, 100, 0.02, 0.02);
  }
}
