package dev.lookaside.simulator.strategy;

/**
 * A controller with a proportional, an integral and a derivative term, in steps of equal length.
 * The integral is bounded, so that what cannot be mended does not wind it up.
 */
final class PidController {
  private static final double PROPORTIONAL = 0.5;
  private static final double INTEGRAL = 0.1;
  private static final double DERIVATIVE = 0.1;
  private static final double MOST_INTEGRAL = 1;

  private double integral;
  private double before;
  private boolean begun;

  /** What to change, given by how much the measured value falls short of the wanted one. */
  double step(double error) {
    integral = Math.max(-MOST_INTEGRAL, Math.min(MOST_INTEGRAL, integral + error));
    double derivative = begun ? error - before : 0;
    begun = true;
    before = error;
    return PROPORTIONAL * error + INTEGRAL * integral + DERIVATIVE * derivative;
  }
}
