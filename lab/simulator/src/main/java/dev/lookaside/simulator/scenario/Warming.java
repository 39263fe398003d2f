package dev.lookaside.simulator.scenario;

import java.time.Duration;

/**
 * How a fresh process gets up to speed (caches, compilation).
 *
 * @param time until it has its full speed, in a straight line
 * @param speed at the start, as a factor of the full speed
 */
public record Warming(Duration time, double speed) {
  public static final Warming NONE = new Warming(Duration.ZERO, 1);

  public Warming {
    Limits.time("time", time);
    Limits.aboveZero("speed", speed, 1);
  }
}
